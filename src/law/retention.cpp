#include "law/retention.hpp"

#include <stdexcept>
#include <vector>

namespace greffier::law {
namespace {

Bound parse_bound(std::string const& text)
{
    if (text == "max") return Bound::Maximum;
    if (text == "min") return Bound::Minimum;
    if (text.empty()) return Bound::None;
    throw std::runtime_error("law/retention.csv: unknown bound " + text);
}

std::vector<RetentionRule> read()
{
    auto const table = law_table("retention.csv");
    std::vector<RetentionRule> rules;
    for (std::size_t i = 0; i < table.size(); ++i)
        rules.push_back({table.at(i, "id"), parse_bound(table.at(i, "bound")), table.at(i, "active_period"), table.at(i, "archive_period"),
                         table.at(i, "start"), table.at(i, "label_fr"), table.at(i, "label_en"), table.at(i, "source"),
                         table.at(i, "verified") == "V", {table.date_at(i, "valid_from"), table.date_at(i, "valid_to")},
                         table.date_at(i, "checked_on")});
    return rules;
}

}  // namespace

std::span<RetentionRule const> retention_rules()
{
    static auto const rules = read();
    return rules;
}

RetentionRule const* retention_rule(std::string_view id, Date day)
{
    for (auto const& rule : retention_rules())
        if (rule.id == id && rule.validity.holds(day)) return &rule;
    return nullptr;
}

}  // namespace greffier::law
