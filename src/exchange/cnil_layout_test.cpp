#include "exchange/cnil_layout.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "documents/ods_reader.hpp"
#include "documents/ods_writer.hpp"

namespace greffier::exchange {
namespace {

using documents::Cell;
using documents::CellType;
using documents::Sheet;
using documents::Workbook;
using Line = std::vector<std::string>;

std::filesystem::path const cnil_sample = "/work/shared/samples/cnil/registre-traitement-simplifie.ods";

Sheet sheet_of(std::string name, std::vector<Line> const& lines)
{
    Sheet sheet;
    sheet.name = std::move(name);
    for (auto const& line : lines) {
        auto& row = sheet.rows.emplace_back();
        for (auto const& text : line) {
            Cell cell;
            cell.text = text;
            cell.type = text.empty() ? CellType::Empty : CellType::Text;
            row.push_back(cell);
        }
    }
    return sheet;
}

std::vector<Line> const record_lines = {
    {"Fiche", "R-7"},
    {"Nom du traitement", "Cantine"},
    {"N° / RÉF", "R-7"},
    {"Date de création du traitement", "01/02/2024"},
    {"Acteurs", "Nom", "Adresse", "Code Postal", "Ville", "Pays", "Téléphone", "Adresse mél"},
    {"Responsable du traitement", "Mairie", "1 place", "01000", "Bourg", "France", "0400000000", "m@ville.example"},
    {"Responsable(s) conjoint(s)", "Agglo"},
    {"", "Département"},
    {"Finalité(s) du traitement effectué"},
    {"Finalité principale", "Servir les repas"},
    {"Sous-finalité 1", "Facturer"},
    {"Sous-finalité 9", "Commander"},
    {"", "Compter"},
    {"Catégories de données personnelles concernées", "Description", "Durée de conservation"},
    {"État civil, identité, données d'identification, images…", "Noms", "1 an"},
    {"Vie personnelle (habitudes de vie, situation familiale, etc.)"},
    {"Allergies déclarées"},
    {"Données sensibles", "Description", "Durée de conservation"},
    {"Données concernant la santé", "Régimes", "N/A"},
    {"Catégories de personnes concernées", "Description", "Précisions"},
    {"Catégorie de personnes 1", "Sélectionnez un élément dans cette liste déroulante ►"},
    {"Catégorie de personnes 2", "Enfants", "du primaire"},
    {"Parents"},
    {"Destinataires", "Type de destinataire", "Précisions"},
    {"Destinataire 1", "Sous-traitants", "Traiteur"},
    {"Mesures de sécurité", "Type de mesure de sécurité", "Précisions"},
    {"Mesure de sécurité 1", "", "Armoire fermée"},
    {"Transferts hors UE", "Destinataire", "Pays", "Type de Garanties", "Liens vers la documentation"},
    {"Organisme destinataire 1", "Hébergeur", "Suisse", "Pays adéquat", "contrat"},
    {"Organisme destinataire 2"},
};

CnilSheet only_sheet(std::vector<Line> const& lines)
{
    Workbook book;
    book.sheets = {sheet_of("Fiche", lines)};
    auto const found = read_cnil(book);
    if (found.sheets.size() != 1) throw std::runtime_error("found " + std::to_string(found.sheets.size()) + " records");
    return found.sheets.front();
}

void expect_canteen(CnilSheet const& sheet)
{
    EXPECT_EQ(sheet.name.text, "Cantine");
    EXPECT_EQ(sheet.reference.text, "R-7");
    EXPECT_EQ(date_of(sheet.created), parse_date("2024-02-01"));
    EXPECT_EQ(sheet.main_purpose.text, "Servir les repas");
    ASSERT_EQ(sheet.sub_purposes.size(), 3U);
    EXPECT_EQ(sheet.sub_purposes[2].text, "Compter");
    ASSERT_EQ(sheet.actors.size(), 3U);
    EXPECT_EQ(sheet.actors[0].role, CnilRole::Controller);
    EXPECT_EQ(sheet.actors[0].postcode.text, "01000");
    EXPECT_EQ(sheet.actors[0].email.text, "m@ville.example");
    EXPECT_EQ(sheet.actors[2].role, CnilRole::JointController);
    EXPECT_EQ(sheet.actors[2].name.text, "Département");
    ASSERT_EQ(sheet.data_categories.size(), 2U);
    EXPECT_EQ(sheet.data_categories[0].retention.text, "1 an");
    EXPECT_EQ(sheet.data_categories[1].label.text, "Allergies déclarées");
    ASSERT_EQ(sheet.sensitive.size(), 1U);
    EXPECT_EQ(sheet.sensitive[0].description.text, "Régimes");
    EXPECT_TRUE(sheet.sensitive[0].retention.empty());
    ASSERT_EQ(sheet.subjects.size(), 2U);
    EXPECT_EQ(sheet.subjects[0].type.text, "Enfants");
    EXPECT_EQ(sheet.subjects[0].details.text, "du primaire");
    EXPECT_TRUE(sheet.subjects[0].label.empty());
    EXPECT_EQ(sheet.subjects[1].label.text, "Parents");
    ASSERT_EQ(sheet.recipients.size(), 1U);
    EXPECT_EQ(sheet.recipients[0].details.text, "Traiteur");
    ASSERT_EQ(sheet.measures.size(), 1U);
    EXPECT_EQ(sheet.measures[0].details.text, "Armoire fermée");
    ASSERT_EQ(sheet.transfers.size(), 1U);
    EXPECT_EQ(sheet.transfers[0].recipient.text, "Hébergeur");
    EXPECT_EQ(sheet.transfers[0].documentation.text, "contrat");
}

TEST(CnilLayout, a_record_is_read_by_its_labels)
{
    expect_canteen(only_sheet(record_lines));
    EXPECT_EQ(only_sheet(record_lines).name.place, "Fiche!B2");
    EXPECT_EQ(only_sheet(record_lines).transfers[0].country.place, "Fiche!C29");
}

TEST(CnilLayout, columns_and_rows_may_be_shifted)
{
    auto lines = record_lines;
    for (auto& line : lines) line.insert(line.begin(), 2, "");
    lines.insert(lines.begin() + 20, 3, Line{});
    lines.insert(lines.begin(), 4, Line{});
    expect_canteen(only_sheet(lines));
}

TEST(CnilLayout, blocks_may_be_moved_and_repeated)
{
    auto lines = record_lines;
    std::rotate(lines.begin() + 4, lines.begin() + 23,
                lines.end()); // recipients, measures and transfers come before the actors
    expect_canteen(only_sheet(lines));
    lines = record_lines;
    lines.push_back({"Destinataires", "Type de destinataire", "Précisions"});
    lines.push_back({"Destinataire 1", "Service interne", ""});
    EXPECT_EQ(only_sheet(lines).recipients.size(), 2U);
}

TEST(CnilLayout, blocks_may_be_missing)
{
    std::vector<Line> const lines = {{"Nom du traitement", "Cantine"}, {"Finalité principale", "Servir"}};
    auto const sheet = only_sheet(lines);
    EXPECT_EQ(sheet.main_purpose.text, "Servir");
    EXPECT_TRUE(sheet.reference.place.empty());
}

TEST(CnilLayout, misspelt_labels_and_values_after_a_colon_are_read)
{
    auto const sheet = only_sheet({{"Nom du traitment : Cantine"},
                                   {"Finalitée principale :", "Servir"},
                                   {"Donées sensibles", "Description", "Durée de convervation"},
                                   {"Santé", "Régimes", "1 an"}});
    EXPECT_EQ(sheet.name.text, "Cantine");
    EXPECT_EQ(sheet.main_purpose.text, "Servir");
    ASSERT_EQ(sheet.sensitive.size(), 1U);
    EXPECT_EQ(sheet.sensitive[0].retention.text, "1 an");
}

TEST(CnilLayout, records_stacked_on_one_sheet_are_two_records)
{
    auto lines = record_lines;
    lines.insert(lines.end(), record_lines.begin() + 1, record_lines.end());
    lines[record_lines.size()][1] = "Garderie";
    Workbook book;
    book.sheets = {sheet_of("Fiches", lines)};
    auto const found = read_cnil(book);
    ASSERT_EQ(found.sheets.size(), 2U);
    EXPECT_EQ(found.sheets[1].name.text, "Garderie");
    EXPECT_EQ(found.sheets[1].transfers.size(), 1U);
    EXPECT_EQ(found.sheets[0].transfers.size(), 1U);
}

TEST(CnilLayout, what_is_not_taken_is_noted_with_its_place)
{
    auto lines = record_lines;
    lines[1].resize(12);
    lines[1][11] = "à revoir";
    lines[3][1] = "au printemps";
    Workbook book;
    book.sheets = {sheet_of("F", lines), sheet_of("Divers", {{"Bonjour"}})};
    auto const notes = read_cnil(book).notes;
    auto const has = [&](std::string const& code, std::string const& place) {
        return std::any_of(notes.begin(), notes.end(),
                           [&](CnilNote const& note) { return note.code == code && note.place == place; });
    };
    EXPECT_TRUE(has("not_recognised", "F!L2"));
    EXPECT_TRUE(has("not_a_date", "F!B4"));
    EXPECT_TRUE(has("sheet_not_recognised", "Divers"));
    EXPECT_EQ(notes.size(), 3U);
}

TEST(CnilLayout, text_under_merged_cells_is_noted_and_not_read)
{
    Sheet sheet = sheet_of("F", record_lines);
    sheet.rows[1].resize(3);
    sheet.rows[1][2].text = "caché";
    sheet.rows[1][2].covered = true;
    Workbook book;
    book.sheets = {sheet};
    auto const found = read_cnil(book);
    ASSERT_EQ(found.notes.size(), 1U);
    EXPECT_EQ(found.notes[0].code, "under_merged_cell");
    EXPECT_EQ(found.notes[0].place, "F!C2");
}

TEST(CnilLayout, contacts_stand_after_the_colon_or_in_the_next_cell)
{
    Workbook book;
    book.sheets = {sheet_of("L", {{"Coordonnées du responsable de l’organisme\n(responsable)", "Nom : Dupont",
                                   "Prénom :", "Anne", "Adresse mél : a@b.example"},
                                  {"", "Code postal :", "75001", "Ville :", ""},
                                  {"Coordonnées du délégué à la protection des données (DPO)", "Nom :", "N/A",
                                   "Société (si DPO externe) :", "Conseil"},
                                  {"Nom du traitement", "N° / RÉF", "Finalité du traitement", "Données sensibles ?"},
                                  {"(EXEMPLE) Paie", "1", "Payer", "Oui"},
                                  {"Cantine", "2", "", "Non"}})};
    auto const found = read_cnil(book);
    EXPECT_EQ(found.header.controller.name.text, "Dupont");
    EXPECT_EQ(found.header.controller.name.place, "L!B1");
    EXPECT_EQ(found.header.controller.first_name.text, "Anne");
    EXPECT_EQ(found.header.controller.first_name.place, "L!D1");
    EXPECT_EQ(found.header.controller.email.text, "a@b.example");
    EXPECT_EQ(found.header.controller.postcode.text, "75001");
    EXPECT_TRUE(found.header.controller.city.empty());
    EXPECT_TRUE(found.header.dpo.name.empty());
    EXPECT_EQ(found.header.dpo.company.text, "Conseil");
    ASSERT_EQ(found.list.size(), 2U);
    EXPECT_EQ(found.list[0].name.text, "Paie");
    EXPECT_TRUE(found.list[0].example);
    EXPECT_EQ(truth_of(found.list[0].sensitive), true);
    EXPECT_EQ(truth_of(found.list[1].sensitive), false);
    EXPECT_EQ(found.list[1].place, "L!A6");
    EXPECT_TRUE(found.notes.empty());
}

TEST(CnilLayout, other_workbooks_are_not_taken_for_one)
{
    Workbook book;
    book.sheets = {sheet_of("Budget", {{"Nom", "Montant"}, {"Cantine", "12"}}), sheet_of("Vide", {})};
    EXPECT_FALSE(looks_like_cnil(book));
    EXPECT_FALSE(looks_like_cnil({}));
    book.sheets = {sheet_of("x", record_lines)};
    EXPECT_TRUE(looks_like_cnil(book));
}

// ---- the CNIL's own file ---------------------------------------------------------------------

Workbook sample()
{
    auto book = documents::read_ods(cnil_sample);
    if (!book) throw std::runtime_error(book.error().code);
    return std::move(book).value();
}

void expect_payroll(CnilWorkbook const& found)
{
    ASSERT_EQ(found.sheets.size(), 1U);
    auto const& sheet = found.sheets.front();
    EXPECT_TRUE(sheet.example);
    EXPECT_EQ(sheet.name.text, "Gestion de la paie");
    EXPECT_EQ(sheet.reference.text, "1 - Exemple");
    EXPECT_EQ(date_of(sheet.created), parse_date("2018-05-26"));
    EXPECT_EQ(date_of(sheet.updated), parse_date("2019-05-13"));
    ASSERT_EQ(sheet.actors.size(), 2U);
    EXPECT_EQ(sheet.actors[1].role, CnilRole::Dpo);
    EXPECT_EQ(sheet.actors[1].name.text, "Martin HENRI");
    EXPECT_EQ(sheet.sub_purposes.size(), 3U);
    ASSERT_EQ(sheet.data_categories.size(), 3U);
    EXPECT_EQ(sheet.data_categories[1].description.text, "RIB");
    EXPECT_EQ(sheet.data_categories[1].retention.text, "5 ans à compter du versement de la paie");
    EXPECT_TRUE(sheet.sensitive.empty());
    ASSERT_EQ(sheet.subjects.size(), 1U);
    EXPECT_EQ(sheet.subjects[0].type.text, "Salariés");
    ASSERT_EQ(sheet.recipients.size(), 3U);
    EXPECT_EQ(sheet.recipients[2].details.text, "Banque d'Andorre");
    EXPECT_EQ(sheet.measures.size(), 3U);
    ASSERT_EQ(sheet.transfers.size(), 1U);
    EXPECT_EQ(sheet.transfers[0].country.text, "Andorre");
    EXPECT_EQ(sheet.transfers[0].documentation.text, "Contrat en date du 23/01/2018");
    ASSERT_EQ(found.list.size(), 1U);
    EXPECT_EQ(found.list[0].name.text, "Gestion de la paie");
    EXPECT_EQ(truth_of(found.list[0].sensitive), false);
}

class CnilSample : public testing::Test {
protected:
    void SetUp() override
    {
        if (!std::filesystem::exists(cnil_sample)) GTEST_SKIP() << "the CNIL workbook is not on this machine";
    }
};

TEST_F(CnilSample, the_example_is_read_and_the_rest_is_noted)
{
    auto const found = read_cnil(sample());
    expect_payroll(found);
    EXPECT_EQ(found.sheets[0].transfers[0].country.place, "4_-_Exemple_de_fiche!C39");
    ASSERT_EQ(found.notes.size(), 3U);
    EXPECT_EQ(found.notes[0].code, "sheet_not_recognised");
    EXPECT_EQ(found.notes[1].code, "sheet_unused");
    EXPECT_EQ(found.notes[2].code, "sheet_of_choices");
}

TEST_F(CnilSample, renamed_sheets_and_shifted_columns_give_the_same)
{
    Workbook book = sample();
    for (auto& sheet : book.sheets) {
        sheet.name = "Feuille " + sheet.name.substr(0, 1);
        for (auto& row : sheet.rows) row.insert(row.begin(), Cell{});
    }
    expect_payroll(read_cnil(book));
}

TEST_F(CnilSample, what_is_read_can_be_written_and_read_again)
{
    auto const first = read_cnil(sample());
    auto const bytes = documents::write_ods(cnil_book(first, {.organisation = "Mairie"}));
    auto const second = documents::read_ods_bytes(bytes);
    ASSERT_TRUE(second.ok());
    expect_payroll(read_cnil(*second));
}

TEST(CnilBook, every_field_survives_the_round_trip)
{
    CnilWorkbook workbook;
    auto const said = [](std::string text) { return Placed{std::move(text), {}, {}}; };
    workbook.header.controller = {said("Dupont"), said("Anne"),   {},         said("1 place"),    said("01000"),
                                  said("Bourg"),  said("France"), said("04"), said("a@b.example")};
    workbook.header.dpo = {said("Petit"), {}, said("Conseil"), said("2 rue"),      said("69000"),
                           said("Lyon"),  {}, said("05"),      said("d@b.example")};
    workbook.list = {{said("=Cantine"),
                      said("R-7"),
                      said("01/02/2024"),
                      said("2024-03-01"),
                      said("Servir"),
                      said("Oui"),
                      false,
                      {}}};
    Workbook source;
    source.sheets = {sheet_of("Fiche", record_lines)};
    workbook.sheets = read_cnil(source).sheets;
    workbook.sheets.push_back(workbook.sheets.front());
    workbook.sheets[1].name.text = "Garderie";
    for (int i = 0; i < 9; ++i) workbook.sheets[1].recipients.push_back({{}, said("Type " + std::to_string(i)), {}});

    auto const read = documents::read_ods_bytes(documents::write_ods(cnil_book(workbook)));
    ASSERT_TRUE(read.ok());
    auto const found = read_cnil(*read);
    EXPECT_EQ(found.header.controller.country.text, "France");
    EXPECT_EQ(found.header.controller.postcode.text, "01000");
    EXPECT_EQ(found.header.dpo.company.text, "Conseil");
    EXPECT_EQ(found.header.dpo.email.text, "d@b.example");
    ASSERT_EQ(found.list.size(), 1U);
    EXPECT_EQ(found.list[0].name.text, "=Cantine");
    EXPECT_EQ(date_of(found.list[0].updated), parse_date("2024-03-01"));
    EXPECT_EQ(found.list[0].purposes.text, "Servir");
    ASSERT_EQ(found.sheets.size(), 2U);
    expect_canteen(found.sheets[0]);
    EXPECT_EQ(found.sheets[1].name.text, "Garderie");
    EXPECT_EQ(found.sheets[1].recipients.size(), 10U);
    for (auto const& note : found.notes)
        EXPECT_TRUE(note.code.starts_with("sheet_")) << note.code << " " << note.place << " " << note.text;
}

} // namespace
} // namespace greffier::exchange
