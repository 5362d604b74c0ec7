#include "documents/ods_writer.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <stdexcept>

#include "documents/ods_parts.hpp"
#include "documents/ods_styles.hpp"
#include "documents/workbook.hpp"
#include "documents/zip_archive.hpp"

namespace greffier::documents {
namespace {

constexpr std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

// ---- text ------------------------------------------------------------------------------------

// Blanks that XML would collapse are written out: the reader must find the same text.
std::string paragraph(std::string_view line)
{
    std::string xml, plain;
    auto const flush = [&] {
        xml += xml_escaped(plain);
        plain.clear();
    };
    for (std::size_t i = 0; i < line.size(); ++i) {
        bool const edge = i == 0 || i + 1 == line.size() || line[i - 1] == ' ';
        if (line[i] == '\t')
            flush(), xml += "<text:tab/>";
        else if (line[i] == ' ' && edge)
            flush(), xml += "<text:s/>";
        else
            plain += line[i];
    }
    flush();
    return xml;
}

bool is_allowed_link(std::string_view link)
{
    return link.starts_with("https://") || link.starts_with("http://") || link.starts_with("mailto:") ||
           link.starts_with("#");
}

} // namespace

std::string ods_paragraphs(std::string_view text, std::string const& link)
{
    std::string xml;
    for (std::size_t start = 0;;) {
        auto const end = std::min(text.find('\n', start), text.size());
        std::string const inner = paragraph(text.substr(start, end - start));
        xml += is_allowed_link(link) ? "<text:p><text:a xlink:type=\"simple\" xlink:href=\"" + xml_escaped(link) +
                                           "\">" + inner + "</text:a></text:p>"
                                     : "<text:p>" + inner + "</text:p>";
        if (end == text.size()) return xml;
        start = end + 1;
    }
}

std::string ods_number(double value)
{
    char buffer[64];
    auto const end = std::to_chars(buffer, buffer + sizeof buffer, std::isfinite(value) ? value : 0.0).ptr;
    return {buffer, end};
}

std::string ods_day(Date day)
{
    std::string const iso = to_text(day);
    return iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
}

namespace {

// ---- cells -----------------------------------------------------------------------------------

std::string typed_content(BookCell const& cell, std::string& attributes)
{
    if (auto const* text = std::get_if<std::string>(&cell.content)) {
        attributes += " office:value-type=\"string\"";
        return ods_paragraphs(*text, cell.link);
    }
    if (auto const* number = std::get_if<double>(&cell.content)) {
        attributes += " office:value-type=\"float\" office:value=\"" + ods_number(*number) + "\"";
        return "<text:p>" + ods_number(*number) + "</text:p>";
    }
    if (auto const* truth = std::get_if<bool>(&cell.content)) {
        attributes +=
            std::string(" office:value-type=\"boolean\" office:boolean-value=\"") + (*truth ? "true" : "false") + "\"";
        return *truth ? "<text:p>1</text:p>" : "<text:p>0</text:p>";
    }
    if (auto const* day = std::get_if<Date>(&cell.content)) {
        attributes += " office:value-type=\"date\" office:date-value=\"" + to_text(*day) + "\"";
        return "<text:p>" + ods_day(*day) + "</text:p>";
    }
    return {};
}

std::string cell_xml(BookCell const& cell, bool covered)
{
    std::string attributes;
    if (std::holds_alternative<Date>(cell.content))
        attributes += " table:style-name=\"" + date_style_id(cell.style) + "\"";
    else if (!cell.style.empty())
        attributes += " table:style-name=\"" + style_id(cell.style) + "\"";
    if (!cell.validation.empty())
        attributes += " table:content-validation-name=\"" + xml_escaped(cell.validation) + "\"";
    if (!covered && cell.column_span > 1)
        attributes += " table:number-columns-spanned=\"" + std::to_string(cell.column_span) + "\"";
    if (!covered && cell.row_span > 1)
        attributes += " table:number-rows-spanned=\"" + std::to_string(cell.row_span) + "\"";
    if (!covered && (cell.column_span > 1) != (cell.row_span > 1))
        attributes += cell.column_span > 1 ? " table:number-rows-spanned=\"1\"" : " table:number-columns-spanned=\"1\"";
    std::string const content = covered ? "" : typed_content(cell, attributes);
    std::string const note =
        cell.note.empty() || covered ? "" : "<office:annotation>" + ods_paragraphs(cell.note, "") + "</office:annotation>";
    std::string const tag = covered ? "table:covered-table-cell" : "table:table-cell";
    if (content.empty() && note.empty()) return "<" + tag + attributes + "/>";
    return "<" + tag + attributes + ">" + note + content + "</" + tag + ">";
}

// Which places lie under a merged neighbour: spreadsheets need them written as covered cells.
using Places = std::set<std::pair<std::size_t, std::size_t>>;

Places covered_places(BookSheet const& sheet)
{
    Places places;
    for (std::size_t row = 0; row < sheet.rows.size(); ++row)
        for (std::size_t column = 0; column < sheet.rows[row].size(); ++column) {
            BookCell const& cell = sheet.rows[row][column];
            if (places.contains({row, column}) || (cell.column_span == 1 && cell.row_span == 1)) continue;
            for (int down = 0; down < cell.row_span; ++down)
                for (int right = 0; right < cell.column_span; ++right)
                    if (down + right > 0)
                        places.emplace(row + static_cast<std::size_t>(down), column + static_cast<std::size_t>(right));
        }
    return places;
}

std::string row_xml(BookSheet const& sheet, std::size_t row, Places const& covered)
{
    static BookCell const nothing;
    std::size_t width = row < sheet.rows.size() ? sheet.rows[row].size() : 0;
    for (auto at = covered.lower_bound({row, 0}); at != covered.end() && at->first == row; ++at)
        width = std::max(width, at->second + 1);
    double const height = row < sheet.row_heights_mm.size() ? sheet.row_heights_mm[row] : 0;
    std::string xml = "<table:table-row table:style-name=\"" + row_style_id(height) + "\">";
    for (std::size_t column = 0; column < width; ++column) {
        bool const known = row < sheet.rows.size() && column < sheet.rows[row].size();
        xml += cell_xml(known ? sheet.rows[row][column] : nothing, covered.contains({row, column}));
    }
    return xml + (width == 0 ? "<table:table-cell/>" : "") + "</table:table-row>";
}

std::string table_xml(BookSheet const& sheet, std::size_t number)
{
    std::string xml = "<table:table table:name=\"" + xml_escaped(sheet.name) + "\" table:style-name=\"" +
                      table_style_id(number) + "\">";
    for (double width : sheet.column_widths_mm)
        xml += "<table:table-column table:style-name=\"" + column_style_id(width) + "\"/>";
    if (sheet.column_widths_mm.empty()) xml += "<table:table-column/>";
    Places const covered = covered_places(sheet);
    std::size_t height = sheet.rows.size();
    if (!covered.empty()) height = std::max(height, covered.rbegin()->first + 1);
    for (std::size_t row = 0; row < height; ++row) xml += row_xml(sheet, row, covered);
    return xml + (height == 0 ? "<table:table-row><table:table-cell/></table:table-row>" : "") + "</table:table>";
}

// ---- parts -----------------------------------------------------------------------------------

} // namespace

std::string quoted_sheet(std::string_view name)
{
    std::string out = "'";
    for (char c : name) out += c == '\'' ? std::string("''") : std::string(1, c);
    return out + "'";
}

namespace {

std::string validation_xml(Validation const& validation, std::string const& base_sheet)
{
    std::string const column = column_name(validation.column);
    std::string const range = "[$" + quoted_sheet(validation.sheet) + ".$" + column + "$" +
                              std::to_string(validation.first_row + 1) + ":.$" + column + "$" +
                              std::to_string(validation.last_row + 1) + "]";
    std::string const shown = validation.strict ? "true" : "false";
    return "<table:content-validation table:name=\"" + xml_escaped(validation.name) + "\" table:condition=\"" +
           xml_escaped("of:cell-content-is-in-list(" + range + ")") +
           "\" table:allow-empty-cell=\"true\" table:display-list=\"unsorted\" table:base-cell-address=\"" +
           xml_escaped(quoted_sheet(base_sheet) + ".A1") +
           "\"><table:error-message table:message-type=\"stop\" table:display=\"" + shown +
           "\"/></table:content-validation>";
}

std::string content_part(Book const& book)
{
    std::string xml = std::string(declaration) + "<office:document-content" + std::string(ods_namespaces()) + ">" +
                      automatic_styles(book) + "<office:body><office:spreadsheet>";
    if (!book.validations.empty()) {
        xml += "<table:content-validations>";
        for (auto const& validation : book.validations) xml += validation_xml(validation, book.sheets.front().name);
        xml += "</table:content-validations>";
    }
    for (std::size_t i = 0; i < book.sheets.size(); ++i) xml += table_xml(book.sheets[i], i);
    return xml + "</office:spreadsheet></office:body></office:document-content>";
}

std::string config_item(std::string_view name, std::string_view type, std::string_view value)
{
    return "<config:config-item config:name=\"" + std::string(name) + "\" config:type=\"" + std::string(type) + "\">" +
           std::string(value) + "</config:config-item>";
}

std::string frozen(std::string_view axis, std::string_view position, std::size_t count)
{
    if (count == 0) return {};
    std::string const at = std::to_string(count);
    return config_item(std::string(axis) + "SplitMode", "short", "2") +
           config_item(std::string(axis) + "SplitPosition", "int", at) + config_item(position, "int", at);
}

std::string settings_part(Book const& book)
{
    std::string xml = std::string(declaration) + "<office:document-settings" + std::string(ods_namespaces()) +
                      "><office:settings><config:config-item-set config:name=\"ooo:view-settings\">"
                      "<config:config-item-map-indexed config:name=\"Views\"><config:config-item-map-entry>" +
                      config_item("ViewId", "string", "view1") +
                      "<config:config-item-map-named config:name=\"Tables\">";
    for (auto const& sheet : book.sheets) {
        xml += "<config:config-item-map-entry config:name=\"" + xml_escaped(sheet.name) + "\">" +
               config_item("ShowGrid", "boolean", "false");
        xml += frozen("Horizontal", "PositionRight", sheet.frozen_columns) +
               frozen("Vertical", "PositionBottom", sheet.frozen_rows);
        if (sheet.frozen_rows + sheet.frozen_columns > 0)
            xml += config_item("ActiveSplitRange", "short",
                               sheet.frozen_rows == 0      ? "1"
                               : sheet.frozen_columns == 0 ? "2"
                                                           : "3");
        xml += "</config:config-item-map-entry>";
    }
    return xml + "</config:config-item-map-named>" +
           config_item("ActiveTable", "string", xml_escaped(book.sheets.front().name)) +
           "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></"
           "office:settings></office:document-settings>";
}

std::string meta_part(Book const& book)
{
    return std::string(declaration) + "<office:document-meta" + std::string(ods_namespaces()) +
           "><office:meta><meta:generator>Greffier</meta:generator><dc:title>" + xml_escaped(book.title) +
           "</dc:title><dc:language>" + (book.language == "en" ? "en-GB" : "fr-FR") +
           "</dc:language></office:meta></office:document-meta>";
}

std::string manifest_part()
{
    std::string xml = std::string(declaration) +
                      "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" "
                      "manifest:version=\"1.2\">"
                      "<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.2\" "
                      "manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/>";
    for (std::string_view part : {"content.xml", "styles.xml", "meta.xml", "settings.xml"})
        xml +=
            "<manifest:file-entry manifest:full-path=\"" + std::string(part) + "\" manifest:media-type=\"text/xml\"/>";
    return xml + "</manifest:manifest>";
}

void check(Book const& book)
{
    std::set<std::string> sheets, styles{""}, validations{""};
    for (auto const& style : book.styles) styles.insert(style.name);
    for (auto const& validation : book.validations) validations.insert(validation.name);
    if (book.sheets.empty()) throw std::invalid_argument("ods: a book needs a sheet");
    for (auto const& sheet : book.sheets) {
        if (!sheets.insert(sheet.name).second) throw std::invalid_argument("ods: two sheets of one name");
        for (auto const& row : sheet.rows)
            for (auto const& cell : row)
                if (!styles.contains(cell.style) || !validations.contains(cell.validation))
                    throw std::invalid_argument("ods: unknown style or validation: " + cell.style + cell.validation);
    }
    for (auto const& validation : book.validations)
        if (!sheets.contains(validation.sheet))
            throw std::invalid_argument("ods: a list on an unknown sheet: " + validation.sheet);
}

template <class AddContent>
std::string package(Book const& book, AddContent const& add_content)
{
    ZipWriter zip;
    zip.add("mimetype", "application/vnd.oasis.opendocument.spreadsheet",
            true); // first and uncompressed: programs look at this place
    zip.add("META-INF/manifest.xml", manifest_part());
    add_content(zip);
    zip.add("styles.xml", styles_part(book));
    zip.add("meta.xml", meta_part(book));
    zip.add("settings.xml", settings_part(book));
    return zip.finish();
}

} // namespace

std::string ods_package(Book const& book, std::string content)
{
    return package(book, [&](ZipWriter& zip) { zip.add("content.xml", std::move(content)); });
}

std::string ods_package_of_file(Book const& book, std::string const& content_path)
{
    return package(book, [&](ZipWriter& zip) { zip.add_file("content.xml", content_path); });
}

std::string write_ods(Book const& book)
{
    check(book);
    return ods_package(book, content_part(book));
}

} // namespace greffier::documents
