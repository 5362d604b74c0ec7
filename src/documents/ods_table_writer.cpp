#include <algorithm>

#include "documents/ods_parts.hpp"
#include "documents/ods_styles.hpp"
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
        book_.styles = {{.name = std::string(heading_style), .background = "#e2edf0", .colour = "#0a3743", .bold = true},
                        {.name = std::string(label_style), .bold = true},
                        {.name = std::string(text_style)}};
    }

    std::size_t add_sheet(TableSheetLook const& look) override
    {
        std::vector<std::string> taken;
        for (auto const& sheet : book_.sheets) taken.push_back(sheet.name);
        auto& sheet = book_.sheets.emplace_back(safe_sheet_name(look.name, taken));
        for (auto const& column : look.columns) sheet.column_widths_mm.push_back(column.width_mm);
        bool const list = std::ranges::any_of(look.columns, [](auto const& column) { return !column.heading.empty(); });
        if (list) sheet.frozen_rows = 1, sheet.frozen_columns = look.frozen_columns;
        auto& rows = rows_.emplace_back(Rows{look, list, 0, {}});
        if (!list) return rows_.size() - 1;
        rows.xml = "<table:table-header-rows><table:table-row table:style-name=\"" + row_style_id(0) + "\">";
        for (auto const& column : look.columns) text_cell(rows.xml, column.heading, heading_style);
        rows.xml += "</table:table-row></table:table-header-rows>";
        ++rows.count;
        return rows_.size() - 1;
    }

    void add_row(std::size_t sheet, std::span<TableValue const> cells) override
    {
        auto& rows = rows_.at(sheet);
        auto& xml = rows.xml;
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
            add_cell(xml, cells[i], !rows.list && i == 0 ? label_style : text_style, i < rows.look.columns.size() && rows.look.columns[i].money);
        }
        if (cells.empty() || empty == cells.size()) xml += "<table:table-cell/>";
        xml += "</table:table-row>";
    }

    [[nodiscard]] std::vector<std::string> const& cut_cells() const override { return cut_; }
    [[nodiscard]] std::size_t cut_count() const override { return 0; }

    void finish(std::function<void(std::string_view)> const& sink) override
    {
        std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content" + std::string(ods_namespaces()) + ">";
        auto styles = automatic_styles(book_);
        styles.insert(styles.rfind("</office:automatic-styles>"), value_styles(look_.language));
        xml += styles + "<office:body><office:spreadsheet>";
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            auto const& sheet = book_.sheets[i];
            xml += "<table:table table:name=\"" + xml_escaped(sheet.name) + "\" table:style-name=\"" + table_style_id(i) + "\">";
            for (double width : sheet.column_widths_mm) xml += "<table:table-column table:style-name=\"" + column_style_id(width) + "\"/>";
            if (sheet.column_widths_mm.empty()) xml += "<table:table-column/>";
            xml += rows_[i].count == 0 ? "<table:table-row><table:table-cell/></table:table-row>" : rows_[i].xml;
            rows_[i].xml = {};
            xml += "</table:table>";
        }
        xml += filters() + "</office:spreadsheet></office:body></office:document-content>";
        auto const file = ods_package(book_, std::move(xml));
        constexpr std::size_t piece = 65536;
        for (std::size_t at = 0; at < file.size(); at += piece) sink(std::string_view(file).substr(at, piece));
    }

private:
    struct Rows {
        TableSheetLook look;
        bool list;
        std::size_t count;
        std::string xml;
    };

    static void text_cell(std::string& xml, std::string const& text, std::string_view style)
    {
        xml += "<table:table-cell table:style-name=\"" + style_id(style) + "\" office:value-type=\"string\">" + ods_paragraphs(text, "") + "</table:table-cell>";
    }

    static void add_cell(std::string& xml, TableValue const& value, std::string_view style, bool money)
    {
        if (auto const* text = std::get_if<std::string>(&value)) {
            text_cell(xml, *text, style);
        } else if (auto const* figure = std::get_if<double>(&value)) {
            auto const number = ods_number(*figure);
            xml += "<table:table-cell table:style-name=\"" + (money ? std::string("money") : style_id(style)) + "\" office:value-type=\"" +
                   (money ? "currency\" office:currency=\"EUR" : "float") + "\" office:value=\"" + number + "\"><text:p>" + number + "</text:p></table:table-cell>";
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
    std::vector<Rows> rows_;
    std::vector<std::string> cut_;
};

} // namespace

std::unique_ptr<TableWriter> make_ods_writer(TableBookLook look)
{
    return std::make_unique<OdsTableWriter>(std::move(look));
}

} // namespace greffier::documents
