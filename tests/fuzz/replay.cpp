// Runs a fuzz target over every file of the directories given, so that any compiler replays what a fuzzer found.

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

int main(int count, char** directories)
{
    std::size_t files = 0;
    for (int i = 1; i < count; ++i)
        for (auto const& entry : std::filesystem::recursive_directory_iterator(directories[i])) {
            if (!entry.is_regular_file()) continue;
            std::ifstream file(entry.path(), std::ios::binary);
            std::string const bytes{std::istreambuf_iterator<char>(file), {}};
            LLVMFuzzerTestOneInput(reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size());
            ++files;
        }
    std::cout << files << " files, no failure\n";
    return files > 0 ? 0 : 2;   // an empty corpus would test nothing
}
