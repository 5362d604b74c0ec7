#include "records/list_columns.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "schema/show.hpp"

namespace greffier::records {
namespace {

constexpr std::string_view common[] = {"reference", "status", "findings", "completeness", "review", "updated", "created"};
constexpr std::size_t most_columns = 20;

bool is_simple(schema::FieldInfo const& field)
{
    using schema::Kind;
    switch (field.kind) {
    case Kind::Link: case Kind::Links: case Kind::Attachment: case Kind::Attachments: case Kind::Object: case Kind::Rows: return false;
    default: return true;
    }
}

void add(std::string_view name, std::vector<std::string> const& known, std::vector<std::string>& chosen)
{
    bool const usable = std::ranges::find(known, name) != known.end() && std::ranges::find(chosen, name) == chosen.end();
    if (usable && chosen.size() < most_columns) chosen.emplace_back(name);
}

}  // namespace

std::vector<std::string> known_columns(Register const& kind)
{
    std::vector<std::string> names;
    for (auto name : common) {
        if (name == "review" && !kind.has_deadline()) continue;
        if (name == "status" && kind.statuses.size() < 2) continue;
        names.emplace_back(name);
    }
    auto const shared = static_cast<std::ptrdiff_t>(names.size());
    for (auto const& field : kind.schema->fields)
        if (is_simple(field) && field.name != kind.title_field && field.name != kind.review_field && std::find(names.begin(), names.begin() + shared, field.name) == names.begin() + shared)
            names.push_back(field.name);
    return names;
}

/// A register with much of its own to show leaves the day of the last change to those who choose it: eight columns beside
/// the name are more than a screen holds.
std::vector<std::string> usual_columns(Register const& kind)
{
    constexpr std::size_t most_usual = 7;
    std::vector<std::string> names;
    for (auto const& name : known_columns(kind)) {
        auto const* field = kind.schema->find(name);
        bool const is_common = std::ranges::find(common, name) != std::end(common);
        if (is_common ? name != "reference" && name != "created"
                      : field && field->in_list && field->kind != schema::Kind::Terms && field->kind != schema::Kind::Date) names.push_back(name);
    }
    if (names.size() > most_usual) std::erase(names, "updated");
    return names;
}

std::vector<std::string> parse_columns(Register const& kind, std::string_view list)
{
    std::vector<std::string> chosen;
    if (list.empty()) return chosen;
    auto const known = known_columns(kind);
    for (auto const& name : split(list, ',')) add(trim(name), known, chosen);
    return chosen;
}

std::vector<std::string> parse_columns(Register const& kind, web::Pairs const& query)
{
    std::vector<std::string> chosen;
    if (!query.has("columns") && !query.has("cols")) return chosen;
    auto const known = known_columns(kind);
    for (auto const* parameter : {"columns", "cols"})   // "cols" stands in addresses kept from before
        for (auto const& value : query.all(parameter))
            for (auto const& name : split(value, ',')) add(trim(name), known, chosen);
    return chosen;
}

std::vector<std::string> export_columns(std::vector<std::string> const& shown)
{
    std::vector<std::string> columns{"title", "reference"};
    for (auto const& name : shown)
        if (std::ranges::find(columns, name) == columns.end()) columns.push_back(name);
    return columns;
}

bool follows_columns(std::string_view format) { return format == "csv" || format == "xlsx" || format == "ods"; }

std::string columns_text(std::vector<std::string> const& columns) { return join(columns, ","); }

bool lives_in_body(Register const& kind, std::string_view column)
{
    return std::ranges::find(common, column) == std::end(common) && kind.schema->find(column) != nullptr;
}

bool is_sortable(std::string_view column) { return std::ranges::find(common, column) != std::end(common); }

std::string column_words(Register const& kind, std::string_view column, Locale const& locale)
{
    if (column == "title") return locale.text("register." + std::string{kind.slug} + ".one");
    if (lives_in_body(kind, column)) return schema::short_label(*kind.schema, *kind.schema->find(column), locale);
    return locale.text("column." + std::string{column});
}

std::string column_text(Register const& kind, std::string_view column, Head const& head, schema::Row const* row, Locale const& locale)
{
    auto day = [&](Timestamp instant) { return locale.date(local_date(instant, locale.zone())); };
    if (column == "title") return head.title;
    if (column == "reference") return head.reference;
    if (column == "status") return locale.text("status." + head.status);
    if (column == "findings") return head.worst_finding ? locale.text("severity." + std::string{code_of(*head.worst_finding)}) : std::string{};
    if (column == "completeness") return locale.percent(head.completeness);
    if (column == "review") return head.review_at ? day(*head.review_at) : std::string{};
    if (column == "updated") return day(head.updated_at);
    if (column == "created") return day(head.created_at);
    auto const* field = kind.schema->find(column);
    return field && row ? schema::show(*field, schema::get(*kind.schema, *row, column), locale) : std::string{};
}

}  // namespace greffier::records
