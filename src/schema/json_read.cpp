#include <nlohmann/json.hpp>

#include "core/text.hpp"
#include "schema/extend.hpp"
#include "schema/json.hpp"
#include "schema/json_guard.hpp"

namespace greffier::schema {
namespace {

using Json = nlohmann::ordered_json;
constexpr int max_depth = 32;

class Reader {
public:
    explicit Reader(std::vector<FieldError>& errors) : errors_(errors) {}

    Row object(SchemaInfo const& info, Json const& json, std::string const& prefix, Row base, bool with_id)
    {
        Row row = std::move(base);
        row.values.resize(info.fields.size());
        for (auto const& [name, value] : json.items()) {
            if (with_id && name == "id" && !info.find("id")) {
                if (value.is_string()) row.id = value.get<std::string>();
                else if (!value.is_null()) error(prefix + name, "wrong_kind");
                continue;
            }
            auto const* field = info.find(name);
            if (!field) { error(prefix + name, "unknown_field", {{"field", shorten(name, 80)}}); continue; }
            row.values[static_cast<std::size_t>(field - info.fields.data())] = this->value(*field, value, prefix + name);
        }
        return row;
    }

    Value value(FieldInfo const& field, Json const& json, std::string const& path)
    {
        if (json.is_null()) return {};
        switch (field.kind) {
        case Kind::Bool: if (json.is_boolean()) return json.get<bool>(); break;
        case Kind::Integer: case Kind::Percent: case Kind::Money:
            if (json.is_number_unsigned() && json.get<std::uint64_t>() > INT64_MAX) { error(path, "out_of_range"); return {}; }
            if (json.is_number_integer()) return json.get<std::int64_t>();
            error(path, "not_a_number");
            return {};
        case Kind::Date:
            if (json.is_string()) if (auto date = parse_date(json.get<std::string>())) return *date;
            error(path, "not_a_date");
            return {};
        case Kind::Timestamp:
            if (json.is_string()) if (auto instant = parse_timestamp(json.get<std::string>())) return *instant;
            error(path, "not_a_date");
            return {};
        case Kind::Choices: case Kind::Terms: case Kind::Links: case Kind::Strings: return texts(json, path);
        case Kind::Localised: case Kind::Contact: case Kind::Attachment: case Kind::Object:
            if (json.is_object()) return Rows{object(*field.rows, json, path + ".", {}, has_row_id(field.kind))};
            break;
        case Kind::Attachments: case Kind::Rows: return rows(field, json, path);
        default: if (json.is_string()) return json.get<std::string>();
        }
        error(path, "wrong_kind");
        return {};
    }

private:
    Value texts(Json const& json, std::string const& path)
    {
        if (!json.is_array()) { error(path, "wrong_kind"); return {}; }
        Texts texts;
        for (std::size_t i = 0; i < json.size(); ++i) {
            if (json[i].is_string()) texts.push_back(json[i].get<std::string>());
            else error(path + "[" + std::to_string(i) + "]", "wrong_kind");
        }
        return texts;
    }

    Value rows(FieldInfo const& field, Json const& json, std::string const& path)
    {
        if (!json.is_array()) { error(path, "wrong_kind"); return {}; }
        Rows rows;
        for (std::size_t i = 0; i < json.size(); ++i) {
            auto const at = path + "[" + std::to_string(i) + "]";
            if (json[i].is_object()) rows.push_back(object(*field.rows, json[i], at + ".", {}, true));
            else error(at, "wrong_kind");
        }
        return rows;
    }

    void error(std::string path, char const* code, Arguments arguments = {}) { errors_.push_back({std::move(path), code, std::move(arguments)}); }

    std::vector<FieldError>& errors_;
};

std::optional<Json> parse_limited(std::string_view text)
{
    if (!is_readable_json(text, max_depth)) return std::nullopt;
    return Json::parse(text);
}

/// Members of `custom` as the fields they are; null empties them all. A code that nobody declared is refused.
void take_custom(SchemaInfo const& info, Json const& custom, Json& declared, std::vector<std::string>& present, std::vector<FieldError>& errors)
{
    auto take = [&](std::string name, Json const& value) {
        present.push_back(name);
        declared[std::move(name)] = value;
    };
    if (custom.is_null()) {
        for (auto const& field : info.fields)
            if (field.custom) take(field.name, custom);
    } else if (!custom.is_object()) {
        errors.push_back({"custom", "wrong_kind", {}});
    } else {
        for (auto const& [code, value] : custom.items()) {
            auto name = std::string{custom_prefix} + code;
            if (info.find(name)) take(std::move(name), value);
            else errors.push_back({shorten(name, 80), "unknown_field", {{"field", shorten(name, 80)}}});
        }
    }
}

}  // namespace

Result<ReadRow> read_json(SchemaInfo const& info, std::string_view json, ReadMode mode, Row const& base)
{
    if (!is_utf8(json)) return Error::invalid("unreadable", {{"reason", "utf-8"}});
    auto parsed = parse_limited(json);
    if (!parsed || !parsed->is_object()) return Error::invalid("unreadable", {{"reason", "json"}});

    ReadRow out;
    Json declared = Json::object();
    std::vector<FieldError> errors;
    for (auto const& [name, value] : parsed->items()) {
        if (name == "custom" && has_custom_fields(info)) {
            take_custom(info, value, declared, out.present, errors);
        } else if (info.find(name)) {
            out.present.push_back(name);
            // A merge patch reaches into parts (a contact), yet replaces arrays whole.
            auto const* field = info.find(name);
            if (mode == ReadMode::Merge && value.is_object() && field->rows) {
                JsonWriter current;
                current.begin_object();
                auto const* rows = std::get_if<Rows>(&get(info, base, name));
                if (rows && !rows->empty() && has_row_id(field->kind)) current.member("id", std::string_view{rows->front().id});
                if (rows && !rows->empty()) write_members(current, *field->rows, rows->front());
                current.end_object();
                auto merged = Json::parse(current.text());
                merged.merge_patch(value);
                declared[name] = merged;
            } else {
                declared[name] = value;
            }
        } else {
            out.others.push_back({name, value.dump()});
        }
    }
    Reader reader(errors);
    out.row = reader.object(info, declared, "", mode == ReadMode::Merge ? base : Row{}, false);
    if (!errors.empty()) return Error{ErrorKind::Invalid, "invalid", {}, std::move(errors)};
    return out;
}

std::optional<std::string> json_string(std::string_view json)
{
    auto parsed = Json::parse(json, nullptr, false);
    if (!parsed.is_string()) return std::nullopt;
    return parsed.get<std::string>();
}

}  // namespace greffier::schema
