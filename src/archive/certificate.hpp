#pragma once
// What an organisation's removal destroyed, signed: counts and the head of its log, nothing of its content. Kept by the
// installation and given to whoever removed it.

#include <optional>
#include <string>
#include <vector>

#include "core/crypto.hpp"
#include "core/id.hpp"
#include "core/locale.hpp"
#include "core/time.hpp"
#include "storage/database.hpp"

namespace greffier::archive {

struct Certificate {
    struct Register { std::string slug; std::int64_t records = 0, versions = 0; };

    OrganisationId organisation;
    std::string slug, name, removed_by;
    Timestamp created_at{}, removed_at{};
    std::optional<Timestamp> first_write, last_write;      ///< of its log
    std::int64_t ledger_size = 0;
    Hash ledger_root{};
    std::vector<Register> registers;
    std::int64_t attachments = 0, attachment_bytes = 0, comments = 0, members = 0, people_erased = 0;
};

/// {"certificate":{…},"signature":"<base64>","verifier_key":"…"} and a line feed; the signature is over the bytes of the
/// member certificate as they stand.
std::string signed_text(Certificate const& certificate, SigningKey const& key);
/// Nothing for a text this program never wrote. The signature is not checked.
std::optional<Certificate> parse_certificate(std::string_view text);
/// For people, some lines.
std::string in_words(Certificate const& certificate, Locale const& locale);

void keep_certificate(storage::Session& session, OrganisationId organisation, std::string const& text);
std::optional<std::string> kept_certificate(storage::Session& session, OrganisationId organisation);
/// The size of the log of an organisation that was removed here.
std::optional<std::uint64_t> size_when_removed(storage::Session& session, OrganisationId organisation);

}  // namespace greffier::archive
