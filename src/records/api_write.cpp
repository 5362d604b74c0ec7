// The API's writing half: create, replace, patch, delete, and the acts (status, review, restore).
#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "records/api_parts.hpp"
#include "records/sealed_declaration.hpp"
#include "schema/check.hpp"
#include "schema/json.hpp"

namespace greffier::records::api {

namespace {

using schema::ReadMode;
using schema::ReadRow;
using schema::Row;

/// What a body asks for, checked against the record it is about; nullptr for a new one.
struct Wanted {
    Row row;
    std::optional<std::string> reference;
};

bool same_text(std::string_view json, std::string_view text)
{
    auto const sent = schema::json_string(json);
    return sent && *sent == text;
}

/// A member of every record that only acts set. Sent back as it is: nothing to say.
bool is_unchanged(Register const& kind, schema::OtherMember const& member, Stored const* current)
{
    auto const& [name, json] = member;
    if (name == "register") return same_text(json, kind.slug);
    if (!current) return json == "null" || (name == "status" && same_text(json, kind.first_status()));
    auto const& head = current->head;
    auto instant = [&](std::optional<Timestamp> held) {
        if (!held) return json == "null";
        auto const sent = schema::json_string(json);
        return sent && parse_timestamp(*sent) == held;
    };
    if (name == "id") return same_text(json, head.id.text());
    if (name == "status") return same_text(json, head.status);
    if (name == "version") return json == std::to_string(head.version);
    if (name == "created_at") return instant(head.created_at);
    if (name == "updated_at") return instant(head.updated_at);
    if (name == "deleted_at") return instant(head.deleted_at);
    return head.updated_by.is_nil() ? json == "null" : same_text(json, head.updated_by.text());
}

void read_others(Register const& kind, ReadRow const& read, Stored const* current, Wanted& wanted, std::vector<FieldError>& problems)
{
    constexpr std::array common{"id", "register", "version", "status", "created_at", "updated_at", "updated_by", "deleted_at"};
    for (auto const& member : read.others) {
        if (member.name == "reference") {
            if (auto text = schema::json_string(member.json)) wanted.reference = squeeze(*text);
            else if (member.json != "null") problems.push_back({"reference", "wrong_kind", {}});
        } else if (member.name == "custom") {
            if (member.json != "{}" && member.json != "null") problems.push_back({"custom", "unknown_field", {{"field", "custom"}}});
        } else if (kind.sealed && member.name == "destroyed") {
            if (member.json != names_json(current ? current->destroyed : std::vector<std::string>{})) problems.push_back({"destroyed", "read_only", {}});
        } else if (std::ranges::find(common, member.name) != common.end()) {
            if (!is_unchanged(kind, member, current)) problems.push_back({member.name, "read_only", {}});
        } else {
            problems.push_back({member.name, "unknown_field", {{"field", shorten(member.name, 80)}}});
        }
    }
    if (wanted.reference && wanted.reference->empty()) {
        if (current) problems.push_back({"reference", "required", {}});
        wanted.reference.reset();
    }
}

/// Read-only fields keep what they hold; one that was sent must be what it holds.
void keep_read_only(Register const& kind, ReadRow const& read, Stored const* current, Row& row, std::vector<FieldError>& problems)
{
    auto const& fields = kind.schema->fields;
    static schema::Value const absent;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (!fields[i].read_only) continue;
        auto const& held = current && i < current->row.values.size() ? current->row.values[i] : absent;
        bool const sent = std::ranges::find(read.present, fields[i].name) != read.present.end();
        bool const same = row.values[i] == held || (schema::is_empty(row.values[i]) && schema::is_empty(held));
        if (sent && !same) problems.push_back({fields[i].name, "read_only", {}});
        row.values[i] = held;
    }
}

/// The body as a row to write; every problem that can be told without the database at once.
Result<Wanted> read_wanted(ApiServices const& services, Register const& kind, Request const& request, ReadMode mode, Stored const* current)
{
    auto read = TRY(schema::read_json(*kind.schema, request.body, mode, current ? current->row : Row{}));
    Wanted wanted;
    std::vector<FieldError> problems;
    schema::normalise(*kind.schema, read.row);
    keep_read_only(kind, read, current, read.row, problems);
    read_others(kind, read, current, wanted, problems);
    std::ranges::move(schema::check(*kind.schema, read.row, services.machinery.knows_term), std::back_inserter(problems));
    if (current && !current->destroyed.empty()) settle_destroyed(kind, read.row, problems);
    if (!problems.empty()) return Error{ErrorKind::Invalid, "invalid", {}, std::move(problems)};
    wanted.row = std::move(read.row);
    return wanted;
}

Answer edit_record(ApiServices const& services, Context& context, Request const& request, ReadMode mode)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const records = records_of(services, context);
    auto const current = TRY(records.find(kind, TRY(record_id_of(request))));
    TRY(expect_json(request, mode == ReadMode::Merge));
    auto const version = TRY(demanded_version(request, current.head.version));
    auto wanted = TRY(read_wanted(services, kind, request, mode, &current));
    Edit edit;
    edit.id = current.head.id;
    edit.version = version;
    edit.row = std::move(wanted.row);
    edit.reference = std::move(wanted.reference);
    edit.changes_validated = TRY(yes_or_no(request, "changes_validated"));
    return record_answer(kind, TRY(records.update(kind, std::move(edit), by_of(context))));
}

/// A day of an act's body, when it is there.
Result<std::optional<Date>> date_of(std::map<std::string, std::string> const& texts, std::string const& name)
{
    auto const found = texts.find(name);
    if (found == texts.end() || found->second.empty()) return std::optional<Date>{};
    auto const date = parse_date(found->second);
    if (!date) return field_error(name, "not_a_date");
    return std::optional{*date};
}

std::string text_of(std::map<std::string, std::string> const& texts, std::string const& name, std::string otherwise = {})
{
    auto const found = texts.find(name);
    return found == texts.end() ? std::move(otherwise) : squeeze(found->second);
}

/// Texts that go into the proof: readable, and not endless.
Status check_text(std::string_view name, std::string_view text, std::size_t most)
{
    if (std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; })) return field_error(std::string{name}, "control_characters");
    if (length_utf8(text) > most) return field_error(std::string{name}, "too_long", {{"max", std::to_string(most)}});
    return Nothing{};
}

/// The record as the transaction finds it, in the version the caller named if it named one.
Result<Stored> expected(Batch& batch, Register const& kind, RecordId id, Request const& request)
{
    auto current = batch.find(kind, id);
    if (!current) return Error::not_found();
    TRY(matched_version(request, current->head.version));
    return std::move(*current);
}

}  // namespace

Answer create_record(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    TRY(expect_json(request));
    auto const wanted = TRY(read_wanted(services, kind, request, ReadMode::Replace, nullptr));
    return write_once(
        services, context, request,
        [&](Batch& batch) { return batch.create(kind, {.row = wanted.row, .reference = wanted.reference.value_or("")}); },
        [&](Stored const& stored) {
            auto answer = record_answer(kind, stored, 201);
            answer.header("Location", address_of(context, kind, stored.head.id));
            return answer;
        });
}

Answer replace_record(ApiServices const& services, Context& context, Request const& request) { return edit_record(services, context, request, ReadMode::Replace); }
Answer patch_record(ApiServices const& services, Context& context, Request const& request) { return edit_record(services, context, request, ReadMode::Merge); }

Answer delete_record(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const records = records_of(services, context);
    auto const current = TRY(records.find(kind, TRY(record_id_of(request))));
    auto const version = TRY(demanded_version(request, current.head.version));
    auto const gone = TRY(records.remove(kind, current.head.id, version, by_of(context)));
    auto answer = Response::no_content();
    answer.header("ETag", etag_of(gone.head.version));
    return answer;
}

Answer change_status(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const id = TRY(record_id_of(request));
    auto const texts = TRY(read_texts(request, {"status", "reason", "decided_by", "decided_on"}));
    StatusChange change{id, 0, text_of(texts, "status"), text_of(texts, "reason"), {text_of(texts, "decided_by"), TRY(date_of(texts, "decided_on"))}};
    if (change.status.empty()) return field_error("status", "required");
    if (!kind.has_status(change.status)) return field_error("status", "unknown_choice", {{"value", shorten(change.status, 60)}});
    TRY(check_text("reason", change.reason, 2000));
    TRY(check_text("decided_by", change.decision.by, 200));
    return write_once(
        services, context, request,
        [&](Batch& batch) -> Result<Stored> {
            auto const current = TRY(expected(batch, kind, id, request));
            auto const* step = kind.transition(current.head.status, change.status);
            if (step && !accounts::may(context.who(), step->permission)) return Error::forbidden("transition_forbidden");
            change.version = current.head.version;
            return batch.change_status(kind, change);
        },
        [&](Stored const& stored) { return record_answer(kind, stored); });
}

Answer review_record(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const id = TRY(record_id_of(request));
    auto const texts = TRY(read_texts(request, {"reviewer", "next_review"}));
    auto const next = TRY(date_of(texts, "next_review"));
    auto const reviewer = text_of(texts, "reviewer", context.frame.person_name);
    return write_once(
        services, context, request,
        [&](Batch& batch) -> Result<Stored> {
            auto const current = TRY(expected(batch, kind, id, request));
            return batch.review(kind, id, current.head.version, reviewer, next);
        },
        [&](Stored const& stored) { return record_answer(kind, stored); });
}

Answer destroy_record(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const id = TRY(record_id_of(request));
    (void)TRY(records_of(services, context).find(kind, id, true));   // what is not there for them is not refused to them
    if (!accounts::may(context.who(), web::Permission::DecideRecords)) return Error::forbidden("destroy_forbidden");
    auto const texts = TRY(read_texts(request, {"reason"}));
    auto const reason = text_of(texts, "reason");
    TRY(check_text("reason", reason, 2000));
    return write_once(
        services, context, request,
        [&](Batch& batch) -> Result<Stored> {
            auto const current = TRY(expected(batch, kind, id, request));
            return batch.destroy(kind, id, current.head.version, reason);
        },
        [&](Stored const& stored) { return record_answer(kind, stored); });
}

Answer restore_record(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const id = TRY(record_id_of(request));
    TRY(read_texts(request, {}));
    return write_once(
        services, context, request, [&](Batch& batch) { return batch.restore(kind, id); },
        [&](Stored const& stored) { return record_answer(kind, stored); });
}

}  // namespace greffier::records::api
