#pragma once
// Reference periods of retention (law/retention.csv): what the texts and the CNIL's reference frameworks say,
// dated, with their source. A reference is held against a record as the table stood on a given day.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "law/csv_table.hpp"

namespace greffier::law {

enum class Bound { Maximum, Minimum, None };   ///< what the active period says: not longer, not shorter, neither

struct RetentionRule {
    std::string id;               ///< "RT01", a code of the open list retention_rule
    Bound bound = Bound::None;
    std::string active_period;    ///< ISO 8601, empty when it is not a figure
    std::string archive_period;   ///< ISO 8601, empty when there is none
    std::string start;            ///< code of the list retention_start, empty when unknown
    std::string label_fr, label_en;
    std::string source;
    bool verified = false;        ///< checked against its source, on `checked_on`
    Validity validity;
    std::optional<Date> checked_on;
};

/// Every row, past ones too. Thread-safe.
std::span<RetentionRule const> retention_rules();
/// The row of an id that holds on `day`; nullptr when there is none.
RetentionRule const* retention_rule(std::string_view id, Date day);

}  // namespace greffier::law
