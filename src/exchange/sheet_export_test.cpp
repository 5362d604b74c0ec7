// Any register as a workbook or a page: what stands where, read back with our own readers.
#include "exchange/sheet_export.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "documents/table_reader.hpp"
#include "exchange/formats.hpp"
#include "exchange/html_export.hpp"
#include "records/silent_examiner.hpp"
#include "registers/processing/processing.hpp"
#include "registers/processing/register.hpp"
#include "registers/profile/profile.hpp"
#include "registers/profile/register.hpp"
#include "schema/show.hpp"
#include "storage/test_database.hpp"

namespace greffier::exchange {
namespace {

using Sheet = std::vector<documents::TableRow>;

class Exports : public ::testing::TestWithParam<char const*> {
protected:
    storage::TestDatabase database;
    records::Registers registers{{&profile::profile_register(), &processing::processing_register()}};
    records::Silent examiner;
    records::LedgerKeeper keeper{*database, SigningKey::from_seed(Secret<Bytes>(random_bytes(32))), database.directory() / "checkpoints"};
    records::Machinery machinery{*database, registers, examiner, keeper};
    Timestamp const now = *parse_timestamp("2026-03-14T08:00:00Z");
    accounts::OrganisationInfo town = made_town();
    records::Records store{machinery, town.id, accounts::Sight::everything()};

    records::By by() const { return {Uuid::make(), now, "Europe/Paris"}; }

    accounts::OrganisationInfo made_town()
    {
        accounts::OrganisationInfo info;
        info.id = OrganisationId::make();
        info.slug = "bourg";
        info.name = "Mairie de <Bourg>";
        auto done = database->write([&](storage::Session& session) -> Status {
            session.execute(storage::SqlText{"INSERT INTO organisation(id, slug, name, kind, language, zone, created_at) VALUES(?,?,?,'commune','fr','Europe/Paris',0)"}, info.id, info.slug, info.name);
            return Nothing{};
        });
        EXPECT_TRUE(done.ok());
        profile::Profile profile;
        profile.name = "Mairie de <Bourg>";
        profile.siren = "012345678";
        profile.dpo.name = "Claire Delmas";
        EXPECT_TRUE(records::Records(machinery, info.id, accounts::Sight::everything()).create(profile::profile_register(), {profile::profile_schema().pack(profile)}, by()).ok());
        return info;
    }

    RecordId add(processing::Processing const& processing)
    {
        auto made = store.create(processing::processing_register(), {processing::processing_schema().pack(processing)}, by());
        EXPECT_TRUE(made.ok());
        return made->head.id;
    }

    static processing::Processing paie()
    {
        processing::Processing paie;
        paie.name = "=Paie & \"primes\"";
        paie.start_date = parse_date("2018-05-26");
        paie.people_count = 1200;
        paie.occasional = true;
        paie.owner.name = "+33 Jean";
        paie.owner.email.value = "jean@bourg.test";
        paie.notes.value = "ligne 1\nligne 2 <script>alert(1)</script>";
        processing::DataCategory category;
        category.category.code = "identity";
        category.description.value = "nom, prénom";
        category.retention_period = schema::Duration::parse("P5Y");
        paie.data_categories = {category, category};
        return paie;
    }

    std::string exported(char const* format, records::ExportQuery query = {}, Language language = Language::French) const
    {
        auto const& kind = processing::processing_register();
        auto const* found = find_export(format, kind);
        EXPECT_NE(found, nullptr);
        auto text = records::export_text(*found, {store, kind, town, std::move(query), Locale(language), now, database.directory()});
        EXPECT_TRUE(text.ok());
        return text.ok() ? *text : "";
    }

    static std::vector<std::pair<std::string, Sheet>> sheets_of(std::string bytes)
    {
        std::vector<std::pair<std::string, Sheet>> sheets;
        auto table = documents::open_table_bytes(std::move(bytes));
        EXPECT_TRUE(table.ok());
        for (std::size_t i = 0; i < (*table)->sheets().size(); ++i) {
            EXPECT_TRUE((*table)->choose(i).ok());
            auto& sheet = sheets.emplace_back((*table)->sheets()[i].name, Sheet{}).second;
            for (documents::TableRow row; (*table)->next(row).value();) sheet.push_back(row);
        }
        return sheets;
    }

    static documents::TableCell const& under(Sheet const& sheet, std::string_view heading, std::size_t row = 1)
    {
        for (std::size_t i = 0; i < sheet.at(0).cells.size(); ++i)
            if (sheet[0].at(i).text == heading) return sheet.at(row).at(i);
        ADD_FAILURE() << "no column " << heading;
        return sheet.at(0).at(9999);
    }

    static std::string heading(char const* field, char const* part = nullptr)
    {
        auto const& info = *processing::processing_register().schema;
        Locale const locale(Language::French);
        auto const label = schema::short_label(info, *info.find(field), locale);
        if (!part) return label;
        auto const& parts = *info.find(field)->rows;
        return label + locale.text("punctuation.colon") + schema::short_label(parts, *parts.find(part), locale);
    }
};

TEST_P(Exports, write_one_line_per_record_with_cells_of_their_kind)
{
    add(paie());
    auto const sheets = sheets_of(exported(GetParam()));
    auto const& [name, records] = sheets.at(1);
    EXPECT_EQ(name, "Traitements");
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(under(records, "Référence").text, "TRT-0001");
    EXPECT_EQ(under(records, heading("name")).text, "=Paie & \"primes\"");
    EXPECT_FALSE(under(records, heading("name")).formula);
    EXPECT_EQ(under(records, heading("start_date")).value, "2018-05-26");
    EXPECT_EQ(under(records, heading("start_date")).kind, documents::CellKind::Date);
    EXPECT_EQ(under(records, heading("people_count")).value, "1200");
    EXPECT_EQ(under(records, heading("occasional")).value, "true");
    EXPECT_EQ(under(records, heading("owner", "name")).text, "+33 Jean");
    EXPECT_EQ(under(records, heading("owner", "email")).text, "jean@bourg.test");
    EXPECT_EQ(under(records, heading("notes")).text, "ligne 1\nligne 2 <script>alert(1)</script>");
}

TEST_P(Exports, give_each_field_of_owned_rows_a_sheet_of_its_own)
{
    add(paie());
    auto const sheets = sheets_of(exported(GetParam()));
    auto const& info = *processing::processing_register().schema;
    std::size_t owned = 0;
    for (auto const& field : info.fields) owned += field.kind == schema::Kind::Rows;
    EXPECT_EQ(sheets.size(), 2 + owned);
    auto const& data = std::ranges::find_if(sheets, [&](auto const& sheet) { return sheet.first == heading("data_categories").substr(0, sheet.first.size()); })->second;
    ASSERT_EQ(data.size(), 3U);
    EXPECT_EQ(data[2].at(0).text, "TRT-0001");
    EXPECT_EQ(data[2].at(1).text, "=Paie & \"primes\"");
    auto const& parts = *info.find("data_categories")->rows;
    EXPECT_EQ(under(data, schema::short_label(parts, *parts.find("retention_period"), Locale(Language::French)), 2).text, "5 ans");
}

TEST_P(Exports, say_first_who_answers_and_what_is_shown)
{
    add(paie());
    add(paie());
    auto const facts = sheets_of(exported(GetParam())).at(0).second;
    std::map<std::string, std::string> said;
    for (auto const& row : facts) said[row.at(0).text] = row.at(1).text;
    EXPECT_EQ(said["Organisme"], "Mairie de <Bourg>");
    EXPECT_NE(said["Responsable de traitement"].find("012345678"), std::string::npos);
    EXPECT_EQ(said["Délégué à la protection des données"], "Claire Delmas");
    EXPECT_EQ(said["Nombre de fiches"], "2");
    EXPECT_EQ(said["Exporté le"], "14 mars 2026");
}

TEST_P(Exports, hold_the_chosen_records_alone)
{
    add(paie());
    auto const second = add(paie());
    records::ExportQuery query;
    query.ids = {second};
    auto const sheets = sheets_of(exported(GetParam(), query));
    ASSERT_EQ(sheets.at(1).second.size(), 2U);
    EXPECT_EQ(sheets[1].second[1].at(0).text, "TRT-0002");
}

TEST_P(Exports, write_the_columns_of_a_list_as_shown_when_asked)
{
    add(paie());
    records::ExportQuery query;
    query.columns = {"start_date", "status"};
    auto const sheets = sheets_of(exported(GetParam(), query));
    ASSERT_EQ(sheets.size(), 2U);
    auto const& records = sheets[1].second;
    ASSERT_EQ(records.at(0).cells.size(), 4U);
    EXPECT_EQ(records.at(1).at(0).text, "=Paie & \"primes\"");
    EXPECT_EQ(records.at(1).at(1).text, "TRT-0001");
    EXPECT_EQ(records.at(1).at(2).value, "2018-05-26");
}

INSTANTIATE_TEST_SUITE_P(of_books, Exports, ::testing::Values("xlsx", "ods"), [](auto const& info) { return std::string(info.param); });

TEST_F(Exports, as_a_page_escape_everything_and_need_nothing_else)
{
    add(paie());
    add(paie());
    auto const page = exported("html");
    EXPECT_TRUE(page.starts_with("<!doctype html><html lang=\"fr\">"));
    EXPECT_EQ(page.find("<script"), std::string::npos);
    EXPECT_EQ(page.find("Mairie de <Bourg>"), std::string::npos);
    EXPECT_NE(page.find("Mairie de &lt;Bourg&gt;"), std::string::npos);
    EXPECT_NE(page.find("ligne 1<br>"), std::string::npos);
    for (auto const* outside : {"src=", "http://", "https://", "@import", "url("}) EXPECT_EQ(page.find(outside), std::string::npos) << outside;
    EXPECT_NE(page.find("<nav"), std::string::npos);
    EXPECT_TRUE(page.ends_with("</html>\n"));
}

TEST_F(Exports, as_a_page_speak_the_language_asked_for_and_leave_out_the_contents_of_one_record)
{
    add(paie());
    auto const page = exported("html", {}, Language::English);
    EXPECT_NE(page.find("<html lang=\"en\">"), std::string::npos);
    EXPECT_NE(page.find("Data protection officer"), std::string::npos);
    EXPECT_EQ(page.find("<nav"), std::string::npos);
}

TEST_F(Exports, as_a_page_of_nothing_say_so)
{
    EXPECT_NE(exported("html").find("Aucune fiche"), std::string::npos);
}

TEST(record_columns, hold_no_two_columns_of_one_heading)
{
    for (auto const* kind : {&processing::processing_register(), &profile::profile_register()})
        for (auto const language : {Language::French, Language::English}) {
            std::set<std::string> headings;
            for (auto const& column : record_columns(*kind->schema, Locale(language))) EXPECT_TRUE(headings.insert(column.heading).second) << column.heading;
        }
}

} // namespace
} // namespace greffier::exchange
