#pragma once
// What a public form becomes: a record in its register, told to those who answer for it, in one transaction; then its files.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "mail/outbox.hpp"
#include "reception/visit.hpp"
#include "records/attachments.hpp"

namespace greffier::reception {

/// While so many of a register wait, unread, no form brings more: the register stays one that people can work with.
constexpr std::int64_t most_waiting = 300;

struct Submission {
    records::Register const& kind;
    std::string word;                            ///< of its form (form_word.hpp)
    schema::Row row;
    std::vector<records::NewAttachment> files = {};
    std::vector<accounts::Role> told = {};       ///< who holds one of these roles is told; administrators when nobody does
    bool followed = false;                       ///< the sender gets an address at which to follow it
};
struct Kept {
    records::Stored record;
    std::string token;                           ///< of the follow-up page; shown once
    bool files_kept = true;
};
/// A letter to whoever sent it, once the number is known; nothing when no address was given.
using Acknowledgement = std::function<std::optional<mail::NewMail>(Kept const&)>;

/// Errors: form_sent_already with `reference`; public_full while too many wait; those of the register.
Result<Kept> keep(Visit const& visit, Submission submission, Acknowledgement const& acknowledge);

/// More of a record that was sent before, from its follow-up page. `change` is given the row as it stands; who
/// has an account of one of those addresses in the organisation is told, too.
Result<records::Stored> add_to(Visit const& visit, records::Register const& kind, RecordId id, std::string const& word, std::vector<records::NewAttachment> const& files,
                               std::function<Status(records::Batch&, records::Stored&)> const& change, std::vector<std::string> const& also_told = {});

/// Nobody's sight bounds what arrives: whoever brings it sees nothing of the register.
accounts::Sight arriving();
/// So many wait, unread, that no more is taken.
bool is_full(records::Machinery const& machinery, OrganisationId organisation, records::Register const& kind);
/// Who of an organisation holds one of these roles; administrators when nobody does.
std::vector<accounts::Member> members_holding(accounts::Memberships& memberships, OrganisationId organisation, std::vector<accounts::Role> const& roles);
/// Under the key of the record, which is there by now. False when they could not be kept: the rest stands.
bool keep_files(records::Machinery const& machinery, records::Vault& vault, records::By const& by, OrganisationId organisation, records::Register const& kind, RecordId id,
                std::vector<records::NewAttachment> const& files);

/// A change that a visitor's act brings with it and nobody is told of.
Status change_as_visitor(Visit const& visit, records::Register const& kind, RecordId id, std::function<Status(records::Batch&, records::Stored&)> const& change);
/// Those who answer for requests hear that something happened to this one.
void tell_readers(Visit const& visit, records::Register const& kind, RecordId id);

}  // namespace greffier::reception
