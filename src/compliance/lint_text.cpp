#include <algorithm>

#include "compliance/lint_report.hpp"
#include "compliance/linter.hpp"
#include "records/heavier_words.hpp"
#include "schema/show.hpp"

namespace greffier::compliance {
namespace {

using records::Finding;
using records::Place;
using records::Severity;

struct OwnedRow {
    std::ptrdiff_t index;
    schema::Row const& row;
};

std::optional<OwnedRow> find_row(Place const& place, LintItem const& item)
{
    auto const* rows = item.row && item.schema ? std::get_if<schema::Rows>(&schema::get(*item.schema, *item.row, place.field)) : nullptr;
    if (!rows || place.row.empty()) return std::nullopt;
    auto const found = std::ranges::find(*rows, place.row, &schema::Row::id);
    if (found == rows->end()) return std::nullopt;
    return OwnedRow{found - rows->begin(), *found};
}

// A row of data or people is known by its category, whatever was typed beside it.
std::string title_of(schema::SchemaInfo const& info, schema::Row const& row, Locale const& locale)
{
    if (auto const* category = info.find("category"))
        if (auto title = schema::show(*category, schema::get(info, row, "category"), locale); !title.empty()) return title;
    return schema::row_title(info, row, locale);
}

// "ligne 2 (Santé)": its rank and what it is about.
std::string row_in_words(Place const& place, schema::FieldInfo const& field, LintItem const& item, Locale const& locale)
{
    auto const found = find_row(place, item);
    if (!found || !field.rows) return {};
    return locale.text("lint.row", {{"number", std::to_string(found->index + 1)}, {"title", title_of(*field.rows, found->row, locale)}});
}

std::string file_in_words(FilePlace const& place, Locale const& locale)
{
    if (place.cell.empty()) return locale.text("lint.in_sheet", {{"sheet", place.sheet}});
    return locale.text("lint.in_file", {{"sheet", place.sheet}, {"cell", place.cell}});
}

std::string heading_of(LintItem const& item, Locale const& locale)
{
    auto heading = item.title.empty() ? locale.text("lint.without_title") : item.title;
    if (!item.reference.empty()) heading = item.reference + " · " + heading;
    if (item.place) heading += " (" + file_in_words(*item.place, locale) + ')';
    return heading;
}

void write_finding(std::string& out, Finding const& finding, LintItem const& item, Locale const& locale)
{
    auto const line = [&](char const* label, std::string const& words) {
        if (!words.empty()) out += "      " + locale.text(label) + ' ' + words + '\n';
    };
    auto const key = "rule." + finding.rule;
    auto const* rule = find_rule(finding.rule);
    out += "  [" + locale.text("severity." + std::string(records::code_of(finding.severity))) + "] " + finding.rule + " · " + locale.text(key + ".title") + '\n';
    line("lint.place", place_in_words(finding.place, item, locale));
    line("lint.why", locale.text(key + ".why"));
    line("lint.remedy", locale.text(key + ".remedy"));
    if (auto const detail = detail_in_words(finding, locale); !detail.empty()) out += "      " + detail + '\n';
    if (rule) line("lint.source", schema::article_words(rule->article, locale));
}

std::vector<Finding> worst_first(std::vector<Finding> findings)
{
    std::ranges::stable_sort(findings, std::greater{}, &Finding::severity);
    return findings;
}

}  // namespace

LintCounts count_findings(std::vector<LintItem> const& items)
{
    LintCounts counts;
    counts.records = static_cast<std::int64_t>(items.size());
    for (auto const& item : items)
        for (auto const& finding : item.findings) {
            switch (finding.severity) {
            case Severity::Blocking: ++counts.blocking; break;
            case Severity::Major: ++counts.major; break;
            case Severity::Minor: ++counts.minor; break;
            case Severity::Advice: ++counts.advice; break;
            }
        }
    return counts;
}

std::string place_in_words(Place const& place, LintItem const& item, Locale const& locale)
{
    if (place.field.empty()) return locale.text("lint.whole_record");
    if (place.field == "reference") return locale.text("lint.reference");
    auto const* field = item.schema ? item.schema->find(place.field) : nullptr;
    if (!field) return place.text();
    auto text = schema::short_label(*item.schema, *field, locale);
    if (auto const row = row_in_words(place, *field, item, locale); !row.empty()) text += ", " + row;
    auto const* part = place.part.empty() || !field->rows ? nullptr : field->rows->find(place.part);
    if (part) text += ", " + schema::short_label(*field->rows, *part, locale);
    return text;
}

std::string place_code(Place const& place, LintItem const& item)
{
    if (!item.id.empty()) return place.text();
    auto const found = find_row(place, item);
    return found ? Place{place.field, std::to_string(found->index), place.part}.text() : place.text();
}

std::string detail_in_words(Finding const& finding, Locale const& locale)
{
    auto const key = "rule." + finding.rule + ".detail";
    std::string words;
    if (!finding.arguments.empty() && locale.find(key)) {
        auto arguments = finding.arguments;
        if (auto const max = arguments.find("max"); max != arguments.end()) max->second = schema::duration_words(max->second, locale);
        words = locale.text(key, arguments);
    }
    auto const heavier = records::heavier_words(finding, locale);
    return words + (words.empty() || heavier.empty() ? "" : " ") + heavier;
}

std::string lint_text(LintSource const& source, std::vector<LintItem> const& items, Locale const& locale)
{
    std::string out = locale.text("lint.of", {{"source", source.file.empty() ? source.organisation : source.file}}) + "\n\n";
    for (auto const& item : items) {
        if (item.findings.empty()) continue;
        out += heading_of(item, locale) + '\n';
        for (auto const& finding : worst_first(item.findings)) write_finding(out, finding, item, locale);
        out += '\n';
    }
    auto const counts = count_findings(items);
    bool const clean = counts.blocking + counts.major + counts.minor + counts.advice == 0;
    out += locale.plural("lint.records", counts.records) + ". ";
    out += clean ? locale.text("lint.clean")
                 : locale.text("lint.summary", {{"blocking", locale.number(counts.blocking)}, {"major", locale.number(counts.major)},
                                                {"minor", locale.number(counts.minor)}, {"advice", locale.number(counts.advice)}});
    return out + '\n';
}

}  // namespace greffier::compliance
