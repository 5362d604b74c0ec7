// Bulk acts: choosing the records, saying what is asked, running it group by group. What would happen: bulk_forecast.cpp.
#include "records/bulk.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "records/act_rows.hpp"
#include "records/arguments.hpp"
#include "records/bulk_apply.hpp"
#include "records/find_many.hpp"
#include "schema/check.hpp"

namespace greffier::records {

using storage::Session;
using storage::SqlText;

namespace {

constexpr std::size_t steps_at_once = 1000;   // of one transaction: listing is quick, and others write too

Error field_error(std::string field, std::string code, Arguments arguments = {})
{
    return {ErrorKind::Invalid, "invalid", {}, {{std::move(field), std::move(code), std::move(arguments)}}};
}

/// Said before any record is looked at: the same for all of them.
Status check_decision(Decision const& decision, Date today)
{
    if (length_utf8(decision.by) > 200) return field_error("decided_by", "too_long", {{"max", "200"}});
    if (is_blank(decision.by) != !decision.on) return field_error(decision.on ? "decided_by" : "decided_on", "required");
    if (decision.on && *decision.on > today) return field_error("decided_on", "in_the_future");
    return Nothing{};
}

Status check_status(Register const& kind, BulkWish const& wish, Date today)
{
    if (wish.status.empty()) return field_error("status", "required");
    if (!kind.has_status(wish.status)) return field_error("status", "unknown_choice", {{"value", shorten(wish.status, 60)}});
    if (length_utf8(wish.reason) > 2000) return field_error("reason", "too_long", {{"max", "2000"}});
    return check_decision(wish.decision, today);
}

Status check_edit(Machinery const& machinery, Register const& kind, BulkWish& wish)
{
    auto const fields = bulk_fields(kind);
    auto const found = std::ranges::find(fields, wish.field, [](auto const* field) -> std::string const& { return field->name; });
    if (wish.field.empty()) return field_error("field", "required");
    if (found == fields.end()) return field_error("field", "unknown_choice", {{"value", shorten(wish.field, 60)}});
    auto const& field = **found;
    if ((wish.how == How::Add || wish.how == How::Remove) && !holds_several(field)) return field_error("how", "unknown_choice", {{"value", std::string{code_of(wish.how)}}});
    if (wish.how == How::Clear) {
        if (field.required) return field_error(field.name, "required");
        wish.value = {};
        return Nothing{};
    }
    auto const one = only(kind, field);
    schema::Row row(one);
    row.values[0] = wish.value;
    schema::normalise(one, row);
    auto problems = schema::check(one, row, machinery.knows_term, schema::Strictness::Partial);
    if (!problems.empty()) return Error{ErrorKind::Invalid, "invalid", {}, std::move(problems)};
    if (schema::is_empty(row.values[0])) return field_error(field.name, "required");
    wish.value = std::move(row.values[0]);
    return Nothing{};
}

}  // namespace

bool Bulk::is_kind(std::string_view act)
{
    constexpr std::array kinds{"status", "edit", "review", "delete", "restore"};
    return std::ranges::find(kinds, act) != kinds.end();
}

bool Bulk::may(std::string_view act, accounts::Actor const& actor) { return is_kind(act) && accounts::may(actor, web::Permission::WriteRecords); }

Result<Act> Bulk::add_steps(Act act, std::vector<Chosen> const& chosen, By const& by) const
{
    for (std::size_t from = 0; from == 0 || from < chosen.size(); from += steps_at_once) {
        auto const to = std::min(chosen.size(), from + steps_at_once);
        bool const last = to == chosen.size();
        auto done = machinery_.database.write([&](Session& session) -> Status {
            Acts::open(session, organisation_, {act.id, std::string{kind_.slug}, act.kind, by.actor, by.now, "{}", ActState::Gathering});
            for (auto i = from; i < to; ++i)
                session.execute(SqlText{"INSERT INTO act_step(act_id, record_id, register, position, seen_version) VALUES(?,?,?,?,?) ON CONFLICT(act_id, record_id) DO NOTHING"},
                                act.id, chosen[i].id, kind_.slug, i, chosen[i].version);
            if (last)
                session.execute(SqlText{"UPDATE act SET state='prepared', asked=(SELECT count(*) FROM act_step WHERE act_id=?), updated_at=? WHERE organisation_id=? AND id=?"},
                                act.id, by.now, organisation_, act.id);
            return Nothing{};
        });
        if (!done.ok()) return done.error();
        if (last) break;
    }
    return acts_.find(act.id);
}

Result<Act> Bulk::prepare(std::string_view act, std::vector<Chosen> const& chosen, By const& by) const
{
    if (!is_kind(act)) return field_error("act", "unknown_choice", {{"value", shorten(act, 60)}});
    if (chosen.empty()) return field_error("id", "nothing_selected");
    if (static_cast<std::int64_t>(chosen.size()) > bulk_cap) return Error::too_large("bulk_too_many", {{"max", std::to_string(bulk_cap)}});
    std::vector<RecordId> ids;
    for (auto const& one : chosen) ids.push_back(one.id);
    auto const heads = heads_of(Records(machinery_, organisation_, sight_), ids, Deleted::Too);
    std::vector<Chosen> seen;
    for (auto one : chosen) {
        auto const placed = heads.find(one.id);
        if (placed == heads.end() || placed->second.register_slug != kind_.slug) return Error::not_found();   // another organisation's stops everything: nobody chose that by mistake
        if (one.version == 0) one.version = placed->second.head.version;
        seen.push_back(one);
    }
    Act made;
    made.id = ActId::make();
    made.kind = act;
    return add_steps(std::move(made), seen, by);
}

Result<Act> Bulk::prepare(std::string_view act, ListQuery query, By const& by) const
{
    if (!is_kind(act)) return field_error("act", "unknown_choice", {{"value", shorten(act, 60)}});
    if (query.at) return Error::conflict("past_is_read_only");
    Records const records(machinery_, organisation_, sight_);
    query.with_rows = false;
    query.page = 1;
    query.per_page = 200;
    query.after.clear();
    std::vector<Chosen> chosen;
    for (;;) {
        auto const page = TRY(records.list(kind_, query));
        if (page.total_capped || page.total > bulk_cap) return Error::too_large("bulk_too_many", {{"max", std::to_string(bulk_cap)}});
        for (auto const& item : page.items) chosen.push_back({item.head.id, item.head.version});
        if (page.next.empty()) break;
        query.after = page.next;
    }
    if (chosen.empty()) return field_error("id", "nothing_selected");
    Act made;
    made.id = ActId::make();
    made.kind = act;
    return add_steps(std::move(made), chosen, by);
}

Result<Act> Bulk::prepared(ActId id, By const& by) const
{
    auto act = TRY(acts_.find(id));
    if (act.register_slug != kind_.slug || act.actor != by.actor) return Error::not_found();   // nobody else's business yet
    if (act.state != ActState::Prepared) return Error::conflict("act_confirmed");
    return act;
}

Result<Act> Bulk::ask(ActId id, BulkWish const& wanted, By const& by) const
{
    auto act = TRY(prepared(id, by));
    auto wish = wanted;
    if (act.kind == "status") TRY(check_status(kind_, wish, by.today()));
    if (act.kind == "edit") TRY(check_edit(machinery_, kind_, wish));
    if (act.kind == "review") {
        if (kind_.reviewed_field.empty()) return Error::conflict("not_reviewable");
        if (wish.next_review && *wish.next_review <= by.today()) return field_error(std::string{kind_.review_field}, "must_be_later");
    }
    TRY(machinery_.database.write([&](Session& session) -> Status {
        if (session.execute(SqlText{"UPDATE act SET request=?, updated_at=? WHERE organisation_id=? AND id=? AND state='prepared'"},
                            to_json(kind_, wish), by.now, organisation_, id) != 1) return Error::conflict("act_confirmed");
        return Nothing{};
    }));
    return acts_.find(id);
}

Result<Act> Bulk::confirm(ActId id, By const& by, std::function<void(Session&)> const& also) const
{
    TRY(prepared(id, by));
    TRY(machinery_.database.write([&](Session& session) -> Status {
        if (session.execute(SqlText{"UPDATE act SET state='running', updated_at=? WHERE organisation_id=? AND id=? AND state='prepared'"}, by.now, organisation_, id) != 1)
            return Error::conflict("act_confirmed");
        if (also) also(session);
        return Nothing{};
    }));
    return acts_.find(id);
}

Result<Act> Bulk::cancel(ActId id, By const& by) const
{
    TRY(machinery_.database.write([&](Session& session) -> Status {
        if (session.execute(SqlText{"UPDATE act SET state='cancelled', updated_at=?, finished_at=? WHERE organisation_id=? AND id=? AND state='running'"}, by.now, by.now, organisation_, id) != 1)
            return Error::conflict("act_not_running");
        return Nothing{};
    }));
    return acts_.find(id);
}

Result<Stored> Bulk::perform(Batch& batch, Act const& act, BulkWish const& wish, ActStep const& step, accounts::Actor const& actor, By const& by) const
{
    auto const current = batch.find(kind_, step.record, true);
    if (!current) return Error::not_found();
    if (current->head.version != step.seen) return Error::conflict("changed_since");
    auto const outlook = forecast(act, wish, step.seen, *current, actor, by.today());
    if (outlook.what == Forecast::What::Same) return Stored{current->head, {}};
    if (outlook.what == Forecast::What::Refused && outlook.code != "blocked_by_findings") return Error::conflict(outlook.code, outlook.arguments);
    if (act.kind == "status") return batch.change_status(kind_, {step.record, step.seen, wish.status, wish.reason, wish.decision});
    if (act.kind == "review") return batch.review(kind_, step.record, step.seen, wish.reviewer, wish.next_review);
    if (act.kind == "delete") return batch.remove(kind_, step.record, step.seen);
    if (act.kind == "restore") return batch.restore(kind_, step.record);
    Edit edit{step.record, step.seen, applied(kind_, wish, current->row)};
    edit.changes_validated = wish.changes_validated;
    edit.reason = wish.reason;
    return batch.update(kind_, std::move(edit));
}

Result<bool> Bulk::run_group(ActId id, By const& by, accounts::Actor const& actor, GroupHooks const& hooks) const
{
    auto const act = TRY(acts_.find(id));
    auto const wish = parse_wish(kind_, act.request);
    return machinery_.database.write_result<bool>([&](Session& session) -> Result<bool> {
        if (hooks.first) hooks.first(session);
        // Held first: two runners of one act wait for each other here, and a cancelled one stops.
        if (session.execute(SqlText{"UPDATE act SET updated_at=? WHERE organisation_id=? AND id=? AND state='running'"}, by.now, organisation_, id) != 1) return false;
        std::vector<ActStep> steps;
        {
            auto rows = session.query(SqlText{"SELECT " GREFFIER_STEP " FROM act_step s WHERE s.act_id=? AND s.outcome='' ORDER BY s.position, s.record_id LIMIT ?"}, id, act_group);
            while (rows.next()) steps.push_back(detail::read_step(rows));
        }
        Batch batch(machinery_, organisation_, session, by, sight_);
        batch.tell_together(id.uuid);
        std::int64_t done = 0, refused = 0;
        for (auto const& step : steps) {
            auto const stored = perform(batch, act, wish, step, actor, by);
            bool const wrote = stored.ok() && stored->head.version != step.seen;
            auto const* problem = stored.ok() ? nullptr : &stored.error();
            auto const code = !problem ? std::string{} : problem->fields.empty() ? problem->code : problem->fields.front().code;
            auto const arguments = !problem ? Arguments{} : problem->fields.empty() ? problem->arguments : problem->fields.front().arguments;
            session.execute(SqlText{"UPDATE act_step SET outcome=?, code=?, arguments=?, before_version=?, after_version=? WHERE act_id=? AND record_id=?"},
                            problem ? "refused" : wrote ? "done" : "same", code, arguments_json(arguments), problem ? std::int64_t{0} : step.seen,
                            problem ? std::int64_t{0} : stored->head.version, id, step.record);
            done += wrote;
            refused += problem != nullptr;
        }
        batch.finish();
        bool const more = steps.size() == static_cast<std::size_t>(act_group);
        std::int64_t all = 0;
        {
            auto counted = session.query(SqlText{"UPDATE act SET done=done+?, refused=refused+? WHERE organisation_id=? AND id=? RETURNING done"}, done, refused, organisation_, id);
            while (counted.next()) all = counted.integer(0);
        }
        if (!more) session.execute(SqlText{"UPDATE act SET state='done', finished_at=? WHERE organisation_id=? AND id=?"}, by.now, organisation_, id);
        if (!more && hooks.at_end) hooks.at_end(session, all);
        return more;
    });
}

Result<Act> Bulk::run(ActId id, By const& by, accounts::Actor const& actor) const
{
    while (TRY(run_group(id, by, actor))) {}
    return acts_.find(id);
}

int forget_acts(storage::Database& database, Timestamp now)
{
    std::int64_t forgotten = 0;
    (void)database.write([&](Session& session) -> Status {
        forgotten = session.execute(SqlText{"DELETE FROM act WHERE (state='gathering' OR state='prepared') AND updated_at<?"}, now - undo_period);
        session.execute(SqlText{"DELETE FROM act_step WHERE act_id IN (SELECT id FROM act WHERE finished_at<?)"}, now - std::chrono::hours(24 * 90));
        return Nothing{};
    });
    return static_cast<int>(forgotten);
}

}  // namespace greffier::records
