#include "exchange/table_import.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "exchange/file_owner.hpp"
#include "exchange/formats.hpp"
#include "exchange/table_words.hpp"
#include "registers/processing/processing.hpp"
#include "registers/processing/register.hpp"
#include "registers/processor/register.hpp"
#include "schema/check.hpp"

namespace greffier::exchange {
namespace {

using processing::Processing;
using records::Outcome;

std::string sample(std::string const& name)
{
    std::ifstream in("tests/data/tables/" + name, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

records::Register const& kind() { return processing::processing_register(); }

records::ImportFile read(std::string const& bytes, std::optional<TableMapping> mapping = {})
{
    auto file = read_table_file(kind(), bytes, {"essai.csv", std::move(mapping)});
    EXPECT_TRUE(file.ok()) << (file.ok() ? "" : file.error().code);
    return file.ok() ? std::move(file).value() : records::ImportFile{};
}

Processing record(records::ImportItem const& item)
{
    auto row = item.row;
    schema::normalise(*kind().schema, row);
    EXPECT_TRUE(schema::check(*kind().schema, row).empty()) << item.place;
    return *processing::processing_schema().unpack(row);
}

/// Codes of the notes, with their places, in order.
std::vector<std::string> codes(std::vector<records::ImportNote> const& notes)
{
    std::vector<std::string> all;
    for (auto const& note : notes) all.push_back(note.place + " " + note.code);
    return all;
}

std::string target_in(TableMapping const& mapping, std::string_view heading)
{
    auto const* column = mapping.find(heading);
    return column ? column->target : "no such column";
}

TEST(TableHeadings, a_list_of_rows_written_in_one_cell_is_not_taken_for_one_of_its_parts)
{
    Headings const headings(processor::processor_register());
    EXPECT_EQ(headings.target_of("Sous-traitants ultérieurs"), std::nullopt) << "what our own export writes there is no state";
    EXPECT_EQ(headings.target_of("Sous-traitants ultérieurs : État"), "subprocessors.state");
    EXPECT_EQ(headings.target_of("Prestataire"), "name");
}

TEST(TableImport, a_town_hall_register_is_read_below_its_title_lines)
{
    auto const proposal = propose_for(kind(), sample("registre-mairie.csv"), {"registre.csv", {}});
    ASSERT_TRUE(proposal.ok());
    EXPECT_EQ(proposal->look.header_row, 5);
    EXPECT_EQ(proposal->look.rows, 5U);
    auto const& mapping = proposal->mapping;
    EXPECT_EQ(target_in(mapping, "N° fiche"), "reference");
    EXPECT_EQ(target_in(mapping, "Finalité"), "purposes.text[kind=main]");
    EXPECT_EQ(target_in(mapping, "Sous-traitants"), "recipients.name[type=processor]");
    EXPECT_EQ(target_in(mapping, "AIPD"), "dpia_required");
    EXPECT_EQ(mapping.find("Date de création")->date_order, "dmy");
    EXPECT_FALSE(mapping.group);
}

TEST(TableImport, its_lines_become_records_with_their_rows)
{
    auto const file = read(sample("registre-mairie.csv"));
    ASSERT_EQ(file.items.size(), 5U);
    auto const canteen = record(file.items[0]);
    EXPECT_EQ(file.items[0].reference, "T-01");
    EXPECT_EQ(file.items[0].place, "A6");
    EXPECT_EQ(canteen.name, "Restauration scolaire");
    ASSERT_EQ(canteen.purposes.size(), 2U);
    EXPECT_EQ(canteen.purposes[0].kind, processing::PurposeKind::Main);
    EXPECT_EQ(canteen.purposes[1].kind, processing::PurposeKind::Secondary);
    EXPECT_EQ(canteen.purposes[1].basis, processing::LegalBasis::E) << "one basis for both purposes";
    ASSERT_EQ(canteen.subject_categories.size(), 2U);
    EXPECT_EQ(canteen.subject_categories[0].category.code, "students");
    EXPECT_TRUE(std::ranges::any_of(canteen.data_categories, [](auto const& one) { return one.category.code == "health" && one.retention_period == schema::Duration::parse("P3Y"); }));
    ASSERT_EQ(canteen.recipients.size(), 3U);
    EXPECT_EQ(canteen.recipients[2].type->code, "processor");
    EXPECT_TRUE(canteen.transfers.empty()) << "« Non » is no country";
    EXPECT_EQ(canteen.sheet_created_on, parse_date("2019-09-03"));
    EXPECT_EQ(canteen.dpia_required, false);
    auto const letter = record(file.items[3]);
    ASSERT_EQ(letter.transfers.size(), 1U);
    EXPECT_EQ(letter.transfers[0].country.value, "US");
    EXPECT_EQ(letter.transfers[0].recipient, "États-Unis (CCT)") << "the words are kept";
    EXPECT_EQ(record(file.items[4]).notes.value, "Fiche sans numéro");
}

TEST(TableImport, english_headings_and_labels_are_understood)
{
    auto const file = read(sample("register-en.csv"));
    ASSERT_EQ(file.items.size(), 2U);
    auto const payroll = record(file.items[0]);
    EXPECT_EQ(payroll.purposes.at(0).basis, processing::LegalBasis::C);
    EXPECT_EQ(payroll.data_categories.size(), 2U);
    EXPECT_EQ(payroll.start_date, parse_date("2019-04-30"));
}

TEST(TableImport, an_old_windows_file_keeps_its_accents)
{
    auto const file = read(sample("ancien-windows.csv"));
    ASSERT_EQ(file.items.size(), 2U);
    EXPECT_EQ(file.items[0].name, "État civil");
}

TEST(TableImport, several_lines_of_one_key_are_one_record)
{
    auto const proposal = propose_for(kind(), sample("lignes-groupees.csv"), {});
    ASSERT_TRUE(proposal.ok());
    EXPECT_TRUE(proposal->mapping.group);
    EXPECT_EQ(proposal->mapping.key, "Référence");
    auto const file = read(sample("lignes-groupees.csv"));
    ASSERT_EQ(file.items.size(), 2U);
    auto const users = record(file.items[0]);
    EXPECT_EQ(users.recipients.size(), 3U);
    ASSERT_EQ(users.data_categories.size(), 3U);
    EXPECT_EQ(users.data_categories[2].category.code, "bank");
    EXPECT_EQ(users.data_categories[2].retention_text, "10 ans");
}

TEST(TableImport, a_reference_repeated_with_its_name_groups_its_lines_and_titles_of_sections_are_left_aside)
{
    std::string const bytes = "Réf;Activité;Service;Destinataires\nRessources humaines;;;\nR-1;Paie;RH;Trésorerie\nR-2;Carrières;RH;\nR-3;Formation;RH;\nR-4;Congés;RH;\n"
                              "R-5;Retraite;RH;\nUsagers;;;\nU-1;Eau;Eau;Huissier\nU-1;Eau;Eau;Banque\n";
    auto const file = read(bytes);
    ASSERT_EQ(file.items.size(), 6U);
    EXPECT_EQ(record(file.items[5]).recipients.size(), 2U);
    EXPECT_EQ(codes(file.notes), (std::vector<std::string>{"A2 section_line", "A8 section_line"}));
}

TEST(TableImport, what_cannot_be_understood_is_told_with_its_cell_and_stops_nothing)
{
    auto mapping = propose_for(kind(), sample("cas-difficiles.csv"), {})->mapping;
    EXPECT_TRUE(mapping.find("Traitement (2)"));
    for (auto& column : mapping.columns) {
        if (column.heading == "Numéro de déclaration") column.target = "cnil_declaration_number";
        if (column.heading == "Courriel du responsable") column.target = "owner.email";
        if (column.heading == "Traitement (2)") column.target = "";
    }
    auto const file = read(sample("cas-difficiles.csv"), mapping);
    ASSERT_EQ(file.items.size(), 3U);
    auto const notes = codes(file.items[0].notes);
    auto const told = [&](std::string const& note) { return std::ranges::find(notes, note) != notes.end(); };
    EXPECT_TRUE(told("E2 value_not_taken")) << "31 February";
    EXPECT_TRUE(told("I2 value_not_taken")) << "no address";
    EXPECT_TRUE(told("J2 words_kept") || told("J2 choice_not_taken")) << "a basis nobody knows";
    auto const first = record(file.items[0]);
    EXPECT_EQ(first.people_count, 1250);
    EXPECT_EQ(first.cnil_declaration_number, "552100554");
    auto const second = codes(file.items[1].notes);
    EXPECT_NE(std::ranges::find(second, "H3 digits_lost"), second.end());
    EXPECT_NE(std::ranges::find(second, "E3 year_completed"), second.end());
    auto const whole = codes(file.notes);
    EXPECT_TRUE(std::ranges::any_of(whole, [](auto const& note) { return note.ends_with("heading_repeated"); }));
    EXPECT_TRUE(std::ranges::any_of(whole, [](auto const& note) { return note.ends_with("heading_missing"); }));
    EXPECT_TRUE(std::ranges::any_of(whole, [](auto const& note) { return note.ends_with("beyond_headings"); }));
}

TEST(TableImport, a_period_says_from_when_it_runs_whichever_column_it_stands_in)
{
    std::string const bytes = "Traitement;Données traitées;Garde\nPaie;Identité;5 ans à compter de la clôture\n";
    auto mapping = propose_for(kind(), bytes, {})->mapping;
    for (auto const* target : {"data_categories.retention_text", "data_categories.retention_period"}) {
        mapping.columns[2].target = target;
        auto const identity = record(read(bytes, mapping).items.at(0)).data_categories.at(0);
        EXPECT_EQ(identity.retention_text, "5 ans à compter de la clôture") << target;
        EXPECT_EQ(identity.retention_period, schema::Duration::parse("P5Y")) << target;
        ASSERT_TRUE(identity.retention_start) << target;
        EXPECT_EQ(identity.retention_start->code, "closing") << target;
    }
}

TEST(TableImport, a_value_left_blank_in_words_keeps_its_place_among_those_beside)
{
    std::string const bytes = "Traitement;Destinataires;Pays\nPaie;Alpha, Bravo, Charlie;\"France ; néant ; États-Unis\"\n";
    auto mapping = propose_for(kind(), bytes, {})->mapping;
    mapping.columns[1].separator = ",";
    mapping.columns[2].target = "recipients.country";
    mapping.columns[2].separator = "auto";
    auto const payroll = record(read(bytes, mapping).items.at(0));
    ASSERT_EQ(payroll.recipients.size(), 3U);
    EXPECT_EQ(payroll.recipients[0].country.value, "FR");
    EXPECT_EQ(payroll.recipients[1].name, "Bravo");
    EXPECT_EQ(payroll.recipients[1].country.value, "");
    EXPECT_EQ(payroll.recipients[2].name, "Charlie");
    EXPECT_EQ(payroll.recipients[2].country.value, "US");
}

TEST(TableImport, words_that_find_no_room_beside_are_told)
{
    std::string many;
    for (char letter = 'a'; letter <= 'j'; ++letter) many += (many.empty() ? "nom " : " ; nom ") + std::string(250, letter);
    auto const file = read("Traitement;Données traitées\nPaie;" + std::string{"\""} + many + "\"\nCongés;\"nom ; prénom\"\n");
    ASSERT_EQ(file.items.size(), 2U);
    auto const told = [](records::ImportItem const& item) { return std::ranges::any_of(codes(item.notes), [](auto const& note) { return note.ends_with(" text_cut"); }); };
    auto const payroll = record(file.items[0]);
    ASSERT_EQ(payroll.data_categories.size(), 1U);
    EXPECT_TRUE(payroll.data_categories[0].description.value.starts_with("nom aaa"));
    EXPECT_TRUE(told(file.items[0])) << "more words than the description takes";
    EXPECT_FALSE(told(file.items[1]));
    EXPECT_EQ(record(file.items[1]).data_categories.at(0).description.value, "nom, prénom");
}

TEST(TableImport, words_matched_by_a_person_are_taken_and_those_left_out_are_left_out)
{
    std::string const bytes = "Traitement;Base légale\nUn;Décision du maire\nDeux;Bof\n";
    auto mapping = propose_for(kind(), bytes, {})->mapping;
    auto& basis = mapping.columns[1];
    ASSERT_EQ(basis.target, "purposes.basis");
    ASSERT_TRUE(basis.choices.contains("decision du maire"));
    EXPECT_FALSE(basis.choices.at("decision du maire")) << "nobody decided yet";
    basis.choices["decision du maire"] = "e";
    basis.choices["bof"] = "";
    auto const file = read(bytes, mapping);
    EXPECT_EQ(record(file.items[0]).purposes.at(0).basis, processing::LegalBasis::E);
    EXPECT_TRUE(record(file.items[1]).purposes.empty());
}

TEST(TableImport, constants_fill_what_the_file_does_not_say)
{
    auto mapping = propose_for(kind(), "Traitement;Service\nUn;Accueil\nDeux;\n", {})->mapping;
    mapping.constants = {{"service", "Mairie"}, {"recipients.name[type=processor]", "Prestataire commun"}};
    auto const file = read("Traitement;Service\nUn;Accueil\nDeux;\n", mapping);
    EXPECT_EQ(record(file.items[0]).service, "Accueil");
    EXPECT_EQ(record(file.items[1]).service, "Mairie");
    EXPECT_EQ(record(file.items[1]).recipients.at(0).name, "Prestataire commun");
}

TEST(TableImport, a_mapping_comes_back_from_its_json_and_bad_ones_are_refused_with_their_place)
{
    auto const mapping = propose_for(kind(), sample("registre-mairie.csv"), {})->mapping;
    auto const again = read_mapping(to_json(mapping));
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(*again, mapping);
    EXPECT_FALSE(read_mapping("[]").ok());
    EXPECT_FALSE(read_mapping("{}").ok());
    auto const wrong = read_mapping(R"({"columns":[{"heading":"A","target":5,"colour":"red"}]})");
    ASSERT_FALSE(wrong.ok());
    EXPECT_EQ(wrong.error().fields.size(), 2U);
    TableMapping nameless;
    nameless.columns = {{"A", "notes", {}, {}, {}, {}}, {"B", "nothing.here", {}, {}, {}, {}}};
    auto const problems = check_mapping(*kind().schema, kind().title_field, nameless);
    ASSERT_FALSE(problems.empty());
    EXPECT_EQ(problems.front().field, "columns[1].target");
}

TEST(TableImport, files_with_nothing_to_import_say_so)
{
    auto const code = [](std::string const& bytes) {
        auto const file = read_table_file(kind(), bytes, {"x.csv", {}});
        return file.ok() ? std::string{"taken"} : file.error().code;
    };
    EXPECT_EQ(code("Traitement;Finalité\n"), "import.only_headings");
    EXPECT_NE(code(""), "taken");
    std::string many = "Traitement\n";
    for (std::size_t i = 0; i <= max_table_records; ++i) many += "T" + std::to_string(i) + "\n";
    EXPECT_EQ(code(many), "import.too_many_records");
}

TEST(TableImport, whose_register_a_file_is_stands_above_its_headings)
{
    auto const owner = owner_of_file(sample("registre-mairie.csv"), "registre.csv", *parse_date("2026-01-01"));
    ASSERT_TRUE(owner.ok());
    EXPECT_EQ(owner->siren, "219900017");
    EXPECT_EQ(owner->name, "Commune de Vaucelle-sur-Orne");
    std::vector<KnownBody> const bodies{{"219900017", "Mairie A", "A"}, {"", "commune de vaucelle-sur-orne", "Vaucelle"}, {"1", "Double", "Double"}, {"2", "Double", "Double bis"}};
    EXPECT_EQ(*choose_body(bodies, *owner, "f"), 0U) << "the SIREN comes first";
    EXPECT_EQ(*choose_body(bodies, {"", "Commune de Vaucelle-sur-Orne"}, "f"), 1U);
    EXPECT_EQ(choose_body(bodies, {"", "Double"}, "f").error().code, "import_many_organisations");
    EXPECT_EQ(choose_body(bodies, {"", "Ailleurs"}, "f").error().code, "import_other_organisation");
    EXPECT_EQ(choose_body(bodies, {}, "f").error().code, "import_no_organisation");
    EXPECT_EQ(choose_body(bodies, {"333333333", "Mairie A"}, "f").error().code, "import_siren_of_another");
}

} // namespace
} // namespace greffier::exchange
