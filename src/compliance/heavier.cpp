#include "compliance/heavier.hpp"

#include <algorithm>
#include <string>

#include "registers/processing/rule_words.hpp"

namespace greffier::compliance {
namespace {

/// What exposes the person: vague purposes, data not needed, kept too long, somewhere unknown, told to nobody knows whom, or
/// started without advice. A missing reference or start date harms a child no more than anybody.
constexpr std::string_view exposing_rules[] = {"LAW-016", "PRO-013", "REG-003", "REG-013", "REG-014", "REG-015", "REG-022", "REG-023", "REG-024"};

}  // namespace

std::string_view reason_to_weigh_heavier(processing::Processing const& processing)
{
    bool const children = processing::concerns(processing, "minors");
    bool const health = processing.has_tag("health")
        || std::ranges::any_of(processing.data_categories, [](processing::DataCategory const& row) { return row.category.code == "health"; });
    if (children && health) return "both";
    return children ? "children" : health ? "health" : "";
}

void weigh_heavier(processing::Processing const& processing, std::vector<records::Finding>& findings)
{
    auto const reason = reason_to_weigh_heavier(processing);
    if (reason.empty()) return;
    for (auto& finding : findings) {
        if (finding.severity != records::Severity::Minor || std::ranges::find(exposing_rules, finding.rule) == std::end(exposing_rules)) continue;
        finding.severity = records::Severity::Major;
        finding.arguments.insert_or_assign(std::string{records::heavier_argument}, std::string{reason});
    }
}

}  // namespace greffier::compliance
