#pragma once
// Writes OpenDocument spreadsheets (.ods, version 1.2) that open without repair.

#include <string>

#include "documents/ods_book.hpp"

namespace greffier::documents {

/// The bytes of the file: the same book gives the same bytes, whenever and wherever it is written.
/// Throws std::invalid_argument when a cell names a style or validation the book does not hold, or two
/// sheets share a name: these are the programmer's mistakes. Thread-safe.
std::string write_ods(Book const& book);

} // namespace greffier::documents
