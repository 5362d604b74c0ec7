#include "law/csv_table.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/embedded.hpp"

namespace greffier::law {
namespace {

// Moves past one cell and the separator behind it; `end_of_row` tells which separator that was.
std::string next_cell(std::string_view content, std::size_t& at, bool& end_of_row)
{
    std::string cell;
    bool quoted = at < content.size() && content[at] == '"';
    if (quoted) ++at;
    for (; at < content.size(); ++at) {
        char const c = content[at];
        if (quoted && c == '"') {
            if (at + 1 < content.size() && content[at + 1] == '"') cell += content[++at];
            else quoted = false;
        } else if (!quoted && (c == ',' || c == '\n')) {
            break;
        } else if (quoted || c != '\r') {
            cell += c;
        }
    }
    end_of_row = at >= content.size() || content[at] == '\n';
    ++at;
    return cell;
}

std::vector<std::string> next_row(std::string_view content, std::size_t& at)
{
    std::vector<std::string> cells;
    for (bool end_of_row = false; !end_of_row;) cells.push_back(next_cell(content, at, end_of_row));
    return cells;
}

}  // namespace

CsvTable::CsvTable(std::string_view content)
{
    std::size_t at = 0;
    if (!content.empty()) header_ = next_row(content, at);
    while (at < content.size()) {
        auto row = next_row(content, at);
        if (row.size() == 1 && row.front().empty()) continue;
        if (row.size() != header_.size()) throw std::runtime_error("a legal table has a row of " + std::to_string(row.size()) + " cells: " + row.front());
        rows_.push_back(std::move(row));
    }
}

std::string const& CsvTable::at(std::size_t row, std::string_view column) const
{
    auto const found = std::ranges::find(header_, column);
    if (found == header_.end()) throw std::runtime_error("a legal table has no column " + std::string(column));
    return rows_.at(row)[static_cast<std::size_t>(found - header_.begin())];
}

std::optional<Date> CsvTable::date_at(std::size_t row, std::string_view column) const
{
    auto const& text = at(row, column);
    if (text.empty()) return std::nullopt;
    auto const date = parse_date(text);
    if (!date) throw std::runtime_error("a legal table holds a date that does not exist: " + text);
    return date;
}

CsvTable law_table(std::string_view file_name)
{
    for (auto const& file : embedded_law())
        if (file.name == file_name) return CsvTable(file.content);
    throw std::runtime_error("the program holds no legal table " + std::string(file_name));
}

}  // namespace greffier::law
