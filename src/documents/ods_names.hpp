#pragma once
// The element and attribute names of OpenDocument as one file spells them.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace greffier::documents {

/// Prefixes are free in XML: the names are built from those the root element declares.
struct OdsNames {
    /// `declared` pairs a prefix with its address; what is missing gets the usual prefix.
    explicit OdsNames(std::vector<std::pair<std::string, std::string>> const& declared);

    std::string body, spreadsheet, annotation, automatic_styles;
    std::string table, rows, header_rows, row_group, row, cell, covered_cell, source;
    std::string table_name, style_of_table, columns_repeated, rows_repeated, columns_spanned, rows_spanned, formula;
    std::string paragraph, heading, space, tab, line_break, space_count;
    std::string value_type, value, date_value, time_value, boolean_value, string_value, computed_type;
    std::string style, style_name, table_properties, display;
};

} // namespace greffier::documents
