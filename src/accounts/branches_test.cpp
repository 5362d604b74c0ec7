// Roles on a branch of the tree, and roles that end: first as stories, then held to a simple model by chance.
#include <map>
#include <random>
#include <set>

#include "accounts/accounts_fixture.hpp"

namespace greffier::accounts {
namespace {

class BranchesTest : public AccountsFixture {
protected:
    OrganisationInfo below(OrganisationInfo const& parent, std::string slug)
    {
        return *organisations.add({.slug = slug, .name = "Mairie de " + slug, .kind = "commune", .parent = parent.id}, now);
    }
    std::vector<Role> roles(Person const& person, OrganisationInfo const& organisation)
    {
        auto const held = memberships.of(person.id, organisation.id);
        return held ? held->roles : std::vector<Role>{};
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, BranchesTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

TEST_P(BranchesTest, a_role_on_a_branch_holds_below_today_and_tomorrow)
{
    auto community = organisation("agglo", "Communaut\u00e9 d'agglom\u00e9ration");
    auto town = below(community, "vire"), quarter = below(town, "vire-nord");
    auto elsewhere = organisation("caen");
    auto claire = person("claire@agglo.example");
    ASSERT_TRUE(memberships.grant(claire.id, community.id, Role::Dpo, now, {.branch = true}).ok());
    auto later = below(quarter, "vire-ecole");
    for (auto const& each : {community, town, quarter, later}) EXPECT_EQ(roles(claire, each), std::vector{Role::Dpo}) << each.slug;
    EXPECT_TRUE(roles(claire, elsewhere).empty());
    EXPECT_NE(memberships.of(claire.id, town.id)->actor, memberships.of(claire.id, quarter.id)->actor) << "histories of two towns do not reveal one person";

    auto const members = memberships.in(quarter.id);
    ASSERT_EQ(members.size(), 1U);
    EXPECT_EQ(members[0].held.front().from, community.name);
    EXPECT_FALSE(members[0].holds_here(Role::Dpo));

    ASSERT_TRUE(memberships.revoke(claire.id, community.id, Role::Dpo, now).ok());
    for (auto const& each : {community, town, quarter, later}) EXPECT_TRUE(roles(claire, each).empty()) << each.slug;
}

TEST_P(BranchesTest, what_comes_from_above_is_not_taken_away_below)
{
    auto community = organisation("agglo"), town = below(community, "vire");
    auto claire = person("claire@agglo.example");
    ASSERT_TRUE(memberships.grant(claire.id, community.id, Role::Dpo, now, {.branch = true}).ok());
    ASSERT_TRUE(memberships.set_roles(claire.id, town.id, {Role::Reader}, now).ok());
    EXPECT_EQ(roles(claire, town), (std::vector{Role::Dpo, Role::Reader}));
    ASSERT_TRUE(memberships.revoke(claire.id, town.id, {}, now).ok());
    EXPECT_EQ(roles(claire, town), std::vector{Role::Dpo});
    ASSERT_TRUE(memberships.grant(claire.id, town.id, Role::Dpo, now).ok());
    ASSERT_TRUE(memberships.revoke(claire.id, community.id, {}, now).ok());
    EXPECT_EQ(roles(claire, town), std::vector{Role::Dpo}) << "granted in the town itself, too";
}

TEST_P(BranchesTest, an_organisation_that_moves_takes_its_branch_out_and_into_another)
{
    auto north = organisation("nord"), south = organisation("sud");
    auto town = below(north, "vire"), quarter = below(town, "vire-nord");
    auto claire = person("claire@nord.example"), paul = person("paul@sud.example", "Paul");
    ASSERT_TRUE(memberships.grant(claire.id, north.id, Role::Dpo, now, {.branch = true}).ok());
    ASSERT_TRUE(memberships.grant(paul.id, south.id, Role::Reader, now, {.branch = true}).ok());
    auto const actor = memberships.of(claire.id, quarter.id)->actor;
    ASSERT_TRUE(organisations.move(town.id, south.id, now).ok());
    for (auto const& each : {town, quarter}) {
        EXPECT_TRUE(roles(claire, each).empty()) << each.slug;
        EXPECT_EQ(roles(paul, each), std::vector{Role::Reader}) << each.slug;
    }
    ASSERT_TRUE(organisations.move(town.id, north.id, now).ok());
    EXPECT_EQ(memberships.of(claire.id, quarter.id)->actor, actor) << "who comes back is the same in the history";
    ASSERT_TRUE(organisations.move(town.id, {}, now).ok());
    EXPECT_TRUE(roles(claire, quarter).empty());

    EXPECT_EQ(code(organisations.move(town.id, quarter.id, now)), "parent:parent_below");
    EXPECT_EQ(code(organisations.move(town.id, town.id, now)), "parent:parent_below");
    EXPECT_EQ(code(organisations.move(town.id, OrganisationId::make(), now)), "parent:unknown_organisation");
}

TEST_P(BranchesTest, a_role_ends_when_it_was_said_to_wherever_it_came_down)
{
    auto community = organisation("agglo"), town = below(community, "vire");
    auto claire = person("claire@audit.example");
    EXPECT_EQ(code(memberships.grant(claire.id, community.id, Role::Auditor, now)), "until:end_needed");
    EXPECT_EQ(code(memberships.set_roles(claire.id, community.id, {Role::Auditor}, now)), "until:end_needed");
    EXPECT_EQ(code(memberships.grant(claire.id, community.id, Role::Auditor, now, {.ends_at = now})), "until:end_past");
    auto const end = now + std::chrono::hours{24 * 7};
    ASSERT_TRUE(memberships.grant(claire.id, community.id, Role::Auditor, now, {.branch = true, .ends_at = end}).ok());
    memberships.end_due(end - std::chrono::milliseconds{1});
    EXPECT_EQ(roles(claire, town), std::vector{Role::Auditor});
    EXPECT_EQ(memberships.in(town.id).front().held.front().ends_at, end);
    memberships.end_due(end);
    EXPECT_TRUE(roles(claire, town).empty());
    EXPECT_TRUE(roles(claire, community).empty());
}

TEST_P(BranchesTest, a_role_granted_again_takes_the_new_terms)
{
    auto community = organisation("agglo"), town = below(community, "vire");
    auto claire = person("claire@agglo.example");
    ASSERT_TRUE(memberships.grant(claire.id, community.id, Role::Reader, now).ok());
    EXPECT_TRUE(roles(claire, town).empty());
    ASSERT_TRUE(memberships.grant(claire.id, community.id, Role::Reader, now, {.branch = true}).ok());
    EXPECT_EQ(roles(claire, town), std::vector{Role::Reader});
    ASSERT_TRUE(memberships.set_roles(claire.id, community.id, {Role::Reader, Role::Contributor}, now).ok());
    EXPECT_EQ(roles(claire, town), std::vector{Role::Reader}) << "roles that are kept stay on their terms";
    ASSERT_TRUE(memberships.grant(claire.id, community.id, Role::Reader, now).ok());
    EXPECT_TRUE(roles(claire, town).empty());
}

TEST_P(BranchesTest, only_who_administers_a_branch_is_over_it)
{
    auto community = organisation("agglo"), town = below(community, "vire");
    auto claire = person("claire@agglo.example"), paul = person("paul@agglo.example", "Paul");
    ASSERT_TRUE(memberships.grant(claire.id, community.id, Role::Administrator, now, {.branch = true}).ok());
    ASSERT_TRUE(memberships.grant(paul.id, community.id, Role::Administrator, now).ok());
    EXPECT_TRUE(memberships.of(claire.id, community.id)->over_branch);
    EXPECT_TRUE(memberships.of(claire.id, town.id)->over_branch);
    EXPECT_FALSE(memberships.of(paul.id, community.id)->over_branch);
}

TEST_P(BranchesTest, somebody_who_represents_the_controller_from_above_decides_below)
{
    auto community = organisation("agglo"), town = below(community, "vire");
    auto claire = person("claire@agglo.example"), mayor = person("maire@vire.example", "Maire");
    ASSERT_TRUE(memberships.grant(claire.id, town.id, Role::Dpo, now).ok());
    EXPECT_FALSE(memberships.of(claire.id, town.id)->controller_decides);
    ASSERT_TRUE(memberships.grant(mayor.id, community.id, Role::Representative, now, {.branch = true}).ok());
    EXPECT_TRUE(memberships.of(claire.id, town.id)->controller_decides);
    auto token = *tokens.add({.organisation = town.id, .role = Role::Dpo, .name = "Nuit", .expires_at = now + std::chrono::hours{1}}, now);
    EXPECT_TRUE(tokens.authenticate(token.plain, now)->actor.controller_decides);
    ASSERT_TRUE(memberships.revoke(mayor.id, community.id, {}, now).ok());
    EXPECT_FALSE(memberships.of(claire.id, town.id)->controller_decides);
    EXPECT_FALSE(tokens.authenticate(token.plain, now)->actor.controller_decides);
}

/// The model: who was granted what where, and where each organisation stands. Rights are found by walking up.
class Model {
public:
    std::map<int, int> parent;                                  ///< -1: none
    std::map<std::tuple<int, int, Role>, bool> granted;         ///< person, organisation, role -> on the branch

    [[nodiscard]] bool is_below(int organisation, int of) const
    {
        for (; organisation >= 0; organisation = parent.at(organisation))
            if (organisation == of) return true;
        return false;
    }
    [[nodiscard]] std::set<Role> roles(int person, int organisation) const
    {
        std::set<Role> all;
        for (auto const& [key, branch] : granted) {
            auto const& [who, where, role] = key;
            if (who == person && (where == organisation || (branch && is_below(organisation, where)))) all.insert(role);
        }
        return all;
    }
};

TEST_P(BranchesTest, random_grants_moves_and_ends_agree_with_walking_the_tree)
{
    constexpr int people_count = 3, organisation_count = 7, acts = 150;
    std::mt19937 chance{20261122};
    auto any = [&](int below) { return static_cast<int>(chance() % static_cast<unsigned>(below)); };
    std::vector<Person> persons;
    std::vector<OrganisationInfo> towns;
    Model model;
    for (int i = 0; i < people_count; ++i) persons.push_back(person("p" + std::to_string(i) + "@x.example", "P"));
    for (int i = 0; i < organisation_count; ++i) {
        towns.push_back(organisation("ville-" + std::to_string(i)));
        model.parent[i] = -1;
    }
    constexpr Role some[] = {Role::Dpo, Role::Reader, Role::Contributor};
    for (int act = 0; act < acts; ++act) {
        now += std::chrono::minutes{1};
        int const who = any(people_count), where = any(organisation_count);
        auto const role = some[any(3)];
        switch (any(4)) {
        case 0: case 1: {
            bool const branch = any(2) == 0;
            ASSERT_TRUE(memberships.grant(persons[who].id, towns[where].id, role, now, {.branch = branch}).ok());
            model.granted[{who, where, role}] = branch;
            break;
        }
        case 2:
            ASSERT_TRUE(memberships.revoke(persons[who].id, towns[where].id, role, now).ok());
            model.granted.erase({who, where, role});
            break;
        default: {
            int const to = any(organisation_count + 1) - 1;
            bool const fits = to < 0 || !model.is_below(to, where);
            auto const moved = organisations.move(towns[where].id, to < 0 ? std::nullopt : std::optional{towns[to].id}, now);
            ASSERT_EQ(moved.ok(), fits);
            if (fits) model.parent[where] = to;
        }
        }
        for (int p = 0; p < people_count; ++p)
            for (int o = 0; o < organisation_count; ++o) {
                auto const held = roles(persons[p], towns[o]);
                ASSERT_EQ(std::set<Role>(held.begin(), held.end()), model.roles(p, o)) << "after act " << act << ", person " << p << " in " << o;
            }
    }
}

}  // namespace
}  // namespace greffier::accounts
