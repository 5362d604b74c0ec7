#pragma once
// Reads the program's own legal tables (law/*.csv): comma-separated, a header row, quotes where needed.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"

namespace greffier::law {

class CsvTable {
public:
    /// A row with more or fewer cells than the header throws std::runtime_error: the tables are ours.
    explicit CsvTable(std::string_view content);

    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    /// Text of a cell; an unknown column throws.
    [[nodiscard]] std::string const& at(std::size_t row, std::string_view column) const;
    /// Empty cell = nothing; a cell that is no date throws.
    [[nodiscard]] std::optional<Date> date_at(std::size_t row, std::string_view column) const;

private:
    std::vector<std::string> header_;
    std::vector<std::vector<std::string>> rows_;
};

/// A table of law/ by file name ("retention.csv"); throws when the program does not hold it.
CsvTable law_table(std::string_view file_name);

/// The days a row holds: both ends included, an absent end is open.
struct Validity {
    std::optional<Date> from, to;
    [[nodiscard]] bool holds(Date day) const { return (!from || *from <= day) && (!to || day <= *to); }
};

}  // namespace greffier::law
