// Fuzz target of the .ods reader: whatever the bytes, it answers a workbook or an Error, within the caps.
// With libFuzzer (clang++-16 -fsanitize=fuzzer,address,undefined -DGREFFIER_LIBFUZZER) it explores;
// built plainly it runs every file of the directories given, so a corpus is replayed by any compiler.

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

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

#ifndef GREFFIER_LIBFUZZER
int main(int argc, char** argv)
{
    std::size_t count = 0;
    for (int i = 1; i < argc; ++i)
        for (auto const& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
            if (!entry.is_regular_file()) continue;
            std::ifstream file(entry.path(), std::ios::binary);
            std::string const bytes{std::istreambuf_iterator<char>(file), {}};
            LLVMFuzzerTestOneInput(reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size());
            ++count;
        }
    std::cout << count << " files, no failure\n";
    return count > 0 ? 0 : 2;
}
#endif
