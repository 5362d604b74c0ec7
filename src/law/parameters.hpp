#pragma once
// Figures of the law that may change (law/parameters.csv): dated rows with their source. A case is judged by the row
// that holds on its day; a future text is one new row.

#include <span>
#include <string>
#include <string_view>

#include "law/csv_table.hpp"

namespace greffier::law {

struct Parameter {
    std::string id;         ///< "breach.notification"
    std::string value;      ///< a whole number, or a code ("risk")
    std::string unit;       ///< hours, days, weeks, months, level, euros, times
    std::string kind;       ///< legal, advice, internal
    Validity validity;
    std::string source;
    bool verified = false;
    [[nodiscard]] int number() const;   ///< a value that is none throws: the table is ours
};

/// Every row, past ones too. Thread-safe.
std::span<Parameter const> parameters();
/// The row that holds on `day`, or the earliest when `day` comes before all of them; an unknown id throws.
Parameter const& parameter(std::string_view id, Date day);

}  // namespace greffier::law
