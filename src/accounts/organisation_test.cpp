#include "accounts/accounts_fixture.hpp"
#include "accounts/modules.hpp"
#include "accounts/name_words.hpp"

namespace greffier::accounts {
namespace {

class OrganisationsTest : public AccountsFixture {};
INSTANTIATE_TEST_SUITE_P(Engines, OrganisationsTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

TEST(Slug, words_of_addresses_are_nobodys)
{
    for (auto const* slug : {"api", "static", "login", "new", "search", "healthz", "setup", "sign-in", "organisations", "processings", "auto", "welcome", "admin"})
        EXPECT_EQ(problem_of_slug(slug), "reserved_slug") << slug;
    for (auto const* slug : {"o", "p", "", "Vire", "é-e", "a_b", "-vire", "vire-", "a/b", "..", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"})
        EXPECT_EQ(problem_of_slug(slug), "bad_slug") << slug;
    for (auto const* slug : {"vire", "75", "saint-lo", "apis"}) EXPECT_EQ(problem_of_slug(slug), "") << slug;
}

TEST_P(OrganisationsTest, keeps_what_it_was_given)
{
    auto added = *organisations.add({.slug = "vire", .name = "  Ville \t de Vire ", .kind = "commune", .language = Language::English, .zone = "Indian/Reunion", .colour = 3}, now);
    auto found = organisations.find("vire");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, added.id);
    EXPECT_EQ(found->name, "Ville de Vire");
    EXPECT_EQ(found->kind, "commune");
    EXPECT_EQ(found->language, Language::English);
    EXPECT_EQ(found->zone, "Indian/Reunion");
    EXPECT_EQ(found->colour, 3);
    EXPECT_EQ(found->created_at, now);
    EXPECT_FALSE(found->archived);
    EXPECT_EQ(organisations.find(added.id)->slug, "vire");
    EXPECT_FALSE(organisations.find("nowhere"));
}

TEST_P(OrganisationsTest, chooses_a_colour_between_one_and_eight)
{
    for (auto const* slug : {"vire", "caen", "falaise", "flers"}) {
        auto colour = organisation(slug).colour;
        EXPECT_GE(colour, 1);
        EXPECT_LE(colour, 8);
    }
}

TEST_P(OrganisationsTest, refuses_with_the_field_at_fault)
{
    EXPECT_EQ(code(organisations.add({.slug = "api", .name = "X"}, now)), "slug:reserved_slug");
    EXPECT_EQ(code(organisations.add({.slug = "vire", .name = " "}, now)), "name:required");
    EXPECT_EQ(code(organisations.add({.slug = "vire", .name = "X", .kind = "kingdom"}, now)), "kind:unknown_choice");
    EXPECT_EQ(code(organisations.add({.slug = "vire", .name = "X", .zone = "Mars/Olympus"}, now)), "zone:unknown_zone");
    EXPECT_EQ(code(organisations.add({.slug = "vire", .name = "X", .colour = 9}, now)), "colour:out_of_range");
    EXPECT_EQ(code(organisations.add({.slug = "vire", .name = "X", .parent = OrganisationId::make()}, now)), "parent:unknown_organisation");
    EXPECT_TRUE(organisations.all().empty());
}

TEST_P(OrganisationsTest, a_former_slug_leads_to_the_new_one_and_stays_taken)
{
    auto vire = organisation("vire");
    auto caen = organisation("caen");
    ASSERT_TRUE(organisations.rename(vire.id, "vire-normandie", "Vire Normandie").ok());
    EXPECT_EQ(organisations.find("vire")->slug, "vire-normandie");
    EXPECT_EQ(code(organisations.add({.slug = "vire", .name = "X"}, now)), "slug:slug_taken");
    EXPECT_EQ(code(organisations.rename(caen.id, "vire", "Caen")), "slug:slug_taken");
    EXPECT_EQ(code(organisations.rename(caen.id, "vire-normandie", "Caen")), "slug:slug_taken");
    EXPECT_EQ(organisations.find(caen.id)->slug, "caen");
    ASSERT_TRUE(organisations.rename(vire.id, "vire", "Vire").ok()) << "its own former slug is its own";
    EXPECT_EQ(organisations.find("vire-normandie")->slug, "vire");
}

TEST_P(OrganisationsTest, a_refused_setting_changes_nothing)
{
    auto vire = organisation("vire");
    EXPECT_EQ(code(organisations.rename_and_change(vire.id, "vire-2", "Vire", "commune", Language::French, "Nowhere", 2)), "zone:unknown_zone");
    organisation("caen");
    EXPECT_EQ(code(organisations.rename_and_change(vire.id, "caen", "Vire", "region", Language::English, "UTC", 2)), "slug:slug_taken");
    EXPECT_EQ(organisations.find(vire.id)->kind, "commune");
    ASSERT_TRUE(organisations.rename_and_change(vire.id, "vire", "Vire", "region", Language::English, "UTC", 2).ok());
    EXPECT_EQ(organisations.find(vire.id)->kind, "region");
    EXPECT_EQ(code(organisations.change(OrganisationId::make(), "region", Language::French, "UTC", 2)), "unknown_organisation");
}

TEST_P(OrganisationsTest, what_is_born_with_an_organisation_is_in_its_transaction)
{
    Uuid author;
    organisations.on_created([&](storage::Session& session, OrganisationInfo const& info, Uuid actor, Timestamp) {
        author = actor;
        EXPECT_TRUE(session.query(storage::SqlText{"SELECT 1 FROM organisation WHERE id=?"}, info.id).next());
        if (info.slug == "doomed") throw std::runtime_error("no profile");
    });
    auto vire = organisation("vire");
    EXPECT_EQ(author, organisation_actor(vire.id));
    EXPECT_NE(organisation_actor(vire.id), job_actor(vire.id));
    EXPECT_THROW((void)organisations.add({.slug = "doomed", .name = "X"}, now), std::runtime_error);
    EXPECT_FALSE(organisations.find("doomed"));
}

TEST_P(OrganisationsTest, a_person_sees_theirs_and_searches_by_folded_beginnings_of_words)
{
    auto claire = person("claire@vire.example");
    auto vire = organisation("vire", "Ville de Vire");
    auto elbeuf = organisation("elbeuf", "Communauté d'Elbeuf");
    organisation("caen", "Ville de Caen");
    ASSERT_TRUE(memberships.grant(claire.id, vire.id, Role::Reader, now).ok());
    ASSERT_TRUE(memberships.grant(claire.id, elbeuf.id, Role::Dpo, now).ok());
    auto names = [&](std::string_view query, int limit = 10) {
        std::string all;
        for (auto const& each : organisations.of_person(claire.id, query, limit)) all += each.slug + " ";
        return all;
    };
    EXPECT_EQ(names(""), "elbeuf vire ");
    EXPECT_EQ(names("COMMUNAUTE elb"), "elbeuf ");
    EXPECT_EQ(names("ville"), "vire ");
    EXPECT_EQ(names("beuf"), "");
    EXPECT_EQ(names("", 1), "elbeuf ");
    EXPECT_EQ(organisations.count_of_person(claire.id, 2), 2);
    ASSERT_TRUE(memberships.grant_installation(claire.id, now).ok());
    EXPECT_EQ(names(""), "elbeuf caen vire ");
}

/// With names remembered and without: the same organisations in the same order.
TEST_P(OrganisationsTest, an_archived_one_is_out_of_the_switch_and_comes_back)
{
    auto claire = person("claire@vire.example");
    auto vire = organisation("vire", "Ville de Vire"), caen = organisation("caen", "Ville de Caen");
    organisation("falaise", "Ville de Falaise");
    ASSERT_TRUE(memberships.grant(claire.id, vire.id, Role::Reader, now).ok());
    ASSERT_TRUE(memberships.grant(claire.id, caen.id, Role::Reader, now).ok());
    auto names = [&](std::string_view query, Organisations::Archived archived = Organisations::Archived::LeftOut, int limit = 10) {
        std::string all;
        for (auto const& each : organisations.of_person(claire.id, query, limit, archived)) all += each.slug + (each.archived ? "! " : " ");
        return all;
    };
    for (bool const remembered : {false, true}) {
        if (remembered) ready_names(*database);
        EXPECT_EQ(names("ville"), "caen vire ") << remembered;
        ASSERT_TRUE(organisations.archive(caen.id, now).ok());
        EXPECT_EQ(names(""), "vire ") << remembered;
        EXPECT_EQ(names("", Organisations::Archived::Too), "caen! vire ") << remembered;
        EXPECT_EQ(names("vil", Organisations::Archived::Too, 1), "caen! ") << remembered;
        EXPECT_EQ(organisations.count_of_person(claire.id, 5), 1);
        ASSERT_TRUE(organisations.reopen(caen.id).ok());
        EXPECT_EQ(names("cae"), "caen ") << remembered;
    }
    EXPECT_EQ(code(organisations.reopen(caen.id)), "not_archived");
    EXPECT_EQ(code(organisations.archive(OrganisationId::make(), now)), "unknown_organisation");
}

TEST_P(OrganisationsTest, nothing_is_put_under_an_archived_one)
{
    auto agglo = organisation("agglo"), vire = organisation("vire");
    ASSERT_TRUE(organisations.archive(agglo.id, now).ok());
    EXPECT_EQ(code(organisations.add({.slug = "caen", .name = "Caen", .parent = agglo.id}, now)), "parent:parent_archived");
    EXPECT_EQ(code(organisations.move(vire.id, agglo.id, now)), "parent:parent_archived");
}

TEST_P(OrganisationsTest, a_colour_of_its_own_is_one_or_none)
{
    auto vire = organisation("vire");
    EXPECT_EQ(code(organisations.change_accent(vire.id, "red")), "accent:bad_colour");
    ASSERT_TRUE(organisations.change_accent(vire.id, " #0F4C5C ").ok());
    EXPECT_EQ(organisations.find(vire.id)->accent, "#0f4c5c");
    ASSERT_TRUE(organisations.change_accent(vire.id, "").ok());
    EXPECT_EQ(organisations.find(vire.id)->accent, "");
}

TEST(Modules, an_address_belongs_to_a_part_by_its_words_and_its_register)
{
    OrganisationInfo town;
    EXPECT_TRUE(keeps_address(town, "/o/{organisation}/terms", ""));
    town.modules_off = "own_words,processings,api";
    EXPECT_FALSE(keeps_address(town, "/o/{organisation}/terms", ""));
    EXPECT_FALSE(keeps_address(town, "/o/{organisation}/terms/{list}", ""));
    EXPECT_FALSE(keeps_address(town, "/o/{organisation}/{register}/{id}", "processings"));
    EXPECT_TRUE(keeps_address(town, "/o/{organisation}/{register}/{id}", "profile"));
    EXPECT_TRUE(keeps_address(town, "/o/{organisation}/people", ""));
    EXPECT_FALSE(keeps_address(town, "/api/v1/organisations/{organisation}", ""));
    EXPECT_FALSE(keeps_register(town, "processings"));
    town.modules_off = "imports";
    EXPECT_FALSE(keeps_address(town, "/o/{organisation}/{register}/import", "processings"));
    EXPECT_TRUE(keeps_address(town, "/api/v1/organisations/{organisation}/{register}", "processings"));
}

}  // namespace
}  // namespace greffier::accounts
