#include "compliance/linter.hpp"

#include <algorithm>

#include "compliance/cross_rules.hpp"
#include "registers/processing/rules.hpp"
#include "registers/profile/rules.hpp"

namespace greffier::compliance {
namespace {

using records::Finding;
using records::Report;

template <class T>
std::vector<Finding> run(T const& record, std::span<records::Rule<T> const> own, std::span<CrossRule<T> const> cross, Scene& scene)
{
    std::vector<Finding> findings;
    for (auto const& rule : own) {
        Report report(findings, rule.id, rule.severity);
        rule.check(record, scene.subject().circumstances, report);
    }
    for (auto const& rule : cross) {
        Report report(findings, rule.id, rule.severity);
        rule.check(record, scene, report);
    }
    return findings;
}

template <class Rules>
void add_to(std::vector<RuleInfo>& catalogue, Rules const& rules, std::string_view register_slug)
{
    for (auto const& rule : rules) catalogue.push_back({rule.id, rule.id.substr(0, rule.id.find('-')), rule.severity, rule.article, register_slug, "0.1.0"});
}

}  // namespace

std::vector<RuleInfo> const& all_rules()
{
    static auto const all = [] {
        std::vector<RuleInfo> catalogue;
        add_to(catalogue, processing::processing_rules(), processings_slug);
        add_to(catalogue, cross_processing_rules(), processings_slug);
        add_to(catalogue, profile::profile_rules(), profile_slug);
        add_to(catalogue, cross_profile_rules(), profile_slug);
        std::ranges::sort(catalogue, {}, &RuleInfo::id);
        return catalogue;
    }();
    return all;
}

RuleInfo const* find_rule(std::string_view id)
{
    auto const& all = all_rules();
    auto const found = std::ranges::lower_bound(all, id, {}, &RuleInfo::id);
    return found != all.end() && found->id == id ? &*found : nullptr;
}

std::vector<Finding> Linter::examine(records::Subject const& subject, records::Surroundings& around) const
{
    Scene scene(subject, around, most_compared_);
    if (subject.register_slug == processings_slug) return run(processing_of(*subject.row), processing::processing_rules(), cross_processing_rules(), scene);
    if (subject.register_slug == profile_slug) return run(profile_of(*subject.row), profile::profile_rules(), cross_profile_rules(), scene);
    return {};
}

std::vector<std::string> Linter::also_concerned(std::string_view register_slug) const
{
    if (register_slug == processings_slug) return {std::string(profile_slug)};
    if (register_slug == profile_slug) return {std::string(processings_slug)};
    return {};
}

}  // namespace greffier::compliance
