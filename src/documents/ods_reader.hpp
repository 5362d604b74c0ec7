#pragma once
// Reads OpenDocument spreadsheets (.ods) that strangers send: every size is capped, nothing outside
// the file is ever opened, formulas and macros are never run.

#include <cstddef>
#include <filesystem>
#include <string_view>

#include "core/result.hpp"
#include "documents/workbook.hpp"
#include "documents/zip_archive.hpp"

namespace greffier::documents {

struct OdsLimits {
    std::size_t max_file_bytes = 50U << 20; ///< looked at before the file is read
    ZipLimits zip{};
    std::size_t max_markup = 4'000'000; ///< '<' and '=' of content.xml: bounds the memory of its tree
    std::size_t max_sheets = 2'000;
    std::size_t max_rows = 100'000;    ///< per sheet, up to the last row that holds something
    std::size_t max_columns = 512;     ///< per sheet, up to the last cell that holds something
    std::size_t max_cells = 5'000'000; ///< of the workbook, empty ones between others included
    std::size_t max_cell_bytes = 1U << 20;
    std::size_t max_text_bytes = 64U << 20; ///< of all cells, repeated ones counted each time
};

/// Errors: import.no_such_file, import.too_large, import.is_… (what it really is), import.encrypted,
/// import.damaged, import.bomb, import.too_many_…, import.dtd, import.too_complex. Thread-safe.
Result<Workbook> read_ods(std::filesystem::path const& path, OdsLimits const& limits = {});
Result<Workbook> read_ods_bytes(std::string_view bytes, OdsLimits const& limits = {});

} // namespace greffier::documents
