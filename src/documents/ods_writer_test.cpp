#include "documents/ods_writer.hpp"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "documents/ods_reader.hpp"

namespace greffier::documents {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

Book sample_book()
{
    Book book;
    book.title = "Essai <&>";
    book.styles = {
        {.name = "Bandeau été", .background = "#104080", .colour = "#ffffff", .bold = true, .align = Align::Centre},
        {.name = "Simple", .border = "#888888"}};
    book.validations = {{.name = "choix", .sheet = "L'été", .column = 0, .first_row = 0, .last_row = 1}};
    BookSheet sheet("Données");
    sheet.column_widths_mm = {60, 30.5};
    sheet.row_heights_mm = {12};
    sheet.frozen_rows = 1, sheet.frozen_columns = 1;
    sheet.text(0, 0, "Titre", "Bandeau été", 3);
    sheet.text(1, 0, "=1+1", "Simple");
    sheet.text(1, 1, "  deux  mots \n<b> & \"x\"\tfin ", "Simple").note = "une note";
    sheet.set(2, 0, {.content = 12.5});
    sheet.set(2, 1, {.content = Date{year{2026}, month{3}, day{30}}, .style = "Simple"});
    sheet.set(2, 2, {.content = true});
    sheet.set(3, 0, {.content = std::string("oui"), .row_span = 2, .validation = "choix"});
    sheet.set(5, 1, {.content = std::string("lien"), .link = "#'L''été'.A1"});
    sheet.set(5, 2, {.content = std::string("piège"), .link = "javascript:alert(1)"});
    BookSheet list("L'été");
    list.hidden = true;
    list.text(0, 0, "oui");
    list.text(1, 0, "non");
    book.sheets = {sheet, list};
    return book;
}

Workbook read_back(Book const& book)
{
    auto read = read_ods_bytes(write_ods(book));
    if (!read) throw std::runtime_error(read.error().code);
    return std::move(read).value();
}

TEST(OdsWriter, what_is_written_is_read_back)
{
    Workbook const book = read_back(sample_book());
    ASSERT_EQ(book.sheets.size(), 2U);
    Sheet const& sheet = book.sheets[0];
    EXPECT_EQ(sheet.name, "Données");
    EXPECT_EQ(sheet.at(0, 0).text, "Titre");
    EXPECT_EQ(sheet.at(0, 0).column_span, 3);
    EXPECT_EQ(sheet.at(1, 1).text, "  deux  mots \n<b> & \"x\"\tfin ");
    EXPECT_EQ(sheet.at(2, 0).value, "12.5");
    EXPECT_EQ(sheet.at(2, 0).type, CellType::Number);
    EXPECT_EQ(sheet.at(2, 1).value, "2026-03-30");
    EXPECT_EQ(sheet.at(2, 1).text, "30/03/2026");
    EXPECT_EQ(sheet.at(2, 2).value, "true");
    EXPECT_EQ(sheet.at(3, 0).row_span, 2);
    EXPECT_EQ(sheet.at(5, 1).text, "lien");
    EXPECT_TRUE(book.sheets[1].hidden);
    EXPECT_FALSE(sheet.hidden);
}

TEST(OdsWriter, text_never_becomes_a_formula)
{
    Cell const cell = read_back(sample_book()).sheets[0].at(1, 0);
    EXPECT_EQ(cell.text, "=1+1");
    EXPECT_EQ(cell.type, CellType::Text);
    EXPECT_FALSE(cell.formula);
    std::string const bytes = write_ods(sample_book());
    auto const zip = ZipReader::open(bytes);
    EXPECT_EQ(zip->read("content.xml")->find("table:formula"), std::string::npos);
    EXPECT_EQ(zip->read("content.xml")->find("javascript"), std::string::npos);
}

TEST(OdsWriter, the_same_book_gives_the_same_bytes_in_every_time_zone)
{
    std::string const here = write_ods(sample_book());
    char const* zone = std::getenv("TZ");
    std::string const before = zone ? zone : "";
    ::setenv("TZ", "Pacific/Auckland", 1);
    ::tzset();
    std::string const there = write_ods(sample_book());
    zone ? ::setenv("TZ", before.c_str(), 1) : ::unsetenv("TZ");
    ::tzset();
    EXPECT_TRUE(here == there);
    EXPECT_EQ(here.substr(30, 8), "mimetype");
    EXPECT_EQ(here.substr(38, 46), "application/vnd.oasis.opendocument.spreadsheet");
}

TEST(OdsWriter, mistakes_of_the_programmer_throw)
{
    Book book = sample_book();
    book.sheets[0].text(9, 0, "x", "absent");
    EXPECT_THROW(write_ods(book), std::invalid_argument);
    book = sample_book();
    book.sheets[1].name = "Données";
    EXPECT_THROW(write_ods(book), std::invalid_argument);
    EXPECT_THROW(write_ods(Book{}), std::invalid_argument);
}

TEST(OdsWriter, sheet_names_are_made_acceptable_and_unique)
{
    EXPECT_EQ(SheetNames{}.take("Paie [2026]: a/b"), "Paie  2026   a b");
    EXPECT_EQ(SheetNames{}.take("'Paie'"), "Paie");
    EXPECT_EQ(SheetNames{}.take(""), "-");
    EXPECT_EQ(SheetNames{}.take(std::string(40, 'x')), std::string(31, 'x'));
    EXPECT_EQ(SheetNames{}.take("éééééééééééééééééééééééééééééééééé").size(), 62U);
    SheetNames names;
    EXPECT_EQ(names.take("Paie"), "Paie");
    EXPECT_EQ(names.take("paie (2)"), "paie (2)");
    EXPECT_EQ(names.take("PAIE"), "PAIE (3)");
    EXPECT_EQ(names.take("Paie"), "Paie (4)");
}

TEST(OdsWriter, thousands_of_sheets_that_want_one_name_get_names_of_their_own)
{
    SheetNames names;
    std::set<std::string> given;
    std::string const wanted = "Gestion des inscriptions scolaires de la commune";
    for (int i = 0; i < 20'000; ++i) given.insert(names.take(wanted + " " + std::to_string(i)));
    EXPECT_EQ(given.size(), 20'000U);
    for (auto const& name : given) ASSERT_LE(name.size(), 31U);
}

std::string converted(std::filesystem::path const& folder, std::string const& format, std::string const& made)
{
    std::string const command = "soffice -env:UserInstallation=file://" + (folder / "profile").string() +
                                " --headless --convert-to '" + format + "' --outdir " + folder.string() + " " +
                                (folder / "book.ods").string() + " >/dev/null 2>&1";
    if (std::system(command.c_str()) != 0) return {};
    std::ifstream file(folder / made, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(OdsWriter, libreoffice_opens_it)
{
    if (std::system("command -v soffice >/dev/null 2>&1") != 0)
        GTEST_SKIP() << "LibreOffice (soffice) is not installed: the opening of .ods files is not tested";
    auto const folder = std::filesystem::temp_directory_path() / ("greffier-ods-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "book.ods", std::ios::binary) << write_ods(sample_book());
    std::string const csv = converted(folder, "csv:Text - txt - csv (StarCalc):59,34,76,1", "book.csv");
    std::string const pdf = converted(folder, "pdf", "book.pdf");
    std::filesystem::remove_all(folder);
    EXPECT_NE(csv.find("\"Titre\";"), std::string::npos) << csv;
    EXPECT_NE(csv.find("=1+1"), std::string::npos) << csv;
    EXPECT_NE(csv.find("30/03/2026"), std::string::npos) << csv;
    EXPECT_EQ(pdf.substr(0, 5), "%PDF-");
}

} // namespace
} // namespace greffier::documents
