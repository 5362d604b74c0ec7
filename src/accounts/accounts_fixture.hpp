#pragma once
// Every store of accounts over a database of its own, for the tests.

#include <gtest/gtest.h>

#include "accounts/services.hpp"
#include "storage/test_database.hpp"

namespace greffier::accounts {

inline Timestamp at(std::string_view text) { return *parse_timestamp(text); }
inline char const* const good_password = "girafe tambour lagune cerise";

class AccountsFixture : public testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    Organisations organisations{*database};
    People people{*database};
    Memberships memberships{*database};
    Sessions sessions{*database};
    SignInThrottle throttle;
    OneTimeLinks links{*database};
    Tokens tokens{*database};
    Journal journal{*database};
    Factors factors{*database, Secret<Bytes>{Bytes(32, 7)}, Secret<Bytes>{Bytes(32, 6)}};
    AccountServices services{*database, organisations, people, memberships, sessions, throttle, links, tokens, journal, factors, ""};
    Timestamp now = at("2026-03-02T09:00:00Z");

    OrganisationInfo organisation(std::string slug, std::string name = "Ville de Vire")
    {
        return *organisations.add({.slug = std::move(slug), .name = std::move(name), .kind = "commune"}, now);
    }
    Person person(std::string email, std::string name = "Claire Delmas") { return *people.add({.email = std::move(email), .name = std::move(name)}, now); }
    template <class T>
    static std::string code(Result<T> const& result)
    {
        return result.ok() ? "" : result.error().fields.empty() ? result.error().code : result.error().fields.front().field + ":" + result.error().fields.front().code;
    }
};

}  // namespace greffier::accounts
