#include "accounts/renamed_services.hpp"

#include <gtest/gtest.h>

#include "accounts/accounts_fixture.hpp"
#include "accounts/memberships.hpp"

namespace greffier::accounts {
namespace {

using Names = std::vector<std::string>;
using Renamed = std::vector<RenamedService>;

TEST(RenamedServices, a_name_in_the_place_of_another_is_the_same_service)
{
    EXPECT_EQ(renamed_services({"École", "RH"}, {"École", "Ressources humaines"}), (Renamed{{"RH", "Ressources humaines"}}));
    EXPECT_EQ(renamed_services({"ecole"}, {"École"}), (Renamed{{"ecole", "École"}})) << "written better";
    EXPECT_EQ(renamed_services({"École", "Voirie"}, {"École", " Voirie "}), Renamed{});
}

TEST(RenamedServices, a_list_that_grew_shrank_or_changed_its_order_says_nothing)
{
    EXPECT_EQ(renamed_services({"École", "RH"}, {"École", "RH", "Voirie"}), Renamed{});
    EXPECT_EQ(renamed_services({"École", "RH"}, {"Ressources humaines"}), Renamed{});
    EXPECT_EQ(renamed_services({"École", "RH"}, {"RH", "École"}), Renamed{});
    EXPECT_EQ(renamed_services({"École", "RH", "Voirie"}, {"École", "Voirie", "Police"}), Renamed{}) << "one went, another came";
    EXPECT_EQ(renamed_services({"École", "RH"}, {"École", ""}), Renamed{});
}

class RenamedInRolesTest : public AccountsFixture {};

TEST_P(RenamedInRolesTest, roles_limited_to_it_follow_and_the_others_stay)
{
    auto const town = organisation("ville").id, other = organisation("autre", "Autre").id;
    auto const karim = person("karim@ville.example").id, lea = person("lea@ville.example").id;
    ASSERT_TRUE(memberships.grant(karim, town, Role::Contributor, now, {.services = Names{"RH", "École"}}).ok());
    ASSERT_TRUE(memberships.grant(lea, town, Role::Contributor, now, {.services = Names{"École"}}).ok());
    ASSERT_TRUE(memberships.grant(karim, other, Role::Contributor, now, {.services = Names{"RH"}}).ok());
    ASSERT_TRUE(database->write([&](storage::Session& session) -> Status {
        EXPECT_EQ(rename_in_roles(session, town, {{"RH", "Ressources humaines"}}), 1);
        return Nothing{};
    }).ok());
    auto const services = [&](OrganisationId where, PersonId whose) {
        for (auto const& member : memberships.in(where))
            if (member.person.id == whose) return member.held.front().services;
        return Names{};
    };
    EXPECT_EQ(services(town, karim), (Names{"École", "Ressources humaines"}));
    EXPECT_EQ(services(town, lea), Names{"École"});
    EXPECT_EQ(services(other, karim), Names{"RH"});
    EXPECT_TRUE(memberships.of(karim, town)->limited_by);
}

INSTANTIATE_TEST_SUITE_P(Engines, RenamedInRolesTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace
}  // namespace greffier::accounts
