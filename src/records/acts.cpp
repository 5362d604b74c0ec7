// Acts as they are noted and read; going back is in acts_undo.cpp.
#include "records/acts.hpp"

#include <algorithm>
#include <array>

#include "records/act_rows.hpp"
#include "records/arguments.hpp"

namespace greffier::records {

using storage::Cursor;
using storage::Session;
using storage::SqlText;

namespace {

constexpr std::array<std::pair<ActState, std::string_view>, 7> states{{
    {ActState::Gathering, "gathering"}, {ActState::Prepared, "prepared"}, {ActState::Running, "running"}, {ActState::Done, "done"},
    {ActState::Cancelled, "cancelled"}, {ActState::Undoing, "undoing"}, {ActState::Undone, "undone"},
}};

ActState parse_state(std::string_view code)
{
    for (auto const& [state, word] : states)
        if (word == code) return state;
    throw std::runtime_error("an act in an unknown state");
}

#define GREFFIER_ACT "id, register, kind, state, actor_id, request, asked, done, refused, created_at, updated_at, finished_at, undone_at, undone_by, undone, not_undone"

Act read_act(Cursor const& row)
{
    Act act;
    act.id = row.id<BulkAct>(0);
    act.register_slug = row.text(1);
    act.kind = row.text(2);
    act.state = parse_state(row.view(3));
    act.actor = row.uuid(4);
    act.request = row.text(5);
    act.asked = row.integer(6);
    act.done = row.integer(7);
    act.refused = row.integer(8);
    act.created_at = row.timestamp(9);
    act.updated_at = row.timestamp(10);
    act.finished_at = row.optional_timestamp(11);
    act.undone_at = row.optional_timestamp(12);
    if (!row.is_null(13)) act.undone_by = row.uuid(13);
    act.undone = row.integer(14);
    act.not_undone = row.integer(15);
    return act;
}

}  // namespace

std::string imported_file(Act const& act)
{
    auto const file = parse_arguments(act.request).extract("file");
    return file ? file.mapped() : std::string{};
}

std::string_view code_of(ActState state)
{
    return std::ranges::find(states, state, &std::pair<ActState, std::string_view>::first)->second;
}

namespace detail {

ActStep read_step(Cursor const& row)
{
    ActStep step;
    step.record = row.id<Record>(0);
    step.register_slug = row.text(1);
    step.seen = row.integer(2);
    step.before = row.integer(3);
    step.after = row.integer(4);
    step.outcome = row.text(5);
    step.code = row.text(6);
    step.arguments = parse_arguments(row.view(7));
    step.undo_outcome = row.text(8);
    step.undo_code = row.text(9);
    return step;
}

}  // namespace detail

void Acts::open(Session& session, OrganisationId organisation, NewAct const& act)
{
    session.execute(SqlText{"INSERT INTO act(id, organisation_id, register, kind, state, actor_id, request, created_at, updated_at) VALUES(?,?,?,?,?,?,?,?,?) "
                            "ON CONFLICT(id) DO NOTHING"},
                    act.id, organisation, act.register_slug, act.kind, code_of(act.state), act.actor, act.request, act.now, act.now);
}

void Acts::note(Session& session, ActId act, ActStep const& step)
{
    auto const outcome = !step.outcome.empty() ? step.outcome : (step.before == step.after ? "same" : "done");
    std::int64_t position = 0;
    {
        auto counted = session.query(SqlText{"UPDATE act SET asked=asked+1 WHERE id=? RETURNING asked"}, act);
        if (counted.next()) position = counted.integer(0);
        while (counted.next()) {}
    }
    session.execute(SqlText{"INSERT INTO act_step(act_id, record_id, register, position, before_version, after_version, outcome, code, arguments) "
                            "VALUES(?,?,?,?,?,?,?,?,?) "
                            "ON CONFLICT(act_id, record_id) DO UPDATE SET after_version=excluded.after_version, "
                            "outcome=CASE WHEN act_step.outcome='done' THEN 'done' ELSE excluded.outcome END"},
                    act, step.record, step.register_slug, position, step.before, step.after, outcome, step.code, arguments_json(step.arguments));
}

void Acts::close(Session& session, OrganisationId organisation, ActId act, Timestamp now)
{
    session.execute(SqlText{"UPDATE act SET state='done', updated_at=?, finished_at=?, "
                            "asked=(SELECT count(*) FROM act_step WHERE act_id=?), "
                            "done=(SELECT count(*) FROM act_step WHERE act_id=? AND outcome='done'), "
                            "refused=(SELECT count(*) FROM act_step WHERE act_id=? AND outcome='refused') "
                            "WHERE organisation_id=? AND id=? AND state='running'"},
                    now, now, act, act, act, organisation, act);
}

Result<Act> Acts::find(ActId id) const
{
    accounts::Seen const session(machinery_.database, organisation_, sight_);
    auto row = session->query(SqlText{"SELECT " GREFFIER_ACT " FROM act WHERE organisation_id=? AND id=?"}, organisation_, id);
    if (!row.next()) return Error::not_found();
    return read_act(row);
}

Acts::Page Acts::list(int page, int per_page) const
{
    Page acts;
    accounts::Seen const session(machinery_.database, organisation_, sight_);
    {
        auto count = session->query(SqlText{"SELECT count(*) FROM act WHERE organisation_id=? AND state<>'gathering' AND state<>'prepared'"}, organisation_);
        count.next();
        acts.total = count.integer(0);
    }
    auto rows = session->query(SqlText{"SELECT " GREFFIER_ACT " FROM act WHERE organisation_id=? AND state<>'gathering' AND state<>'prepared' "
                                       "ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?"},
                               organisation_, per_page, (static_cast<std::int64_t>(page) - 1) * per_page);
    while (rows.next()) acts.items.push_back(read_act(rows));
    return acts;
}

std::vector<ActStep> Acts::steps(ActId id, std::string_view outcome, int limit, int offset) const
{
    std::vector<ActStep> all;
    accounts::Seen const session(machinery_.database, organisation_, sight_);
    auto rows = outcome.empty()
        ? session->query(SqlText{"SELECT " GREFFIER_STEP " FROM act_step s JOIN act a ON a.id=s.act_id WHERE a.organisation_id=? AND s.act_id=? "
                                 "ORDER BY s.position, s.record_id LIMIT ? OFFSET ?"}, organisation_, id, limit, offset)
        : session->query(SqlText{"SELECT " GREFFIER_STEP " FROM act_step s JOIN act a ON a.id=s.act_id WHERE a.organisation_id=? AND s.act_id=? AND s.outcome=? "
                                 "ORDER BY s.position, s.record_id LIMIT ? OFFSET ?"}, organisation_, id, outcome, limit, offset);
    while (rows.next()) all.push_back(detail::read_step(rows));
    return all;
}

std::int64_t Acts::to_do(ActId id) const
{
    accounts::Seen const session(machinery_.database, organisation_, sight_);
    auto row = session->query(SqlText{"SELECT count(*) FROM act_step s JOIN act a ON a.id=s.act_id WHERE a.organisation_id=? AND s.act_id=? AND s.outcome=''"}, organisation_, id);
    row.next();
    return row.integer(0);
}

}  // namespace greffier::records
