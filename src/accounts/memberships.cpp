#include "accounts/memberships.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace greffier::accounts {

using storage::Session;
using storage::SqlText;

namespace {

/// An id that follows from a purpose and an organisation (UUID version 8: the application's own kind).
Uuid derived(std::string_view purpose, OrganisationId organisation)
{
    auto const hash = sha256({as_bytes(purpose), ByteView{organisation.uuid.bytes}});
    Uuid id;
    std::copy_n(hash.begin(), id.bytes.size(), id.bytes.begin());
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | 0x80);
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
    return id;
}

void add_role(std::vector<Role>& roles, std::string_view code)
{
    if (auto role = parse_role(code)) roles.push_back(*role);
    std::sort(roles.begin(), roles.end());
}

bool administers_installation(Session& session, PersonId person)
{
    return session.query(SqlText{"SELECT 1 FROM membership WHERE person_id=? AND organisation_id IS NULL AND revoked_at IS NULL"}, person).next();
}

std::vector<Role> roles_in(Session& session, PersonId person, OrganisationId organisation)
{
    std::vector<Role> roles;
    auto rows = session.query(SqlText{"SELECT role FROM membership WHERE person_id=? AND organisation_id=? AND revoked_at IS NULL"}, person, organisation);
    while (rows.next()) add_role(roles, rows.view(0));
    return roles;
}

/// `rows` has id, role and revoked_at from `at` on, and comes in the order of time.
void add_row(Membership& membership, storage::Cursor const& rows, int at)
{
    if (membership.actor.is_nil()) membership.actor = rows.uuid(at);
    if (rows.is_null(at + 2)) add_role(membership.roles, rows.view(at + 1));
}

bool has_administrator(Session& session, OrganisationId organisation)
{
    return session.query(SqlText{"SELECT 1 FROM membership m JOIN person p ON p.id=m.person_id "
                                 "WHERE m.organisation_id=? AND m.role='administrator' AND m.revoked_at IS NULL AND p.disabled_at IS NULL"},
                         organisation)
        .next();
}

/// The first row of a person here names their actor: whatever the clock did since, none made later may come before it.
Timestamp after_those_held(Session& session, PersonId person, OrganisationId organisation, Timestamp now)
{
    auto last = session.query(SqlText{"SELECT max(created_at) FROM membership WHERE person_id=? AND organisation_id=?"}, person, organisation);
    if (!last.next() || last.is_null(0)) return now;
    return std::max(now, last.timestamp(0) + std::chrono::milliseconds{1});
}

Status set_roles_in(Session& session, PersonId person, OrganisationId organisation, std::vector<Role> const& wanted, Timestamp now)
{
    if (!session.query(SqlText{"SELECT 1 FROM person WHERE id=?"}, person).next()) return Error::not_found("unknown_person");
    bool administered = has_administrator(session, organisation);
    auto const held = roles_in(session, person, organisation);
    for (auto role : held) {
        if (std::find(wanted.begin(), wanted.end(), role) != wanted.end()) continue;
        session.execute(SqlText{"UPDATE membership SET revoked_at=? WHERE person_id=? AND organisation_id=? AND role=? AND revoked_at IS NULL"}, now, person,
                        organisation, code_of(role));
    }
    for (auto role : wanted) Memberships::grant_in(session, person, organisation, role, now);
    // An organisation that had an administrator keeps one; one that never had any (made by the command line) asks for none.
    if (administered && !has_administrator(session, organisation)) return Error::conflict("last_administrator");
    return Nothing{};
}

}  // namespace

Uuid organisation_actor(OrganisationId organisation) { return derived("greffier actor command-line", organisation); }
Uuid job_actor(OrganisationId organisation) { return derived("greffier actor job", organisation); }

Actor make_actor(Membership const& membership)
{
    Actor actor;
    actor.organisation = membership.organisation;
    actor.id = membership.actor;
    actor.roles = membership.roles;
    actor.role = membership.roles.empty() ? Role::Reader : membership.roles.front();
    actor.person = membership.person;
    actor.installation_administrator = membership.installation_administrator;
    return actor;
}

Actor command_line_actor(OrganisationId organisation)
{
    Actor actor;
    actor.organisation = organisation;
    actor.id = organisation_actor(organisation);
    actor.roles = all_roles();
    actor.role = actor.roles.front();
    actor.installation_administrator = true;
    return actor;
}

std::optional<Membership> Memberships::of(PersonId person, OrganisationId organisation)
{
    auto session = database_.read();
    Membership membership{{}, person, organisation, {}, false};
    auto rows = session->query(SqlText{"SELECT m.id, m.role, m.revoked_at, "
                                       "EXISTS(SELECT 1 FROM membership i WHERE i.person_id=p.id AND i.organisation_id IS NULL AND i.revoked_at IS NULL) "
                                       "FROM membership m JOIN person p ON p.id=m.person_id "
                                       "WHERE m.person_id=? AND m.organisation_id=? AND p.disabled_at IS NULL ORDER BY m.created_at, m.id"},
                               person, organisation);
    while (rows.next()) {
        add_row(membership, rows, 0);
        membership.installation_administrator = rows.integer(3) != 0;
    }
    if (membership.roles.empty()) return std::nullopt;
    return membership;
}

bool Memberships::is_installation_administrator(PersonId person)
{
    auto session = database_.read();
    return administers_installation(*session, person);
}

bool Memberships::installation_is_new()
{
    auto session = database_.read();
    return !session->query(SqlText{"SELECT 1 FROM membership WHERE organisation_id IS NULL AND revoked_at IS NULL"}).next();
}

void Memberships::grant_in(Session& session, PersonId person, std::optional<OrganisationId> organisation, Role role, Timestamp now, Uuid id)
{
    bool held = organisation
                    ? session.query(SqlText{"SELECT 1 FROM membership WHERE person_id=? AND organisation_id=? AND role=? AND revoked_at IS NULL"}, person,
                                    *organisation, code_of(role)).next()
                    : administers_installation(session, person);
    if (held) return;
    if (organisation) now = after_those_held(session, person, *organisation, now);
    session.execute(SqlText{"INSERT INTO membership(id, person_id, organisation_id, role, created_at) VALUES(?, ?, ?, ?, ?)"}, id, person, organisation,
                    code_of(role), now);
}

Status Memberships::set_roles(PersonId person, OrganisationId organisation, std::vector<Role> const& roles, Timestamp now)
{
    return database_.write([&](Session& session) { return set_roles_in(session, person, organisation, roles, now); });
}

Status Memberships::grant(PersonId person, OrganisationId organisation, Role role, Timestamp now)
{
    return database_.write([&](Session& session) {
        auto roles = roles_in(session, person, organisation);
        if (std::find(roles.begin(), roles.end(), role) == roles.end()) roles.push_back(role);
        return set_roles_in(session, person, organisation, roles, now);
    });
}

Status Memberships::revoke(PersonId person, OrganisationId organisation, std::optional<Role> role, Timestamp now)
{
    return database_.write([&](Session& session) {
        auto roles = roles_in(session, person, organisation);
        std::erase_if(roles, [&](Role held) { return !role || held == *role; });
        return set_roles_in(session, person, organisation, roles, now);
    });
}

Status Memberships::grant_installation(PersonId person, Timestamp now)
{
    return database_.write([&](Session& session) -> Status {
        if (!session.query(SqlText{"SELECT 1 FROM person WHERE id=?"}, person).next()) return Error::not_found("unknown_person");
        grant_in(session, person, std::nullopt, Role::Administrator, now);
        return Nothing{};
    });
}

Status Memberships::revoke_installation(PersonId person, Timestamp now)
{
    return database_.write([&](Session& session) -> Status {
        session.execute(SqlText{"UPDATE membership SET revoked_at=? WHERE person_id=? AND organisation_id IS NULL AND revoked_at IS NULL"}, now, person);
        auto left = session.query(SqlText{"SELECT 1 FROM membership WHERE organisation_id IS NULL AND revoked_at IS NULL"});
        if (!left.next()) return Error::conflict("last_administrator");
        return Nothing{};
    });
}

std::vector<Member> Memberships::in(OrganisationId organisation)
{
    std::map<PersonId, Member> members;
    {
        auto session = database_.read();
        auto rows = session->query(SqlText{"SELECT p.id, p.email, p.email_shown, p.name, p.disabled_at, p.password, m.role, m.created_at FROM membership m "
                                           "JOIN person p ON p.id=m.person_id WHERE m.organisation_id=? AND m.revoked_at IS NULL ORDER BY m.created_at DESC"},
                                   organisation);
        while (rows.next()) {
            auto& member = members[rows.id<greffier::Person>(0)];
            member.person.id = rows.id<greffier::Person>(0);
            member.person.email = rows.text(1);
            member.person.email_shown = rows.text(2);
            member.person.name = rows.text(3);
            member.person.disabled = !rows.is_null(4);
            member.person.has_password = !rows.is_null(5);
            add_role(member.roles, rows.view(6));
            member.since = rows.timestamp(7);
        }
    }
    std::vector<Member> all;
    for (auto& [id, member] : members) all.push_back(std::move(member));
    std::stable_sort(all.begin(), all.end(), [](Member const& a, Member const& b) { return sort_key(a.person.name) < sort_key(b.person.name); });
    return all;
}

std::vector<Membership> Memberships::held_by(PersonId person)
{
    auto session = database_.read();
    bool const administers = administers_installation(*session, person);
    std::vector<Membership> held;
    auto rows = session->query(SqlText{"SELECT m.organisation_id, m.id, m.role, m.revoked_at FROM membership m JOIN person p ON p.id=m.person_id "
                                       "WHERE m.person_id=? AND m.organisation_id IS NOT NULL AND p.disabled_at IS NULL ORDER BY m.organisation_id, m.created_at, m.id"},
                               person);
    while (rows.next()) {
        auto const organisation = rows.id<Organisation>(0);
        if (held.empty() || held.back().organisation != organisation) held.push_back({{}, person, organisation, {}, administers});
        add_row(held.back(), rows, 1);
    }
    std::erase_if(held, [](Membership const& membership) { return membership.roles.empty(); });
    return held;
}

std::map<Uuid, std::string> Memberships::names(OrganisationId organisation, std::span<Uuid const> actors, Locale const& locale)
{
    std::map<Uuid, std::string> names;
    auto session = database_.read();
    for (auto const& actor : actors) {
        if (names.contains(actor)) continue;
        if (actor == organisation_actor(organisation)) {
            names[actor] = locale.text("actor.command_line");
            continue;
        }
        if (actor == job_actor(organisation)) {
            names[actor] = locale.text("actor.job");
            continue;
        }
        auto people = session->query(SqlText{"SELECT p.name FROM membership m JOIN person p ON p.id=m.person_id WHERE m.id=? AND m.organisation_id=?"}, actor, organisation);
        if (people.next()) {
            names[actor] = people.text(0);
            continue;
        }
        auto tokens = session->query(SqlText{"SELECT name FROM api_token WHERE id=? AND organisation_id=?"}, actor, organisation);
        if (tokens.next()) names[actor] = locale.text("actor.token", {{"name", tokens.text(0)}});
    }
    return names;
}

bool Memberships::only_in(PersonId person, OrganisationId organisation)
{
    auto session = database_.read();
    bool here = session->query(SqlText{"SELECT 1 FROM membership WHERE person_id=? AND organisation_id=? AND revoked_at IS NULL"}, person, organisation).next();
    bool elsewhere = session->query(SqlText{"SELECT 1 FROM membership WHERE person_id=? AND revoked_at IS NULL AND (organisation_id IS NULL OR organisation_id<>?)"},
                                    person, organisation).next();
    return here && !elsewhere;
}

}  // namespace greffier::accounts
