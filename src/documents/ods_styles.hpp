#pragma once
// The style halves of a spreadsheet's XML.

#include <string>
#include <string_view>

#include "documents/ods_book.hpp"

namespace greffier::documents {

/// Text for an XML attribute or element: escaped, without what XML forbids.
std::string xml_escaped(std::string_view text);
/// "12.5mm": a decimal point whatever the locale of the process.
std::string millimetres(double length);
/// The name styles.xml gives a CellStyle ("Bandeau 1" -> "Bandeau_20_1").
std::string style_id(std::string_view name);
/// The xmlns declarations every part of the document carries.
std::string_view ods_namespaces();

/// styles.xml: the named looks, the page.
std::string styles_part(Book const& book);
/// The automatic styles of content.xml for columns, rows, tables and dates; see the functions that name them.
std::string automatic_styles(Book const& book);

std::string column_style_id(double width_mm);
std::string row_style_id(double height_mm);
std::string table_style_id(std::size_t sheet);
/// The style of a date cell that otherwise looks like `style`.
std::string date_style_id(std::string_view style);

} // namespace greffier::documents
