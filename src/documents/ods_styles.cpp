#include "documents/ods_styles.hpp"

#include <cmath>
#include <set>

#include "documents/plain_text.hpp"

namespace greffier::documents {
namespace {

bool is_colour(std::string_view text)
{
    return text.size() == 7 && text.front() == '#' &&
           text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string_view::npos;
}

std::string attribute(std::string_view name, std::string_view value)
{
    return " " + std::string(name) + "=\"" + std::string(value) + "\"";
}

std::string_view name_of(Align align)
{
    switch (align) {
    case Align::Centre: return "center";
    case Align::End: return "end";
    case Align::Start: break;
    }
    return "start";
}

std::string decimal(double value)
{
    auto const hundredths = static_cast<long long>(std::llround(value * 100));
    auto const rest = hundredths % 100;
    return std::to_string(hundredths / 100) + "." + (rest < 10 ? "0" : "") + std::to_string(rest);
}

std::string cell_style(CellStyle const& style)
{
    std::string const id = style_id(style.name);
    std::string xml =
        "<style:style style:family=\"table-cell\" style:parent-style-name=\"Default\"" + attribute("style:name", id);
    xml += attribute("style:display-name", xml_escaped(style.name)) +
           "><style:table-cell-properties fo:padding=\"0.8mm\"" +
           attribute("style:vertical-align", style.top ? "top" : "middle");
    if (is_colour(style.background)) xml += attribute("fo:background-color", style.background);
    if (is_colour(style.border)) xml += attribute("fo:border", "0.5pt solid " + style.border);
    xml += attribute("fo:wrap-option", style.wrap ? "wrap" : "no-wrap") + "/>";
    xml +=
        "<style:paragraph-properties" + attribute("fo:text-align", name_of(style.align)) + "/><style:text-properties";
    if (is_colour(style.colour)) xml += attribute("fo:color", style.colour);
    std::string const size = decimal(style.size_points) + "pt";
    for (std::string_view script : {"", "-asian", "-complex"}) {
        std::string const space = script.empty() ? "fo" : "style";
        xml += attribute(space + ":font-size" + std::string(script), size);
        if (style.bold) xml += attribute(space + ":font-weight" + std::string(script), "bold");
        if (style.italic) xml += attribute(space + ":font-style" + std::string(script), "italic");
    }
    return xml + "/></style:style>";
}

// Landscape and one page wide: what people print must not be cut in vertical strips.
constexpr std::string_view page =
    "<office:automatic-styles><style:page-layout style:name=\"Page\"><style:page-layout-properties "
    "fo:page-width=\"297mm\" fo:page-height=\"210mm\" "
    "style:print-orientation=\"landscape\" fo:margin=\"10mm\"";
constexpr std::string_view fitted = " style:scale-to-X=\"1\" style:scale-to-Y=\"0\"";
constexpr std::string_view rest_of_page =
    " style:table-centering=\"horizontal\"/>"
    "</style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name=\"Default\" "
    "style:page-layout-name=\"Page\">"
    "<style:header style:display=\"false\"/><style:footer><text:p><text:sheet-name>-</text:sheet-name> - "
    "<text:page-number>1</text:page-number></text:p></style:footer>"
    "</style:master-page></office:master-styles>";

std::string date_format(std::string const& language)
{
    std::string const day = "<number:day number:style=\"long\"/>", month = "<number:month number:style=\"long\"/>",
                      year = "<number:year number:style=\"long\"/>";
    std::string const slash = "<number:text>/</number:text>";
    return "<number:date-style style:name=\"Nday\"" + attribute("number:language", language == "en" ? "en" : "fr") +
           attribute("number:country", language == "en" ? "GB" : "FR") + ">" + day + slash + month + slash + year +
           "</number:date-style>";
}

std::set<std::string> date_looks(Book const& book)
{
    std::set<std::string> looks;
    for (auto const& sheet : book.sheets)
        for (auto const& row : sheet.rows)
            for (auto const& cell : row)
                if (std::holds_alternative<Date>(cell.content)) looks.insert(cell.style);
    return looks;
}

std::string table_style(BookSheet const& sheet, std::size_t number)
{
    std::string xml = "<style:style style:family=\"table\" style:master-page-name=\"Default\"" +
                      attribute("style:name", table_style_id(number)) + "><style:table-properties";
    xml += attribute("table:display", sheet.hidden ? "false" : "true");
    if (is_colour(sheet.tab_colour)) xml += attribute("table:tab-color", sheet.tab_colour);
    return xml + "/></style:style>";
}

} // namespace

std::string xml_escaped(std::string_view text)
{
    std::string out;
    for (char c : clean_text(text)) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
    return out;
}

std::string millimetres(double length)
{
    return decimal(length) + "mm";
}

std::string style_id(std::string_view name)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string id;
    for (char c : name) {
        bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        auto const byte = static_cast<unsigned char>(c);
        if (plain)
            id += c;
        else
            id += std::string("_") + digits[byte >> 4] + digits[byte & 15] + "_";
    }
    return "S" + id;
}

std::string_view ods_namespaces()
{
    return " xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
           "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""
           " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
           "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\""
           " xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" "
           "xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\""
           " xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\" "
           "xmlns:config=\"urn:oasis:names:tc:opendocument:xmlns:config:1.0\""
           " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
           "xmlns:of=\"urn:oasis:names:tc:opendocument:xmlns:of:1.2\""
           " office:version=\"1.2\"";
}

std::string styles_part(Book const& book)
{
    bool const english = book.language == "en";
    std::string xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-styles" + std::string(ods_namespaces()) + ">";
    xml += "<office:font-face-decls/><office:styles><style:default-style "
           "style:family=\"table-cell\"><style:text-properties fo:font-family=\"'Liberation Sans', Arial, sans-serif\" "
           "fo:font-size=\"10pt\"";
    xml += attribute("fo:language", english ? "en" : "fr") + attribute("fo:country", english ? "GB" : "FR") +
           "/></style:default-style>";
    xml += "<style:style style:name=\"Default\" style:family=\"table-cell\"/>";
    for (auto const& style : book.styles) xml += cell_style(style);
    xml += "</office:styles>" + std::string(page);
    if (book.one_page_wide) xml += fitted;
    return xml + std::string(rest_of_page) + "</office:document-styles>";
}

std::string automatic_styles(Book const& book)
{
    std::set<double> widths, heights;
    std::string xml = "<office:automatic-styles>" + date_format(book.language);
    for (std::size_t i = 0; i < book.sheets.size(); ++i) {
        xml += table_style(book.sheets[i], i);
        widths.insert(book.sheets[i].column_widths_mm.begin(), book.sheets[i].column_widths_mm.end());
        heights.insert(book.sheets[i].row_heights_mm.begin(), book.sheets[i].row_heights_mm.end());
    }
    for (double width : widths)
        xml += "<style:style style:family=\"table-column\"" + attribute("style:name", column_style_id(width)) +
               "><style:table-column-properties" + attribute("style:column-width", millimetres(width)) +
               "/></style:style>";
    heights.insert(0);
    for (double height : heights) {
        xml += "<style:style style:family=\"table-row\"" + attribute("style:name", row_style_id(height)) +
               "><style:table-row-properties style:use-optimal-row-height=\"";
        xml += height > 0 ? "false\"" + attribute("style:row-height", millimetres(height)) : "true\"";
        xml += "/></style:style>";
    }
    for (auto const& look : date_looks(book)) {
        xml += "<style:style style:family=\"table-cell\"" + attribute("style:name", date_style_id(look)) +
               attribute("style:parent-style-name", look.empty() ? "Default" : style_id(look));
        xml += " style:data-style-name=\"Nday\"/>";
    }
    return xml + "</office:automatic-styles>";
}

std::string column_style_id(double width_mm)
{
    return "co" + std::to_string(std::llround(width_mm * 100));
}
std::string row_style_id(double height_mm)
{
    return "ro" + std::to_string(std::llround(height_mm * 100));
}
std::string table_style_id(std::size_t sheet)
{
    return "ta" + std::to_string(sheet + 1);
}
std::string date_style_id(std::string_view style)
{
    return "day" + style_id(style);
}

} // namespace greffier::documents
