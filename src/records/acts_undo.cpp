// Going back: each record of an act becomes again what it was before, as a new version, unless somebody changed it since.
#include <algorithm>

#include "records/act_rows.hpp"
#include "records/acts.hpp"
#include "records/record_writer.hpp"
#include "records/version_body.hpp"
#include "records/vocabulary.hpp"
#include "schema/json.hpp"

namespace greffier::records {

using storage::Session;
using storage::SqlText;

namespace {

/// What the record was: its content, and whether it lay in the bin.
Result<Next> as_it_was(RecordWriter& writer, Register const& kind, Current const& current, ActStep const& step)
{
    Next next;
    next.id = step.record;
    next.version = current.head.version + 1;
    next.reference = current.head.reference;
    next.status = current.head.status;
    if (step.before == 0) {   // the act made it
        next.row = current.row;
        next.deleted = true;
        return next;
    }
    auto rows = writer.session().query(SqlText{"SELECT schema_version, action, codec, body FROM record_version WHERE rid=? AND version=?"}, current.rid, step.before);
    if (!rows.next() || rows.is_null(3)) return Error::conflict("erased");
    auto body = parse_version_body(unpack(static_cast<int>(rows.integer(2)), rows.bytes(3)));
    next.deleted = rows.view(1) == "delete";
    next.reference = std::move(body.reference);
    next.status = std::move(body.status);
    next.row = writer.reader(kind).row({step.record, step.before, static_cast<int>(rows.integer(0)), body.record});
    return next;
}

/// A record the act made no longer belongs to the place it was imported from: the same file may bring it again.
void forget_its_source(Session& session, std::int64_t rid)
{
    session.execute(SqlText{"UPDATE record SET import_key=NULL WHERE rid=? AND import_key IS NOT NULL"}, rid);
    session.execute(SqlText{"DELETE FROM import_base WHERE rid=?"}, rid);
}

/// Of a record an import changed: the words its source had before, so that the same file tells the same news again.
void restore_its_source(Session& session, ActId act, RecordId record, std::int64_t rid)
{
    session.execute(SqlText{"DELETE FROM import_base WHERE rid=? AND source=(SELECT b.source FROM import_before b WHERE b.run_id=? AND b.record_id=?)"}, rid, act, record);
    session.execute(SqlText{"INSERT INTO import_base(rid, source, body) SELECT ?, b.source, b.body FROM import_before b WHERE b.run_id=? AND b.record_id=? AND b.body<>''"}, rid, act, record);
}

Result<Stored> go_back(RecordWriter& writer, Registers const& registers, ActId act, ActStep const& step, std::string const& reason)
{
    auto const* kind = registers.find(step.register_slug);
    auto const current = kind ? writer.by_id(*kind, step.record) : std::nullopt;
    if (!current) return Error::not_found();
    if (current->head.version != step.after) return Error::conflict("changed_since");
    auto next = TRY(as_it_was(writer, *kind, *current, step));
    if (!next.deleted) next.reference = TRY(writer.reference_for(*kind, next.reference, step.record));
    bool const was_deleted = current->head.deleted_at.has_value();
    next.action = next.deleted && !was_deleted ? "delete" : !next.deleted && was_deleted ? "restore" : "undo";
    next.reason = reason;
    auto stored = writer.write(*kind, std::move(next), &*current);
    if (step.before == 0) forget_its_source(writer.session(), current->rid);
    else restore_its_source(writer.session(), act, step.record, current->rid);
    return stored;
}

std::string code_of(Error const& error) { return error.fields.empty() ? error.code : error.fields.front().code; }

}  // namespace

std::string Acts::why_not_undone(Act const& act, accounts::Actor const& actor, Timestamp now)
{
    if (act.state == ActState::Undone || act.state == ActState::Undoing) return "act_undone";
    if (act.state != ActState::Done && act.state != ActState::Cancelled) return "act_not_finished";
    if (act.done == 0) return "act_did_nothing";
    bool const theirs = act.actor == actor.id;
    bool const in_charge = accounts::may(actor, web::Permission::ShapeRecords);
    if (!theirs && !in_charge) return "act_of_another";
    if (act.finished_at && now > *act.finished_at + undo_period) return "act_too_old";
    return {};
}

Status Acts::begin_undo(ActId id, By const& by, accounts::Actor const& actor, std::function<void(Session&)> const& also) const
{
    auto const act = TRY(find(id));
    if (auto const code = why_not_undone(act, actor, by.now); !code.empty())
        return code == "act_of_another" ? Error::forbidden(code) : Error::conflict(code);
    return machinery_.database.write([&](Session& session) -> Status {
        auto const marked = session.execute(SqlText{"UPDATE act SET state='undoing', undone_at=?, undone_by=?, updated_at=? WHERE organisation_id=? AND id=? "
                                                    "AND (state='done' OR state='cancelled')"},
                                            by.now, by.actor, by.now, organisation_, id);
        if (marked != 1) return Error::conflict("act_undone");   // somebody was quicker
        if (also) also(session);
        return Nothing{};
    });
}

Result<bool> Acts::undo_group(ActId id, By const& by, std::string const& reason, GroupHooks const& hooks) const
{
    auto const registers = known_registers(machinery_, organisation_);
    return machinery_.database.write_result<bool>([&](Session& session) -> Result<bool> {
        if (hooks.first) hooks.first(session);
        // Held before anything is read: two runners of one act wait for each other here.
        if (session.execute(SqlText{"UPDATE act SET updated_at=? WHERE organisation_id=? AND id=? AND state='undoing'"}, by.now, organisation_, id) != 1) return false;
        std::vector<ActStep> steps;
        {
            auto rows = session.query(SqlText{"SELECT " GREFFIER_STEP " FROM act_step s WHERE s.act_id=? AND s.outcome='done' AND s.undo_outcome='' "
                                              "ORDER BY s.position DESC, s.record_id DESC LIMIT ?"}, id, act_group);
            while (rows.next()) steps.push_back(detail::read_step(rows));
        }
        RecordWriter writer(machinery_, organisation_, session, by, sight_);
        writer.tell_together(id.uuid);
        std::int64_t undone = 0;
        for (auto const& step : steps) {
            auto const done = go_back(writer, *registers, id, step, reason);
            session.execute(SqlText{"UPDATE act_step SET undo_outcome=?, undo_code=? WHERE act_id=? AND record_id=?"},
                            done.ok() ? "done" : "refused", done.ok() ? std::string{} : code_of(done.error()), id, step.record);
            undone += done.ok();
        }
        writer.finish();
        auto const not_undone = static_cast<std::int64_t>(steps.size()) - undone;
        bool const more = steps.size() == static_cast<std::size_t>(act_group);
        std::int64_t all = 0;
        {
            auto counted = session.query(SqlText{"UPDATE act SET undone=undone+?, not_undone=not_undone+?, state=? WHERE organisation_id=? AND id=? RETURNING undone"},
                                         undone, not_undone, more ? "undoing" : "undone", organisation_, id);
            while (counted.next()) all = counted.integer(0);
        }
        if (!more && hooks.at_end) hooks.at_end(session, all);
        return more;
    });
}

Result<Act> Acts::undo(ActId id, By const& by, accounts::Actor const& actor, std::string const& reason) const
{
    if (TRY(find(id)).state != ActState::Undoing) TRY(begin_undo(id, by, actor));
    while (TRY(undo_group(id, by, reason))) {}
    return find(id);
}

}  // namespace greffier::records
