// The API of bulk acts: one thing done to many records in one call, what became of each, and the way back.
#include "core/text.hpp"
#include "records/api_json.hpp"
#include "records/bulk_job.hpp"
#include "records/list_state.hpp"
#include "records/vocabulary.hpp"
#include "schema/json.hpp"

namespace greffier::records::api {

namespace {

void write_act(JsonWriter& out, records::Act const& act)
{
    auto instant = [&](char const* name, std::optional<Timestamp> when) {
        out.key(name);
        if (when) out.value(to_text(*when));
        else out.null();
    };
    out.member("id", act.id.text()).member("register", act.register_slug).member("act", act.kind).member("state", code_of(act.state)).member("actor", act.actor.text());
    out.key("request").raw(act.request).member("asked", act.asked).member("done", act.done).member("refused", act.refused);
    out.member("created_at", to_text(act.created_at));
    instant("finished_at", act.finished_at);
    instant("undone_at", act.undone_at);
    out.member("undone", act.undone).member("not_undone", act.not_undone);
}

Response act_answer(records::Act const& act, int status)
{
    JsonWriter out;
    out.begin_object();
    write_act(out, act);
    out.end_object();
    return Response::json(std::move(out).take(), status);
}

int status_of(records::Act const& act) { return act.state == ActState::Running || act.state == ActState::Undoing ? 202 : 200; }

Result<std::optional<Date>> date_member(SentObject const& body, std::string const& name)
{
    auto const text = TRY(body.text(name, 40));
    auto const date = parse_date(text);
    if (!text.empty() && !date) return field_error(name, "not_a_date");
    return date;
}

/// The value in the shape the record's own JSON has.
Result<schema::Value> value_member(Register const& kind, SentObject const& body, std::string const& field)
{
    auto const* info = kind.schema->find(field);
    if (!info || !body.has("value")) return schema::Value{};
    auto const one = only(kind, *info);
    auto read = TRY(schema::read_json(one, body.wrapped("value", field), schema::ReadMode::Replace));
    return std::move(read.row.values[0]);
}

Result<BulkWish> wish_of(Register const& kind, Context const& context, SentObject const& body)
{
    BulkWish wish;
    wish.status = TRY(body.text("status", 60));
    wish.reason = squeeze(TRY(body.text("reason", 2000)));
    wish.decision.by = squeeze(TRY(body.text("decided_by", 200)));
    wish.decision.on = TRY(date_member(body, "decided_on"));
    wish.next_review = TRY(date_member(body, "next_review"));
    wish.reviewer = TRY(body.text("reviewer", 200));
    if (wish.reviewer.empty()) wish.reviewer = context.frame.person_name;
    wish.field = TRY(body.text("field", 100));
    auto const how = TRY(body.text("how", 20));
    if (!how.empty() && !parse_how(how)) return field_error("how", "unknown_choice", {{"value", how}});
    wish.how = parse_how(how).value_or(How::Set);
    wish.value = TRY(value_member(kind, body, wish.field));
    wish.changes_validated = TRY(body.truth("changes_validated"));
    return wish;
}

/// Ids, or a filter written as the list's address.
Result<records::Act> prepared(Bulk const& bulk, Register const& kind, Context const& context, SentObject const& body, By const& by)
{
    auto const act = TRY(body.text("act", 20));
    bool const ids = body.has("ids"), filter = body.has("filter");
    if (ids == filter) return field_error("ids", "ids_or_filter");
    if (filter) {
        auto const state = TRY(parse_list_state(kind, pairs_of(TRY(body.text("filter", 4000))), context.where().zone, context.now));
        return bulk.prepare(act, state.query, by);
    }
    std::vector<Chosen> chosen;
    for (auto const& text : TRY(body.texts("ids", static_cast<std::size_t>(bulk_cap)))) {
        auto const id = RecordId::parse(text);
        if (!id) return Error::not_found();
        chosen.push_back({*id, 0});
    }
    return bulk.prepare(act, chosen, by);
}

Response outlook_answer(records::Act const& act, Outlook const& outlook)
{
    JsonWriter out;
    out.begin_object().member("act", act.kind).member("asked", act.asked).member("would_change", outlook.done).member("would_stay", outlook.same);
    out.member("would_refuse", outlook.refused).member("asks_changes_validated", outlook.asks).key("refusals").begin_object();
    for (auto const& [code, count] : outlook.refusals) out.member(code, count);
    out.end_object().end_object();
    return Response::json(std::move(out).take());
}

struct Place {
    records::Act act;
    Acts acts;
};

/// What waits for its author is nobody's business yet.
Result<Place> place_of(ApiServices const& services, Context const& context, Request const& request)
{
    auto const id = ActId::parse(request.param("act"));
    if (!id) return Error::not_found();
    Acts const acts(services.machinery, context.where().id, context.who().sight);
    auto act = TRY(acts.find(*id));
    bool const waits = act.state == ActState::Prepared || act.state == ActState::Gathering;
    if (waits && act.actor != context.who().id) return Error::not_found();
    return Place{std::move(act), acts};
}

}  // namespace

Answer start_bulk(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const body = TRY(SentObject::read(request, {"act", "ids", "filter", "status", "reason", "decided_by", "decided_on", "field", "how", "value", "changes_validated", "next_review", "reviewer", "dry_run"}));
    if (kind.single) return Error::conflict("single_record");
    Bulk const bulk(services.machinery, context.where().id, context.who().sight, kind);
    auto const by = by_of(context);
    auto const wish = TRY(wish_of(kind, context, body));
    bool const dry = TRY(body.truth("dry_run")).value_or(false);
    auto act = TRY(prepared(bulk, kind, context, body, by));
    act = TRY(bulk.ask(act.id, wish, by));
    auto const outlook = bulk.forecast(act, context.who(), by.today(), 0);
    if (dry) return outlook_answer(act, outlook);
    if (outlook.refusals.contains("bulk_unanswered")) return Error::conflict("changes_validated_unanswered", {{"status", std::string{kind.settled.empty() ? "" : kind.settled.front()}}});
    act = TRY(bulk.confirm(act.id, by, [&](storage::Session& session) { hand_over(session, act, context.who(), Direction::There, by.now); }));
    if (act.asked <= bulk_at_once) act = TRY(bulk.run(act.id, by, context.who()));
    else if (services.wake_jobs) services.wake_jobs();
    auto answer = act_answer(act, status_of(act));
    answer.header("Location", "/api/v1/organisations/" + context.where().slug + "/bulk-acts/" + act.id.text());
    return answer;
}

Answer list_acts(ApiServices const& services, Context& context, Request const& request)
{
    auto const paging = TRY(paging_of(request));
    auto const page = Acts(services.machinery, context.where().id, context.who().sight).list(paging.page, paging.per_page);
    JsonWriter out;
    out.begin_object().key("items").begin_array();
    for (auto const& act : page.items) {
        out.begin_object();
        write_act(out, act);
        out.end_object();
    }
    out.end_array().member("page", paging.page).member("per_page", paging.per_page).member("total", page.total).end_object();
    return Response::json(std::move(out).take());
}

Answer show_act(ApiServices const& services, Context& context, Request const& request)
{
    return act_answer(TRY(place_of(services, context, request)).act, 200);
}

Answer list_steps(ApiServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(place_of(services, context, request));
    auto const steps = place.acts.steps(place.act.id);
    return paged(request, steps.size(), [&](JsonWriter& out, std::size_t i) {
        auto const& step = steps[i];
        out.member("record", step.record.text()).member("register", step.register_slug).member("outcome", step.outcome).member("code", step.code);
        out.member("before", step.before).member("after", step.after).member("undo_outcome", step.undo_outcome).member("undo_code", step.undo_code);
    });
}

Answer undo_act(ApiServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(place_of(services, context, request));
    auto const by = by_of(context);
    TRY(place.acts.begin_undo(place.act.id, by, context.who(), [&](storage::Session& session) { hand_over(session, place.act, context.who(), Direction::Back, by.now); }));
    if (place.act.done <= act_group) {
        auto const reason = undo_reason(place.act, Locale(context.where().language, context.where().zone));
        while (TRY(place.acts.undo_group(place.act.id, by, reason))) {}
    } else if (services.wake_jobs) services.wake_jobs();
    auto const act = TRY(place.acts.find(place.act.id));
    return act_answer(act, status_of(act));
}

}  // namespace greffier::records::api
