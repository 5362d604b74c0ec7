#include "accounts/departure.hpp"

#include <algorithm>

#include "accounts/factors.hpp"
#include "accounts/has_administrator.hpp"
#include "accounts/one_time_links.hpp"
#include "core/text.hpp"

namespace greffier::accounts {

using storage::Session;
using storage::SqlText;

namespace {

std::int64_t count(Session& session, SqlText text, PersonId person)
{
    auto row = session.query(text, person);
    row.next();
    return row.integer(0);
}

Error refused(std::string field, std::string code)
{
    auto error = Error::invalid("invalid");
    error.fields.push_back({std::move(field), std::move(code)});
    return error;
}

/// "roles=2,tokens=1,…": codes and numbers, read again by the page of the evidence.
std::string in_numbers(std::vector<std::pair<std::string_view, std::int64_t>> const& all)
{
    std::vector<std::string> words;
    for (auto const& [name, number] : all)
        if (number > 0) words.push_back(std::string{name} + "=" + std::to_string(number));
    return join(words, ",");
}

/// All that opens the account itself; its person works nowhere any more. Not disabled: if they come back, an invitation is enough.
void close_account(Session& session, PersonId person)
{
    Factors::reset_in(session, person);   // sessions too
    OneTimeLinks::end_all_in(session, person);
    session.execute(SqlText{"UPDATE person SET password=NULL WHERE id=?"}, person);
}

std::int64_t end_rights(Session& session, OrganisationId organisation, PersonId person, DeparturePreview const& found, Timestamp now)
{
    for (auto const& held : found.roles)
        if (held.from.empty()) revoke_on(session, person, organisation, held.role, now);
    session.execute(SqlText{"UPDATE see_as_consent SET state='withdrawn', withdrawn_at=?, ends_at=? WHERE organisation_id=? AND (person_id=? OR asked_by=?) AND state IN ('asked','given') AND ends_at>?"}, now, now,
                    organisation, person, person, now);
    return session.execute(SqlText{"UPDATE api_token SET revoked_at=? WHERE organisation_id=? AND person_id=? AND revoked_at IS NULL"}, now, organisation, person);
}

}  // namespace

bool DeparturePreview::from_above() const
{
    return std::ranges::any_of(roles, [](HeldRole const& held) { return !held.from.empty(); });
}

Result<DeparturePreview> Departures::look(PersonId id, Timestamp now) const
{
    DeparturePreview found;
    Memberships memberships(database_);
    auto const members = memberships.in(organisation_);
    auto const member = std::ranges::find(members, id, [](Member const& each) { return each.person.id; });
    if (member == members.end()) return Error::not_found("unknown_person");
    found.person = member->person;
    found.roles = member->held;
    found.whole = memberships.only_in(id, organisation_);
    {
        auto session = database_.read();
        auto first = session->query(SqlText{"SELECT id FROM membership WHERE person_id=? AND organisation_id=? ORDER BY created_at, id LIMIT 1"}, id, organisation_);
        if (first.next()) found.actor = first.uuid(0);
    }
    {
        auto session = database_.read();
        auto tokens = session->query(SqlText{"SELECT count(*) FROM api_token WHERE organisation_id=? AND person_id=? AND revoked_at IS NULL AND expires_at>?"}, organisation_, id, now);
        if (tokens.next()) found.tokens = tokens.integer(0);
    }
    {
        auto session = database_.read();
        found.sessions = count(*session, SqlText{"SELECT count(*) FROM session WHERE person_id=?"}, id);
        auto const state = Factors::of_in(*session, id);
        found.factors = (state.authenticator ? 1 : 0) + state.passkeys;
    }
    if (belongings_.count) found.belongings = belongings_.count(organisation_, found.person, found.actor);
    return found;
}

Result<MovementId> Departures::carry_out(Departing const& departing) const
{
    auto const found = TRY(look(departing.person, departing.now));
    // A role that comes down from above would open the door again: it is taken back where it was given.
    if (found.from_above()) return Error::conflict("departure_from_above");
    std::optional<DeparturePreview> successor;
    if (departing.successor) {
        if (*departing.successor == departing.person) return refused("successor", "departure_self");
        auto other = look(*departing.successor, departing.now);
        if (!other.ok() || other->person.disabled) return refused("successor", "unknown_person");
        successor = std::move(*other);
    }
    Movements const movements(database_, organisation_);
    auto const items = movements.items(MovementKind::Leaver, departing.locale);
    HandedOver handed;
    auto const done = TRY(database_.write_result<MovementId>([&](Session& session) -> Result<MovementId> {
        bool const administered = has_administrator(session, organisation_);
        auto const movement = movements.open_in(session, {MovementKind::Leaver, found.person.id, found.person.name, found.person.email_shown, departing.note, departing.day}, items, departing.actor,
                                                departing.now);
        auto const tokens = end_rights(session, organisation_, found.person.id, found, departing.now);
        if (administered && !has_administrator(session, organisation_)) return Error::conflict("last_administrator");
        if (found.whole) close_account(session, found.person.id);
        if (successor && belongings_.hand_over)
            handed = TRY(belongings_.hand_over(session, {organisation_, found.person, successor->person, found.actor, successor->actor, departing.actor, departing.reason, departing.zone, departing.now}));
        auto const& left = found.belongings;
        movements.note_departure(session, *movement, successor ? successor->person.name : "",
                                 in_numbers({{"roles", static_cast<std::int64_t>(found.roles.size())}, {"tokens", tokens}, {"sessions", found.whole ? found.sessions : 0},
                                             {"factors", found.whole ? found.factors : 0}, {"records", handed.records}, {"records_left", handed.left}, {"drafts", successor ? left.drafts : 0},
                                             {"views", successor ? left.views : 0}, {"account", found.whole ? 1 : 0}}),
                                 departing.actor, departing.now);
        return *movement;
    }));
    if (handed.committed) handed.committed();
    return done;
}

}  // namespace greffier::accounts
