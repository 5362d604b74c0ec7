// CSV, XLSX and ODS read as tables: rows come in order, within the caps, or an Error says why not.

#include <cstdlib>

#include "core/text.hpp"
#include "documents/table_reader.hpp"

namespace doc = greffier::documents;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    doc::TableOptions options;
    options.name = "essai";
    options.max_rows = 5'000;
    options.max_columns = 100;
    options.max_cell_bytes = 64 * 1024;
    options.max_row_bytes = 256 * 1024;
    options.max_text_bytes = 4U << 20;
    options.max_sheet_bytes = 16U << 20;
    options.zip.max_entry_bytes = 4U << 20;
    auto opened = doc::open_table_bytes(std::string{reinterpret_cast<char const*>(data), size}, options);
    if (!opened.ok()) return 0;
    auto& table = **opened;
    for (std::size_t sheet = 0; sheet < table.sheets().size() && sheet < 5; ++sheet) {
        if (!table.choose(sheet).ok()) continue;
        std::size_t last = 0;
        for (doc::TableRow row;;) {
            auto const more = table.next(row);
            if (!more.ok() || !*more) break;
            if (row.number <= last || row.number > options.max_rows || row.cells.size() > options.max_columns) std::abort();
            last = row.number;
            for (auto const& cell : row.cells)
                if (!greffier::is_utf8(cell.text) || cell.text.size() > options.max_cell_bytes) std::abort();
        }
    }
    return 0;
}
