#include <set>

#include <nlohmann/json.hpp>

#include "compliance/lint_report.hpp"
#include "compliance/linter.hpp"

namespace greffier::compliance {
namespace {

using Json = nlohmann::json;

Json or_null(std::string const& text) { return text.empty() ? Json() : Json(text); }

Json in_both(std::string const& key)
{
    static Locale const french(Language::French);
    static Locale const english(Language::English);
    return {{"fr", french.text(key)}, {"en", english.text(key)}};
}

Json finding_json(records::Finding const& finding, LintItem const& item)
{
    return {{"rule", finding.rule}, {"severity", records::code_of(finding.severity)}, {"place", or_null(place_code(finding.place, item))}, {"arguments", finding.arguments}};
}

Json item_json(LintItem const& item)
{
    Json findings = Json::array();
    for (auto const& finding : item.findings) findings.push_back(finding_json(finding, item));
    Json place;
    if (item.place) place = {{"sheet", item.place->sheet}, {"cell", or_null(item.place->cell)}};
    return {{"id", or_null(item.id)}, {"register", item.register_slug}, {"reference", or_null(item.reference)},
            {"title", or_null(item.title)}, {"place", std::move(place)}, {"findings", std::move(findings)}};
}

Json rule_json(RuleInfo const& rule)
{
    auto const key = "rule." + std::string(rule.id);
    return {{"id", rule.id}, {"family", rule.family}, {"severity", records::code_of(rule.severity)}, {"article", or_null(std::string(rule.article))},
            {"register", rule.register_slug}, {"since", rule.since}, {"title", in_both(key + ".title")}, {"why", in_both(key + ".why")},
            {"remedy", in_both(key + ".remedy")}};
}

}  // namespace

std::string lint_json(LintSource const& source, std::vector<LintItem> const& items)
{
    std::set<std::string> found;
    Json listed = Json::array();
    for (auto const& item : items) {
        listed.push_back(item_json(item));
        for (auto const& finding : item.findings) found.insert(finding.rule);
    }
    Json rules = Json::array();
    for (auto const& id : found)
        if (auto const* rule = find_rule(id)) rules.push_back(rule_json(*rule));
    auto const counts = count_findings(items);
    Json report = {
        {"format", "greffier-lint"},
        {"format_version", 1},
        {"organisation", or_null(source.organisation)},
        {"file", or_null(source.file)},
        {"summary", {{"records", counts.records}, {"blocking", counts.blocking}, {"major", counts.major}, {"minor", counts.minor}, {"advice", counts.advice}}},
        {"rules", std::move(rules)},
        {"items", std::move(listed)},
    };
    if (source.partial) report["covers"] = "what_its_author_may_see";
    return report.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace greffier::compliance
