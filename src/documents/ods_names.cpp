#include "documents/ods_names.hpp"

namespace greffier::documents {
namespace {

constexpr std::string_view oasis = "urn:oasis:names:tc:opendocument:xmlns:";

std::string prefix_of(std::vector<std::pair<std::string, std::string>> const& declared, std::string const& address,
                      std::string const& usual)
{
    for (auto const& [prefix, uri] : declared)
        if (uri == address) return prefix.empty() ? "" : prefix + ":";
    return usual + ":";
}

std::string oasis_address(std::string_view part)
{
    return std::string(oasis) + std::string(part) + ":1.0";
}

} // namespace

OdsNames::OdsNames(std::vector<std::pair<std::string, std::string>> const& declared)
{
    std::string const o = prefix_of(declared, oasis_address("office"), "office");
    std::string const t = prefix_of(declared, oasis_address("table"), "table");
    std::string const x = prefix_of(declared, oasis_address("text"), "text");
    std::string const s = prefix_of(declared, oasis_address("style"), "style");
    body = o + "body", spreadsheet = o + "spreadsheet", annotation = o + "annotation",
    automatic_styles = o + "automatic-styles";
    table = t + "table", rows = t + "table-rows", header_rows = t + "table-header-rows",
    row_group = t + "table-row-group";
    row = t + "table-row", cell = t + "table-cell", covered_cell = t + "covered-table-cell",
    source = t + "table-source";
    table_name = t + "name", style_of_table = t + "style-name", formula = t + "formula";
    columns_repeated = t + "number-columns-repeated", rows_repeated = t + "number-rows-repeated";
    columns_spanned = t + "number-columns-spanned", rows_spanned = t + "number-rows-spanned";
    paragraph = x + "p", heading = x + "h", space = x + "s", tab = x + "tab", line_break = x + "line-break",
    space_count = x + "c";
    value_type = o + "value-type", value = o + "value", date_value = o + "date-value", time_value = o + "time-value";
    boolean_value = o + "boolean-value", string_value = o + "string-value";
    computed_type =
        prefix_of(declared, "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0", "calcext") +
        "value-type";
    style = s + "style", style_name = s + "name", table_properties = s + "table-properties", display = t + "display";
}

} // namespace greffier::documents
