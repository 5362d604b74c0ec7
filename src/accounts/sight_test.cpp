#include "accounts/sight.hpp"

#include <gtest/gtest.h>

#include "accounts/accounts_fixture.hpp"
#include "accounts/actor.hpp"
#include "accounts/memberships.hpp"
#include "accounts/role_mapping.hpp"
#include "accounts/tokens.hpp"
#include "storage/narrowed.hpp"

namespace greffier::accounts {
namespace {

using storage::SqlText;

using Names = std::vector<std::string>;

Sight of(std::vector<Role> roles, bool limited = false, bool keeps_restricted = true)
{
    return Sight::of({std::move(roles), PersonId::make(), Uuid::make(), limited ? std::optional{Uuid::make()} : std::nullopt, keeps_restricted});
}

TEST(Sight, of_an_actor_nobody_made_is_of_nothing)
{
    Actor const nobody;
    EXPECT_FALSE(nobody.sight.is_everything());
    EXPECT_TRUE(nobody.sight.is_partial());
    EXPECT_FALSE(nobody.sight.may_create());
}

TEST(Sight, restricted_records_are_seen_by_those_who_answer_for_data_protection)
{
    for (auto role : all_roles()) EXPECT_EQ(of({role}).sees_restricted(), sees_restricted(role)) << code_of(role);
    EXPECT_TRUE(of({Role::Reader, Role::DpoAssistant}).sees_restricted());
}

TEST(Sight, what_is_confided_to_the_officer_is_everything_for_them_alone)
{
    for (auto role : all_roles()) EXPECT_EQ(of({role}).is_everything(), role == Role::Dpo) << code_of(role);
    EXPECT_FALSE(of({Role::DpoAssistant, Role::Representative, Role::Administrator}).is_everything()) << "roles add up, to all but that";
    EXPECT_TRUE(of({Role::Representative}, false, false).is_everything()) << "where nothing is restricted or confided";
    EXPECT_FALSE(Sight::of({{Role::Dpo}, {}, {}, {}}).is_everything()) << "an office that nobody holds";
    EXPECT_FALSE(of({Role::DpoAssistant}).within(of({Role::Dpo})).is_everything()) << "the officer seen through another's eyes, or their token of another role";
    EXPECT_FALSE(of({Role::DpoAssistant}).is_partial());
}

TEST(Sight, where_nothing_is_restricted_the_condition_is_spared)
{
    EXPECT_TRUE(of({Role::Reader}, false, false).is_everything());
    EXPECT_FALSE(of({Role::Reader}, false, false).sees_restricted());
    EXPECT_FALSE(of({Role::Contributor}, true, false).is_everything());
    EXPECT_FALSE(of({Role::ExternalAuthor}, false, false).is_everything());
}

TEST(Sight, a_wider_role_shows_more_and_a_readers_lets_write_nothing)
{
    auto const both = of({Role::Contributor, Role::Reader}, true);
    EXPECT_FALSE(both.is_partial());
    EXPECT_TRUE(both.writing().is_partial());
    EXPECT_TRUE(both.limited_by());
    EXPECT_FALSE(of({Role::Contributor, Role::Ciso}, true).writing().is_partial());
}

TEST(Sight, a_token_sees_no_more_than_its_maker)
{
    auto const maker = of({Role::Contributor}, true);
    EXPECT_TRUE(Sight::of({{Role::Reader}, {}, {}, {}}).within(maker).is_partial());
    EXPECT_FALSE(Sight::of({{Role::Contributor}, {}, {}, {}}).within(of({Role::Dpo})).is_everything());
    EXPECT_TRUE(Sight::of({{Role::ExternalAuthor}, {}, {}, {}}).within(of({Role::Dpo})).is_partial());
}

TEST(Sight, two_ways_of_writing_a_service_are_one)
{
    EXPECT_EQ(service_key("Ressources  humaines "), service_key("ressources humaines"));
    EXPECT_EQ(service_key("État civil"), service_key("etat civil"));
    EXPECT_EQ(service_key("  "), "");
}

class LimitTest : public ::testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    Organisations organisations{*database};
    Memberships memberships{*database};
    Timestamp clock = *parse_timestamp("2026-03-14T08:00:00Z");
    OrganisationId town = organisations.add({.slug = "ville", .name = "Ville", .kind = "commune"}, clock)->id;
    PersonId karim = person("karim");

    PersonId person(std::string const& name)
    {
        auto const id = PersonId::make();
        (void)database->write([&](storage::Session& session) -> Status {
            session.execute(SqlText{"INSERT INTO person(id, email, email_shown, name, created_at) VALUES(?,?,?,?,?)"}, id, name + "@x.example", name + "@x.example", name, clock);
            return Nothing{};
        });
        return id;
    }
    Sight sight() { return memberships.of(karim, town)->sight(); }
    /// The services that bound karim's role here; none: not limited.
    Names limits()
    {
        Names names;
        if (auto const role = sight().limited_by())
            for (auto const& one : services_of(*database->read(), *role)) names.push_back(one.name);
        return names;
    }
    void signs_in(std::vector<MappedRole> const& mapping, Names const& groups)
    {
        ASSERT_TRUE(database->write([&](storage::Session& session) -> Status {
            apply_mapping(session, karim, "keycloak", mapping, groups, clock += std::chrono::minutes(1));
            return Nothing{};
        }).ok());
    }
};

TEST_P(LimitTest, a_contributor_is_limited_to_the_services_named_and_to_none_when_none_is)
{
    ASSERT_TRUE(memberships.grant(karim, town, Role::Contributor, clock, {.services = Names{"Ressources humaines", "ressources  HUMAINES", "École"}}).ok());
    ASSERT_TRUE(sight().limited_by());
    EXPECT_EQ(services_of(*database->read(), *sight().limited_by()).size(), 2U);
    ASSERT_EQ(memberships.in(town).front().held.front().services.size(), 2U);
    ASSERT_TRUE(memberships.set_roles(karim, town, {Role::Contributor, Role::Reader}, clock).ok());   // nothing said of services: as it was
    EXPECT_TRUE(sight().limited_by());
    EXPECT_FALSE(sight().is_partial());
    ASSERT_TRUE(memberships.set_roles(karim, town, {Role::Contributor}, clock, std::vector<std::string>{}).ok());
    EXPECT_FALSE(sight().limited_by());
    EXPECT_FALSE(sight().is_partial());
}

TEST_P(LimitTest, services_do_not_go_down_a_branch)
{
    auto const refused = memberships.grant(karim, town, Role::Contributor, clock, {.branch = true, .services = Names{"École"}});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fields.at(0).code, "services_on_branch");
}

TEST_P(LimitTest, granting_again_without_a_word_of_services_lifts_no_limit)
{
    ASSERT_TRUE(memberships.grant(karim, town, Role::Contributor, clock, {.services = Names{"École"}}).ok());
    ASSERT_TRUE(memberships.grant(karim, town, Role::Contributor, clock, {.ends_at = clock + std::chrono::hours(48)}).ok());
    EXPECT_EQ(limits(), Names{"École"});
    auto const below = memberships.grant(karim, town, Role::Contributor, clock, {.branch = true});
    ASSERT_FALSE(below.ok()) << "the services of the organisations below are others";
    EXPECT_EQ(below.error().fields.at(0).code, "services_on_branch");
    ASSERT_TRUE(memberships.grant(karim, town, Role::Contributor, clock, {.branch = true, .services = Names{}}).ok()) << "lifted in so many words";
    EXPECT_EQ(limits(), Names{});
}

TEST_P(LimitTest, groups_of_a_provider_lift_no_limit_that_somebody_set)
{
    std::vector<MappedRole> const here{{"agents", "ville", Role::Contributor, false}}, below{{"agents", "ville", Role::Contributor, true}};
    signs_in(here, {"agents"});
    EXPECT_EQ(limits(), Names{}) << "nobody limited it yet";
    ASSERT_TRUE(memberships.set_roles(karim, town, {}, clock, Names{"École"}).ok());
    ASSERT_EQ(limits(), Names{"École"});
    signs_in(here, {"agents"});
    EXPECT_EQ(limits(), Names{"École"});
    signs_in(below, {"agents"});
    EXPECT_EQ(limits(), Names{"École"}) << "what was limited here stays here";
    EXPECT_FALSE(memberships.in(town).front().held.front().branch);
    signs_in(here, {});
    EXPECT_FALSE(memberships.of(karim, town));
    signs_in(here, {"agents"});
    EXPECT_EQ(limits(), Names{"École"}) << "leaving the group and joining it again is no way out";
}

TEST_P(LimitTest, what_a_provider_gives_is_told_from_what_an_organisation_above_gives)
{
    signs_in({{"agents", "ville", Role::Reader, false}}, {"agents"});
    auto const held = memberships.in(town).front().held.front();
    EXPECT_EQ(held.from, "keycloak");
    EXPECT_TRUE(held.by_provider);
    auto const below = organisations.add({.slug = "ccas", .name = "CCAS", .kind = "other", .parent = town}, clock)->id;
    ASSERT_TRUE(memberships.grant(karim, town, Role::Dpo, clock, {.branch = true}).ok());
    auto const from_above = memberships.in(below).front().held.front();
    EXPECT_EQ(from_above.from, "Ville");
    EXPECT_FALSE(from_above.by_provider);
}

TEST_P(LimitTest, a_contributor_for_all_services_from_above_is_bound_by_none_here)
{
    auto const below = organisations.add({.slug = "ccas", .name = "CCAS", .kind = "other", .parent = town}, clock)->id;
    ASSERT_TRUE(memberships.grant(karim, town, Role::Contributor, clock, {.branch = true}).ok());
    ASSERT_TRUE(memberships.grant(karim, below, Role::Contributor, clock, {.services = Names{"École"}}).ok());
    EXPECT_FALSE(memberships.of(karim, below)->sight().limited_by());
}

TEST_P(LimitTest, a_limited_contributors_token_is_limited_too)
{
    ASSERT_TRUE(memberships.grant(karim, town, Role::Contributor, clock, {.services = Names{"École"}}).ok());
    Tokens tokens{*database};
    auto const added = tokens.add({.organisation = town, .person = karim, .role = Role::Reader, .name = "lecture", .expires_at = clock + std::chrono::hours(24)}, clock);
    ASSERT_TRUE(added.ok());
    EXPECT_TRUE(tokens.authenticate(added->plain, clock)->actor.sight.is_partial());
}

INSTANTIATE_TEST_SUITE_P(Engines, LimitTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace
}  // namespace greffier::accounts
