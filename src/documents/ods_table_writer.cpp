#include <algorithm>

#include "documents/ods_parts.hpp"
#include "documents/ods_styles.hpp"
#include "documents/scratch_file.hpp"
#include "documents/table_writer.hpp"
#include "documents/workbook.hpp"

namespace greffier::documents {
namespace {

constexpr std::string_view heading_style = "Heading", label_style = "Label", text_style = "Text";

std::string two(int figure) { return (figure < 10 ? "0" : "") + std::to_string(figure); }

std::string clock_of(LocalTime const& time) { return two(time.hour) + ":" + two(time.minute); }

/// Looks of figures and instants: data styles have no place in the book's named ones.
std::string value_styles(std::string_view language)
{
    auto const country = language == "en" ? "GB" : "FR";
    auto const place = " number:language=\"" + std::string(language == "en" ? "en" : "fr") + "\" number:country=\"" + country + "\"";
    std::string const look = "\" style:family=\"table-cell\" style:parent-style-name=\"" + style_id(text_style) + "\" style:data-style-name=\"";
    return "<number:date-style style:name=\"Ninstant\"" + place +
           "><number:day number:style=\"long\"/><number:text>/</number:text><number:month number:style=\"long\"/><number:text>/</number:text>"
           "<number:year number:style=\"long\"/><number:text> </number:text><number:hours number:style=\"long\"/><number:text>:</number:text>"
           "<number:minutes number:style=\"long\"/></number:date-style>"
           "<number:currency-style style:name=\"Nmoney\"" + place +
           "><number:number number:decimal-places=\"2\" number:min-decimal-places=\"2\" number:min-integer-digits=\"1\" number:grouping=\"true\"/>"
           "<number:text> €</number:text></number:currency-style>"
           "<number:boolean-style style:name=\"Ntruth\"" + place + "><number:boolean/></number:boolean-style>"
           "<style:style style:name=\"instant" + look + "Ninstant\"/><style:style style:name=\"money" + look + "Nmoney\"/><style:style style:name=\"truth" +
           look + "Ntruth\"/><style:style style:name=\"day" + look + "Nday\"/>";
}

class OdsTableWriter final : public TableWriter {
public:
    explicit OdsTableWriter(TableBookLook look) : look_(std::move(look))
    {
        book_.title = look_.title;
        book_.language = look_.language;
        book_.one_page_wide = false; // a hundred columns would be unreadable
        book_.styles = {{.name = std::string(heading_style), .background = "#e2edf0", .colour = "#0a3743", .bold = true, .top = true},
                        {.name = std::string(label_style), .bold = true, .top = true},
                        {.name = std::string(text_style), .top = true}};
    }

    std::size_t add_sheet(TableSheetLook const& look) override
    {
        auto& sheet = book_.sheets.emplace_back(names_.take(look.name));
        for (auto const& column : look.columns) sheet.column_widths_mm.push_back(column.width_mm);
        bool const list = std::ranges::any_of(look.columns, [](auto const& column) { return !column.heading.empty(); });
        if (list) sheet.frozen_rows = 1, sheet.frozen_columns = look.frozen_columns;
        auto& rows = rows_.emplace_back(Rows{look, list, 0, ScratchFile(look_.scratch)});
        if (!list) return rows_.size() - 1;
        std::string xml = "<table:table-header-rows><table:table-row table:style-name=\"" + row_style_id(0) + "\">";
        for (auto const& column : look.columns) text_cell(xml, column.heading, style_attribute(heading_style));
        rows.xml.write(xml + "</table:table-row></table:table-header-rows>");
        ++rows.count;
        return rows_.size() - 1;
    }

    void add_row(std::size_t sheet, std::span<TableValue const> cells) override
    {
        auto& rows = rows_.at(sheet);
        std::string xml;
        ++rows.count;
        xml += "<table:table-row table:style-name=\"" + row_style_id(0) + "\">";
        std::size_t empty = 0;
        auto const flush = [&] {
            if (empty == 1) xml += "<table:table-cell/>";
            if (empty > 1) xml += "<table:table-cell table:number-columns-repeated=\"" + std::to_string(empty) + "\"/>";
            empty = 0;
        };
        for (std::size_t i = 0; i < cells.size(); ++i) {
            auto const* text = std::get_if<std::string>(&cells[i]);
            if (std::holds_alternative<std::monostate>(cells[i]) || (text && text->empty())) {
                ++empty;
                continue;
            }
            flush();
            add_cell(xml, cells[i], i < rows.look.columns.size() && rows.look.columns[i].money);
        }
        if (cells.empty() || empty == cells.size()) xml += "<table:table-cell/>";
        rows.xml.write(xml + "</table:table-row>");
    }

    [[nodiscard]] std::vector<std::string> const& cut_cells() const override { return cut_; }
    [[nodiscard]] std::size_t cut_count() const override { return 0; }

    void finish(std::function<void(std::string_view)> const& sink) override
    {
        ScratchFile content(look_.scratch);
        auto styles = automatic_styles(book_);
        styles.insert(styles.rfind("</office:automatic-styles>"), value_styles(look_.language));
        content.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content" + std::string(ods_namespaces()) + ">" + styles + "<office:body><office:spreadsheet>");
        for (std::size_t i = 0; i < rows_.size(); ++i) write_table(content, i);
        content.write(filters() + "</office:spreadsheet></office:body></office:document-content>");
        auto const file = ods_package_of_file(book_, content.path());
        constexpr std::size_t piece = 65536;
        for (std::size_t at = 0; at < file.size(); at += piece) sink(std::string_view(file).substr(at, piece));
    }

private:
    struct Rows {
        TableSheetLook look;
        bool list;
        std::size_t count;
        ScratchFile xml; ///< of all rows: a large register must not be held in memory
    };

    /// Cells without a look of their own have that of their column: a third of the file is saved.
    void write_table(ScratchFile& content, std::size_t number)
    {
        auto const& sheet = book_.sheets[number];
        auto& rows = rows_[number];
        std::string xml = "<table:table table:name=\"" + xml_escaped(sheet.name) + "\" table:style-name=\"" + table_style_id(number) + "\">";
        for (std::size_t i = 0; i < sheet.column_widths_mm.size(); ++i)
            xml += "<table:table-column table:style-name=\"" + column_style_id(sheet.column_widths_mm[i]) + "\" table:default-cell-style-name=\"" +
                   style_id(!rows.list && i == 0 ? label_style : text_style) + "\"/>";
        if (sheet.column_widths_mm.empty()) xml += "<table:table-column/>";
        if (rows.count == 0) xml += "<table:table-row><table:table-cell/></table:table-row>";
        content.write(xml);
        for (auto piece = rows.xml.read(); !piece.empty(); piece = rows.xml.read()) content.write(piece);
        content.write("</table:table>");
    }

    static std::string style_attribute(std::string_view style) { return " table:style-name=\"" + style_id(style) + "\""; }

    static void text_cell(std::string& xml, std::string const& text, std::string const& style = {})
    {
        xml += "<table:table-cell" + style + " office:value-type=\"string\">" + ods_paragraphs(text, "") + "</table:table-cell>";
    }

    static void add_cell(std::string& xml, TableValue const& value, bool money)
    {
        if (auto const* text = std::get_if<std::string>(&value)) {
            text_cell(xml, *text);
        } else if (auto const* figure = std::get_if<double>(&value)) {
            auto const number = ods_number(*figure);
            xml += std::string(money ? "<table:table-cell table:style-name=\"money\" office:value-type=\"currency\" office:currency=\"EUR" : "<table:table-cell office:value-type=\"float") +
                   "\" office:value=\"" + number + "\"><text:p>" + number + "</text:p></table:table-cell>";
        } else if (auto const* truth = std::get_if<bool>(&value)) {
            auto const word = *truth ? "true" : "false";
            xml += std::string("<table:table-cell table:style-name=\"truth\" office:value-type=\"boolean\" office:boolean-value=\"") + word + "\"><text:p>" + word +
                   "</text:p></table:table-cell>";
        } else if (auto const* day = std::get_if<Date>(&value)) {
            xml += "<table:table-cell table:style-name=\"day\" office:value-type=\"date\" office:date-value=\"" + to_text(*day) + "\"><text:p>" + ods_day(*day) +
                   "</text:p></table:table-cell>";
        } else if (auto const* instant = std::get_if<LocalTime>(&value)) {
            xml += "<table:table-cell table:style-name=\"instant\" office:value-type=\"date\" office:date-value=\"" + to_text(instant->date) + "T" + clock_of(*instant) +
                   ":" + two(instant->second) + "\"><text:p>" + ods_day(instant->date) + " " + clock_of(*instant) + "</text:p></table:table-cell>";
        }
    }

    [[nodiscard]] std::string filters() const
    {
        std::string ranges;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            auto const& rows = rows_[i];
            if (!rows.list || rows.count < 2) continue;
            auto const sheet = xml_escaped(quoted_sheet(book_.sheets[i].name));
            ranges += "<table:database-range table:name=\"List" + std::to_string(i) + "\" table:target-range-address=\"" + sheet + ".A1:" + sheet + "." +
                      address(rows.count - 1, rows.look.columns.size() - 1) + "\" table:display-filter-buttons=\"true\"/>";
        }
        return ranges.empty() ? ranges : "<table:database-ranges>" + ranges + "</table:database-ranges>";
    }

    TableBookLook look_;
    Book book_;
    SheetNames names_;
    std::vector<Rows> rows_;
    std::vector<std::string> cut_;
};

} // namespace

std::unique_ptr<TableWriter> make_ods_writer(TableBookLook look)
{
    return std::make_unique<OdsTableWriter>(std::move(look));
}

} // namespace greffier::documents
