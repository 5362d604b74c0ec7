#include "compliance/gap_rule.hpp"

#include <algorithm>

#include "records/record_models.hpp"

namespace greffier::compliance {
namespace {

bool has_gap(std::string_view text) { return text.find(records::gap_mark_fr) != text.npos || text.find(records::gap_mark_en) != text.npos; }

bool has_gap(schema::Value const& value)
{
    if (auto const* text = std::get_if<std::string>(&value)) return has_gap(std::string_view{*text});
    if (auto const* texts = std::get_if<schema::Texts>(&value)) return std::ranges::any_of(*texts, [](auto const& text) { return has_gap(std::string_view{text}); });
    if (auto const* rows = std::get_if<schema::Rows>(&value))
        return std::ranges::any_of(*rows, [](schema::Row const& row) { return std::ranges::any_of(row.values, [](schema::Value const& part) { return has_gap(part); }); });
    return false;
}

}  // namespace

void find_gaps(records::Subject const& subject, std::vector<records::Finding>& findings)
{
    if (!subject.schema || !subject.row) return;
    if (subject.circumstances.status == "archived" || subject.circumstances.status == "taken_down") return;
    auto const& fields = subject.schema->fields;
    for (std::size_t i = 0; i < fields.size() && i < subject.row->values.size(); ++i)
        if (has_gap(subject.row->values[i])) findings.push_back({std::string{gap_rule_id}, gap_severity, {fields[i].name}});
}

}  // namespace greffier::compliance
