// The .ods reader: whatever the bytes, it answers a workbook or an Error, within the caps.

#include <cstdint>
#include <cstdlib>

#include "documents/ods_reader.hpp"
#include "documents/plain_text.hpp"

namespace doc = greffier::documents;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    doc::OdsLimits limits;
    limits.zip.max_entry_bytes = 4U << 20;
    limits.max_cells = 200'000;
    limits.max_text_bytes = 4U << 20;
    auto const book = doc::read_ods_bytes({reinterpret_cast<char const*>(data), size}, limits);
    if (!book) return 0;
    for (auto const& sheet : book->sheets)
        for (auto const& row : sheet.rows)
            for (auto const& cell : row)
                if (cell.text != doc::clean_text(cell.text)) std::abort();
    return 0;
}
