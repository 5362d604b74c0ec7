#pragma once
// Columns for people on a terminal; widths are counted in characters, not bytes.

#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

#include "core/text.hpp"

namespace greffier::cli {

inline void print_table(std::ostream& out, std::vector<std::string> const& header, std::vector<std::vector<std::string>> const& rows)
{
    std::vector<std::size_t> widths;
    for (auto const& cell : header) widths.push_back(length_utf8(cell));
    for (auto const& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], length_utf8(row[i]));
    auto print = [&](std::vector<std::string> const& row) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            out << row[i];
            if (i + 1 < row.size()) out << std::string(widths[i] - length_utf8(row[i]) + 2, ' ');
        }
        out << "\n";
    };
    print(header);
    for (auto const& row : rows) print(row);
}

}  // namespace greffier::cli
