// Ladders as one organisation has them, and deadlines that somebody took in hand.
#include <algorithm>

#include "accounts/sight.hpp"
#include "core/text.hpp"
#include "overview/reminders.hpp"

namespace greffier::overview {

using law::Rung;
using law::Told;
using storage::Session;
using storage::SqlText;

namespace {

std::vector<Told> people_of(std::string_view text)
{
    std::vector<Told> people;
    for (auto const& code : split(text, ' '))
        if (auto const told = law::parse_told(code)) people.push_back(*told);
    return people;
}

std::string text_of(std::vector<Told> const& people)
{
    std::vector<std::string> codes;
    for (auto const told : people) codes.emplace_back(law::code_of(told));
    return join(codes, " ");
}

bool is_known(std::string const& kind)
{
    auto const kinds = law::kinds_with_ladders();
    return std::ranges::find(kinds, kind) != kinds.end();
}

bool is_default(std::string_view kind, std::string const& code)
{
    return std::ranges::any_of(law::rungs(), [&](Rung const& rung) { return rung.kind == kind && rung.code() == code; });
}

/// The steps of what is due here are asked for again. What was told stays told.
void look_again(Session& session, OrganisationId organisation, Timestamp now)
{
    session.execute(SqlText{"UPDATE due SET next_at=? WHERE organisation_id=?"}, now, organisation);
}

}  // namespace

OwnRungs own_rungs(Session& session, OrganisationId organisation)
{
    OwnRungs own;
    auto rows = session.query(SqlText{"SELECT kind, rung, told FROM reminder_rung WHERE organisation_id=?"}, organisation);
    while (rows.next()) own[rows.text(0)][rows.text(1)] = people_of(rows.view(2));
    return own;
}

std::vector<Rung> ladder_here(OwnRungs const& own, std::string_view kind, bool legal, Date day)
{
    auto ladder = law::ladder_of(kind, legal, day);
    if (ladder.empty()) return ladder;   // of what nothing is said, nothing is added either
    auto const mine = own.find(ladder.front().kind);
    if (mine == own.end()) return ladder;
    bool const fixed = legal || law::is_legal_ladder(ladder.front().kind);
    auto const name = ladder.front().kind;
    std::erase_if(ladder, [&](Rung const& rung) {
        auto const found = mine->second.find(rung.code());
        return !fixed && found != mine->second.end() && found->second.empty();
    });
    for (auto const& [code, told] : mine->second) {
        if (told.empty() || std::ranges::any_of(ladder, [&](Rung const& rung) { return rung.code() == code; })) continue;
        auto rung = law::parse_rung(code);
        if (!rung) continue;
        rung->kind = name;
        rung->told = told;
        ladder.push_back(std::move(*rung));
    }
    return ladder;
}

Status keep_rung(storage::Database& database, OrganisationId organisation, std::string const& kind, Rung const& rung, Timestamp now)
{
    if (!is_known(kind) || rung.anchor != Rung::Anchor::Due || rung.unit == Rung::Unit::None) return Error::not_found();
    if (rung.told.empty()) return Error{ErrorKind::Invalid, "invalid", {}, {{"told", "required", {}}}};
    if (is_default(kind, rung.code())) return Error{ErrorKind::Invalid, "invalid", {}, {{"amount", "rung_exists", {}}}};
    auto const code = rung.code(), told = text_of(rung.told);
    return database.write([&](Session& session) -> Status {
        session.lock(organisation);
        session.execute(SqlText{"INSERT INTO reminder_rung(organisation_id, kind, rung, told) VALUES(?,?,?,?) ON CONFLICT(organisation_id, kind, rung) DO UPDATE SET told=excluded.told"}, organisation, kind, code, told);
        look_again(session, organisation, now);
        return Nothing{};
    });
}

Status leave_out_rung(storage::Database& database, OrganisationId organisation, std::string const& kind, std::string const& code, Timestamp now)
{
    if (!is_default(kind, code)) return Error::not_found();
    if (law::is_legal_ladder(kind)) return Error::conflict("legal_rung");
    return database.write([&](Session& session) -> Status {
        session.lock(organisation);
        session.execute(SqlText{"INSERT INTO reminder_rung(organisation_id, kind, rung, told) VALUES(?,?,?,'') ON CONFLICT(organisation_id, kind, rung) DO UPDATE SET told=excluded.told"}, organisation, kind, code);
        look_again(session, organisation, now);
        return Nothing{};
    });
}

Status forget_rung(storage::Database& database, OrganisationId organisation, std::string const& kind, std::string const& code, Timestamp now)
{
    return database.write([&](Session& session) -> Status {
        session.lock(organisation);
        if (session.execute(SqlText{"DELETE FROM reminder_rung WHERE organisation_id=? AND kind=? AND rung=?"}, organisation, kind, code) == 0) return Error::not_found();
        look_again(session, organisation, now);
        return Nothing{};
    });
}

Status take_due(storage::Database& database, OrganisationId organisation, accounts::Sight const& sight, DueName const& due, Uuid actor, Timestamp now)
{
    return database.write([&](Session& session) -> Status {
        session.lock(organisation);
        accounts::Seen const seen{session, sight.writing()};
        if (!seen->query(SqlText{"SELECT 1 FROM due d JOIN record r ON r.rid=d.rid WHERE d.organisation_id=? AND d.record_id=? AND d.kind=? AND d.place=? AND d.at=?"}, organisation, due.record, due.kind,
                         due.place, due.at).next())
            return Error::not_found();
        session.execute(SqlText{"INSERT INTO due_taken(organisation_id, record_id, kind, place, due_at, taken_at, taken_by) VALUES(?,?,?,?,?,?,?) "
                                "ON CONFLICT(organisation_id, record_id, kind, place, due_at) DO UPDATE SET taken_at=excluded.taken_at, taken_by=excluded.taken_by"},
                        organisation, due.record, due.kind, due.place, due.at, now, actor);
        return Nothing{};
    });
}

}  // namespace greffier::overview
