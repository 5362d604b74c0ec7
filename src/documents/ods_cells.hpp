#pragma once
// One cell of content.xml: its visible text and its machine value.

#include <cstddef>

#include "documents/ods_names.hpp"
#include "documents/workbook.hpp"

namespace pugi {
class xml_node;
class xml_attribute;
} // namespace pugi

namespace greffier::documents {

/// A whole number of at least 1; what is absent or unreadable is 1, what is too long is the largest.
std::size_t count_of(pugi::xml_attribute attribute);

/// Text stops growing just past `max_bytes`, so that the caller sees it was too long.
Cell read_cell(pugi::xml_node node, OdsNames const& names, std::size_t max_bytes);

} // namespace greffier::documents
