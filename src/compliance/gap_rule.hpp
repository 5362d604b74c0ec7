#pragma once
// REG-039, the one rule over every judged register: a text still says that something in it is to be completed, as the models
// of records do (records/record_models.hpp).

#include <string_view>
#include <vector>

#include "records/rule.hpp"

namespace greffier::compliance {

inline constexpr std::string_view gap_rule_id = "REG-039";
inline constexpr auto gap_severity = records::Severity::Minor;

/// Adds a finding for each answer in which a gap is left; none for a record whose life is over.
void find_gaps(records::Subject const& subject, std::vector<records::Finding>& findings);

}  // namespace greffier::compliance
