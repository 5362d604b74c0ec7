#include "documents/merged_cells.hpp"

#include <algorithm>

namespace greffier::documents {
namespace {

constexpr std::size_t most_merges = 20'000, most_at_once = 2'000;
constexpr std::size_t longest_repeated = 16U << 10; // what is long is no heading: it would be held many times over

} // namespace

std::optional<CellPlace> parse_place(std::string_view address)
{
    std::size_t column = 0, row = 0, i = 0;
    for (; i < address.size() && i < 4; ++i) {
        char const c = address[i] == '$' ? '\0' : address[i] & ~0x20;
        if (c < 'A' || c > 'Z') break;
        column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
    }
    auto const letters = i;
    for (; i < address.size() && i - letters < 8; ++i) {
        if (address[i] < '0' || address[i] > '9') break;
        row = row * 10 + static_cast<std::size_t>(address[i] - '0');
    }
    if (i != address.size() || column == 0 || row == 0) return std::nullopt;
    return CellPlace{row - 1, column - 1};
}

std::optional<Merge> parse_range(std::string_view range)
{
    auto const colon = range.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto const first = parse_place(range.substr(0, colon)), last = parse_place(range.substr(colon + 1));
    if (!first || !last || last->row < first->row || last->column < first->column) return std::nullopt;
    if (first->row == last->row && first->column == last->column) return std::nullopt;
    return Merge{first->row, first->column, last->row, last->column};
}

MergedCells::MergedCells(std::vector<Merge> merges) : merges_(std::move(merges))
{
    if (merges_.size() > most_merges) merges_.resize(most_merges);
    std::ranges::stable_sort(merges_, {}, &Merge::first_row);
}

void MergedCells::restart()
{
    next_ = 0;
    active_.clear();
}

void MergedCells::apply(TableRow& row)
{
    std::size_t const here = row.number - 1;
    std::erase_if(active_, [&](Active const& merge) { return merge.where.last_row < here; });
    for (auto const& merge : active_) {
        auto const column = merge.where.first_column;
        for (auto covered = column; covered <= merge.where.last_column && covered < row.cells.size(); ++covered) {
            row.cells[covered] = {};
            row.cells[covered].covered = true;
        }
        if (merge.content.is_empty()) continue;
        if (row.cells.size() <= column) row.cells.resize(column + 1);
        row.cells[column] = merge.content;
        row.cells[column].covered = true;
    }
    for (; next_ < merges_.size() && merges_[next_].first_row <= here; ++next_) {
        auto const& merge = merges_[next_];
        if (merge.last_row < here || active_.size() >= most_at_once) continue;
        bool const starts_here = merge.first_row == here;
        if (starts_here)
            for (auto covered = merge.first_column + 1; covered <= merge.last_column && covered < row.cells.size(); ++covered) {
                row.cells[covered] = {};
                row.cells[covered].covered = true;
            }
        // Its first row held nothing at all when it was passed over.
        auto const& first = starts_here ? row.at(merge.first_column) : TableCell{};
        active_.push_back({merge, first.text.size() <= longest_repeated ? first : TableCell{}});
    }
    while (!row.cells.empty() && row.cells.back().is_empty()) row.cells.pop_back();
}

} // namespace greffier::documents
