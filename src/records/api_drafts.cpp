// The API's drafts and copies: what the pages' forms do, with a token of the person who writes.
#include <nlohmann/json.hpp>

#include "core/text.hpp"
#include "records/access.hpp"
#include "records/api_parts.hpp"
#include "records/drafts.hpp"
#include "records/duplicate.hpp"
#include "schema/json_guard.hpp"

namespace greffier::records::api {

namespace {

using Json = nlohmann::json;

/// A draft has an author: a token that is nobody's keeps none.
Result<Drafts> drafts_of(ApiServices const& services, Context const& context)
{
    if (!context.who().person) return Error::forbidden("draft_without_person");
    return Drafts{services.machinery.database, context.where().id, *context.who().person, context.who().sight, &services.machinery};
}

struct Target {
    Register const* kind;
    std::optional<Stored> stored;        ///< absent for the draft of a new record
    [[nodiscard]] std::optional<RecordId> record() const { return stored ? std::optional{stored->head.id} : std::nullopt; }
};

Result<Target> target_of(ApiServices const& services, Context& context, Request const& request)
{
    Target target{TRY(register_of(services, context, request)), {}};
    if (request.params.contains("id")) target.stored = TRY(records_of(services, context).find(*target.kind, TRY(record_id_of(request)), true));
    else if (target.kind->single) return Error::not_found();
    return target;
}

void write_head(JsonWriter& out, Draft const& draft)
{
    out.member("register", draft.register_slug).key("id");
    if (draft.record) out.value(draft.record->text());
    else out.null();
    out.member("version", draft.version).member("title", draft.title).member("saved_at", to_text(draft.saved_at));
}

Response draft_answer(Draft const& draft)
{
    JsonWriter out;
    out.begin_object();
    write_head(out, draft);
    out.key("form").begin_object();
    std::map<std::string_view, std::vector<std::string_view>> by_name;
    for (auto const& [name, value] : draft.fields) by_name[name].push_back(value);
    for (auto const& [name, values] : by_name) {
        out.key(name).begin_array();
        for (auto const value : values) out.value(value);
        out.end_array();
    }
    out.end_object().end_object();
    return Response::json(std::move(out).take());
}

/// {"form": {name: text or [texts]}, "version": n}
Result<Draft> read_draft(Target const& target, Request const& request, Timestamp now)
{
    TRY(expect_json(request));
    if (!schema::is_readable_json(request.body, 4)) return Error::invalid("unreadable");
    auto const body = Json::parse(request.body, nullptr, false);
    if (!body.is_object()) return Error::invalid("unreadable");
    for (auto const& [name, value] : body.items())
        if (name != "form" && name != "version") return field_error(shorten(name, 80), "unknown_field", {{"field", shorten(name, 80)}});
    if (!body.contains("form")) return field_error("form", "required");
    if (!body["form"].is_object()) return field_error("form", "wrong_kind");
    Draft draft{std::string{target.kind->slug}, target.record(), Uuid::make(), target.stored ? target.stored->head.version : 0, "", now, {}};
    if (auto const version = body.find("version"); version != body.end() && !version->is_null()) {
        if (!version->is_number_integer() || version->get<std::int64_t>() < 0) return field_error("version", "wrong_kind");
        draft.version = version->get<std::int64_t>();
    }
    for (auto const& [name, values] : body["form"].items()) {
        if (values.is_string()) draft.fields.add(name, values.get<std::string>());
        else if (!values.is_array()) return field_error("form." + shorten(name, 80), "wrong_kind");
        else
            for (auto const& value : values) {
                if (!value.is_string()) return field_error("form." + shorten(name, 80), "wrong_kind");
                draft.fields.add(name, value.get<std::string>());
            }
    }
    if (target.stored && !draft.fields.has("_version")) draft.fields.add("_version", std::to_string(draft.version));
    draft.title = squeeze(draft.fields.get(target.kind->title_field));
    if (draft.title.empty() && target.stored) draft.title = target.stored->head.title;
    return draft;
}

}  // namespace

Answer list_drafts(ApiServices const& services, Context& context, Request const& request)
{
    auto const lines = TRY(drafts_of(services, context)).all();
    return paged(request, lines.size(), [&](JsonWriter& out, std::size_t i) {
        auto const& line = lines[i];
        write_head(out, line.draft);
        out.key("reference");
        if (line.reference.empty()) out.null();
        else out.value(line.reference);
        out.member("changed_since", line.changed_since()).member("deleted", line.in_bin);
    });
}

Answer show_draft(ApiServices const& services, Context& context, Request const& request)
{
    auto const target = TRY(target_of(services, context, request));
    auto const draft = TRY(drafts_of(services, context)).find(target.kind->slug, target.record());
    if (!draft) return Error::not_found();
    return draft_answer(*draft);
}

Answer put_draft(ApiServices const& services, Context& context, Request const& request)
{
    auto const target = TRY(target_of(services, context, request));
    auto const drafts = TRY(drafts_of(services, context));
    auto const draft = TRY(read_draft(target, request, context.now));
    (void)TRY(drafts.keep(draft, Drafts::Other::Replaced));
    return draft_answer(draft);
}

Answer delete_draft(ApiServices const& services, Context& context, Request const& request)
{
    auto const target = TRY(target_of(services, context, request));
    if (!TRY(drafts_of(services, context)).discard(target.kind->slug, target.record())) return Error::not_found();
    return Response::no_content();
}

Answer duplicate_record(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const id = TRY(record_id_of(request));
    auto const records = records_of(services, context);
    auto const source = TRY(records.find(kind, id));
    if (kind.single) return Error::conflict("single_record");
    TRY(read_texts(request, {}));
    auto const access = access_of_copy(records, source.head);
    auto const reason = context.locale.text("duplicate.reason", {{"reference", source.head.reference}});
    auto const row = copy_of(kind, source.row, context.locale.text("duplicate.mark"));
    return write_once(
        services, context, request,
        [&](Batch& batch) { return create_copy(batch, kind, {.row = row, .reason = reason}, access); },
        [&](Stored const& stored) {
            auto answer = record_answer(kind, stored, 201);
            answer.header("Location", address_of(context, kind, stored.head.id));
            return answer;
        });
}

}  // namespace greffier::records::api
