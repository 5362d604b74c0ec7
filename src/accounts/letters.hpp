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

/// What `greffier mail test` sends.
mail::NewMail test_letter(std::string const& address, Language language, Timestamp now);

}  // namespace greffier::accounts
