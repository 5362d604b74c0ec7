#include <gtest/gtest.h>

#include <algorithm>

#include "accounts/branches.hpp"
#include "accounts/modules.hpp"
#include "accounts/name_words.hpp"
#include "compliance/linter.hpp"
#include "founding/job.hpp"
#include "records/terms.hpp"
#include "records/vocabulary.hpp"
#include "registers/processing/register.hpp"
#include "registers/profile/register.hpp"
#include "storage/test_database.hpp"

namespace greffier::founding {
namespace {

using accounts::OrganisationInfo;
using accounts::Role;

Timestamp at(std::string_view text) { return *parse_timestamp(text); }

List list_of(std::string const& text)
{
    auto list = read_list(text, "communes.csv");
    EXPECT_TRUE(list.ok()) << (list.ok() ? "" : list.error().code);
    return list.ok() ? std::move(*list) : List{};
}

class FoundingTest : public testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    storage::TestDirectory directory;
    records::Registers registers{{&processing::processing_register(), &profile::profile_register()}};
    compliance::Linter linter;
    records::LedgerKeeper ledger{*database, SigningKey::from_seed(Secret<Bytes>{Bytes(32, 1)}), directory.path() / "checkpoints"};
    records::Vocabulary vocabulary{*database, registers};
    records::Machinery machinery{*database, registers, linter, ledger, {}, &vocabulary};
    accounts::Organisations organisations{*database};
    accounts::Memberships memberships{*database};
    Foundings foundings{{machinery, organisations}};
    Timestamp now = at("2026-03-02T09:00:00Z");

    void SetUp() override { accounts::ready_names(*database); }

    OrganisationInfo town(std::string slug, std::string name, std::optional<OrganisationId> parent = {})
    {
        auto made = organisations.add({.slug = std::move(slug), .name = std::move(name), .kind = "commune", .parent = parent}, now);
        EXPECT_TRUE(made.ok());
        return *made;
    }
    Plan plan(std::string const& text, std::optional<OrganisationId> under = {})
    {
        auto session = database->read();
        return make_plan(*session, profile::profile_register(), list_of(text), {under});
    }
    /// Made, all of it; its id.
    FoundingId make(std::string const& text, std::optional<OrganisationId> under = {}, std::optional<Model> model = {}, std::optional<PersonId> person = {})
    {
        auto const id = foundings.keep(plan(text, under), {under, Uuid::make(), person, "communes.csv", "", std::move(model)}, now);
        EXPECT_TRUE(id.ok());
        auto const made = make_all(foundings, machinery, organisations, *id, now);
        EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().code);
        return *id;
    }
    schema::Row profile_of_town(std::string const& slug)
    {
        auto const found = organisations.find(slug);
        EXPECT_TRUE(found) << slug;
        return found ? records::Records(machinery, found->id, accounts::Sight::everything()).only(profile::profile_register())->row : schema::Row{};
    }
    std::string said(std::string const& slug, std::string_view field) { return schema::text_of(*profile::profile_register().schema, profile_of_town(slug), field); }
};
INSTANTIATE_TEST_SUITE_P(Engines, FoundingTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

TEST(FoundingList, columns_are_known_by_their_usual_names_in_both_languages)
{
    auto const list = list_of("Collectivité;Code commune;E-mail;Population\nVire;14762;mairie@vire.example;12000\n");
    ASSERT_EQ(list.lines.size(), 1U);
    EXPECT_EQ(list.lines[0].name, "Vire");
    EXPECT_EQ(list.lines[0].insee, "14762");
    EXPECT_EQ(list.lines[0].email, "mairie@vire.example");
    EXPECT_EQ(list.lines[0].number, 2U);
    EXPECT_EQ(list.unread, std::vector<std::string>{"Population"});
    EXPECT_EQ(list_of("Name,Kind\nVire,Commune\n").lines[0].kind, "commune");
}

TEST(FoundingList, what_a_spreadsheet_did_to_codes_is_undone)
{
    auto const list = list_of("Nom;Code INSEE;SIREN;Code postal\nAmbérieu;1004;552 100 554;1500\n");
    EXPECT_EQ(list.lines[0].insee, "01004");
    EXPECT_EQ(list.lines[0].siren, "552100554");
    EXPECT_EQ(list.lines[0].postcode, "01500");
    EXPECT_TRUE(list.troubles.empty());
}

TEST(FoundingList, a_file_that_says_nothing_is_refused_with_its_reason)
{
    EXPECT_EQ(read_list("", "vide.csv").error().code, read_list("", "vide.csv").error().code);
    EXPECT_EQ(read_list("Ville;Code\nVire;14762\n", "x.csv").error().code, "founding.no_name_column");
    EXPECT_EQ(read_list("Nom;Code INSEE\n", "x.csv").error().code, "founding.nothing");
}

TEST(FoundingList, the_example_is_a_list_that_can_be_made)
{
    for (auto const language : {Language::French, Language::English}) {
        auto const list = list_of(example(Locale(language)));
        EXPECT_EQ(list.lines.size(), 2U);
        EXPECT_TRUE(list.troubles.empty());
        EXPECT_TRUE(list.unread.empty());
        EXPECT_EQ(list.headings.size(), list_fields().size());
        EXPECT_EQ(list.lines[1].kind, "social_centre");
    }
}

TEST_P(FoundingTest, every_trouble_has_its_line_its_column_and_what_mends_it)
{
    auto const found = plan("Nom;Type;SIREN;Code INSEE;Courriel;Courriel de l'administrateur;Rattachement\n"
                            "Vire;Royaume;552100555;9;pas une adresse;personne;Nulle part\n"
                            ";;;;;;\n"
                            ";Commune;552100554;;;;\n"
                            "Caen;Commune;552100554;;;;\n");
    ASSERT_FALSE(found.sound());
    std::vector<std::string> told;
    for (auto const& trouble : found.troubles) told.push_back(std::to_string(trouble.line) + " " + trouble.column + " " + trouble.code);
    for (auto const* wanted : {"2 Type founding.bad_kind", "2 SIREN founding.bad_siren", "2 Code INSEE founding.bad_insee", "2 Rattachement founding.no_such_parent", "4 Nom required", "5 SIREN founding.twice"})
        EXPECT_NE(std::ranges::find(told, wanted), told.end()) << wanted;
    auto has = [&](std::size_t line, std::string_view column) { return std::ranges::any_of(found.troubles, [&](Trouble const& each) { return each.line == line && each.column == column; }); };
    EXPECT_TRUE(has(2, "Courriel"));
    EXPECT_TRUE(has(2, "Courriel de l'administrateur"));
    Locale const french(Language::French);
    for (auto const& trouble : found.troubles)
        if (trouble.code.starts_with("founding.bad")) {
            EXPECT_FALSE(mend_of(trouble, french).empty()) << trouble.code;
        }
    EXPECT_EQ(foundings.keep(found, {{}, {}, {}, "x", "", {}}, now).error().code, "founding.not_sound");
    EXPECT_TRUE(organisations.all().empty());
}

TEST_P(FoundingTest, the_same_file_again_makes_nothing_twice)
{
    auto const agglo = town("agglo", "Agglo");
    std::string const text = "Nom;Code INSEE\nVire;14762\nCaen;14118\n";
    make(text, agglo.id);
    EXPECT_EQ(organisations.all().size(), 3U);
    auto const again = plan(text, agglo.id);
    EXPECT_TRUE(again.sound());
    EXPECT_EQ(again.to_make(), 0U);
    auto const more = plan(text + "Falaise;14258\n", agglo.id);
    EXPECT_EQ(more.to_make(), 1U);
    EXPECT_EQ(more.lines[2].slug, "falaise");
    EXPECT_TRUE(organisations.rename(organisations.find("vire")->id, "vire-normandie", "Vire Normandie").ok());
    EXPECT_EQ(plan(text, agglo.id).to_make(), 0U) << "known by its code, whatever its name by now";
    EXPECT_EQ(said("vire-normandie", "insee_code"), "14762");
}

TEST_P(FoundingTest, one_made_by_hand_is_not_made_again_and_a_namesake_elsewhere_is)
{
    auto const agglo = town("agglo", "Agglo");
    town("vire", "Vire", agglo.id);
    town("caen", "Caen");
    auto const found = plan("Nom;Code INSEE\nVire;14762\nCaen;14118\n", agglo.id);
    EXPECT_TRUE(found.sound());
    EXPECT_TRUE(found.lines[0].known);
    ASSERT_FALSE(found.lines[1].known) << "what stands outside of the branch is not told";
    EXPECT_EQ(found.lines[1].slug, "caen-14118");
}

TEST_P(FoundingTest, a_line_stands_under_another_whatever_their_order)
{
    make("Nom;Type;Code INSEE;Rattachement\nCCAS de Vire;CCAS;14762;Vire\nVire;Commune;14762;\n");
    auto const vire = organisations.find("vire");
    auto const ccas = organisations.find("ccas-de-vire");
    ASSERT_TRUE(vire && ccas);
    EXPECT_EQ(ccas->parent, vire->id);
    EXPECT_EQ(ccas->kind, "social_centre");
    auto const round = plan("Nom;Rattachement\nA lune;B lune\nB lune;A lune\n");
    EXPECT_FALSE(round.sound());
    EXPECT_EQ(round.troubles.front().code, "founding.round");
}

TEST_P(FoundingTest, the_administrator_of_many_is_one_person_who_holds_a_role_in_each)
{
    make("Nom;Courriel de l'administrateur;Nom de l'administrateur\nVire;anne@vire.example;Anne Martin\nCaen;ANNE@vire.example;Anne Martin\n");
    accounts::People people(*database);
    ASSERT_EQ(people.list().size(), 1U);
    auto const anne = people.list().front();
    EXPECT_EQ(anne.name, "Anne Martin");
    for (auto const* slug : {"vire", "caen"}) {
        auto const held = memberships.of(anne.id, organisations.find(slug)->id);
        ASSERT_TRUE(held) << slug;
        EXPECT_EQ(held->roles, std::vector<Role>{Role::Administrator});
    }
}

TEST_P(FoundingTest, what_was_made_is_taken_back_as_a_whole_with_the_accounts_opened_for_it)
{
    auto const agglo = town("agglo", "Agglo");
    accounts::People people(*database);
    auto const claire = *people.add({.email = "claire@agglo.example", .name = "Claire"}, now);
    ASSERT_TRUE(memberships.grant(claire.id, agglo.id, Role::Administrator, now, {.branch = true}).ok());
    auto const id = make("Nom;Rattachement;Courriel de l'administrateur\nCCAS de Vire;Vire;anne@vire.example\nVire;;anne@vire.example\n", agglo.id, {}, claire.id);
    EXPECT_TRUE(memberships.of(claire.id, organisations.find("vire")->id)) << "the branch came down";
    EXPECT_TRUE(foundings.is_untouched(id));
    ASSERT_TRUE(undo_all(foundings, id, now).ok());
    EXPECT_EQ(organisations.all().size(), 1U);
    EXPECT_FALSE(people.find("anne@vire.example")) << "nobody knows her any more";
    EXPECT_TRUE(people.find("claire@agglo.example"));
    EXPECT_EQ(foundings.find(id)->state, State::Undone);
    EXPECT_EQ(undo_all(foundings, id, now).error().code, "founding.other_state");
    EXPECT_EQ(plan("Nom\nVire\n", agglo.id).to_make(), 1U) << "it may be made again";
}

TEST_P(FoundingTest, an_organisation_somebody_wrote_in_is_left_alone)
{
    auto const id = make("Nom\nVire\nCaen\n");
    auto const vire = *organisations.find("vire");
    auto const& kind = processing::processing_register();
    schema::Row row(*kind.schema);
    schema::set(*kind.schema, row, "name", std::string{"Tenir l'état civil"});
    ASSERT_TRUE(records::Records(machinery, vire.id, accounts::Sight::everything()).create(kind, {.row = row}, {Uuid::make(), now}).ok());
    EXPECT_FALSE(foundings.is_untouched(id));
    ASSERT_TRUE(undo_all(foundings, id, now).ok());
    EXPECT_TRUE(organisations.find("vire"));
    EXPECT_FALSE(organisations.find("caen"));
    EXPECT_EQ(foundings.find(id)->left_alone, 1);
}

TEST_P(FoundingTest, a_model_gives_its_officer_its_sheets_as_drafts_its_words_and_its_settings)
{
    auto const model = *organisations.add({.slug = "modele", .name = "Commune modèle", .kind = "commune", .zone = "Indian/Reunion"}, now);
    ASSERT_TRUE(organisations.switch_modules(model.id, {"discussion"}).ok());
    auto const& kind = processing::processing_register();
    auto const& profile = profile::profile_register();
    {
        auto row = schema::Row(*profile.schema);
        schema::set(*profile.schema, row, "name", std::string{"Commune modèle"});
        schema::set(*profile.schema, row, "siren", std::string{"552100554"});
        auto const& officer = *profile.schema->find("dpo")->rows;
        schema::Row dpo(officer);
        schema::set(officer, dpo, "name", std::string{"Claire Delmas"});
        schema::set(officer, dpo, "cnil_number", std::string{"DPO-1234"});
        schema::set(*profile.schema, row, "dpo", schema::Rows{dpo});
        ASSERT_TRUE(records::Records(machinery, model.id, accounts::Sight::everything()).create(profile, {.row = row}, {Uuid::make(), now}).ok());
        ASSERT_TRUE(records::Terms(*database, registers, model.id).add("subject_category", {.code = "", .label_fr = "Gardiens du phare", .label_en = ""}).ok());
        schema::Row sheet(*kind.schema);
        schema::set(*kind.schema, sheet, "name", std::string{"Tenir l'état civil"});
        schema::set(*kind.schema, sheet, "service", std::string{"Accueil"});
        schema::set(*kind.schema, sheet, "dpo_advice", std::string{"Avis réservé à la commune modèle"});
        auto const& owner = *kind.schema->find("owner")->rows;
        schema::Row contact(owner);
        schema::set(owner, contact, owner.fields.front().name, std::string{"Jean Dupont"});
        schema::set(*kind.schema, sheet, "owner", schema::Rows{contact});
        auto const made = records::Records(machinery, model.id, accounts::Sight::everything()).create(kind, {.row = sheet}, {Uuid::make(), now});
        ASSERT_TRUE(made.ok()) << made.error().code;
    }
    make("Nom\nVire\n", {}, Model{model.id, all_parts()});
    auto const vire = *organisations.find("vire");
    EXPECT_EQ(vire.zone, "Indian/Reunion");
    EXPECT_TRUE(accounts::is_off(vire.modules_off, "discussion"));
    EXPECT_EQ(said("vire", "siren"), "") << "its own number, or none";
    auto const officers = std::get<schema::Rows>(schema::get(*profile.schema, profile_of_town("vire"), "dpo"));
    auto const& officer = *profile.schema->find("dpo")->rows;
    EXPECT_EQ(schema::text_of(officer, officers.front(), "name"), "Claire Delmas");
    EXPECT_EQ(schema::text_of(officer, officers.front(), "cnil_number"), "") << "each body designates for itself";
    EXPECT_EQ(records::Terms(*database, registers, vire.id).offered("subject_category").size(), 1U);
    std::vector<records::Stored> sheets;
    records::Records(machinery, vire.id, accounts::Sight::everything()).each(kind, std::nullopt, [&](records::Stored const& stored) { sheets.push_back(stored); });
    ASSERT_EQ(sheets.size(), 1U);
    EXPECT_EQ(sheets[0].head.title, "Tenir l'état civil");
    EXPECT_EQ(sheets[0].head.status, "draft");
    EXPECT_EQ(schema::text_of(*kind.schema, sheets[0].row, "service"), "Accueil");
    EXPECT_EQ(schema::text_of(*kind.schema, sheets[0].row, "dpo_advice"), "");
    EXPECT_TRUE(schema::is_empty(schema::get(*kind.schema, sheets[0].row, "owner"))) << "nobody of the model comes along";
}

TEST_P(FoundingTest, a_group_that_was_interrupted_goes_on_where_it_was)
{
    auto const id = *foundings.keep(plan("Nom\nVire\nCaen\nFalaise\n"), {{}, Uuid::make(), {}, "x.csv", "", {}}, now);
    ASSERT_TRUE(foundings.begin(id, State::Making).ok());
    auto const founding = *foundings.find(id);
    EXPECT_EQ(*foundings.make_some(founding, nullptr, 2, now), 1);
    EXPECT_THROW((void)foundings.make_some(founding, nullptr, 2, now, [](storage::Session&) { throw std::runtime_error("the lease is gone"); }), std::runtime_error);
    EXPECT_EQ(organisations.all().size(), 2U);
    EXPECT_EQ(*foundings.make_some(founding, nullptr, 2, now), 0);
    EXPECT_EQ(organisations.all().size(), 3U);
    EXPECT_EQ(foundings.find(id)->state, State::Made);
}

TEST_P(FoundingTest, an_archived_organisation_is_read_and_no_more_written)
{
    make("Nom\nVire\n");
    auto const vire = *organisations.find("vire");
    auto const& kind = processing::processing_register();
    schema::Row row(*kind.schema);
    schema::set(*kind.schema, row, "name", std::string{"Tenir l'état civil"});
    records::Records const store(machinery, vire.id, accounts::Sight::everything());
    ASSERT_TRUE(organisations.archive(vire.id, now).ok());
    EXPECT_EQ(store.create(kind, {.row = row}, {Uuid::make(), now}).error().code, "organisation_archived");
    EXPECT_TRUE(store.only(profile::profile_register()).ok());
    EXPECT_EQ(organisations.archive(vire.id, now).error().code, "already_archived");
    ASSERT_TRUE(organisations.reopen(vire.id).ok());
    EXPECT_TRUE(store.create(kind, {.row = row}, {Uuid::make(), now}).ok());
}

TEST_P(FoundingTest, the_linter_is_silent_about_a_register_that_is_switched_off)
{
    make("Nom\nVire\n");
    auto const vire = *organisations.find("vire");
    auto const& kind = processing::processing_register();
    schema::Row row(*kind.schema);
    schema::set(*kind.schema, row, "name", std::string{"Tenir l'état civil"});
    records::Records const store(machinery, vire.id, accounts::Sight::everything());
    auto const made = store.create(kind, {.row = row}, {Uuid::make(), now});
    ASSERT_TRUE(made.ok());
    ASSERT_FALSE(store.findings(made->head.id).empty());
    ASSERT_TRUE(organisations.switch_modules(vire.id, {"processings", "no such module"}).ok());
    EXPECT_EQ(organisations.find(vire.id)->modules_off, "processings");
    records::examine_all(machinery, vire.id, now, "Europe/Paris");
    EXPECT_TRUE(store.findings(made->head.id).empty());
    EXPECT_EQ(store.create(kind, {.row = row}, {Uuid::make(), now}).error().code, "module_off");
    EXPECT_TRUE(store.find(kind, made->head.id).ok()) << "kept";
    ASSERT_TRUE(organisations.switch_modules(vire.id, {}).ok());
    records::examine_all(machinery, vire.id, now, "Europe/Paris");
    EXPECT_FALSE(store.findings(made->head.id).empty());
}

}  // namespace
}  // namespace greffier::founding
