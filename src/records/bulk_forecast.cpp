// What a bulk act would do to each record, told before anything is written, by the rules the write follows.
#include <algorithm>

#include "core/text.hpp"
#include "records/bulk_apply.hpp"
#include "records/gate.hpp"
#include "records/sealed_declaration.hpp"
#include "records/stored_rows.hpp"
#include "schema/check.hpp"
#include "schema/diff.hpp"
#include "schema/json.hpp"

namespace greffier::records {

using What = Forecast::What;

namespace {

Forecast refused(std::string code, Arguments arguments = {}) { return {What::Refused, std::move(code), std::move(arguments), false}; }

Forecast status_forecast(Register const& kind, BulkWish const& wish, Stored const& stored, accounts::Actor const& actor)
{
    auto const& head = stored.head;
    if (head.status == wish.status) return {What::Same, {}, {}, false};
    auto const* step = kind.transition(head.status, wish.status);
    if (!step) return refused("bulk_no_transition");
    if (!accounts::may(actor, step->permission)) return refused("transition_forbidden");
    if (step->needs_reason && is_blank(wish.reason)) return refused("bulk_reason_required");
    if (step->needs_decision && (wish.decision.by.empty() || !wish.decision.on)) return refused("bulk_decision_required");
    if (step->guarded && wish.decision.empty() && head.worst_finding == Severity::Blocking) return refused("blocked_by_findings");
    return {};
}

/// A guarded step that nobody decided on, and that something other than a finding of the record stands against.
bool is_held_back(Gate const& gate, Register const& kind, BulkWish const& wish, Stored const& stored, Date today)
{
    auto const* step = kind.transition(stored.head.status, wish.status);
    return step && step->guarded && wish.decision.empty() && !gate.hold_back(kind, stored, wish.status, today).empty();
}

Forecast edit_forecast(Machinery const& machinery, Register const& kind, BulkWish const& wish, Stored const& stored)
{
    if (kind.is_closed(stored.head.status)) return refused("closed_record");
    auto row = applied(kind, wish, stored.row);
    schema::normalise(*kind.schema, row);
    auto before = stored.row;
    schema::normalise(*kind.schema, before);
    if (schema::to_stored(*kind.schema, row) == schema::to_stored(*kind.schema, before)) return {What::Same, {}, {}, false};
    auto problems = schema::check(*kind.schema, row, machinery.knows_term);
    if (!stored.destroyed.empty()) settle_destroyed(kind, row, problems);
    if (!problems.empty()) return refused(problems.front().code, problems.front().arguments);
    bool const asks = kind.is_settled(stored.head.status) && schema::touches_material(*kind.schema, stored.row, row);
    if (asks && !wish.changes_validated) return {What::Refused, "bulk_unanswered", {}, true};
    return {What::Done, {}, {}, asks};
}

}  // namespace

schema::Row applied(Register const& kind, BulkWish const& wish, schema::Row const& row)
{
    auto after = row;
    auto const* field = kind.schema->find(wish.field);
    if (!field) return after;
    auto const& held = schema::get(*kind.schema, row, wish.field);
    schema::Value value = wish.how == How::Clear ? schema::Value{} : wish.value;
    if (wish.how == How::Add || wish.how == How::Remove) {
        auto texts = std::holds_alternative<schema::Texts>(held) ? std::get<schema::Texts>(held) : schema::Texts{};
        auto const wanted = std::holds_alternative<schema::Texts>(wish.value) ? std::get<schema::Texts>(wish.value) : schema::Texts{};
        for (auto const& text : wanted) {
            auto const place = std::ranges::find(texts, text);
            if (wish.how == How::Add && place == texts.end()) texts.push_back(text);
            if (wish.how == How::Remove && place != texts.end()) texts.erase(place);
        }
        value = texts.empty() ? schema::Value{} : schema::Value{std::move(texts)};
    }
    schema::set(*kind.schema, after, wish.field, std::move(value));
    return after;
}

Forecast Bulk::forecast(Act const& act, BulkWish const& wish, std::int64_t seen, Stored const& stored, accounts::Actor const& actor, Date today) const
{
    bool const deleted = stored.head.deleted_at.has_value();
    if (seen != 0 && stored.head.version != seen) return refused("changed_since");
    if (act.kind == "restore") return deleted ? Forecast{} : Forecast{What::Same, {}, {}, false};
    if (deleted) return refused("bulk_in_bin");
    if (act.kind == "delete") return kind_.single ? refused("single_record") : Forecast{};
    if (act.kind == "status") return status_forecast(kind_, wish, stored, actor);
    if (act.kind == "edit") return edit_forecast(machinery_, kind_, wish, stored);
    if (kind_.reviewed_field.empty()) return refused("not_reviewable");
    if (kind_.is_closed(stored.head.status)) return refused("closed_record");
    if (wish.next_review && *wish.next_review <= today) return refused("must_be_later");
    return {};
}

Outlook Bulk::forecast(Act const& act, accounts::Actor const& actor, Date today, int lines) const
{
    Outlook outlook;
    auto const wish = parse_wish(kind_, act.request);
    Gate const gate(machinery_, organisation_, sight_);
    accounts::Seen const session(machinery_.database, organisation_, sight_);
    BodyReader bodies(machinery_.sealing, *session, organisation_, kind_);
    bodies.read_all_keys();
    // One statement for ten thousand records; one that was erased leaves its step without a record.
    auto rows = session->stream(storage::SqlText{"SELECT " GREFFIER_HEAD ", b.body, b.schema_version, s.seen_version FROM act a JOIN act_step s ON s.act_id=a.id "
                                                 "LEFT JOIN record r ON r.organisation_id=a.organisation_id AND r.id=s.record_id AND r.register=a.register LEFT JOIN record_body b ON b.rid=r.rid "
                                                 "WHERE a.organisation_id=? AND a.id=? ORDER BY s.position, s.record_id"},
                                organisation_, act.id);
    while (rows.next()) {
        std::optional<Stored> stored;
        if (!rows.is_null(0)) stored = detail::read_stored(bodies, rows);
        auto one = stored ? forecast(act, wish, rows.integer(detail::head_columns + 2), *stored, actor, today) : refused("not_found");
        if (one.what == What::Done && stored && act.kind == "status" && is_held_back(gate, kind_, wish, *stored, today)) one = refused("blocked_by_findings");
        if (one.asks) ++outlook.asks;
        if (one.what == What::Done) ++outlook.done;
        else if (one.what == What::Same) ++outlook.same;
        else { ++outlook.refused; ++outlook.refusals[one.code]; }
        if (stored && outlook.lines.size() < static_cast<std::size_t>(lines)) outlook.lines.push_back({stored->head, std::move(one)});
    }
    return outlook;
}

}  // namespace greffier::records
