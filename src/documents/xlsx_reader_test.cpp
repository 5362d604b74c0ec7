#include <gtest/gtest.h>

#include "documents/number_formats.hpp"
#include "documents/table_reader.hpp"

namespace greffier::documents {
namespace {

constexpr auto main_ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr auto rel_ns = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

struct Package {
    std::string sheet, texts, book_properties, second_sheet, styles;
};

std::string element(std::string const& name, std::string const& inside)
{
    return "<" + name + " xmlns=\"" + main_ns + "\" xmlns:r=\"" + rel_ns + "\">" + inside + "</" + name + ">";
}

std::string relations(std::string const& inside)
{
    return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + inside + "</Relationships>";
}

std::string relation(std::string const& id, std::string const& type, std::string const& target)
{
    return "<Relationship Id=\"" + id + "\" Type=\"" + rel_ns + "/" + type + "\" Target=\"" + target + "\"/>";
}

std::string bytes_of(Package const& package)
{
    ZipWriter zip;
    zip.add("_rels/.rels", relations(relation("rId1", "officeDocument", "xl/workbook.xml")));
    bool const two = !package.second_sheet.empty();
    zip.add("xl/workbook.xml",
            element("workbook", package.book_properties + "<sheets>" + (two ? "<sheet name=\"Cachée\" sheetId=\"2\" state=\"hidden\" r:id=\"rId2\"/>" : "") +
                                    "<sheet name=\"Registre\" sheetId=\"1\" r:id=\"rId1\"/></sheets>"));
    zip.add("xl/_rels/workbook.xml.rels", relations(relation("rId1", "worksheet", "/xl/worksheets/sheet1.xml") + relation("rId2", "worksheet", "worksheets/sheet2.xml") +
                                                    relation("rId3", "sharedStrings", "sharedStrings.xml") + relation("rId4", "styles", "styles.xml")));
    zip.add("xl/worksheets/sheet1.xml", package.sheet.starts_with("<!") ? package.sheet : element("worksheet", package.sheet));
    if (two) zip.add("xl/worksheets/sheet2.xml", element("worksheet", package.second_sheet));
    zip.add("xl/sharedStrings.xml", element("sst", package.texts));
    zip.add("xl/styles.xml", element("styleSheet", package.styles));
    return zip.finish();
}

std::unique_ptr<TableReader> open(Package const& package, TableOptions const& options = {})
{
    auto opened = open_table_bytes(bytes_of(package), options);
    EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.error().code);
    return opened.ok() ? std::move(opened).value() : nullptr;
}

std::vector<TableRow> rows_of(Package const& package)
{
    auto const table = open(package);
    std::vector<TableRow> rows;
    TableRow row;
    while (table) {
        auto const more = table->next(row);
        EXPECT_TRUE(more.ok()) << (more.ok() ? "" : more.error().code);
        if (!more.ok() || !*more) break;
        rows.push_back(row);
    }
    return rows;
}

std::string data(std::string const& cells)
{
    return "<sheetData><row r=\"1\">" + cells + "</row></sheetData>";
}

/// One cell per format code; the style of cell N is N.
std::string styles(std::vector<std::string> const& codes)
{
    std::string formats, uses = "<xf numFmtId=\"0\"/>";
    for (std::size_t i = 0; i < codes.size(); ++i) {
        formats += "<numFmt numFmtId=\"" + std::to_string(164 + i) + "\" formatCode=\"" + codes[i] + "\"/>";
        uses += "<xf numFmtId=\"" + std::to_string(164 + i) + "\"/>";
    }
    return "<numFmts>" + formats + "</numFmts><cellXfs>" + uses + "</cellXfs>";
}

TEST(xlsx_reader, reads_shared_rich_and_inline_texts_without_their_pronunciation)
{
    auto const rows = rows_of({.sheet = data("<c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"inlineStr\"><is><t>dedans &amp; &#233;t&#xE9;</t></is></c>"
                                              "<c r=\"D1\" t=\"str\"><f>A1&amp;\"x\"</f><v>Paiex</v></c><c r=\"E1\" t=\"s\"><v>99</v></c>"),
                               .texts = "<si><t>Paie</t></si><si><r><rPr><b/></rPr><t xml:space=\"preserve\">Vie </t></r><r><t>scolaire_x000D_\n2</t></r><rPh sb=\"0\" eb=\"1\"><t>bruit</t></rPh></si>"});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].at(0).text, "Paie");
    EXPECT_EQ(rows[0].at(1).text, "Vie scolaire\n2");
    EXPECT_EQ(rows[0].at(2).text, "dedans & été");
    EXPECT_EQ(rows[0].at(3).text, "Paiex");
    EXPECT_TRUE(rows[0].at(3).formula);
    EXPECT_EQ(rows[0].cells.size(), 4U);
}

TEST(xlsx_reader, keeps_numbers_exactly_however_they_are_spelled)
{
    auto const rows = rows_of({.sheet = data("<c><v>552100554</v></c><c><v>5.52100554E8</v></c><c><v>12345678901234567</v></c><c><v>0.28999999999999998</v></c><c><v>1E-3</v></c><c><v>-12.50</v></c>"
                                              "<c><v>2.1590001300012E+13</v></c>")});
    std::vector<std::string> values;
    for (auto const& cell : rows.at(0).cells) values.push_back(cell.value);
    EXPECT_EQ(values, (std::vector<std::string>{"552100554", "552100554", "12345678901234567", "0.29", "0.001", "-12.5", "21590001300012"}));
    EXPECT_EQ(rows[0].at(1).text, "552100554");
    EXPECT_EQ(rows[0].at(1).kind, CellKind::Number);
}

TEST(xlsx_reader, shows_zero_padded_and_percent_numbers_as_people_see_them)
{
    auto const rows = rows_of({.sheet = data("<c s=\"1\"><v>1000</v></c><c s=\"2\"><v>102030405</v></c><c s=\"3\"><v>0.125</v></c><c s=\"4\"><v>552100554</v></c>"),
                               .styles = styles({"00000", "0#&quot; &quot;##&quot; &quot;##&quot; &quot;##&quot; &quot;##", "0.0%", "000\\ 000\\ 000"})});
    EXPECT_EQ(rows.at(0).at(0).text, "01000");
    EXPECT_EQ(rows[0].at(0).value, "1000");
    EXPECT_EQ(rows[0].at(1).text, "01 02 03 04 05");
    EXPECT_EQ(rows[0].at(2).text, "12.5%");
    EXPECT_EQ(rows[0].at(2).value, "0.125");
    EXPECT_EQ(rows[0].at(3).text, "552 100 554");
}

TEST(xlsx_reader, reads_dates_of_both_systems)
{
    Package package{.sheet = data("<c s=\"1\"><v>43246</v></c><c s=\"2\"><v>43246.5</v></c><c s=\"3\"><v>0.75</v></c><c s=\"4\"><v>1.5625</v></c><c s=\"1\"><v>59</v></c><c s=\"1\"><v>60</v></c>"
                                  "<c t=\"d\"><v>2018-05-26T00:00:00</v></c>"),
                    .styles = styles({"[$-40C]d\\ mmmm\\ yyyy;@", "dd/mm/yyyy\\ hh:mm", "hh:mm", "[h]:mm"})};
    auto const rows = rows_of(package);
    EXPECT_EQ(rows.at(0).at(0).kind, CellKind::Date);
    EXPECT_EQ(rows[0].at(0).value, "2018-05-26");
    EXPECT_EQ(rows[0].at(1).value, "2018-05-26T12:00:00");
    EXPECT_EQ(rows[0].at(2).text, "18:00");
    EXPECT_EQ(rows[0].at(2).kind, CellKind::Text);
    EXPECT_EQ(rows[0].at(3).text, "37:30");
    EXPECT_EQ(rows[0].at(4).value, "1900-02-28");
    EXPECT_EQ(rows[0].at(5).kind, CellKind::Number) << "29 February 1900 never was";
    EXPECT_EQ(rows[0].at(6).value, "2018-05-26");
    package.book_properties = "<workbookPr date1904=\"1\"/>";
    package.sheet = data("<c s=\"1\"><v>41784</v></c>");
    EXPECT_EQ(rows_of(package).at(0).at(0).value, "2018-05-26");
    EXPECT_TRUE(open(package)->counts_from_1904());
    package.book_properties.clear();
    EXPECT_FALSE(open(package)->counts_from_1904());
}

TEST(xlsx_reader, reads_truths_errors_and_cached_results)
{
    auto const rows = rows_of({.sheet = data("<c t=\"b\"><v>1</v></c><c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c><f>SUM(B1)</f><v>7</v></c><c><f>NOW()</f></c>")});
    EXPECT_EQ(rows.at(0).at(0).kind, CellKind::Boolean);
    EXPECT_EQ(rows[0].at(0).value, "true");
    EXPECT_EQ(rows[0].at(1).kind, CellKind::Error);
    EXPECT_EQ(rows[0].at(1).text, "#DIV/0!");
    EXPECT_EQ(rows[0].at(2).value, "7");
    EXPECT_TRUE(rows[0].at(2).formula);
    EXPECT_TRUE(rows[0].at(3).is_empty());
}

TEST(xlsx_reader, keeps_the_place_of_sparse_rows_and_cells)
{
    auto const rows = rows_of({.sheet = "<sheetData><row r=\"3\"><c r=\"C3\"><v>1</v></c></row><row r=\"5\"/><row r=\"1048576\"><c r=\"A1048576\" s=\"4\"/></row></sheetData>"});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].number, 3U);
    EXPECT_EQ(rows[0].at(2).value, "1");
}

TEST(xlsx_reader, repeats_what_is_merged_downwards_and_not_what_is_merged_across)
{
    auto const rows = rows_of({.sheet = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Titre</t></is></c></row>"
                                        "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>RH</t></is></c><c r=\"B2\"><v>1</v></c></row><row r=\"3\"><c r=\"B3\"><v>2</v></c></row></sheetData>"
                                        "<mergeCells count=\"2\"><mergeCell ref=\"A1:C1\"/><mergeCell ref=\"A2:A3\"/></mergeCells>"});
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].cells.size(), 1U);
    EXPECT_EQ(rows[2].at(0).text, "RH");
    EXPECT_TRUE(rows[2].at(0).covered);
    EXPECT_FALSE(rows[1].at(0).covered);
}

TEST(xlsx_reader, chooses_the_first_visible_sheet_and_lists_the_hidden_ones)
{
    auto const table = open({.sheet = data("<c><v>1</v></c>"), .second_sheet = data("<c><v>2</v></c>")});
    ASSERT_EQ(table->sheets().size(), 2U);
    EXPECT_TRUE(table->sheets()[0].hidden);
    EXPECT_EQ(table->sheets()[1].name, "Registre");
    TableRow row;
    ASSERT_TRUE(table->next(row).value());
    EXPECT_EQ(row.at(0).value, "1");
    ASSERT_TRUE(table->choose(0).ok());
    ASSERT_TRUE(table->next(row).value());
    EXPECT_EQ(row.at(0).value, "2");
}

std::string error_of(std::string const& bytes, TableOptions const& options = {})
{
    auto opened = open_table_bytes(bytes, options);
    if (!opened.ok()) return opened.error().code;
    TableRow row;
    for (;;) {
        auto const more = (*opened)->next(row);
        if (!more.ok()) return more.error().code;
        if (!*more) return "none";
    }
}

TEST(xlsx_reader, refuses_what_is_damaged_or_hides_something)
{
    EXPECT_EQ(error_of(bytes_of({.sheet = "<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet/>"})), "import.dtd");
    EXPECT_EQ(error_of(bytes_of({.sheet = "<sheetData><row r=\"1\"><c><v>1</v>"})), "import.damaged");
    EXPECT_EQ(error_of(bytes_of({.sheet = data("<c><v>&unknown;</v></c>")})), "import.damaged");
    EXPECT_EQ(error_of(bytes_of({.sheet = "<sheetData><row r=\"2\"/><row r=\"1\"/></sheetData>"})), "import.damaged");
    ZipWriter word;
    word.add("word/document.xml", "<x/>");
    EXPECT_EQ(error_of(word.finish()), "import.is_document");
    ZipWriter binary;
    binary.add("xl/workbook.bin", "x");
    EXPECT_EQ(error_of(binary.finish()), "import.is_xlsb");
}

TEST(xlsx_reader, refuses_a_sheet_that_unpacks_without_end_and_a_text_that_is_too_long)
{
    TableOptions options;
    options.max_sheet_bytes = 1U << 20;
    EXPECT_EQ(error_of(bytes_of({.sheet = data("<c t=\"inlineStr\"><is><t>" + std::string(3U << 20, 'x') + "</t></is></c>")}), options), "import.bomb");
    options = {};
    options.max_cell_bytes = 1000;
    EXPECT_EQ(error_of(bytes_of({.sheet = data("<c t=\"inlineStr\"><is><t>" + std::string(3000, 'x') + "</t></is></c>")}), options), "import.cell_too_long_at");
    EXPECT_EQ(error_of(bytes_of({.sheet = data("<c t=\"s\"><v>0</v></c>"), .texts = "<si><t>" + std::string(3000, 'x') + "</t></si>"}), options), "import.cell_too_long_at");
    options.max_text_bytes = 2000;
    EXPECT_EQ(error_of(bytes_of({.sheet = data(""), .texts = "<si><t>" + std::string(900, 'x') + "</t></si><si><t>" + std::string(990, 'y') + "</t></si><si><t>" + std::string(990, 'y') + "</t></si>"}), options),
              "import.bomb");
}

TEST(number_formats, tell_dates_from_numbers)
{
    EXPECT_EQ(meaning_of("dd/mm/yyyy"), NumberMeaning::Date);
    EXPECT_EQ(meaning_of("mmm-yy"), NumberMeaning::Date);
    EXPECT_EQ(meaning_of("mm:ss"), NumberMeaning::Time);
    EXPECT_EQ(meaning_of("[mm]:ss"), NumberMeaning::Duration);
    EXPECT_EQ(meaning_of("#,##0.00\\ \"days\""), NumberMeaning::Number);
    EXPECT_EQ(meaning_of("[Red]General"), NumberMeaning::Number);
    EXPECT_EQ(meaning_of("0.00E+00"), NumberMeaning::Number);
    EXPECT_EQ(meaning_of("@"), NumberMeaning::Number);
    EXPECT_EQ(meaning_of(""), NumberMeaning::Number);
}

TEST(number_formats, refuse_what_is_no_number)
{
    for (auto const* text : {"", "-", "1e", "1.2.3", "NaN", "1e999", "0x10", "12 000"}) EXPECT_FALSE(plain_decimal(text)) << text;
    EXPECT_EQ(plain_decimal("000"), "0");
    EXPECT_EQ(plain_decimal("-.5"), "-0.5");
    EXPECT_EQ(plain_decimal("1e20"), "100000000000000000000");
}

} // namespace
} // namespace greffier::documents
