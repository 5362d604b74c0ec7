#include "exchange/table_mapping.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/json_writer.hpp"
#include "core/text.hpp"
#include "schema/show.hpp"

namespace greffier::exchange {

using schema::FieldInfo;
using schema::Kind;
using schema::SchemaInfo;
using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t max_columns = 512, max_text = 500, max_choices = 2000;

bool takes_cells(FieldInfo const& field)
{
    return !field.read_only && !field.retired && field.kind != Kind::Attachment && field.kind != Kind::Attachments;
}

bool has_parts(FieldInfo const& field)
{
    return field.rows && (field.kind == Kind::Rows || field.kind == Kind::Contact || field.kind == Kind::Object || field.kind == Kind::Localised);
}

void write_choices(JsonWriter& out, WordChoices const& choices)
{
    out.key("choices").begin_object();
    for (auto const& [word, code] : choices) {
        if (code) out.member(word, std::string_view{*code});
        else out.null_member(word);
    }
    out.end_object();
}

/// Reads one object and says each member that is unknown or of the wrong kind.
class Reader {
public:
    explicit Reader(std::vector<FieldError>& problems) : problems_(problems) {}

    void text(Json const& object, char const* name, std::string const& place, std::string& into)
    {
        auto const found = object.find(name);
        if (found == object.end() || found->is_null()) return;
        if (!found->is_string()) return wrong(place + name);
        into = found->get<std::string>();
        if (length_utf8(into) > max_text) problems_.push_back({place + name, "too_long", {{"max", std::to_string(max_text)}}});
    }
    void truth(Json const& object, char const* name, std::string const& place, bool& into)
    {
        auto const found = object.find(name);
        if (found == object.end() || found->is_null()) return;
        if (!found->is_boolean()) return wrong(place + name);
        into = found->get<bool>();
    }
    void only(Json const& object, std::string const& place, std::initializer_list<std::string_view> known)
    {
        for (auto const& [name, value] : object.items())
            if (std::ranges::find(known, name) == known.end()) problems_.push_back({place + shorten(name, 60), "unknown_field", {{"field", shorten(name, 60)}}});
    }
    void wrong(std::string place) { problems_.push_back({std::move(place), "wrong_kind", {}}); }

    TableColumn column(Json const& json, std::string const& place)
    {
        TableColumn column;
        if (!json.is_object()) { wrong(place); return column; }
        only(json, place, {"heading", "target", "separator", "unit", "date_order", "choices"});
        text(json, "heading", place, column.heading);
        text(json, "target", place, column.target);
        text(json, "separator", place, column.separator);
        text(json, "unit", place, column.unit);
        text(json, "date_order", place, column.date_order);
        if (auto const found = json.find("choices"); found != json.end() && !found->is_null()) {
            if (!found->is_object() || found->size() > max_choices) wrong(place + "choices");
            else for (auto const& [word, code] : found->items()) {
                if (code.is_string()) column.choices[word_key(word)] = code.get<std::string>();
                else if (code.is_null()) column.choices[word_key(word)] = std::nullopt;
                else wrong(place + "choices." + shorten(word, 60));
            }
        }
        return column;
    }
    TableConstant constant(Json const& json, std::string const& place)
    {
        TableConstant constant;
        if (!json.is_object()) { wrong(place); return constant; }
        only(json, place, {"target", "value"});
        text(json, "target", place, constant.target);
        text(json, "value", place, constant.value);
        return constant;
    }
    template <class Take>
    void list(Json const& object, char const* name, Take const& take)
    {
        auto const found = object.find(name);
        if (found == object.end() || found->is_null()) return;
        if (!found->is_array() || found->size() > max_columns) return wrong(name);
        for (std::size_t i = 0; i < found->size(); ++i) take((*found)[i], std::string{name} + "[" + std::to_string(i) + "].");
    }

private:
    std::vector<FieldError>& problems_;
};

/// "type=processor, kind=main" of a target's brackets.
bool read_with(SchemaInfo const& parts, std::string_view text, std::vector<std::pair<int, std::string>>& with)
{
    for (auto const& one : split(text, ',')) {
        auto const equals = one.find('=');
        if (equals == std::string::npos) return false;
        int const part = parts.index_of(squeeze(one.substr(0, equals)));
        if (part < 0) return false;
        with.emplace_back(part, squeeze(one.substr(equals + 1)));
    }
    return true;
}

std::string with_words(FieldInfo const& part, std::string const& value, Locale const& locale)
{
    if (part.list) return schema::code_label(*part.list, value, locale);
    return part.kind == Kind::Bool ? part.name : value;
}

} // namespace

std::string word_key(std::string_view words) { return fold(squeeze(words)); }

TableColumn const* TableMapping::find(std::string_view heading) const
{
    auto const found = std::ranges::find(columns, heading, &TableColumn::heading);
    return found == columns.end() ? nullptr : &*found;
}

std::string to_json(TableMapping const& mapping)
{
    JsonWriter out;
    auto text = [&](std::string_view name, std::string const& value) { out.member(name, std::string_view{value}); };
    out.begin_object();
    text("name", mapping.name);
    text("sheet", mapping.sheet);
    text("encoding", mapping.encoding);
    text("separator", mapping.separator);
    out.member("header_row", mapping.header_row);
    text("key", mapping.key);
    out.member("group", mapping.group);
    out.key("columns").begin_array();
    for (auto const& column : mapping.columns) {
        out.begin_object();
        text("heading", column.heading);
        text("target", column.target);
        text("separator", column.separator);
        text("unit", column.unit);
        text("date_order", column.date_order);
        write_choices(out, column.choices);
        out.end_object();
    }
    out.end_array().key("constants").begin_array();
    for (auto const& constant : mapping.constants) {
        out.begin_object();
        text("target", constant.target);
        text("value", constant.value);
        out.end_object();
    }
    out.end_array().end_object();
    return std::move(out).take();
}

Result<TableMapping> read_mapping(std::string_view text)
{
    constexpr std::size_t most = 1U << 20;
    auto const json = text.size() > most || !is_utf8(text) ? Json(Json::value_t::discarded) : Json::parse(text, nullptr, false);
    if (!json.is_object()) return Error::invalid("mapping.unreadable");
    std::vector<FieldError> problems;
    Reader reader(problems);
    TableMapping mapping;
    reader.only(json, "", {"name", "sheet", "encoding", "separator", "header_row", "key", "group", "columns", "constants", "register", "id", "headings", "created_at", "updated_at"});
    reader.text(json, "name", "", mapping.name);
    reader.text(json, "sheet", "", mapping.sheet);
    reader.text(json, "encoding", "", mapping.encoding);
    reader.text(json, "separator", "", mapping.separator);
    reader.text(json, "key", "", mapping.key);
    reader.truth(json, "group", "", mapping.group);
    if (auto const row = json.find("header_row"); row != json.end() && !row->is_null()) {
        if (row->is_number_integer() && *row >= -1 && *row <= 1'000'000) mapping.header_row = row->get<int>();
        else reader.wrong("header_row");
    }
    reader.list(json, "columns", [&](Json const& one, std::string const& place) { mapping.columns.push_back(reader.column(one, place)); });
    reader.list(json, "constants", [&](Json const& one, std::string const& place) { mapping.constants.push_back(reader.constant(one, place)); });
    if (mapping.columns.empty() && problems.empty()) problems.push_back({"columns", "required", {}});
    if (!problems.empty()) return Error{ErrorKind::Invalid, "invalid", {}, std::move(problems)};
    return mapping;
}

std::optional<Target> parse_target(SchemaInfo const& info, std::string_view text)
{
    Target target;
    if (text == "reference") {
        target.reference = true;
        return target;
    }
    std::string_view with;
    if (auto const bracket = text.find('['); bracket != std::string_view::npos) {
        if (text.back() != ']') return std::nullopt;
        with = text.substr(bracket + 1, text.size() - bracket - 2);
        text = text.substr(0, bracket);
    }
    // A custom field has a dot in its name.
    auto const dot = info.index_of(text) >= 0 ? std::string_view::npos : text.find('.');
    target.field = info.index_of(text.substr(0, dot));
    if (target.field < 0) return std::nullopt;
    auto const& field = info.fields[static_cast<std::size_t>(target.field)];
    if (!takes_cells(field)) return std::nullopt;
    if (dot == std::string_view::npos) {
        if (has_parts(field) || !with.empty()) return std::nullopt;
        target.leaf = &field;
        return target;
    }
    if (!has_parts(field)) return std::nullopt;
    target.owner = &field;
    target.part = field.rows->index_of(text.substr(dot + 1));
    if (target.part < 0) return std::nullopt;
    target.leaf = &field.rows->fields[static_cast<std::size_t>(target.part)];
    if (!takes_cells(*target.leaf) || has_parts(*target.leaf)) return std::nullopt;
    if (!with.empty() && (!target.in_rows() || !read_with(*field.rows, with, target.with))) return std::nullopt;
    return target;
}

std::vector<TargetChoice> targets_of(SchemaInfo const& info, Locale const& locale)
{
    std::vector<TargetChoice> all{{"reference", locale.text("export.column.reference"), ""}};
    for (auto const& field : info.fields) {
        if (!takes_cells(field)) continue;
        auto const section = field.section.empty() ? std::string{} : locale.find(info.name + ".section." + field.section).value_or(field.section);
        if (!has_parts(field)) {
            all.push_back({field.name, schema::short_label(info, field, locale), section});
            continue;
        }
        for (auto const& part : field.rows->fields)
            if (takes_cells(part) && !has_parts(part)) {
                auto target = field.name + "." + part.name;
                auto label = target_words(info, target, locale);
                all.push_back({std::move(target), std::move(label), section});
            }
    }
    return all;
}

std::string target_words(SchemaInfo const& info, std::string_view text, Locale const& locale)
{
    auto const target = parse_target(info, text);
    if (!target) return std::string{text};
    if (target->reference) return locale.text("export.column.reference");
    auto words = schema::short_label(info, info.fields[static_cast<std::size_t>(target->field)], locale);
    if (!target->owner) return words;
    auto const& parts = *target->owner->rows;
    words += locale.text("punctuation.colon") + schema::short_label(parts, *target->leaf, locale);
    std::vector<std::string> with;
    for (auto const& [part, value] : target->with) {
        auto const& one = parts.fields[static_cast<std::size_t>(part)];
        with.push_back(one.kind == Kind::Bool ? schema::short_label(parts, one, locale) : with_words(one, value, locale));
    }
    return with.empty() ? words : words + " (" + join(with, ", ") + ")";
}

std::vector<FieldError> check_mapping(SchemaInfo const& info, std::string_view title_field, TableMapping const& mapping)
{
    std::vector<FieldError> problems;
    int references = 0;
    bool named = false;
    auto look = [&](std::string const& text, std::string place) {
        if (text.empty()) return;
        auto const target = parse_target(info, text);
        if (!target) problems.push_back({std::move(place), "mapping.unknown_target", {{"target", shorten(text, 80)}}});
        else if (target->reference) ++references;
        else if (target->leaf && !target->owner && target->leaf->name == title_field) named = true;
    };
    for (std::size_t i = 0; i < mapping.columns.size(); ++i) look(mapping.columns[i].target, "columns[" + std::to_string(i) + "].target");
    for (std::size_t i = 0; i < mapping.constants.size(); ++i) look(mapping.constants[i].target, "constants[" + std::to_string(i) + "].target");
    if (references > 1) problems.push_back({"columns", "mapping.two_references", {}});
    if (!named && problems.empty()) problems.push_back({"columns", "mapping.no_name", {}});
    if (!mapping.key.empty() && !mapping.find(mapping.key)) problems.push_back({"key", "mapping.no_such_column", {{"heading", shorten(mapping.key, 80)}}});
    if (mapping.separator.size() > 1) problems.push_back({"separator", "mapping.bad_separator", {}});
    return problems;
}

} // namespace greffier::exchange
