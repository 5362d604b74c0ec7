#include "documents/ods_reader.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "documents/file_kind.hpp"
#include "documents/plain_text.hpp"

namespace greffier::documents {
namespace {

std::filesystem::path const zoo = "tests/data/ods";
std::filesystem::path const cnil_sample = "/work/shared/samples/cnil/registre-traitement-simplifie.ods";

std::string refusal(std::string const& name)
{
    auto const book = read_ods(zoo / name);
    return book ? "read" : book.error().code;
}

Sheet first_sheet(std::string const& name)
{
    auto book = read_ods(zoo / name);
    if (!book) throw std::runtime_error(name + ": " + book.error().code);
    return book->sheets.front();
}

TEST(Workbook, addresses_are_those_of_a_spreadsheet)
{
    EXPECT_EQ(address(11, 2), "C12");
    EXPECT_EQ(column_name(0), "A");
    EXPECT_EQ(column_name(25), "Z");
    EXPECT_EQ(column_name(26), "AA");
    EXPECT_EQ(column_name(701), "ZZ");
    EXPECT_EQ(column_name(702), "AAA");
}

TEST(Workbook, a_place_beyond_the_edge_is_an_empty_cell)
{
    Sheet sheet;
    sheet.rows.resize(1);
    EXPECT_TRUE(sheet.at(0, 0).is_empty());
    EXPECT_TRUE(sheet.at(9, 9).is_empty());
}

TEST(PlainText, keeps_valid_letters_and_drops_the_rest)
{
    EXPECT_EQ(clean_text("Été\t\xF0\x9F\x98\x80\nœ"), "Été\t\xF0\x9F\x98\x80\nœ");
    EXPECT_EQ(clean_text(std::string("a\0b\x01\x7F", 5)), "ab");
    EXPECT_EQ(clean_text("a\r\nb\rc"), "a\nb\nc");
    EXPECT_EQ(clean_text("\xC0\xAF|\xED\xA0\x80|\xE2\x82"), "\uFFFD\uFFFD|\uFFFD\uFFFD\uFFFD|\uFFFD\uFFFD");
}

TEST(OdsReader, every_kind_of_cell_gives_what_a_person_sees_and_the_value)
{
    Sheet const sheet = first_sheet("every_cell.ods");
    auto const expect = [&](std::size_t column, CellType type, std::string_view text, std::string_view value) {
        SCOPED_TRACE(address(0, column));
        EXPECT_EQ(sheet.at(0, column).type, type);
        EXPECT_EQ(sheet.at(0, column).text, text);
        EXPECT_EQ(sheet.at(0, column).value, value);
    };
    expect(0, CellType::Number, "75 001", "75001");
    expect(1, CellType::Date, "26/05/2018", "2018-05-26");
    expect(2, CellType::Percentage, "50 %", "0.5");
    expect(3, CellType::Currency, "12,50 €", "12.5");
    expect(4, CellType::Boolean, "VRAI", "true");
    expect(5, CellType::Time, "08:30", "PT08H30M00S");
    expect(6, CellType::Number, "3", "3");
    expect(7, CellType::Error, "#DIV/0!", "");
    expect(8, CellType::Text, "sans paragraphe", "");
    EXPECT_TRUE(sheet.at(0, 6).formula);
    EXPECT_FALSE(sheet.at(0, 0).formula);
}

TEST(OdsReader, blanks_paragraphs_and_breaks_are_kept_and_notes_are_not_text)
{
    EXPECT_EQ(first_sheet("every_cell.ods").at(1, 0).text, "deux   mots en gras\nautre\tligne\nfin");
}

TEST(OdsReader, merged_cells_say_their_span_and_what_they_cover)
{
    Sheet const sheet = first_sheet("every_cell.ods");
    EXPECT_EQ(sheet.at(1, 1).column_span, 2);
    EXPECT_EQ(sheet.at(1, 1).row_span, 2);
    EXPECT_FALSE(sheet.at(1, 1).covered);
    EXPECT_TRUE(sheet.at(1, 2).covered);
}

TEST(OdsReader, repeats_are_honoured_and_empty_ends_cost_nothing)
{
    Sheet const sheet = first_sheet("every_cell.ods");
    for (std::size_t column = 3; column < 6; ++column) EXPECT_EQ(sheet.at(1, column).text, "trois fois");
    EXPECT_EQ(sheet.at(1, 6).text, "lien");
    EXPECT_EQ(sheet.at(4, 0).text, "répétée");
    EXPECT_EQ(sheet.at(5, 0).text, "répétée");
    EXPECT_EQ(sheet.at(6, 0).text, "groupée");
    EXPECT_EQ(sheet.rows.size(), 7U);
    EXPECT_EQ(sheet.width(), 9U);
}

TEST(OdsReader, nested_tables_and_copies_of_other_files_are_no_sheets)
{
    auto const book = read_ods(zoo / "every_cell.ods");
    ASSERT_TRUE(book.ok());
    ASSERT_EQ(book->sheets.size(), 2U);
    EXPECT_EQ(book->sheets[1].name, "Cachée");
    for (auto const& row : book->sheets[0].rows)
        for (auto const& cell : row) EXPECT_EQ(cell.text.find("niché"), std::string::npos);
}

TEST(OdsReader, hidden_sheets_are_flagged)
{
    auto const book = read_ods(zoo / "every_cell.ods");
    ASSERT_TRUE(book.ok());
    EXPECT_FALSE(book->sheets[0].hidden);
    EXPECT_TRUE(book->sheets[1].hidden);
}

TEST(OdsReader, prefixes_are_free_and_the_mimetype_may_be_missing)
{
    EXPECT_EQ(first_sheet("other_prefixes.ods").at(0, 0).text, "bonjour");
    EXPECT_EQ(first_sheet("no_mimetype.ods").at(0, 0).text, "bonjour");
}

TEST(OdsReader, another_format_is_named_for_what_it_is)
{
    EXPECT_EQ(refusal("empty.ods"), "import.is_empty");
    EXPECT_EQ(refusal("really_xlsx.ods"), "import.is_xlsx");
    EXPECT_EQ(refusal("really_docx.ods"), "import.is_document");
    EXPECT_EQ(refusal("text_document.ods"), "import.is_document");
    EXPECT_EQ(refusal("really_zip.ods"), "import.is_archive");
    EXPECT_EQ(refusal("really_pdf.ods"), "import.is_pdf");
    EXPECT_EQ(refusal("really_csv.ods"), "import.is_text");
    EXPECT_EQ(refusal("really_html.ods"), "import.is_html");
    EXPECT_EQ(refusal("really_xls.ods"), "import.is_old_office");
    EXPECT_EQ(refusal("really_flat.ods"), "import.is_flat_ods");
    EXPECT_EQ(refusal("really_png.ods"), "import.is_image");
    EXPECT_EQ(refusal("really_noise.ods"), "import.not_a_spreadsheet");
}

TEST(OdsReader, broken_and_locked_files_are_refused)
{
    EXPECT_EQ(refusal("cut.ods"), "import.damaged");
    EXPECT_EQ(refusal("spoiled.ods"), "import.damaged");
    EXPECT_EQ(refusal("not_xml.ods"), "import.damaged");
    EXPECT_EQ(refusal("two_contents.ods"), "import.damaged");
    EXPECT_EQ(refusal("no_content.ods"), "import.missing_part");
    EXPECT_EQ(refusal("no_sheet.ods"), "import.no_sheet");
    EXPECT_EQ(refusal("encrypted.ods"), "import.encrypted");
    EXPECT_EQ(refusal("absent.ods"), "import.no_such_file");
}

TEST(OdsReader, document_types_and_entities_are_refused)
{
    EXPECT_EQ(refusal("entities.ods"), "import.dtd");
}

TEST(OdsReader, bombs_stop_at_the_caps)
{
    EXPECT_EQ(refusal("bomb.ods"), "import.bomb");
    EXPECT_EQ(refusal("many_rows.ods"), "import.too_many_rows");
    EXPECT_EQ(refusal("late_row.ods"), "import.too_many_rows");
    EXPECT_EQ(refusal("many_columns.ods"), "import.too_many_columns");
    EXPECT_EQ(refusal("many_cells.ods"), "import.too_many_cells");
    EXPECT_EQ(refusal("long_text.ods"), "import.bomb");
    EXPECT_EQ(refusal("huge_spaces.ods"), "import.cell_too_long");
}

TEST(OdsReader, nonsense_counts_mean_once_and_deep_nesting_is_survived)
{
    EXPECT_EQ(first_sheet("odd_counts.ods").rows.front().size(), 3U);
    EXPECT_TRUE(first_sheet("deep.ods").rows.empty());
}

TEST(OdsReader, every_text_is_valid_letters)
{
    Sheet const sheet = first_sheet("bad_letters.ods");
    EXPECT_EQ(sheet.at(0, 0).text.find('\x01'), std::string::npos);
    EXPECT_EQ(clean_text(sheet.at(0, 1).text), sheet.at(0, 1).text);
}

TEST(OdsReader, the_limits_can_be_lowered)
{
    OdsLimits limits;
    limits.max_markup = 3;
    EXPECT_EQ(read_ods(zoo / "every_cell.ods", limits).error().code, "import.too_complex");
    limits = {};
    limits.zip.max_entries = 1;
    EXPECT_EQ(read_ods(zoo / "every_cell.ods", limits).error().code, "import.too_many_entries");
    limits = {};
    limits.max_sheets = 1;
    EXPECT_EQ(read_ods(zoo / "every_cell.ods", limits).error().code, "import.too_many_sheets");
}

TEST(OdsReader, a_file_of_a_gigabyte_is_refused_by_its_size_alone)
{
    auto const path = std::filesystem::temp_directory_path() / ("greffier-big-" + std::to_string(::getpid()) + ".ods");
    std::ofstream(path) << "PK";
    std::filesystem::resize_file(path, std::uintmax_t{1} << 30); // sparse: takes no room
    auto const book = read_ods(path);
    std::filesystem::remove(path);
    ASSERT_FALSE(book.ok());
    EXPECT_EQ(book.error().code, "import.too_large");
    EXPECT_EQ(book.error().kind, ErrorKind::TooLarge);
}

TEST(OdsReader, gives_the_cells_of_the_cnil_workbook)
{
    if (!std::filesystem::exists(cnil_sample)) GTEST_SKIP() << "the CNIL workbook is not on this machine";
    auto const book = read_ods(cnil_sample);
    ASSERT_TRUE(book.ok());
    ASSERT_EQ(book->sheets.size(), 5U);
    std::size_t written = 0;
    for (auto const& sheet : book->sheets)
        for (auto const& row : sheet.rows)
            for (auto const& cell : row) written += cell.text.empty() ? 0 : 1;
    EXPECT_EQ(written, 645U); // counted by an independent reading of content.xml
    Sheet const& example = book->sheets[3];
    EXPECT_EQ(example.at(3, 1).text, "Gestion de la paie");
    EXPECT_EQ(example.at(3, 1).column_span, 7);
    EXPECT_EQ(example.at(5, 1).value, "2018-05-26");
    EXPECT_EQ(example.at(9, 3).value, "75001");
    EXPECT_EQ(example.at(38, 2).text, "Andorre");
    EXPECT_EQ(book->sheets[4].at(176, 2).text, "Zimbabwe");
}

} // namespace
} // namespace greffier::documents
