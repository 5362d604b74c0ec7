#include "accounts/accounts_fixture.hpp"

namespace greffier::accounts {
namespace {

class MembershipsTest : public AccountsFixture {};
INSTANTIATE_TEST_SUITE_P(Engines, MembershipsTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

TEST_P(MembershipsTest, several_roles_are_one_actor)
{
    auto vire = organisation("vire");
    auto claire = person("claire@vire.example");
    EXPECT_FALSE(memberships.of(claire.id, vire.id));
    ASSERT_TRUE(memberships.grant(claire.id, vire.id, Role::Dpo, now).ok());
    auto first = memberships.of(claire.id, vire.id)->actor;
    ASSERT_TRUE(memberships.grant(claire.id, vire.id, Role::Administrator, now).ok());
    ASSERT_TRUE(memberships.grant(claire.id, vire.id, Role::Administrator, now).ok());
    auto both = *memberships.of(claire.id, vire.id);
    EXPECT_EQ(both.roles, (std::vector{Role::Administrator, Role::Dpo}));
    EXPECT_EQ(both.actor, first);
    auto actor = make_actor(both);
    EXPECT_EQ(actor.role, Role::Administrator);
    EXPECT_EQ(actor.id, first);
    EXPECT_EQ(actor.person, claire.id);
}

TEST_P(MembershipsTest, who_leaves_and_returns_is_the_same_actor)
{
    auto vire = organisation("vire");
    auto claire = person("claire@vire.example");
    ASSERT_TRUE(memberships.grant(claire.id, vire.id, Role::Contributor, now).ok());
    auto actor = memberships.of(claire.id, vire.id)->actor;
    ASSERT_TRUE(memberships.revoke(claire.id, vire.id, {}, now).ok());
    EXPECT_FALSE(memberships.of(claire.id, vire.id));
    ASSERT_TRUE(memberships.grant(claire.id, vire.id, Role::Reader, now + std::chrono::hours{1}).ok());
    EXPECT_EQ(memberships.of(claire.id, vire.id)->actor, actor);
    EXPECT_EQ(memberships.of(claire.id, vire.id)->roles, std::vector{Role::Reader});
}

TEST_P(MembershipsTest, a_clock_set_back_between_two_roles_changes_nobodys_actor)
{
    auto vire = organisation("vire");
    auto claire = person("claire@vire.example");
    ASSERT_TRUE(memberships.grant(claire.id, vire.id, Role::Contributor, now).ok());
    auto actor = memberships.of(claire.id, vire.id)->actor;
    ASSERT_TRUE(memberships.grant(claire.id, vire.id, Role::Dpo, now - std::chrono::hours{3}).ok());
    EXPECT_EQ(memberships.of(claire.id, vire.id)->actor, actor);
}

TEST_P(MembershipsTest, two_towns_do_not_share_an_actor)
{
    auto vire = organisation("vire"), caen = organisation("caen");
    auto claire = person("claire@vire.example");
    ASSERT_TRUE(memberships.grant(claire.id, vire.id, Role::Dpo, now).ok());
    ASSERT_TRUE(memberships.grant(claire.id, caen.id, Role::Dpo, now).ok());
    EXPECT_NE(memberships.of(claire.id, vire.id)->actor, memberships.of(claire.id, caen.id)->actor);
    ASSERT_TRUE(memberships.grant(claire.id, caen.id, Role::Reader, now).ok());
    ASSERT_TRUE(memberships.revoke(claire.id, caen.id, Role::Dpo, now).ok());
    auto held = memberships.held_by(claire.id);
    ASSERT_EQ(held.size(), 2U);
    for (auto const& each : held) EXPECT_EQ(each.actor, memberships.of(claire.id, each.organisation)->actor);
    for (auto const& each : held) EXPECT_EQ(each.roles, std::vector{each.organisation == vire.id ? Role::Dpo : Role::Reader});
    EXPECT_FALSE(memberships.only_in(claire.id, vire.id));
}

TEST_P(MembershipsTest, the_last_administrator_stays)
{
    auto vire = organisation("vire");
    auto claire = person("claire@vire.example"), paul = person("paul@vire.example", "Paul");
    ASSERT_TRUE(memberships.grant(claire.id, vire.id, Role::Administrator, now).ok());
    EXPECT_EQ(code(memberships.revoke(claire.id, vire.id, {}, now)), "last_administrator");
    EXPECT_EQ(code(memberships.set_roles(claire.id, vire.id, {Role::Reader}, now)), "last_administrator");
    EXPECT_EQ(memberships.of(claire.id, vire.id)->roles, std::vector{Role::Administrator}) << "the refusal changes nothing";
    ASSERT_TRUE(memberships.grant(paul.id, vire.id, Role::Administrator, now).ok());
    EXPECT_TRUE(memberships.revoke(claire.id, vire.id, {}, now).ok());
    EXPECT_EQ(code(memberships.grant(PersonId::make(), vire.id, Role::Reader, now)), "unknown_person");
}

TEST_P(MembershipsTest, the_installation_has_administrators_of_its_own)
{
    auto vire = organisation("vire");
    auto claire = person("claire@vire.example");
    EXPECT_TRUE(memberships.installation_is_new());
    ASSERT_TRUE(memberships.grant_installation(claire.id, now).ok());
    ASSERT_TRUE(memberships.grant_installation(claire.id, now).ok());
    EXPECT_FALSE(memberships.installation_is_new());
    EXPECT_TRUE(memberships.is_installation_administrator(claire.id));
    EXPECT_FALSE(memberships.of(claire.id, vire.id)) << "reads no register unless granted";
    EXPECT_EQ(code(memberships.revoke_installation(claire.id, now)), "last_administrator");
    EXPECT_TRUE(memberships.is_installation_administrator(claire.id));
}

TEST_P(MembershipsTest, a_disabled_person_acts_nowhere)
{
    auto vire = organisation("vire");
    auto claire = person("claire@vire.example");
    ASSERT_TRUE(memberships.grant(claire.id, vire.id, Role::Dpo, now).ok());
    ASSERT_TRUE(people.disable(claire.id, now).ok());
    EXPECT_FALSE(memberships.of(claire.id, vire.id));
}

TEST_P(MembershipsTest, members_are_listed_once_with_their_roles)
{
    auto vire = organisation("vire"), caen = organisation("caen");
    auto claire = person("claire@vire.example"), adele = person("adele@vire.example", "Adèle");
    ASSERT_TRUE(memberships.set_roles(claire.id, vire.id, {Role::Dpo, Role::Reader}, now).ok());
    ASSERT_TRUE(memberships.grant(adele.id, vire.id, Role::Reader, now).ok());
    ASSERT_TRUE(memberships.grant(adele.id, caen.id, Role::Dpo, now).ok());
    auto all = memberships.in(vire.id);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].person.name, "Adèle");
    EXPECT_EQ(all[0].roles(), std::vector{Role::Reader});
    EXPECT_EQ(all[1].roles(), (std::vector{Role::Dpo, Role::Reader}));
}

TEST_P(MembershipsTest, histories_name_people_tokens_and_machines_of_that_organisation_only)
{
    auto vire = organisation("vire"), caen = organisation("caen");
    auto claire = person("claire@vire.example");
    ASSERT_TRUE(memberships.grant(claire.id, vire.id, Role::Dpo, now).ok());
    auto token = *tokens.add({.organisation = vire.id, .role = Role::Reader, .name = "Nuit", .expires_at = now + std::chrono::hours{1}}, now);
    auto stranger = Uuid::make();
    auto actor = memberships.of(claire.id, vire.id)->actor;
    ASSERT_TRUE(memberships.revoke(claire.id, vire.id, {}, now).ok());
    std::vector<Uuid> asked{actor, token.info.actor, organisation_actor(vire.id), job_actor(vire.id), stranger};
    auto names = memberships.names(vire.id, asked, Locale{Language::English});
    EXPECT_EQ(names.at(actor), "Claire Delmas");
    EXPECT_EQ(names.at(token.info.actor), "Token “Nuit”");
    EXPECT_EQ(names.at(organisation_actor(vire.id)), "Command line");
    EXPECT_EQ(names.at(job_actor(vire.id)), "Automatic job");
    EXPECT_FALSE(names.contains(stranger));
    EXPECT_TRUE(memberships.names(caen.id, asked, Locale{Language::English}).empty());
}

}  // namespace
}  // namespace greffier::accounts
