#include "records/import_report.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "core/json_writer.hpp"
#include "schema/show.hpp"

namespace greffier::records {
namespace {

constexpr std::pair<Outcome, std::string_view> outcomes[] = {
    {Outcome::Created, "created"},   {Outcome::Updated, "updated"},     {Outcome::Unchanged, "unchanged"}, {Outcome::Skipped, "skipped"},
    {Outcome::Repaired, "repaired"}, {Outcome::Differing, "differing"}, {Outcome::Refused, "refused"},
};

void write_entry(JsonWriter& out, ReportEntry const& entry)
{
    auto text = [&](std::string_view name, std::string const& value) {
        out.key(name);
        if (value.empty()) out.null();
        else out.value(std::string_view{value});
    };
    out.begin_object();
    text("place", entry.place);
    text("item", entry.item);
    text("reference", entry.reference);
    text("title", entry.title);
    text("id", entry.record);
    text("field", entry.field);
    text("code", entry.code);
    out.key("arguments").begin_object();
    for (auto const& [name, value] : entry.arguments) out.member(name, std::string_view{value});
    out.end_object().end_object();
}

std::string text_at(nlohmann::json const& json, char const* name)
{
    auto const found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

}  // namespace

std::string_view code_of(Outcome outcome)
{
    return std::ranges::find(outcomes, outcome, &std::pair<Outcome, std::string_view>::first)->second;
}

std::optional<Outcome> parse_outcome(std::string_view code)
{
    auto const* found = std::ranges::find(outcomes, code, &std::pair<Outcome, std::string_view>::second);
    return found == std::end(outcomes) ? std::nullopt : std::optional{found->first};
}

std::int64_t ImportReport::count(Outcome outcome) const
{
    if (outcome != Outcome::Refused) return std::ranges::count(entries, outcome, &ReportEntry::outcome);
    std::set<std::string_view> items;
    for (auto const& entry : entries)
        if (entry.outcome == Outcome::Refused) items.insert(entry.item);
    return static_cast<std::int64_t>(items.size());
}

std::string to_json(ImportReport const& report)
{
    JsonWriter out;
    out.begin_object().member("format", std::string_view{report.format}).member("file", std::string_view{report.source});
    out.member("register", std::string_view{report.register_slug}).member("run", std::string_view{report.run});
    out.member("dry_run", report.dry_run).member("resumed", report.resumed).member("remaining", report.remaining);
    out.key("counts").begin_object();
    for (auto const& [outcome, code] : outcomes) out.member(code, report.count(outcome));
    out.end_object();
    for (auto const& [outcome, code] : outcomes) {
        out.key(code).begin_array();
        for (auto const& entry : report.entries)
            if (entry.outcome == outcome) write_entry(out, entry);
        out.end_array();
    }
    out.end_object();
    return std::move(out).take();
}

ImportReport parse_report(std::string_view text)
{
    auto const json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object()) throw std::runtime_error("a stored import report is not what this program writes");
    ImportReport report{text_at(json, "format"), text_at(json, "file"), text_at(json, "register"), text_at(json, "run"),
                        json.value("dry_run", false), json.value("resumed", false), {}, 0};
    for (auto const& [outcome, code] : outcomes) {
        auto const list = json.find(std::string{code});
        if (list == json.end() || !list->is_array()) continue;
        for (auto const& item : *list) {
            ReportEntry entry{outcome, text_at(item, "place"), text_at(item, "reference"), text_at(item, "title"),
                              text_at(item, "field"), text_at(item, "code"), {}, text_at(item, "id"), text_at(item, "item")};
            if (auto const arguments = item.find("arguments"); arguments != item.end() && arguments->is_object())
                for (auto const& [name, value] : arguments->items())
                    if (value.is_string()) entry.arguments[name] = value.get<std::string>();
            report.entries.push_back(std::move(entry));
        }
    }
    return report;
}

std::string field_words(schema::SchemaInfo const& info, std::string_view path, Locale const& locale)
{
    auto const end = path.find_first_of("[.");
    auto const* field = info.find(path.substr(0, end));
    if (!field) return std::string{path};
    auto words = schema::short_label(info, *field, locale);
    if (end == std::string_view::npos) return words;
    if (path[end] == '[') {
        auto const close = path.find(']', end);
        if (close == std::string_view::npos) return words;
        int index = 0;
        for (char c : path.substr(end + 1, close - end - 1)) index = c >= '0' && c <= '9' ? index * 10 + (c - '0') : index;
        words += " " + std::to_string(index + 1);
        path = path.substr(close + 1);
    } else {
        path = path.substr(end);
    }
    if (path.empty() || path.front() != '.' || !field->rows) return words;
    return words + ", " + field_words(*field->rows, path.substr(1), locale);
}

std::string words_of(ReportEntry const& entry, schema::SchemaInfo const& info, Locale const& locale)
{
    if (entry.code.empty()) return {};
    auto sentence = locale.find("import.note." + entry.code) ? locale.text("import.note." + entry.code, entry.arguments)
                                                             : locale.text("error." + entry.code, entry.arguments);
    if (entry.field.empty()) return sentence;
    if (entry.code.starts_with("profile_")) return locale.text("profile." + entry.field) + locale.text("punctuation.colon") + sentence;
    return field_words(info, entry.field, locale) + locale.text("punctuation.colon") + sentence;
}

}  // namespace greffier::records
