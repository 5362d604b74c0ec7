#include "accounts/oidc/id_token.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "accounts/oidc/claims.hpp"

namespace greffier::accounts {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

Timestamp const now = *parse_timestamp("2026-03-02T09:00:00Z");
std::int64_t const second = to_millis(now) / 1000;

json good()
{
    return {{"iss", "https://sso.ville.example"}, {"aud", "greffier"}, {"sub", "claire"}, {"nonce", "n-0S6"}, {"iat", second}, {"exp", second + 300}};
}

std::string problem(json const& said, std::optional<Timestamp> since = {}, std::string access = "")
{
    Jws token{"RS256", "", "", said.dump(), "", {}};
    auto const found = check_id_token(token, {"https://sso.ville.example", "greffier", "n-0S6", std::move(access), since, now});
    return found.ok() ? "" : found.error().code;
}

std::string with(char const* name, json value)
{
    auto said = good();
    said[name] = std::move(value);
    return problem(said);
}

std::string without(char const* name)
{
    auto said = good();
    said.erase(name);
    return problem(said);
}

TEST(IdToken, says_exactly_who_made_it)
{
    EXPECT_EQ(problem(good()), "");
    for (auto const* other : {"https://sso.ville.example/", "https://SSO.ville.example", "http://sso.ville.example", "https://sso.ville.example.evil.example", ""}) EXPECT_EQ(with("iss", other), "token_issuer") << other;
    EXPECT_EQ(without("iss"), "token_issuer");
    EXPECT_EQ(with("iss", json::array({"https://sso.ville.example"})), "token_issuer");
}

TEST(IdToken, is_for_us_and_for_nobody_else_unless_it_was_given_to_us)
{
    EXPECT_EQ(with("aud", "other"), "token_audience");
    EXPECT_EQ(without("aud"), "token_audience");
    EXPECT_EQ(with("aud", json::array({"greffier"})), "");
    EXPECT_EQ(with("aud", json::array({"greffier", "other"})), "token_audience");
    EXPECT_EQ(with("aud", json::array({"greffier", 1})), "token_audience");
    EXPECT_EQ(with("aud", json::array()), "token_audience");
    EXPECT_EQ(with("azp", "other"), "token_audience");
    EXPECT_EQ(with("azp", "greffier"), "");
    auto both = good();
    both["aud"] = json::array({"other", "greffier"});
    both["azp"] = "greffier";
    EXPECT_EQ(problem(both), "");
}

TEST(IdToken, is_of_now_within_a_minute)
{
    EXPECT_EQ(with("exp", second - 59), "");
    EXPECT_EQ(with("exp", second - 60), "token_expired");
    EXPECT_EQ(without("exp"), "token_expired");
    EXPECT_EQ(with("exp", std::to_string(second + 300)), "token_expired") << "a text is no number";
    EXPECT_EQ(with("exp", -1), "token_expired");
    EXPECT_EQ(with("iat", second + 60), "");
    EXPECT_EQ(with("iat", second + 61), "token_too_early");
    EXPECT_EQ(without("iat"), "token_too_early");
    EXPECT_EQ(with("iat", second - 660), "");
    EXPECT_EQ(with("iat", second - 661), "token_old");
    EXPECT_EQ(with("nbf", second + 61), "token_too_early");
    EXPECT_EQ(with("nbf", "soon"), "token_too_early");
    EXPECT_EQ(with("nbf", second), "");
    EXPECT_EQ(with("iat", 1e300), "token_too_early");
    EXPECT_EQ(with("iat", second + 0.25), "");
}

TEST(IdToken, answers_the_request_of_this_browser)
{
    EXPECT_EQ(with("nonce", "another"), "token_nonce");
    EXPECT_EQ(with("nonce", ""), "token_nonce");
    EXPECT_EQ(without("nonce"), "token_nonce");
}

TEST(IdToken, goes_with_its_access_token_where_it_says_so)
{
    // OpenID Connect Core, appendix A.3 (code id_token token): that access token, that hash.
    auto said = good();
    said["at_hash"] = "77QmUPtjPfzWtF2AnpK9RQ";
    EXPECT_EQ(problem(said, {}, "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"), "");
    EXPECT_EQ(problem(said, {}, "another"), "token_at_hash");
    EXPECT_EQ(problem(said), "token_at_hash");
}

TEST(IdToken, says_whom_it_is_about)
{
    EXPECT_EQ(without("sub"), "token_subject");
    EXPECT_EQ(with("sub", ""), "token_subject");
    EXPECT_EQ(with("sub", 7), "token_subject");
    EXPECT_EQ(with("sub", std::string(256, 'x')), "token_subject");
    EXPECT_EQ(with("sub", std::string(255, 'x')), "");
}

TEST(IdToken, proves_anew_who_one_is_only_with_a_fresh_authentication)
{
    auto said = good();
    EXPECT_EQ(problem(said, now - 30s), "token_auth_time");
    said["auth_time"] = second - 30;
    EXPECT_EQ(problem(said, now - 30s), "");
    said["auth_time"] = second - 3600;
    EXPECT_EQ(problem(said, now - 30s), "token_auth_time") << "the session there, not the person";
    said["auth_time"] = second + 3600;
    EXPECT_EQ(problem(said, now - 30s), "token_auth_time");
}

TEST(IdToken, that_is_no_object_is_unreadable)
{
    for (auto const* text : {"", "[]", "{", "null", "7", "\"x\""}) EXPECT_FALSE(check_id_token({"RS256", "", "", text, "", {}}, {"i", "c", "n", "", {}, now}).ok()) << text;
}

TEST(LogoutToken, is_no_id_token_and_the_other_way_round)
{
    auto said = good();
    auto const checked = [&] {
        auto const found = check_logout_token({"RS256", "", "", said.dump(), "", {}}, "https://sso.ville.example", "greffier", now);
        return found.ok() ? "" : found.error().code;
    };
    EXPECT_EQ(checked(), "token_unreadable");
    said["events"] = {{"http://schemas.openid.net/event/backchannel-logout", json::object()}};
    said["jti"] = "1";
    EXPECT_EQ(checked(), "token_unreadable") << "it has a nonce";
    said.erase("nonce");
    EXPECT_EQ(checked(), "");
    said.erase("sub");
    EXPECT_EQ(checked(), "token_unreadable") << "of nobody";
    said["sid"] = "s";
    EXPECT_EQ(checked(), "");
    said["aud"] = "other";
    EXPECT_EQ(checked(), "token_audience");
}

OidcSettings settings(std::string groups = "groups", std::string mail = "email")
{
    OidcSettings made{};
    made.groups_claim = std::move(groups);
    made.email_claim = std::move(mail);
    return made;
}

TEST(Claims, of_userinfo_come_over_those_of_the_token)
{
    auto const who = presented_by(settings(), R"({"email":"a@ville.example","email_verified":true,"name":"A"})", R"({"name":"Claire  Delmas","groups":["dpo",7,"agents"]})");
    EXPECT_EQ(who.email, "a@ville.example");
    EXPECT_TRUE(who.email_verified);
    EXPECT_EQ(who.name, "Claire Delmas");
    EXPECT_EQ(who.groups, (std::vector<std::string>{"dpo", "agents"}));
}

TEST(Claims, that_an_address_was_verified_is_said_beside_that_address)
{
    EXPECT_FALSE(presented_by(settings(), R"({"email":"a@ville.example","email_verified":true})", R"({"email":"boss@ville.example"})").email_verified);
    EXPECT_FALSE(presented_by(settings("groups", "upn"), R"({"upn":"boss@ville.example","email":"a@ville.example","email_verified":true})", "").email_verified);
    EXPECT_FALSE(presented_by(settings(), R"({"email":"a@ville.example","email_verified":1})", "").email_verified);
    EXPECT_TRUE(presented_by(settings(), R"({"email":"a@ville.example","email_verified":"true"})", "").email_verified) << "some write a text";
}

TEST(Claims, of_groups_are_found_inside_objects_or_under_a_name_with_dots)
{
    EXPECT_EQ(presented_by(settings("realm_access.roles"), R"({"realm_access":{"roles":["dpo"]}})", "").groups, std::vector<std::string>{"dpo"});
    EXPECT_EQ(presented_by(settings("https://ville.example/groups"), R"({"https://ville.example/groups":"dpo"})", "").groups, std::vector<std::string>{"dpo"});
    EXPECT_TRUE(presented_by(settings("a.b"), R"({"a":"b"})", "").groups.empty());
    EXPECT_TRUE(presented_by(settings(), "nothing", "[").groups.empty());
    EXPECT_EQ(presented_by(settings(), R"({"given_name":"Claire","usual_name":"Delmas"})", "").name, "Claire Delmas");
}

}  // namespace
}  // namespace greffier::accounts
