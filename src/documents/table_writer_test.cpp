#include "documents/table_writer.hpp"

#include <gtest/gtest.h>

#include "documents/scratch_file.hpp"
#include "documents/table_reader.hpp"

namespace greffier::documents {
namespace {

using Maker = std::unique_ptr<TableWriter> (*)(TableBookLook);

std::string bytes_of(TableWriter& writer)
{
    std::string bytes;
    writer.finish([&](std::string_view piece) { bytes += piece; });
    return bytes;
}

std::vector<TableRow> rows_of(TableReader& table, std::size_t sheet)
{
    EXPECT_TRUE(table.choose(sheet).ok());
    std::vector<TableRow> rows;
    TableRow row;
    for (;;) {
        auto const more = table.next(row);
        EXPECT_TRUE(more.ok()) << (more.ok() ? "" : more.error().code);
        if (!more.ok() || !*more) return rows;
        rows.push_back(row);
    }
}

class table_writer : public testing::TestWithParam<Maker> {
protected:
    std::unique_ptr<TableWriter> start() { return GetParam()({.title = "Registre", .written = from_millis(1'700'000'000'000)}); }
    static std::unique_ptr<TableReader> reopened(TableWriter& writer)
    {
        auto opened = open_table_bytes(bytes_of(writer));
        EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.error().code);
        return std::move(opened).value();
    }
};

TEST_P(table_writer, writes_what_the_reader_reads)
{
    auto const writer = start();
    auto const sheet = writer->add_sheet({.name = "Traitements", .columns = {{"Nom"}, {"Nombre"}, {"Vrai"}, {"Jour"}, {"Instant"}, {"Prix", 20, true}}});
    std::vector<TableValue> const cells{std::string("Été « œ »\nligne 2  double"), 12.5, true, Date{std::chrono::year{2018}, std::chrono::month{5}, std::chrono::day{26}},
                                        LocalTime{Date{std::chrono::year{2018}, std::chrono::month{5}, std::chrono::day{26}}, 14, 30, 5, 120}, 1234.5};
    writer->add_row(sheet, cells);
    auto const table = reopened(*writer);
    auto const rows = rows_of(*table, 0);
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].at(5).text, "Prix");
    EXPECT_EQ(rows[1].at(0).text, "Été « œ »\nligne 2  double");
    EXPECT_EQ(rows[1].at(1).value, "12.5");
    EXPECT_EQ(rows[1].at(2).value, "true");
    EXPECT_EQ(rows[1].at(3).value, "2018-05-26");
    EXPECT_EQ(rows[1].at(4).value, "2018-05-26T14:30:05");
    EXPECT_EQ(rows[1].at(5).kind, CellKind::Number);
    EXPECT_EQ(rows[1].at(5).value, "1234.5");
}

TEST_P(table_writer, keeps_text_text_whatever_it_starts_with)
{
    auto const writer = start();
    auto const sheet = writer->add_sheet({.name = "A", .columns = {{"a"}, {"b"}, {"c"}, {"d"}, {"e"}, {"f"}, {"g"}}});
    std::vector<std::string> const texts{"=cmd|' /C calc'!A0", "+33 1", "-5", "@x", "0123", "2018-05-26", "_x0041_ <b>&amp;"};
    writer->add_row(sheet, std::vector<TableValue>(texts.begin(), texts.end()));
    auto const rows = rows_of(*reopened(*writer), 0);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        EXPECT_EQ(rows.at(1).at(i).text, texts[i]);
        EXPECT_EQ(rows[1].at(i).kind, CellKind::Text);
        EXPECT_FALSE(rows[1].at(i).formula);
    }
}

TEST_P(table_writer, fills_several_sheets_in_turn_and_makes_their_names_acceptable)
{
    auto const writer = start();
    auto const facts = writer->add_sheet({.name = "Présentation", .columns = {{""}, {""}}});
    auto const one = writer->add_sheet({.name = "Catégories de personnes : [détail] / suite du nom", .columns = {{"a"}}});
    auto const two = writer->add_sheet({.name = "Catégories de personnes : [détail] / autre suite", .columns = {{"a"}}});
    for (int i = 0; i < 3; ++i) {
        writer->add_row(one, std::vector<TableValue>{static_cast<double>(i)});
        writer->add_row(two, std::vector<TableValue>{static_cast<double>(10 * i)});
    }
    writer->add_row(facts, std::vector<TableValue>{std::string("Fiches"), 3.0});
    auto const table = reopened(*writer);
    ASSERT_EQ(table->sheets().size(), 3U);
    EXPECT_NE(table->sheets()[1].name, table->sheets()[2].name);
    EXPECT_EQ(rows_of(*table, one).at(3).at(0).value, "2");
    EXPECT_EQ(rows_of(*table, two).at(3).at(0).value, "20");
    EXPECT_EQ(rows_of(*table, facts).at(0).at(1).value, "3");
}

TEST_P(table_writer, writes_an_empty_list_and_rows_of_nothing)
{
    auto const writer = start();
    auto const sheet = writer->add_sheet({.name = "A", .columns = {{"a"}, {"b"}}, .frozen_columns = 1});
    writer->add_row(sheet, std::vector<TableValue>{std::monostate{}, std::string{}});
    writer->add_row(sheet, std::vector<TableValue>{std::monostate{}, std::string("x")});
    auto const rows = rows_of(*reopened(*writer), 0);
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[1].number, 3U);
    EXPECT_EQ(rows[1].at(1).text, "x");
}

INSTANTIATE_TEST_SUITE_P(both, table_writer, testing::Values(&make_xlsx_writer, &make_ods_writer), [](auto const& info) { return info.index == 0 ? "xlsx" : "ods"; });

TEST(xlsx_writer, cuts_what_a_spreadsheet_would_not_take_and_says_where)
{
    std::string text;
    for (int i = 0; i < 20'000; ++i) text += "é😀"; // three units each
    auto const writer = make_xlsx_writer({.cut_mark = " [coupé]"});
    auto const sheet = writer->add_sheet({.name = "A", .columns = {{"a"}, {"b"}}});
    writer->add_row(sheet, std::vector<TableValue>{std::string("court"), text});
    EXPECT_EQ(writer->cut_cells(), (std::vector<std::string>{"A!B2"}));
    EXPECT_EQ(writer->cut_count(), 1U);
    auto const table = open_table_bytes(bytes_of(*writer)).value();
    auto const shown = rows_of(*table, 0).at(1).at(1).text;
    EXPECT_TRUE(shown.ends_with(" [coupé]"));
    EXPECT_TRUE(shown.starts_with("é😀é😀"));
    EXPECT_GT(shown.size(), 60'000U);
}

TEST(xlsx_writer, writes_a_day_before_1900_in_words)
{
    auto const writer = make_xlsx_writer({});
    auto const sheet = writer->add_sheet({.name = "A", .columns = {{"a"}}});
    writer->add_row(sheet, std::vector<TableValue>{Date{std::chrono::year{1789}, std::chrono::month{7}, std::chrono::day{14}}});
    auto const table = open_table_bytes(bytes_of(*writer)).value();
    EXPECT_EQ(rows_of(*table, 0).at(1).at(0).text, "1789-07-14");
}

TEST(scratch_file, gives_back_what_was_written_and_leaves_nothing)
{
    auto const directory = std::filesystem::path(testing::TempDir()) / "scratch";
    std::filesystem::create_directories(directory);
    ScratchFile file(directory);
    file.write("abc");
    file.write("def");
    EXPECT_EQ(file.size(), 6U);
    EXPECT_EQ(file.read(4), "abcd");
    EXPECT_EQ(file.read(4), "ef");
    EXPECT_EQ(file.read(4), "");
    EXPECT_TRUE(std::filesystem::is_empty(directory));
    std::filesystem::remove_all(directory);
    EXPECT_THROW(ScratchFile{directory}, std::system_error);
}

} // namespace
} // namespace greffier::documents
