#pragma once
// Pieces of an OpenDocument spreadsheet that both its writers put together.

#include <string>
#include <string_view>

#include "documents/ods_book.hpp"

namespace greffier::documents {

/// The paragraphs of a cell, one per line; `link` is followed when it is of an allowed kind.
std::string ods_paragraphs(std::string_view text, std::string const& link);
std::string ods_number(double value);
/// DD/MM/YYYY
std::string ods_day(Date day);
/// "'Sheet''s name'": as addresses quote it.
std::string quoted_sheet(std::string_view name);
/// The file: `content` is content.xml, the rest follows from the book's looks.
std::string ods_package(Book const& book, std::string content);
/// The same, where content.xml is too large to be held: a file.
std::string ods_package_of_file(Book const& book, std::string const& content_path);

} // namespace greffier::documents
