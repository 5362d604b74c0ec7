#include <simdjson.h>

#include <algorithm>
#include <map>
#include <optional>
#include <stdexcept>

#include "schema/extend.hpp"
#include "schema/json.hpp"

namespace greffier::schema {
namespace {

void write_row(JsonWriter& out, SchemaInfo const& info, Row const& row, bool with_id, bool with_absent);

void write_value(JsonWriter& out, FieldInfo const& field, Value const& value, bool with_absent)
{
    std::visit([&](auto const& held) {
        using T = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<T, std::monostate>) {
            if (field.kind == Kind::Rows || field.kind == Kind::Attachments || field.kind == Kind::Choices || field.kind == Kind::Terms ||
                field.kind == Kind::Links || field.kind == Kind::Strings)
                out.raw("[]");
            else
                out.null();
        }
        else if constexpr (std::is_same_v<T, Date> || std::is_same_v<T, Timestamp>) out.value(std::string_view{to_text(held)});
        else if constexpr (std::is_same_v<T, Texts>) {
            out.begin_array();
            for (auto const& text : held) out.value(std::string_view{text});
            out.end_array();
        }
        else if constexpr (std::is_same_v<T, Rows>) {
            bool const several = field.kind == Kind::Rows || field.kind == Kind::Attachments;
            if (several) out.begin_array();
            for (auto const& row : held) write_row(out, *field.rows, row, has_row_id(field.kind), with_absent);
            if (several) out.end_array();
        }
        else if constexpr (std::is_same_v<T, std::string>) out.value(std::string_view{held});
        else out.value(held);
    }, value);
}

void write_fields(JsonWriter& out, SchemaInfo const& info, Row const& row, bool with_absent)
{
    for (std::size_t i = 0; i < info.fields.size(); ++i) {
        bool const absent = i >= row.values.size() || is_empty(row.values[i]);
        if ((absent && !with_absent) || info.fields[i].custom) continue;
        out.key(info.fields[i].name);
        write_value(out, info.fields[i], absent ? Value{} : row.values[i], with_absent);
    }
}

/// What the organisation's own fields hold, by code.
std::map<std::string_view, std::string> custom_members(SchemaInfo const& info, Row const& row, bool with_absent)
{
    std::map<std::string_view, std::string> members;
    for (std::size_t i = 0; i < info.fields.size(); ++i) {
        auto const& field = info.fields[i];
        bool const absent = i >= row.values.size() || is_empty(row.values[i]);
        if (!field.custom || (absent && !with_absent)) continue;
        JsonWriter value;
        write_value(value, field, absent ? Value{} : row.values[i], with_absent);
        members.emplace(std::string_view{field.name}.substr(custom_prefix.size()), std::move(value).take());
    }
    return members;
}

std::string object_of(std::map<std::string_view, std::string> const& members)
{
    JsonWriter out;
    out.begin_object();
    for (auto const& [code, json] : members) out.key(code).raw(json);
    out.end_object();
    return std::move(out).take();
}

void write_row(JsonWriter& out, SchemaInfo const& info, Row const& row, bool with_id, bool with_absent)
{
    out.begin_object();
    if (with_id) out.member("id", std::string_view{row.id});
    write_fields(out, info, row, with_absent);
    out.end_object();
}

using Element = simdjson::dom::element;

/// Bodies hold their fields in the order of the declaration: the search begins behind the last one found.
FieldInfo const* find_from(SchemaInfo const& info, std::size_t start, std::string_view name)
{
    auto const matches = [&](FieldInfo const& field) { return field.name == name; };
    auto const begin = info.fields.begin(), middle = begin + static_cast<std::ptrdiff_t>(start), end = info.fields.end();
    if (auto const after = std::find_if(middle, end, matches); after != end) return &*after;
    auto const before = std::find_if(begin, middle, matches);
    return before == middle ? nullptr : &*before;
}

/// The field an old body's member belongs to today; nullptr when it was dropped from the declaration.
/// A name that a later version gave to another field means, in an older body, the field that had it then.
FieldInfo const* field_of(SchemaInfo const& info, std::string_view name, int schema_version, std::size_t start)
{
    auto const* named = find_from(info, start, name);
    if (named && named->since <= schema_version) return named;
    for (auto const& field : info.fields)
        if (std::ranges::find(field.was, name) != field.was.end()) return &field;
    return named;
}

bool is_converted(FieldInfo const& field, int schema_version)
{
    return std::ranges::any_of(field.conversions, [&](auto const& conversion) { return schema_version <= conversion.from; });
}

Row read_object(SchemaInfo const& info, Element object, int schema_version);

Value read_value(FieldInfo const& field, Element element, int schema_version)
{
    switch (element.type()) {
    case simdjson::dom::element_type::NULL_VALUE: return {};
    case simdjson::dom::element_type::BOOL: return bool(element);
    case simdjson::dom::element_type::INT64: return std::int64_t(element);
    case simdjson::dom::element_type::UINT64: return static_cast<std::int64_t>(std::uint64_t(element));
    case simdjson::dom::element_type::STRING: {
        std::string text{std::string_view(element)};
        if (is_converted(field, schema_version)) return text;   // what it was is the conversion's to say
        if (field.kind == Kind::Date) { if (auto date = parse_date(text)) return *date; }
        else if (field.kind == Kind::Timestamp) { if (auto instant = parse_timestamp(text)) return *instant; }
        return text;
    }
    case simdjson::dom::element_type::ARRAY: {
        auto const array = simdjson::dom::array(element);
        if (field.rows && (array.size() == 0 || array.at(0).is_object())) {
            Rows rows;
            for (auto item : array) rows.push_back(read_object(*field.rows, item, schema_version));
            return rows;
        }
        Texts texts;
        for (auto item : array)
            if (item.is_string()) texts.emplace_back(std::string_view(item));
        return texts;
    }
    case simdjson::dom::element_type::OBJECT:
        if (!field.rows) throw std::runtime_error("stored body: object in field " + field.name);
        return Rows{read_object(*field.rows, element, schema_version)};
    default: throw std::runtime_error("stored body: number with a fraction in field " + field.name);
    }
}

/// A box that came after a body was written is unticked.
void untick(FieldInfo const& field, Value& value)
{
    if (field.kind == Kind::Bool && !field.tristate && is_empty(value)) value = false;
}

/// An organisation's own fields; one that is asked nowhere any more is passed over.
void read_custom(SchemaInfo const& info, Element object, int schema_version, Row& row, std::optional<std::span<std::string const>> wanted = {})
{
    for (auto member : simdjson::dom::object(object)) {
        auto const name = std::string{custom_prefix} + std::string{std::string_view(member.key)};
        auto const index = wanted && std::ranges::find(*wanted, name) == wanted->end() ? -1 : info.index_of(name);
        if (index >= 0) row.values[static_cast<std::size_t>(index)] = read_value(info.fields[static_cast<std::size_t>(index)], member.value, schema_version);
    }
}

Row read_object(SchemaInfo const& info, Element object, int schema_version)
{
    Row row(info);
    std::size_t next = 0;
    for (auto member : simdjson::dom::object(object)) {
        if (member.key == "id" && !info.find("id")) { row.id = std::string_view(member.value); continue; }
        if (member.key == "custom" && member.value.is_object() && !info.find("custom")) {
            read_custom(info, member.value, schema_version, row);
            continue;
        }
        auto const* field = field_of(info, member.key, schema_version, next);
        if (!field) {   // one that no version of this program declares any more; what is sealed must be opened before (records/sealing.hpp)
            if (member.key == "$sealed") throw std::runtime_error("stored body: it is sealed");
            continue;
        }
        next = static_cast<std::size_t>(field - info.fields.data()) + 1;
        auto value = read_value(*field, member.value, schema_version);
        for (auto const& conversion : field->conversions)
            if (schema_version <= conversion.from) value = conversion.convert(value);
        row.values[static_cast<std::size_t>(field - info.fields.data())] = std::move(value);
    }
    for (std::size_t i = 0; i < info.fields.size(); ++i) untick(info.fields[i], row.values[i]);
    return row;
}

/// A copy with the room behind it that the parser reads into; good until this thread asks for the next.
simdjson::padded_string_view padded(std::string_view body)
{
    thread_local std::string room;
    room.assign(body);
    room.reserve(body.size() + simdjson::SIMDJSON_PADDING);
    return simdjson::padded_string_view(room.data(), body.size(), room.capacity());
}

/// The bytes of one member's value. Views into the document, which must live.
std::string_view raw_of(simdjson::ondemand::value value)
{
    switch (simdjson::ondemand::json_type(value.type())) {
    case simdjson::ondemand::json_type::array: return simdjson::ondemand::array(value.get_array()).raw_json();
    case simdjson::ondemand::json_type::object: return simdjson::ondemand::object(value.get_object()).raw_json();
    default: return value.raw_json_token();
    }
}

using Members = std::vector<std::pair<std::string, std::string>>;

void write_sorted(JsonWriter& out, SchemaInfo const& info, Row const& row, Members const& extra);

void write_sorted_value(JsonWriter& out, FieldInfo const& field, Value const& value)
{
    auto const* rows = std::get_if<Rows>(&value);
    if (!rows) return write_value(out, field, value, true);
    bool const several = field.kind == Kind::Rows || field.kind == Kind::Attachments;
    if (several) out.begin_array();
    for (auto const& owned : *rows) {
        Members id;
        if (has_row_id(field.kind)) { JsonWriter quoted; quoted.value(std::string_view{owned.id}); id.emplace_back("id", quoted.text()); }
        write_sorted(out, *field.rows, owned, id);
    }
    if (several) out.end_array();
}

void write_sorted(JsonWriter& out, SchemaInfo const& info, Row const& row, Members const& extra)
{
    static Value const absent;
    std::vector<std::pair<std::string_view, std::size_t>> order;   // names alone are sorted: what they hold is written once, in its place
    order.reserve(info.fields.size() + extra.size());
    for (std::size_t i = 0; i < info.fields.size(); ++i)
        if (!info.fields[i].custom) order.emplace_back(info.fields[i].name, i);
    for (std::size_t i = 0; i < extra.size(); ++i) order.emplace_back(extra[i].first, info.fields.size() + i);
    std::ranges::sort(order);
    out.begin_object();
    for (auto const& [name, i] : order) {
        out.key(name);
        if (i >= info.fields.size()) out.raw(extra[i - info.fields.size()].second);
        else write_sorted_value(out, info.fields[i], i < row.values.size() && !is_empty(row.values[i]) ? row.values[i] : absent);
    }
    out.end_object();
}

}  // namespace

std::string to_stored(SchemaInfo const& info, Row const& row)
{
    JsonWriter out;
    out.begin_object();
    write_fields(out, info, row, false);
    if (auto const custom = custom_members(info, row, false); !custom.empty()) out.key("custom").raw(object_of(custom));
    out.end_object();
    return std::move(out).take();
}

std::string custom_json(SchemaInfo const& info, Row const& row) { return object_of(custom_members(info, row, true)); }

void write_members(JsonWriter& out, SchemaInfo const& info, Row const& row) { write_fields(out, info, row, true); }

std::string to_sorted(SchemaInfo const& info, Row const& row, std::vector<std::pair<std::string, std::string>> extra)
{
    JsonWriter out;
    write_sorted(out, info, row, extra);
    return std::move(out).take();
}

Row from_stored(SchemaInfo const& info, std::string_view body, int schema_version)
{
    // One parser per thread: it keeps its buffers, which is most of what parsing costs.
    thread_local simdjson::dom::parser parser;
    auto parsed = parser.parse(padded(body));
    if (parsed.error()) throw std::runtime_error(std::string{"stored body is not JSON: "} + simdjson::error_message(parsed.error()));
    try {
        return read_object(info, parsed.value(), schema_version);
    } catch (simdjson::simdjson_error const& error) {   // a member of a type that no version wrote
        throw std::runtime_error(std::string{"stored body: "} + error.what());
    }
}

Row from_stored(SchemaInfo const& info, std::string_view body, int schema_version, std::span<std::string const> wanted)
{
    if (schema_version != info.version) {   // an old body is raised whole: a wanted field may have had another name
        auto row = from_stored(info, body, schema_version);
        for (auto const& field : info.fields)
            if (std::ranges::find(wanted, field.name) == wanted.end()) row.values[static_cast<std::size_t>(&field - info.fields.data())] = {};
        return row;
    }
    thread_local simdjson::ondemand::parser finder;
    thread_local simdjson::dom::parser parser;
    Row row(info);
    bool const wants_custom = std::ranges::any_of(wanted, [](std::string const& name) { return name.starts_with(custom_prefix); });
    std::ptrdiff_t read = 0;
    auto const fields = wants_custom ? -1 : std::ranges::count_if(wanted, [&](std::string const& name) { return info.find(name) != nullptr; });
    try {
        simdjson::ondemand::document document = finder.iterate(padded(body));
        for (simdjson::ondemand::field member : document.get_object()) {
            if (read == fields) break;   // what follows is not asked for
            std::string_view const name = member.unescaped_key();
            if (name == "custom" && wants_custom) {
                auto const raw = raw_of(member.value());
                Element const object = parser.parse(raw.data(), raw.size(), false);
                read_custom(info, object, schema_version, row, wanted);
                continue;
            }
            if (std::ranges::find(wanted, name) == wanted.end()) continue;
            auto const* field = info.find(name);
            if (!field) continue;
            ++read;
            auto const raw = raw_of(member.value());
            Element const element = parser.parse(raw.data(), raw.size(), false);   // inside the padded copy: the bytes behind it may be read
            row.values[static_cast<std::size_t>(field - info.fields.data())] = read_value(*field, element, schema_version);
        }
    } catch (simdjson::simdjson_error const& error) {
        throw std::runtime_error(std::string{"stored body: "} + error.what());
    }
    for (auto const& name : wanted)
        if (auto const* field = info.find(name)) untick(*field, row.values[static_cast<std::size_t>(field - info.fields.data())]);
    return row;
}

}  // namespace greffier::schema
