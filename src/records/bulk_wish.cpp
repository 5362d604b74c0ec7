// What a bulk act asks of every record: kept as JSON with the act, read back when it runs.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/json_writer.hpp"
#include "records/bulk.hpp"
#include "schema/json.hpp"

namespace greffier::records {

using schema::FieldInfo;
using schema::Kind;
using schema::Row;
using schema::SchemaInfo;

std::string_view code_of(How how)
{
    switch (how) {
    case How::Set: return "set";
    case How::Add: return "add";
    case How::Remove: return "remove";
    case How::Clear: return "clear";
    }
    return "set";
}

std::optional<How> parse_how(std::string_view code)
{
    for (auto how : {How::Set, How::Add, How::Remove, How::Clear})
        if (code_of(how) == code) return how;
    return std::nullopt;
}

bool holds_several(FieldInfo const& field) { return field.kind == Kind::Choices || field.kind == Kind::Terms || field.kind == Kind::Strings; }

std::vector<FieldInfo const*> bulk_fields(Register const& kind)
{
    std::vector<FieldInfo const*> fields;
    for (auto const& field : kind.schema->fields) {
        if (field.read_only || kind.seals(field) || field.name == kind.title_field || field.name == kind.reviewed_field || field.name == kind.reviewer_field) continue;
        switch (field.kind) {
        case Kind::Link: case Kind::Links: case Kind::Attachment: case Kind::Attachments: case Kind::Object: case Kind::Rows:
        case Kind::Localised: case Kind::Contact: case Kind::Timestamp: break;
        default: fields.push_back(&field);
        }
    }
    return fields;
}

SchemaInfo only(Register const& kind, FieldInfo const& field)
{
    SchemaInfo one;
    one.name = kind.schema->name;
    one.version = kind.schema->version;
    one.fields = {field};
    one.fields.front().shown_when.reset();
    return one;
}

std::string to_json(Register const& kind, BulkWish const& wish)
{
    JsonWriter out;
    out.begin_object();
    auto text = [&](std::string_view name, std::string_view value) { if (!value.empty()) out.member(name, value); };
    text("status", wish.status);
    text("reason", wish.reason);
    text("decided_by", wish.decision.by);
    if (wish.decision.on) text("decided_on", to_text(*wish.decision.on));
    if (auto const* field = wish.field.empty() ? nullptr : kind.schema->find(wish.field)) {
        text("field", wish.field);
        text("how", code_of(wish.how));
        auto const one = only(kind, *field);
        Row row(one);
        row.values[0] = wish.value;
        out.key("value").raw(schema::to_stored(one, row));
    }
    if (wish.changes_validated) text("changes_validated", *wish.changes_validated ? "yes" : "no");
    if (wish.next_review) text("next_review", to_text(*wish.next_review));
    text("reviewer", wish.reviewer);
    out.end_object();
    return std::move(out).take();
}

BulkWish parse_wish(Register const& kind, std::string_view json)
{
    auto const read = nlohmann::json::parse(json, nullptr, false);
    auto text = [&](char const* name) { return read.is_object() && read.contains(name) && read[name].is_string() ? read[name].get<std::string>() : std::string{}; };
    BulkWish wish;
    wish.status = text("status");
    wish.reason = text("reason");
    wish.decision.by = text("decided_by");
    wish.decision.on = parse_date(text("decided_on"));
    wish.field = text("field");
    wish.how = parse_how(text("how")).value_or(How::Set);
    if (auto const answer = text("changes_validated"); !answer.empty()) wish.changes_validated = answer == "yes";
    wish.next_review = parse_date(text("next_review"));
    wish.reviewer = text("reviewer");
    if (auto const* field = wish.field.empty() ? nullptr : kind.schema->find(wish.field); field && read.contains("value")) {
        auto const one = only(kind, *field);
        wish.value = schema::from_stored(one, read["value"].dump(), one.version).values[0];
    }
    return wish;
}

}  // namespace greffier::records
