#include "schema/json.hpp"

namespace greffier::schema {
namespace {

void write_schema(JsonWriter& out, SchemaInfo const& info, bool with_id);

void write_codes(JsonWriter& out, FieldInfo const& field)
{
    out.member("type", "string");
    if (!field.list || field.list->open) return;
    out.key("enum").begin_array();
    for (auto const& entry : field.list->entries) out.value(entry.code);
    out.end_array();
}

void write_type(JsonWriter& out, FieldInfo const& field)
{
    auto text = [&](char const* format) { out.member("type", "string"); if (*format) out.member("format", format); };
    auto list_of = [&](auto&& item) {
        out.member("type", "array").key("items").begin_object();
        item();
        out.end_object();
    };
    switch (field.kind) {
    case Kind::Bool: out.member("type", "boolean"); break;
    case Kind::Integer: case Kind::Money: out.member("type", "integer"); break;
    case Kind::Percent: out.member("type", "integer").member("minimum", 0).member("maximum", 100); break;
    case Kind::Date: text("date"); break;
    case Kind::Timestamp: text("date-time"); break;
    case Kind::Email: text("email"); break;
    case Kind::Url: text("uri"); break;
    case Kind::Duration: text("duration"); break;
    case Kind::Link: text("uuid"); break;
    case Kind::Choice: case Kind::Term: write_codes(out, field); break;
    case Kind::Choices: case Kind::Terms: list_of([&] { write_codes(out, field); }); break;
    case Kind::Links: list_of([&] { text("uuid"); }); break;
    case Kind::Strings: list_of([&] { text(""); }); break;
    case Kind::Localised: case Kind::Contact: case Kind::Attachment: case Kind::Object: write_schema(out, *field.rows, has_row_id(field.kind)); break;
    case Kind::Attachments: case Kind::Rows: list_of([&] { write_schema(out, *field.rows, true); }); break;
    default:
        text("");
        if (field.max_length) out.member("maxLength", field.max_length);
    }
}

void write_schema(JsonWriter& out, SchemaInfo const& info, bool with_id)
{
    out.member("type", "object").member("additionalProperties", false).key("properties").begin_object();
    if (with_id) out.key("id").begin_object().member("type", "string").member("format", "uuid").end_object();
    for (auto const& field : info.fields) {
        if (field.custom) continue;
        out.key(field.name).begin_object();
        if (field.required || field.kind == Kind::Rows || field.kind == Kind::Attachments) {
            write_type(out, field);
        } else {
            out.key("oneOf").begin_array().begin_object();
            write_type(out, field);
            out.end_object().begin_object().member("type", "null").end_object().end_array();
        }
        if (!field.article.empty()) out.member("x-article", std::string_view{field.article});
        if (field.read_only) out.member("readOnly", true);
        out.end_object();
    }
    out.end_object();
}

}  // namespace

std::string json_schema(SchemaInfo const& info)
{
    JsonWriter out;
    out.begin_object();
    write_schema(out, info, false);
    out.end_object();
    return std::move(out).take();
}

}  // namespace greffier::schema
