// How long data are kept, and what becomes of them (REG-011 to REG-015): one finding per category of data.

#include "registers/processing/rules.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "law/duration_text.hpp"
#include "law/retention.hpp"

namespace greffier::processing {
namespace {

using records::Circumstances;
using records::Report;
using records::Rule;
using enum records::Severity;

records::Place part_of(DataCategory const& row, char const* part) { return {"data_categories", row.id, part}; }

void retention_missing(Processing const& p, Circumstances const&, Report& report)
{
    for (auto const& row : p.data_categories)
        if (!row.retention_period && is_blank(row.retention_text) && is_blank(row.retention_criterion)) report.at(part_of(row, "retention_text"));
}

// "agents permanents : 5 ans" names people, not a period: such words count only when no figure stands beside them.
bool says_without_end(std::string_view text)
{
    static constexpr std::array<std::string_view, 10> phrases{" sans limit", " aucune limite", " pas de limite", " pas de duree limite", " pour toujours",
                                                              " a vie ", " sans fin ", " no limit", " without limit", " for ever "};
    static constexpr std::array<std::string_view, 6> endless{"illimit", "indefini", "unlimited", "indefinite", "eternel", "forever"};
    auto const all = words(text);
    auto const sentence = ' ' + join(all, " ") + ' ';
    if (std::ranges::any_of(phrases, [&](auto phrase) { return sentence.find(phrase) != std::string::npos; })) return true;
    bool const has_figure = std::ranges::any_of(sentence, [](char c) { return c >= '0' && c <= '9'; });
    for (std::size_t i = 0; i < all.size(); ++i) {
        bool const denied = i > 0 && (all[i - 1] == "non" || all[i - 1] == "not" || all[i - 1] == "pas");
        if (!denied && std::ranges::any_of(endless, [&](auto stem) { return all[i].starts_with(stem); })) return true;
        if (!denied && !has_figure && (all[i].starts_with("permanent") || all[i].starts_with("perpetuel"))) return true;
    }
    return false;
}

void retention_without_end(Processing const& p, Circumstances const&, Report& report)
{
    if (p.public_archives) return;
    for (auto const& row : p.data_categories) {
        if (says_without_end(row.retention_text)) report.at(part_of(row, "retention_text"));
        else if (says_without_end(row.retention_criterion)) report.at(part_of(row, "retention_criterion"));
    }
}

struct Kept {
    schema::Duration period;
    std::string start;      ///< empty when nobody says
    char const* part;       ///< the field that says it
};

std::optional<Kept> certain_retention(DataCategory const& row)
{
    std::string start = row.retention_start ? row.retention_start->code : "";
    if (row.retention_period) return Kept{*row.retention_period, start, "retention_period"};
    auto const written = law::parse_period(row.retention_text);
    auto const period = written ? schema::Duration::parse(written->iso) : std::nullopt;
    if (!period) return std::nullopt;
    return Kept{*period, start.empty() ? written->start : start, "retention_text"};
}

// Two periods that run from different events cannot be compared by their length.
bool is_longer(Kept const& kept, law::RetentionRule const& reference)
{
    auto const most = schema::Duration::parse(reference.active_period);
    if (!most || (!kept.start.empty() && !reference.start.empty() && kept.start != reference.start)) return false;
    return kept.period.approximate_days() > most->approximate_days() + 0.5;   // half a day: P12M is P1Y
}

void retention_above_reference(Processing const& p, Circumstances const& now, Report& report)
{
    for (auto const& row : p.data_categories) {
        if (!row.retention_rule || !is_blank(row.justification.value)) continue;
        auto const* reference = law::retention_rule(row.retention_rule->code, now.today);
        if (!reference || reference->bound != law::Bound::Maximum) continue;
        auto const kept = certain_retention(row);
        if (kept && is_longer(*kept, *reference))
            report.at(part_of(row, kept->part), {{"reference", reference->id}, {"max", reference->active_period}});
    }
}

void archive_without_reason(Processing const& p, Circumstances const&, Report& report)
{
    for (auto const& row : p.data_categories)
        if (row.archive_period && row.archive_period->approximate_days() > 0 && is_blank(row.archive_reason)) report.at(part_of(row, "archive_reason"));
}

void disposal_missing(Processing const& p, Circumstances const&, Report& report)
{
    for (auto const& row : p.data_categories)
        if (!row.final_disposition) report.at(part_of(row, "final_disposition"));
}

}  // namespace

std::span<Rule<Processing> const> retention_rules()
{
    static constexpr Rule<Processing> rules[] = {
        {"REG-011", Major, "30(1)(f)", retention_missing},
        {"REG-012", Major, "5(1)(e)", retention_without_end},
        {"REG-013", Minor, "5(1)(e)", retention_above_reference},
        {"REG-014", Minor, "5(1)(e)", archive_without_reason},
        {"REG-015", Minor, "5(1)(e)", disposal_missing},
    };
    return rules;
}

}  // namespace greffier::processing
