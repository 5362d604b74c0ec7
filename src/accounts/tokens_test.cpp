#include "accounts/accounts_fixture.hpp"

namespace greffier::accounts {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

class TokensTest : public AccountsFixture {};
INSTANTIATE_TEST_SUITE_P(Engines, TokensTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

TEST_P(TokensTest, acts_with_its_role_until_it_ends)
{
    auto vire = organisation("vire");
    auto added = *tokens.add({.organisation = vire.id, .role = Role::Contributor, .name = "Export nocturne", .expires_at = now + hours{24}}, now);
    EXPECT_TRUE(added.plain.starts_with("gft_"));
    EXPECT_EQ(added.plain.size(), 4U + 32U);
    auto found = tokens.authenticate(added.plain, now);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->actor.organisation, vire.id);
    EXPECT_EQ(found->actor.roles, std::vector{Role::Contributor});
    EXPECT_EQ(found->actor.id, added.info.id.uuid) << "a token of nobody acts as itself";
    EXPECT_FALSE(found->actor.person);
    EXPECT_FALSE(tokens.authenticate(added.plain, now + hours{24}));
    EXPECT_FALSE(tokens.authenticate(added.plain + "x", now));
    EXPECT_FALSE(tokens.authenticate("gft_", now));
    EXPECT_FALSE(tokens.authenticate("", now));
}

TEST_P(TokensTest, a_revoked_one_opens_nothing_and_stays_listed)
{
    auto vire = organisation("vire"), caen = organisation("caen");
    auto added = *tokens.add({.organisation = vire.id, .role = Role::Reader, .name = "A", .expires_at = now + hours{24}}, now);
    EXPECT_EQ(code(tokens.revoke(caen.id, added.info.id, now)), "not_found");
    EXPECT_TRUE(tokens.authenticate(added.plain, now));
    ASSERT_TRUE(tokens.revoke(vire.id, added.info.id, now).ok());
    EXPECT_FALSE(tokens.authenticate(added.plain, now));
    ASSERT_EQ(tokens.list(vire.id).size(), 1U);
    EXPECT_EQ(tokens.list(vire.id)[0].revoked_at, now);
    EXPECT_TRUE(tokens.list(caen.id).empty());
}

TEST_P(TokensTest, of_a_person_it_can_no_more_than_they_and_ends_with_their_role)
{
    auto vire = organisation("vire");
    auto claire = person("claire@vire.example");
    auto wish = NewToken{.organisation = vire.id, .person = claire.id, .role = Role::Dpo, .name = "A", .expires_at = now + hours{24}};
    EXPECT_EQ(code(tokens.add(wish, now)), "role:token_role");
    ASSERT_TRUE(memberships.grant(claire.id, vire.id, Role::Administrator, now).ok());
    EXPECT_EQ(code(tokens.add(wish, now)), "role:token_role") << "an administrator does not decide";
    ASSERT_TRUE(memberships.grant(claire.id, vire.id, Role::Dpo, now).ok());
    auto added = *tokens.add(wish, now);
    EXPECT_EQ(tokens.authenticate(added.plain, now)->actor.id, memberships.of(claire.id, vire.id)->actor);
    ASSERT_TRUE(memberships.revoke(claire.id, vire.id, Role::Dpo, now).ok());
    EXPECT_FALSE(tokens.authenticate(added.plain, now));
}

TEST_P(TokensTest, its_use_is_noted_once_a_minute)
{
    auto vire = organisation("vire");
    auto added = *tokens.add({.organisation = vire.id, .role = Role::Reader, .name = "A", .expires_at = now + hours{24}}, now);
    EXPECT_FALSE(tokens.list(vire.id)[0].last_used_at);
    ASSERT_TRUE(tokens.authenticate(added.plain, now));
    ASSERT_TRUE(tokens.authenticate(added.plain, now + seconds{59}));
    EXPECT_EQ(tokens.list(vire.id)[0].last_used_at, now);
    ASSERT_TRUE(tokens.authenticate(added.plain, now + seconds{60}));
    EXPECT_EQ(tokens.list(vire.id)[0].last_used_at, now + seconds{60});
}

TEST_P(TokensTest, refuses_no_name_and_no_future)
{
    auto vire = organisation("vire");
    EXPECT_EQ(code(tokens.add({.organisation = vire.id, .name = " ", .expires_at = now + hours{1}}, now)), "name:required");
    EXPECT_EQ(code(tokens.add({.organisation = vire.id, .name = "A", .expires_at = now}, now)), "expires_at:token_expiry_past");
    EXPECT_EQ(code(tokens.add({.organisation = OrganisationId::make(), .name = "A", .expires_at = now + hours{1}}, now)), "unknown_organisation");
}

}  // namespace
}  // namespace greffier::accounts
