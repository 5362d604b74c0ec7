// SARIF 2.1.0 (OASIS), for tools that gather the findings of several programs.

#include <nlohmann/json.hpp>

#include "compliance/lint_report.hpp"
#include "compliance/linter.hpp"
#include "schema/show.hpp"

namespace greffier::compliance {
namespace {

using Json = nlohmann::json;
using records::Finding;
using records::Severity;

char const* level_of(Severity severity)
{
    switch (severity) {
    case Severity::Blocking: return "error";
    case Severity::Major: return "warning";
    default: return "note";
    }
}

// A path as a URI reference: what RFC 3986 does not allow in a path is percent-encoded.
std::string uri_of(std::string_view path)
{
    static constexpr std::string_view hexadecimal = "0123456789ABCDEF";
    static constexpr std::string_view allowed = "-._~/!$&'()*+,=@";
    std::string uri = path.starts_with('/') ? "file://" : "";
    for (char const c : path) {
        auto const byte = static_cast<unsigned char>(c);
        bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || allowed.find(c) != std::string_view::npos;
        if (plain) uri += c;
        else uri = uri + '%' + hexadecimal[byte >> 4] + hexadecimal[byte & 15];
    }
    return uri;
}

Json rule_json(RuleInfo const& rule, Locale const& locale)
{
    auto const key = "rule." + std::string(rule.id);
    auto const text = [&](char const* part) { return Json{{"text", locale.text(key + part)}}; };
    Json properties{{"severity", records::code_of(rule.severity)}, {"register", rule.register_slug}, {"since", rule.since},
                    {"tags", {std::string(rule.family)}}};
    if (!rule.article.empty()) {
        properties["article"] = rule.article;
        properties["source"] = schema::article_words(rule.article, locale);
    }
    return {{"id", rule.id}, {"shortDescription", text(".title")}, {"fullDescription", text(".why")}, {"help", text(".remedy")},
            {"defaultConfiguration", {{"level", level_of(rule.severity)}}}, {"properties", std::move(properties)}};
}

std::string name_of(LintItem const& item) { return !item.reference.empty() ? item.reference : !item.id.empty() ? item.id : item.title; }

Json logical_locations(Finding const& finding, LintItem const& item)
{
    auto const record = item.register_slug + '/' + name_of(item);
    Json record_place{{"name", name_of(item)}, {"fullyQualifiedName", record}, {"kind", "record"}};
    if (!item.title.empty()) record_place["properties"] = {{"title", item.title}};
    Json places = Json::array({std::move(record_place)});
    if (auto const field = place_code(finding.place, item); !field.empty())
        places.push_back({{"name", finding.place.part.empty() ? finding.place.field : finding.place.part}, {"fullyQualifiedName", record + '/' + field}, {"kind", "member"}});
    if (item.place && !item.place->cell.empty())
        places.push_back({{"name", item.place->cell}, {"fullyQualifiedName", item.place->sheet + '!' + item.place->cell}, {"kind", "cell"}});
    return places;
}

std::string message_of(Finding const& finding, LintItem const& item, Locale const& locale)
{
    auto text = locale.text("rule." + finding.rule + ".title") + " (" + place_in_words(finding.place, item, locale);
    if (item.place) text += item.place->cell.empty() ? ", " + item.place->sheet : ", " + item.place->sheet + '!' + item.place->cell;
    text += ").";
    if (auto const detail = detail_in_words(finding, locale); !detail.empty()) text += ' ' + detail;
    return text;
}

// Two sheets of one workbook may bear the same reference ("ref-001" in every town's): the sheet tells them apart.
std::string fingerprint_of(Finding const& finding, LintItem const& item)
{
    auto const sheet = item.place ? item.place->sheet + '!' : std::string();
    return finding.rule + ' ' + sheet + item.register_slug + '/' + name_of(item) + '/' + place_code(finding.place, item);
}

Json result_json(Finding const& finding, LintItem const& item, LintSource const& source, Locale const& locale)
{
    Json location{{"logicalLocations", logical_locations(finding, item)}};
    if (!source.file.empty()) location["physicalLocation"] = {{"artifactLocation", {{"uri", uri_of(source.file)}}}};
    Json result{{"ruleId", finding.rule},
                {"level", level_of(finding.severity)},
                {"message", {{"text", message_of(finding, item, locale)}}},
                {"locations", Json::array({std::move(location)})},
                {"partialFingerprints", {{"place/v1", fingerprint_of(finding, item)}}},
                {"suppressions", Json::array()},
                {"properties", {{"severity", records::code_of(finding.severity)}}}};
    if (auto const* rule = find_rule(finding.rule)) result["ruleIndex"] = rule - all_rules().data();
    return result;
}

}  // namespace

std::string lint_sarif(LintSource const& source, std::vector<LintItem> const& items, Locale const& locale)
{
    Json rules = Json::array();
    for (auto const& rule : all_rules()) rules.push_back(rule_json(rule, locale));
    Json results = Json::array();
    for (auto const& item : items)
        for (auto const& finding : item.findings) results.push_back(result_json(finding, item, source, locale));
    auto const language = std::string(locale.code());
    Json run{{"tool", {{"driver", {{"name", "Greffier"}, {"version", GREFFIER_VERSION}, {"semanticVersion", GREFFIER_VERSION}, {"language", language}, {"rules", std::move(rules)}}}}},
             {"language", language},
             {"columnKind", "unicodeCodePoints"},
             {"results", std::move(results)}};
    if (!source.file.empty()) run["artifacts"] = Json::array({{{"location", {{"uri", uri_of(source.file)}}}}});
    if (!source.organisation.empty()) run["properties"] = {{"organisation", source.organisation}};
    if (source.partial) run["properties"]["covers"] = "what_its_author_may_see";
    Json const log{{"$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"},
                   {"version", "2.1.0"},
                   {"runs", Json::array({std::move(run)})}};
    return log.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace greffier::compliance
