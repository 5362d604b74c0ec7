#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "core/text.hpp"
#include "records/importing.hpp"
#include "schema/extend.hpp"
#include "schema/json.hpp"
#include "schema/json_guard.hpp"

namespace greffier::records {
namespace {

using Json = nlohmann::ordered_json;

constexpr int max_depth = 40;
constexpr std::size_t max_records = 20'000;   // ten times the largest register known: "[{},{},…" costs its sender nothing
constexpr std::string_view own_members[] = {"id",         "register",   "reference",  "version", "status", "created_at",
                                            "updated_at", "updated_by", "deleted_at", "custom"};

std::optional<Json> parse(std::string_view text)
{
    if (!schema::is_readable_json(text, max_depth)) return std::nullopt;
    return Json::parse(text);
}

std::string text_member(Json const& json, char const* name)
{
    auto const found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

void refuse(ImportItem& item, std::string const& member, std::string code, Arguments arguments = {})
{
    if (!item.refused) item.refused = Error::invalid("invalid");
    item.refused->fields.push_back({member, code, arguments});
    item.notes.push_back({Outcome::Refused, item.place + "." + member, std::move(code), std::move(arguments), member});
}

void skip(ImportItem& item, std::string const& member, std::string code, Arguments arguments)
{
    item.notes.push_back({Outcome::Skipped, item.place + "." + member, std::move(code), std::move(arguments), {}});
}

/// Members of the record that are no declared field.
void read_own(ImportItem& item, Register const& kind, Json const& json)
{
    for (auto const& [name, value] : json.items())
        if (!kind.schema->find(name) && std::ranges::find(own_members, name) == std::end(own_members) && !(kind.sealed && name == "destroyed"))
            refuse(item, shorten(name, 80), "unknown_field", {{"field", shorten(name, 80)}});
    for (auto const* name : {"id", "reference", "status", "register", "deleted_at"})
        if (auto const found = json.find(name); found != json.end() && !found->is_null() && !found->is_string()) refuse(item, name, "wrong_kind");
    item.reference = text_member(json, "reference");
    item.id = RecordId::parse(text_member(json, "id"));
    if (!item.id && !text_member(json, "id").empty()) refuse(item, "id", "not_an_id");
    if (auto const version = json.find("version"); version != json.end() && version->is_number_integer()) item.version = version->get<std::int64_t>();
    if (auto const slug = text_member(json, "register"); !slug.empty() && slug != kind.slug) refuse(item, "register", "import.other_register", {{"register", shorten(slug, 60)}});
    if (auto const custom = json.find("custom"); custom != json.end() && !custom->empty() && !schema::has_custom_fields(*kind.schema)) refuse(item, "custom", "unknown_field", {{"field", "custom"}});
    if (!text_member(json, "deleted_at").empty()) {
        item.skipped = true;
        skip(item, "deleted_at", "deleted_in_file", {});
    }
    item.status = text_member(json, "status");
}

/// One id for two records that differ: which of them it names, nobody can tell. Word-for-word repeats are counted later.
void refuse_second_ids(ImportFile& file)
{
    std::map<std::string, ImportItem const*> seen;
    for (auto& item : file.items) {
        if (!item.id) continue;
        auto const [first, added] = seen.emplace(item.id->text(), &item);
        if (added) continue;
        auto const& other = *first->second;
        if (other.reference != item.reference || other.name != item.name) refuse(item, "id", "not_unique", {{"value", item.id->text()}});
    }
}

ImportItem read_item(Register const& kind, Json const& json, std::string place)
{
    ImportItem item;
    item.place = std::move(place);
    if (!json.is_object()) {
        item.refused = Error::invalid("wrong_kind");
        return item;
    }
    read_own(item, kind, json);
    item.name = text_member(json, std::string{kind.title_field}.c_str());
    item.key = item.id ? item.id->text() : item.reference;
    Json declared = Json::object();
    for (auto const& [name, value] : json.items())
        if (kind.schema->find(name) || (name == "custom" && schema::has_custom_fields(*kind.schema))) declared[name] = value;
    auto read = schema::read_json(*kind.schema, declared.dump(-1, ' ', false, Json::error_handler_t::replace), schema::ReadMode::Replace);
    if (!read.ok()) {
        for (auto const& problem : read.error().fields) refuse(item, problem.field, problem.code, problem.arguments);
        if (!item.refused) item.refused = read.error();
        return item;
    }
    item.row = std::move(read->row);
    auto const destroyed = kind.sealed ? json.find("destroyed") : json.end();
    for (auto const& name : read->present) {
        auto const* field = kind.schema->find(name);
        // What an export no longer holds since its key was destroyed is not an answer: what stands there now is left alone.
        if (destroyed != json.end() && destroyed->is_array() && std::ranges::find(*destroyed, Json(name)) != destroyed->end()) continue;
        if (!field->read_only) item.present.push_back(name);
        item.places.emplace(name, item.place + "." + name);
    }
    return item;
}

}  // namespace

bool looks_like_json(std::string_view text)
{
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    text = trim(text.substr(0, 4096));
    return !text.empty() && (text.front() == '{' || text.front() == '[');
}

Result<ImportFile> read_json_import(Register const& kind, std::string_view text, std::string source)
{
    auto const hash = sha256(as_bytes(text));
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (!is_utf8(text)) return Error::invalid("unreadable", {{"reason", "utf-8"}});
    auto const json = parse(text);
    if (!json || !(json->is_object() || json->is_array())) return Error::invalid("unreadable", {{"reason", "json"}});

    ImportFile file;
    file.format = "json";
    file.source = std::move(source);
    file.hash = hash;
    file.matches_by_reference = true;
    auto const too_many = [](Json const& list) { return list.size() > max_records; };
    auto const refusal = Error::too_large("import.too_many_records", {{"limit", std::to_string(max_records)}});
    if (json->is_array()) {
        if (too_many(*json)) return refusal;
        for (std::size_t i = 0; i < json->size(); ++i) file.items.push_back(read_item(kind, (*json)[i], "[" + std::to_string(i) + "]"));
        refuse_second_ids(file);
        return file;
    }
    auto const items = json->find("items");
    if (items == json->end()) {
        file.items.push_back(read_item(kind, *json, "$"));
        return file;
    }
    if (!items->is_array()) return Error::invalid("unreadable", {{"reason", "items"}});
    if (too_many(*items)) return refusal;
    if (auto const slug = text_member(*json, "register"); !slug.empty() && slug != kind.slug)
        return Error::invalid("import.other_register", {{"register", shorten(slug, 60)}});
    if (auto const version = json->find("format_version"); version != json->end() && *version != 1)
        return Error::invalid("import.newer_format", {{"version", shorten(version->dump(), 20)}});
    for (std::size_t i = 0; i < items->size(); ++i) file.items.push_back(read_item(kind, (*items)[i], "items[" + std::to_string(i) + "]"));
    refuse_second_ids(file);
    return file;
}

}  // namespace greffier::records
