// The CNIL workbook in and out, against the CNIL's own file when it is on this machine.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "documents/ods_reader.hpp"
#include "documents/ods_writer.hpp"
#include "exchange/cnil_register_ods.hpp"
#include "exchange/formats.hpp"
#include "records/silent_examiner.hpp"
#include "registers/processing/register.hpp"
#include "registers/profile/register.hpp"
#include "schema/check.hpp"
#include "storage/test_database.hpp"

namespace greffier::exchange {
namespace {

using records::Outcome;
using records::Stored;

/// Finds nothing to say.
std::string documents_of(CnilWorkbook const& workbook) { return documents::write_ods(cnil_book(workbook)); }

records::Register const& processings() { return processing::processing_register(); }

class CnilRegister : public ::testing::Test {
protected:
    storage::TestDatabase database;
    records::Registers registers{{&profile::profile_register(), &processing::processing_register()}};
    records::Silent examiner;
    records::LedgerKeeper keeper{*database, SigningKey::from_seed(Secret<Bytes>(random_bytes(32))), database.directory() / "checkpoints"};
    records::Machinery machinery{*database, registers, examiner, keeper};
    Timestamp clock = *parse_timestamp("2026-03-01T08:00:00Z");
    std::filesystem::path const sample = std::filesystem::current_path() / "../shared/samples/cnil/registre-traitement-simplifie.ods";

    records::By by()
    {
        clock += std::chrono::hours(1);
        return {Uuid::make(), clock, "Europe/Paris"};
    }
    accounts::OrganisationInfo town(char const* slug, char const* name)
    {
        accounts::OrganisationInfo info;
        info.id = OrganisationId::make();
        info.slug = slug;
        info.name = name;
        auto done = database->write([&](storage::Session& session) -> Status {
            session.execute(storage::SqlText{"INSERT INTO organisation(id, slug, name, kind, language, zone, created_at) VALUES(?,?,?,'commune','fr','Europe/Paris',0)"}, info.id, slug, name);
            return Nothing{};
        });
        EXPECT_TRUE(done.ok());
        profile::Profile profile;
        profile.name = name;
        EXPECT_TRUE(records::Records(machinery, info.id, accounts::Sight::everything()).create(profile::profile_register(), {profile::profile_schema().pack(profile)}, by()).ok());
        return info;
    }
    records::ImportReport import(accounts::OrganisationInfo const& town, std::string const& bytes, std::string source = "registre.ods", bool dry_run = false)
    {
        records::Records const records(machinery, town.id, accounts::Sight::everything());
        auto file = read_import(processings(), bytes, {"auto", std::move(source), *parse_date("2026-03-01"), records::profile_of(records, std::nullopt)});
        if (!file.ok()) throw std::runtime_error(file.error().code);
        records::ImportOptions options;
        options.dry_run = dry_run;
        auto report = run_import(records, processings(), *file, by(), options);
        if (!report.ok()) throw std::runtime_error(report.error().code);
        return std::move(report).value();
    }
    std::string exported(accounts::OrganisationInfo const& town, char const* format, std::optional<Timestamp> at = {})
    {
        records::Records const records(machinery, town.id, accounts::Sight::everything());
        records::ExportJob const job{records, processings(), town, {{}, std::nullopt, at}, Locale(Language::French), clock};
        auto text = records::export_text(*find_export(format, processings()), job);
        return text.ok() ? *text : text.error().code;
    }
    std::vector<processing::Processing> all(accounts::OrganisationInfo const& town)
    {
        std::vector<processing::Processing> out;
        records::Records(machinery, town.id, accounts::Sight::everything()).each(processings(), std::nullopt, [&](Stored const& stored) {
            references.push_back(stored.head.reference);
            statuses.push_back(stored.head.status);
            out.push_back(*processing::processing_schema().unpack(stored.row));
        });
        return out;
    }
    std::int64_t ledger_entries(accounts::OrganisationInfo const& town)
    {
        auto session = database->read();
        auto rows = session->query(storage::SqlText{"SELECT count(*) FROM ledger_entry WHERE organisation_id=?"}, town.id);
        rows.next();
        return rows.integer(0);
    }
    static bool says(records::ImportReport const& report, std::string_view code)
    {
        return std::ranges::find(report.entries, code, &records::ReportEntry::code) != report.entries.end();
    }
    std::string sample_bytes()
    {
        auto bytes = read_bytes(sample);
        return bytes.ok() ? *bytes : "";
    }
    std::vector<std::string> references, statuses;
};

#define NEED_SAMPLE() if (!std::filesystem::exists(sample)) GTEST_SKIP() << "the CNIL workbook (../shared/samples) is not on this machine"

TEST_F(CnilRegister, the_cnil_example_is_one_record_with_every_field_in_its_place)
{
    NEED_SAMPLE();
    auto const mairie = town("mairie", "Mairie de Bourg");
    auto const report = import(mairie, sample_bytes());
    auto const found = all(mairie);
    ASSERT_EQ(found.size(), 1U);
    auto const& payroll = found.front();
    EXPECT_EQ(references.front(), "1 - Exemple");
    EXPECT_EQ(statuses.front(), "draft");
    EXPECT_EQ(payroll.name, "Gestion de la paie");
    EXPECT_EQ(payroll.sheet_created_on, parse_date("2018-05-26"));
    EXPECT_EQ(payroll.sheet_updated_on, parse_date("2019-05-13"));
    ASSERT_EQ(payroll.purposes.size(), 4U);
    EXPECT_EQ(payroll.main_purpose()->text.value, "Gestion de la paie");
    EXPECT_EQ(payroll.purposes[1].text.value, "Calcul des rémunérations");
    EXPECT_EQ(payroll.purposes[3].text.value, "Ordre de virement à la banque");
    ASSERT_EQ(payroll.data_categories.size(), 3U);
    EXPECT_EQ(payroll.data_categories[0].category.code, "identity");
    EXPECT_EQ(payroll.data_categories[0].description.value, "Noms, prénoms, adresses");
    EXPECT_EQ(payroll.data_categories[1].category.code, "economic");
    EXPECT_EQ(payroll.data_categories[2].category.code, "nir");
    EXPECT_FALSE(payroll.data_categories[2].special);
    for (auto const& category : payroll.data_categories) {
        EXPECT_EQ(category.retention_text, "5 ans à compter du versement de la paie");
        ASSERT_TRUE(category.retention_period);
        EXPECT_EQ(category.retention_period->text(), "P5Y");
        EXPECT_EQ(category.retention_start->code, "payment");
    }
    ASSERT_EQ(payroll.subject_categories.size(), 1U);
    EXPECT_EQ(payroll.subject_categories[0].category.code, "employees");
    ASSERT_EQ(payroll.recipients.size(), 3U);
    EXPECT_EQ(payroll.recipients[0].type->code, "internal_service");
    EXPECT_EQ(payroll.recipients[0].details.value, "Dir. Administrative et Financière");
    EXPECT_EQ(payroll.recipients[1].type->code, "partner");
    EXPECT_EQ(payroll.recipients[2].type->code, "third_country");
    ASSERT_EQ(payroll.measures.size(), 3U);
    EXPECT_EQ(payroll.measures[0].type->code, "software_protection");
    EXPECT_EQ(payroll.measures[1].type->code, "backup");
    EXPECT_EQ(payroll.measures[2].type->code, "access_control");
    ASSERT_EQ(payroll.transfers.size(), 1U);
    EXPECT_EQ(payroll.transfers[0].recipient, "Banque d'Andorre");
    EXPECT_EQ(payroll.transfers[0].country.value, "AD");
    EXPECT_EQ(payroll.transfers[0].tool, TransferTool::Scc);
    EXPECT_EQ(payroll.transfers[0].document, "Contrat en date du 23/01/2018");
    ASSERT_EQ(payroll.stated_actors.size(), 2U);
    EXPECT_EQ(payroll.stated_actors[0].name, "Louise DUPONT");
    EXPECT_EQ(payroll.stated_actors[1].phone, "01 xx xx xx xx");
    EXPECT_EQ(report.count(Outcome::Created), 1);
    EXPECT_EQ(report.count(Outcome::Refused), 0);
    EXPECT_TRUE(says(report, "sheet_unused"));
    EXPECT_TRUE(says(report, "list_row_joined"));
    EXPECT_TRUE(says(report, "actor_differs.controller"));
    for (auto const& entry : report.entries) EXPECT_FALSE(entry.place.empty()) << entry.code;
}

TEST_F(CnilRegister, importing_again_changes_nothing_even_under_another_name)
{
    NEED_SAMPLE();
    auto const mairie = town("mairie", "Mairie de Bourg");
    import(mairie, sample_bytes());
    auto const before = exported(mairie, "json");
    auto const entries = ledger_entries(mairie);
    for (auto const* source : {"registre.ods", "copie.ods"}) {
        auto const report = import(mairie, sample_bytes(), source);
        EXPECT_EQ(report.count(Outcome::Unchanged), 1) << source;
        EXPECT_EQ(report.count(Outcome::Updated) + report.count(Outcome::Created), 0);
    }
    EXPECT_EQ(exported(mairie, "json"), before);
    EXPECT_EQ(ledger_entries(mairie), entries);
}

TEST_F(CnilRegister, a_dry_run_reports_the_same_and_writes_nothing)
{
    NEED_SAMPLE();
    auto const mairie = town("mairie", "Mairie de Bourg");
    auto const entries = ledger_entries(mairie);
    auto const rehearsed = import(mairie, sample_bytes(), "registre.ods", true);
    EXPECT_EQ(rehearsed.count(Outcome::Created), 1);
    EXPECT_EQ(ledger_entries(mairie), entries);
    EXPECT_TRUE(all(mairie).empty());
    auto const done = import(mairie, sample_bytes());
    EXPECT_EQ(rehearsed.entries.size(), done.entries.size());
}

TEST_F(CnilRegister, what_is_exported_comes_back_whole_in_another_organisation)
{
    NEED_SAMPLE();
    auto const mairie = town("mairie", "Mairie de Bourg"), agglo = town("agglo", "Agglomération");
    import(mairie, sample_bytes());
    auto const workbook = exported(mairie, "cnil-ods");
    import(agglo, workbook);
    auto ours = nlohmann::json::parse(exported(mairie, "json"))["items"], theirs = nlohmann::json::parse(exported(agglo, "json"))["items"];
    auto strip = [](nlohmann::json& items) {
        for (auto& item : items) {
            for (auto const* own : {"id", "created_at", "updated_at", "updated_by"}) item.erase(own);
            for (auto& value : item)
                if (value.is_array())
                    for (auto& row : value)
                        if (row.is_object()) row.erase("id");
        }
    };
    strip(ours);
    strip(theirs);
    EXPECT_EQ(ours, theirs);
    auto const again = import(mairie, workbook, "mairie.ods");
    EXPECT_EQ(again.count(Outcome::Unchanged), 1);
    EXPECT_EQ(again.count(Outcome::Updated), 0);
}

TEST_F(CnilRegister, a_field_edited_here_since_is_kept_and_said)
{
    NEED_SAMPLE();
    auto const mairie = town("mairie", "Mairie de Bourg");
    import(mairie, sample_bytes());
    records::Records const records(machinery, mairie.id, accounts::Sight::everything());
    auto stored = *records.find_by_reference(processings(), "1 - Exemple");
    auto record = *processing::processing_schema().unpack(stored.row);
    record.purposes[0].basis = processing::LegalBasis::C;
    record.purposes[1].text.value = "Calculer les salaires";
    ASSERT_TRUE(records.update(processings(), {stored.head.id, stored.head.version, processing::processing_schema().pack(record)}, by()).ok());
    auto const report = import(mairie, sample_bytes());
    EXPECT_EQ(report.count(Outcome::Unchanged), 1);
    EXPECT_TRUE(says(report, "changed_here"));
    auto const after = all(mairie).front();
    EXPECT_EQ(after.purposes[1].text.value, "Calculer les salaires");
    EXPECT_EQ(after.purposes[0].basis, processing::LegalBasis::C);
}

TEST_F(CnilRegister, an_edited_export_comes_back_as_edits_in_its_own_organisation_alone)
{
    auto const mairie = town("mairie", "Mairie de Bourg"), agglo = town("agglo", "Agglomération");
    processing::Processing record;
    record.name = "Cantine";
    record.purposes = {{{}, processing::PurposeKind::Main, {"Servir des repas"}}};
    record.purposes[0].basis = processing::LegalBasis::E;
    record.recipients = {{{}, schema::Term<processing::RecipientTypes>{"processor"}, "Traiteur", "cuisine", {}, {}}};
    for (auto const* where : {&mairie, &agglo})
        ASSERT_TRUE(records::Records(machinery, where->id, accounts::Sight::everything()).create(processings(), {processing::processing_schema().pack(record), "R-1"}, by()).ok());
    clock += std::chrono::minutes(1);
    auto const book = *documents::read_ods_bytes(exported(mairie, "cnil-ods"));
    auto workbook = read_cnil(book);
    workbook.sheets[0].main_purpose.text = "Servir des repas aux enfants";
    for (auto const* where : {&mairie, &agglo}) {
        records::Records const records(machinery, where->id, accounts::Sight::everything());
        auto reading = read_cnil_register(workbook, {"mairie.ods", {}, *parse_date("2026-03-01"), *profile::profile_schema().unpack(*records::profile_of(records, std::nullopt))});
        reading.file.origin = cnil_origin(book);
        ASSERT_TRUE(reading.file.origin);
        auto const report = *run_import(records, processings(), reading.file, by());
        auto const after = all(*where).front();
        bool const own = where == &mairie;
        EXPECT_EQ(says(report, "changed_on_both_sides"), !own);
        EXPECT_EQ(after.purposes[0].text.value, own ? "Servir des repas aux enfants" : "Servir des repas");
        EXPECT_EQ(after.purposes[0].basis, processing::LegalBasis::E);
        EXPECT_EQ(after.recipients[0].name, "Traiteur");
        EXPECT_EQ(after.recipients.size(), 1U);
    }
}

TEST_F(CnilRegister, text_that_looks_like_a_formula_stays_text)
{
    auto const mairie = town("mairie", "Mairie de Bourg"), agglo = town("agglo", "Agglomération");
    processing::Processing record;
    record.name = "=cmd|' /C calc'!A0";
    record.purposes = {{{}, processing::PurposeKind::Main, {"+1+1"}}};
    ASSERT_TRUE(records::Records(machinery, mairie.id, accounts::Sight::everything()).create(processings(), {processing::processing_schema().pack(record), "@REF"}, by()).ok());
    import(agglo, exported(mairie, "cnil-ods"));
    auto const found = all(agglo);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].name, record.name);
    EXPECT_EQ(found[0].purposes[0].text.value, "+1+1");
    EXPECT_EQ(references.back(), "@REF");
    EXPECT_NE(exported(mairie, "csv").find("'=cmd|"), std::string::npos);
}

TEST_F(CnilRegister, the_same_reference_under_another_name_is_a_new_record_with_a_new_reference)
{
    auto const mairie = town("mairie", "Mairie de Bourg");
    CnilWorkbook one, two;
    auto sheet = [](char const* name) {
        CnilSheet sheet;
        sheet.sheet = "Fiche", sheet.place = "Fiche!A1";
        sheet.name = {name, {}, "Fiche!B2"};
        sheet.reference = {"ref-001", {}, "Fiche!B3"};
        sheet.main_purpose = {name, {}, "Fiche!B9"};
        return sheet;
    };
    one.sheets = {sheet("Cantine")};
    two.sheets = {sheet("Vidéoprotection")};
    import(mairie, documents_of(one), "a.ods");
    auto const report = import(mairie, documents_of(two), "a.ods");
    EXPECT_EQ(report.count(Outcome::Created), 1);
    EXPECT_TRUE(says(report, "reference_taken"));
    EXPECT_EQ(all(mairie).size(), 2U);
    EXPECT_EQ(import(mairie, documents_of(two), "b.ods").count(Outcome::Unchanged), 1);
    EXPECT_EQ(all(mairie).size(), 2U);
}

TEST_F(CnilRegister, the_header_fills_the_profile_only_where_it_is_empty)
{
    auto const mairie = town("mairie", "Mairie de Bourg");
    CnilWorkbook book;
    book.header.controller.name = {"Durand", {}, "L!B1"};
    book.header.controller.first_name = {"Zoé", {}, "L!D1"};
    book.header.controller.postcode = {"01000", {}, "L!B2"};
    book.header.dpo.name = {"Martin", {}, "L!B5"};
    book.header.dpo.email = {"dpo@ville.example", {}, "L!H6"};
    auto const report = import(mairie, documents_of(book));
    auto const profile = *profile::profile_schema().unpack(*records::profile_of(records::Records(machinery, mairie.id, accounts::Sight::everything()), std::nullopt));
    EXPECT_EQ(profile.name, "Mairie de Bourg");
    EXPECT_EQ(profile.legal_representative.name, "Zoé Durand");
    EXPECT_EQ(profile.postcode, "01000");
    EXPECT_EQ(profile.dpo.email.value, "dpo@ville.example");
    EXPECT_TRUE(says(report, "profile_filled"));
    book.header.dpo.name = {"Bernard", {}, "L!B5"};
    auto const again = import(mairie, documents_of(book));
    EXPECT_TRUE(says(again, "actor_differs.dpo"));
    EXPECT_EQ(profile::profile_schema().unpack(*records::profile_of(records::Records(machinery, mairie.id, accounts::Sight::everything()), std::nullopt))->dpo.name, "Martin");
}

TEST_F(CnilRegister, old_and_unknown_choices_are_kept_and_flagged)
{
    CnilWorkbook book;
    auto& sheet = book.sheets.emplace_back();
    sheet.sheet = "F", sheet.place = "F!A1";
    sheet.name = {"Lettre", {}, "F!B1"};
    sheet.transfers = {{{"Hébergeur", {}, "F!B9"}, {"Etats-Unis", {}, "F!C9"}, {"Privacy shield", {}, "F!D9"}, {}},
                       {{"Autre", {}, "F!B10"}, {"Atlantide", {}, "F!C10"}, {"Poignée de main", {}, "F!D10"}, {}}};
    sheet.measures = {{{}, {"Coffre", {}, "F!B5"}, {"en cave", {}, "F!E5"}}};
    auto const reading = read_cnil_register(book, {"x.ods", {}, *parse_date("2026-03-01"), std::nullopt});
    auto const record = *processing::processing_schema().unpack(reading.file.items.at(0).row);
    EXPECT_EQ(record.transfers[0].tool, TransferTool::PrivacyShield);
    EXPECT_EQ(record.transfers[0].country.value, "US");
    EXPECT_FALSE(record.transfers[1].tool);
    EXPECT_NE(record.transfers[1].recipient.find("Atlantide"), std::string::npos);
    EXPECT_NE(record.transfers[1].document.find("Poignée de main"), std::string::npos);
    EXPECT_EQ(record.measures[0].type->code, "other");
    EXPECT_NE(record.measures[0].details.value.find("Coffre"), std::string::npos);
    auto const& notes = reading.file.items[0].notes;
    for (auto const* code : {"privacy_shield", "country_unknown", "guarantee_unknown", "choice_unknown"})
        EXPECT_TRUE(std::ranges::any_of(notes, [&](auto const& note) { return note.code == code && !note.place.empty(); })) << code;
}

TEST_F(CnilRegister, a_second_purpose_called_main_goes_out_and_comes_back)
{
    auto const mairie = town("mairie", "Mairie de Bourg"), agglo = town("agglo", "Agglomération");
    processing::Processing record;
    record.name = "Cantine";
    record.purposes = {{{}, processing::PurposeKind::Main, {"Servir des repas"}}, {{}, processing::PurposeKind::Main, {"Facturer les familles"}}};
    ASSERT_TRUE(records::Records(machinery, mairie.id, accounts::Sight::everything()).create(processings(), {processing::processing_schema().pack(record), "R-1"}, by()).ok());
    clock += std::chrono::minutes(1);
    auto const workbook = exported(mairie, "cnil-ods");
    import(agglo, workbook);
    auto const there = all(agglo).at(0);
    ASSERT_EQ(there.purposes.size(), 2U);
    EXPECT_EQ(there.purposes[1].text.value, "Facturer les familles");
    EXPECT_EQ(there.purposes[1].kind, processing::PurposeKind::Secondary);
    auto const again = import(mairie, workbook);
    EXPECT_EQ(again.count(Outcome::Unchanged), 1);
    EXPECT_EQ(again.count(Outcome::Differing), 0);
}

TEST_F(CnilRegister, what_the_notes_cannot_hold_any_more_is_told_as_cut)
{
    CnilWorkbook book;
    auto& sheet = book.sheets.emplace_back();
    sheet.sheet = "F", sheet.place = "F!A1";
    sheet.name = {"Lettre", {}, "F!B1"};
    sheet.main_purpose = {std::string(3000, 'a'), {}, "F!B5"};
    sheet.sub_purposes = {{std::string(8000, 'b'), {}, "F!B6"}};
    auto const reading = read_cnil_register(book, {"x.ods", {}, *parse_date("2026-03-01"), std::nullopt});
    auto const& item = reading.file.items.at(0);
    auto const told = [&](std::string_view code, std::string_view place) { return std::ranges::any_of(item.notes, [&](auto const& note) { return note.code == code && note.place == place; }); };
    EXPECT_TRUE(told("text_shortened", "F!B5"));
    EXPECT_TRUE(told("text_cut", "F!B6"));
    auto row = item.row;
    schema::normalise(*processings().schema, row);
    EXPECT_TRUE(schema::check(*processings().schema, row).empty());
}

TEST_F(CnilRegister, a_file_is_read_for_the_linter_without_any_organisation)
{
    NEED_SAMPLE();
    auto const file = read_register_file(sample, registers, *parse_date("2026-03-01"));
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(file->format, "cnil-ods");
    ASSERT_EQ(file->items.size(), 1U);
    EXPECT_EQ(file->items[0].places.at("transfers[0].country"), "4_-_Exemple_de_fiche!C39");
    EXPECT_EQ(schema::text_of(*profile::profile_register().schema, *file->profile, "name"), "Louise DUPONT");
}

} // namespace
} // namespace greffier::exchange
