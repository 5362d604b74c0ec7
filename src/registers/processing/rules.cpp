#include "registers/processing/rules.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <vector>

#include "core/text.hpp"
#include "law/software_names.hpp"

namespace greffier::processing {
namespace {

using records::Circumstances;
using records::Report;
using records::Rule;
using enum records::Severity;

constexpr std::size_t shortest_purpose = 15;   // characters; house value
constexpr std::ptrdiff_t most_secondary_purposes = 5;
constexpr std::size_t most_bases = 2;

void named_after_software(Processing const& p, Circumstances const&, Report& report)
{
    if (law::is_named_after_software(p.name)) report.at("name");
}

void main_purpose_missing(Processing const& p, Circumstances const&, Report& report)
{
    auto const* main = p.main_purpose();
    if (!main) report.at("purposes");
    else if (is_blank(main->text.value)) report.at({"purposes", main->id, "text"});
}

/// The first is read as the main one, by the other rules and by the formats that hold one alone.
void several_main_purposes(Processing const& p, Circumstances const&, Report& report)
{
    auto const* main = p.main_purpose();
    for (auto const& purpose : p.purposes)
        if (purpose.kind == PurposeKind::Main && &purpose != main) report.at({"purposes", purpose.id, "kind"});
}

void purpose_too_vague(Processing const& p, Circumstances const&, Report& report)
{
    static constexpr std::array<std::string_view, 7> vague{"divers", "autre", "autres", "gestion", "administratif", "statistiques", "a preciser"};
    auto const* main = p.main_purpose();
    if (!main || is_blank(main->text.value)) return;
    auto const text = squeeze(main->text.value);
    if (length_utf8(text) < shortest_purpose || std::ranges::find(vague, join(words(text), " ")) != vague.end())
        report.at({"purposes", main->id, "text"}, {{"min", std::to_string(shortest_purpose)}});
}

void unrelated_purposes(Processing const& p, Circumstances const&, Report& report)
{
    auto const secondary = std::ranges::count(p.purposes, PurposeKind::Secondary, &Purpose::kind);
    std::set<LegalBasis> bases;
    for (auto const& purpose : p.purposes)
        if (purpose.basis) bases.insert(*purpose.basis);
    if (secondary > most_secondary_purposes || bases.size() > most_bases)
        report.at("purposes", {{"purposes", std::to_string(p.purposes.size())}, {"bases", std::to_string(bases.size())}});
}

}  // namespace

std::span<Rule<Processing> const> purpose_rules()
{
    static constexpr Rule<Processing> rules[] = {
        {"REG-001", Major, "30(1)(b)", named_after_software},
        {"REG-002", Blocking, "30(1)(b)", main_purpose_missing},
        {"REG-003", Minor, "5(1)(b)", purpose_too_vague},
        {"REG-004", Advice, "5(1)(b)", unrelated_purposes},
        {"REG-031", Minor, "30(1)(b)", several_main_purposes},
    };
    return rules;
}

std::span<Rule<Processing> const> processing_rules()
{
    static auto const all = [] {
        std::vector<Rule<Processing>> rules;
        for (auto const family : {purpose_rules(), content_rules(), retention_rules(), lawfulness_rules()})
            std::ranges::copy(family, std::back_inserter(rules));
        return rules;
    }();
    return all;
}

}  // namespace greffier::processing
