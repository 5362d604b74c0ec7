#pragma once
// Internal to the compliance file: its own pages, which need nothing else to be read or printed.

#include <string>
#include <vector>

#include "archive/format.hpp"
#include "overview/compliance_file.hpp"
#include "records/told_text.hpp"
#include "registers/evidence/map.hpp"

namespace greffier::overview {

struct FileRegister {
    records::Register const* kind = nullptr;
    std::int64_t records = 0;
};

struct FileContents {
    FileSource const& source;
    FileWish const& wish;
    std::vector<FileRegister> registers;
    std::vector<records::Register const*> left_out;   ///< sealed, and not asked for
    std::vector<archive::Part> parts;                  ///< by name; what the index lists
    std::int64_t texts = 0, documents = 0, unreadable = 0;   ///< unreadable: files whose key was destroyed
    std::uint64_t ledger_size = 0;
    std::string checkpoint, verifier_key;
};

std::string index_page(FileContents const& contents);
std::string map_page(FileSource const& source, std::vector<evidence::MapLine> const& lines);
std::string text_page(FileSource const& source, std::string const& title, std::vector<records::ToldBlock> const& blocks);

}  // namespace greffier::overview
