#pragma once
// The letters of accounts, ready to be queued: what each says stands here, in the reader's language.

#include <string>

#include "accounts/correspondence.hpp"
#include "accounts/one_time_links.hpp"
#include "accounts/people.hpp"

namespace greffier::accounts {

/// The address at which somebody chooses a password; `purpose` Welcome (of `organisation`) or Reset. `base`: "https://rgpd.example".
mail::NewMail password_letter(Person const& person, LinkPurpose purpose, std::string const& organisation, std::string const& base, std::string const& token, Language otherwise,
                              Timestamp now);
mail::NewMail password_changed_letter(Person const& person, std::string const& base, Language otherwise, Timestamp now);
/// `address`: where it came from, as the server saw it.
mail::NewMail sign_in_letter(Person const& person, mail::Refusals const& refusals, std::string const& address, std::string const& base, Language otherwise, Timestamp now);

/// What became of somebody's second factors.
enum class FactorNews { AuthenticatorAdded, AuthenticatorRemoved, PasskeyAdded, PasskeyRemoved, CodesRenewed, Reset, CodeTriedAgain };
mail::NewMail factor_letter(Person const& person, FactorNews news, std::string const& base, Language otherwise, Timestamp now);

/// An API token that ends soon. `address`: of the page of tokens; empty: none is known.
struct EndingToken {
    std::string id, name, organisation, address, zone;
    Timestamp ends_at{};
};
mail::NewMail token_letter(Person const& person, EndingToken const& token, Language otherwise);

/// Somebody asks to see the product as another; `person` is asked.
struct SeeAsQuestion {
    std::string id, asker, reason, organisation, address;
};
mail::NewMail see_as_asked_letter(Person const& person, SeeAsQuestion const& question, Language otherwise, Timestamp now);
/// …and did.
struct SeeAsAccount {
    std::string id, visitor, organisation, reason, address;
    Timestamp started_at{}, ended_at{};
    std::int64_t pages = 0;
    bool by_controller = false;
};
mail::NewMail see_as_ended_letter(Person const& person, SeeAsAccount const& account, Language otherwise, Timestamp now);

/// What `greffier mail test` sends.
mail::NewMail test_letter(std::string const& address, Language language, Timestamp now);

}  // namespace greffier::accounts
