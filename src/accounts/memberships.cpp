#include "accounts/memberships.hpp"

#include <algorithm>

#include "accounts/has_administrator.hpp"
#include "accounts/visitor.hpp"
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
    auto const role = parse_role(code);
    if (!role || std::ranges::find(roles, *role) != roles.end()) return;
    roles.push_back(*role);
    std::ranges::sort(roles);
}

bool administers_installation(Session& session, PersonId person)
{
    return session.query(SqlText{"SELECT 1 FROM membership WHERE person_id=? AND organisation_id IS NULL AND revoked_at IS NULL"}, person).next();
}

/// Those granted in that organisation itself, by somebody's hand: what a provider's groups gave is withdrawn there.
std::vector<Role> roles_in(Session& session, PersonId person, OrganisationId organisation)
{
    std::vector<Role> roles;
    auto rows = session.query(SqlText{"SELECT role FROM membership m WHERE person_id=? AND organisation_id=? AND via IS NULL AND revoked_at IS NULL "
                                      "AND NOT EXISTS(SELECT 1 FROM membership_source s WHERE s.membership_id=m.id)"},
                              person, organisation);
    while (rows.next()) add_role(roles, rows.view(0));
    return roles;
}

/// `rows` has id, role, revoked_at, branch, via and limited from `at` on, and comes in the order of time.
void add_row(Membership& membership, storage::Cursor const& rows, int at)
{
    if (membership.actor.is_nil()) membership.actor = rows.uuid(at);
    if (!rows.is_null(at + 2)) return;
    // A contributor for all services, wherever that comes from, is bound by none.
    if (rows.view(at + 1) == code_of(Role::Contributor)) {
        bool const first = std::ranges::find(membership.roles, Role::Contributor) == membership.roles.end();
        if (rows.integer(at + 5) == 0) membership.limited_by.reset();
        else if (first) membership.limited_by = rows.uuid(at);
    }
    add_role(membership.roles, rows.view(at + 1));
    // What comes down holds below here as well, wherever in the branch this is.
    if (rows.view(at + 1) == code_of(Role::Administrator) && (rows.integer(at + 3) != 0 || !rows.is_null(at + 4))) membership.over_branch = true;
}

std::optional<Uuid> contributor_row(Session& session, PersonId person, OrganisationId organisation)
{
    auto row = session.query(SqlText{"SELECT id FROM membership WHERE person_id=? AND organisation_id=? AND role='contributor' AND via IS NULL AND revoked_at IS NULL"}, person, organisation);
    return row.next() ? std::optional{row.uuid(0)} : std::nullopt;
}

Status set_roles_in(Session& session, PersonId person, OrganisationId organisation, std::vector<Role> const& wanted, Timestamp now,
                    std::optional<std::vector<std::string>> const& services = {})
{
    if (!session.query(SqlText{"SELECT 1 FROM person WHERE id=?"}, person).next()) return Error::not_found("unknown_person");
    bool administered = has_administrator(session, organisation);
    auto const held = roles_in(session, person, organisation);
    for (auto role : held) {
        if (std::ranges::find(wanted, role) == wanted.end()) revoke_on(session, person, organisation, role, now);
    }
    for (auto role : wanted) {
        if (std::ranges::find(held, role) != held.end()) continue;
        TRY(check_terms(role, {}, now));
        Memberships::grant_in(session, person, organisation, role, now);
    }
    if (services) {
        auto const row = contributor_row(session, person, organisation);
        if (row) {
            auto on_branch = session.query(SqlText{"SELECT 1 FROM membership WHERE id=? AND branch=1"}, *row);
            if (on_branch.next() && !services->empty()) return Error{ErrorKind::Invalid, "invalid", {}, {{"services", "services_on_branch"}}};
        }
        if (row) limit_to_services(session, organisation, *row, *services);
    }
    // An organisation that had an administrator keeps one; one that never had any (made by the command line) asks for none.
    if (administered && !has_administrator(session, organisation)) return Error::conflict("last_administrator");
    return Nothing{};
}

}  // namespace

bool has_administrator(Session& session, OrganisationId organisation)
{
    return session.query(SqlText{"SELECT 1 FROM membership m JOIN person p ON p.id=m.person_id "
                                 "WHERE m.organisation_id=? AND m.role='administrator' AND m.revoked_at IS NULL AND p.disabled_at IS NULL"},
                         organisation)
        .next();
}

Status check_terms(Role role, GrantTerms const& terms, Timestamp now)
{
    auto const refused = [](std::string code) { return Error{ErrorKind::Invalid, "invalid", {}, {{"until", std::move(code)}}}; };
    if (role == Role::Auditor && !terms.ends_at) return refused("end_needed");
    if (terms.ends_at && *terms.ends_at <= now) return refused("end_past");
    // The services of the organisations below are others.
    if (terms.branch && terms.services && !terms.services->empty()) return Error{ErrorKind::Invalid, "invalid", {}, {{"services", "services_on_branch"}}};
    return Nothing{};
}

Uuid organisation_actor(OrganisationId organisation) { return derived("greffier actor command-line", organisation); }
Uuid job_actor(OrganisationId organisation) { return derived("greffier actor job", organisation); }
Uuid visitor_actor(OrganisationId organisation) { return derived("greffier actor visitor", organisation); }

Actor make_actor(Membership const& membership)
{
    Actor actor;
    actor.organisation = membership.organisation;
    actor.id = membership.actor;
    actor.roles = membership.roles;
    actor.role = membership.roles.empty() ? Role::Reader : membership.roles.front();
    actor.person = membership.person;
    actor.installation_administrator = membership.installation_administrator;
    actor.controller_decides = membership.controller_decides;
    actor.over_branch = membership.over_branch;
    actor.sight = membership.sight();
    actor.keeps_restricted = membership.keeps_restricted;
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
    actor.over_branch = true;
    actor.sight = Sight::everything();
    return actor;
}

std::optional<Membership> Memberships::of(PersonId person, OrganisationId organisation)
{
    auto session = database_.read();
    Membership membership{{}, person, organisation, {}};
    auto rows = session->query(SqlText{"SELECT m.id, m.role, m.revoked_at, m.branch, m.via, m.limited, "
                                       "EXISTS(SELECT 1 FROM membership i WHERE i.person_id=p.id AND i.organisation_id IS NULL AND i.revoked_at IS NULL), "
                                       "EXISTS(SELECT 1 FROM membership c WHERE c.organisation_id=m.organisation_id AND c.role='representative' AND c.revoked_at IS NULL), "
                                       "EXISTS(SELECT 1 FROM record r WHERE r.organisation_id=m.organisation_id AND r.restricted=1) "
                                       "OR EXISTS(SELECT 1 FROM record r WHERE r.organisation_id=m.organisation_id AND r.register='notes') "
                                       "FROM membership m JOIN person p ON p.id=m.person_id "
                                       "WHERE m.person_id=? AND m.organisation_id=? AND p.disabled_at IS NULL ORDER BY m.created_at, m.id"},
                               person, organisation);
    while (rows.next()) {
        add_row(membership, rows, 0);
        membership.installation_administrator = rows.integer(6) != 0;
        membership.controller_decides = rows.integer(7) != 0;
        membership.keeps_restricted = rows.integer(8) != 0;
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
    if (organisation) {
        auto const held = roles_in(session, person, *organisation);
        if (std::ranges::find(held, role) == held.end()) grant_on(session, person, *organisation, role, {}, now, id);
        return;
    }
    if (administers_installation(session, person)) return;
    session.execute(SqlText{"INSERT INTO membership(id, person_id, organisation_id, role, created_at) VALUES(?, ?, ?, ?, ?)"}, id, person, organisation, code_of(role), now);
}

void Memberships::end_due(Timestamp now)
{
    constexpr std::chrono::seconds others{30};
    auto const at = to_millis(now);
    // A clock that was set back is looked at as well.
    auto const again = look_again_.load();
    if (at < again && at > again - 2 * std::chrono::milliseconds{others}.count()) return;
    bool due = false;
    auto next = now + others;
    {
        auto session = database_.read();
        auto first = session->query(SqlText{"SELECT min(ends_at) FROM membership WHERE revoked_at IS NULL AND ends_at IS NOT NULL"});
        if (first.next() && !first.is_null(0)) {
            due = first.timestamp(0) <= now;
            if (!due) next = std::min(next, first.timestamp(0));
        }
    }
    if (due) (void)database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        end_due_roles(session, now);
        return Nothing{};
    });
    look_again_ = due ? 0 : to_millis(next);
}

Status Memberships::set_roles(PersonId person, OrganisationId organisation, std::vector<Role> const& roles, Timestamp now, std::optional<std::vector<std::string>> const& services)
{
    return database_.write([&](Session& session) { return set_roles_in(session, person, organisation, roles, now, services); });
}

Status Memberships::grant(PersonId person, OrganisationId organisation, Role role, Timestamp now, GrantTerms const& terms)
{
    TRY(check_terms(role, terms, now));
    auto const granted = database_.write([&](Session& session) -> Status {
        if (!session.query(SqlText{"SELECT 1 FROM person WHERE id=?"}, person).next()) return Error::not_found("unknown_person");
        if (role == Role::Contributor && terms.branch && !terms.services && is_limited_to_services(session, person, organisation))
            return Error{ErrorKind::Invalid, "invalid", {}, {{"services", "services_on_branch"}}};
        grant_on(session, person, organisation, role, terms, now, Uuid::make());
        return Nothing{};
    });
    if (terms.ends_at) look_again_ = 0;
    return granted;
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

std::vector<Role> Member::roles() const
{
    std::vector<Role> all;
    for (auto const& each : held)
        if (std::ranges::find(all, each.role) == all.end()) all.push_back(each.role);
    return all;
}

bool Member::holds_here(Role role) const
{
    return std::ranges::any_of(held, [&](HeldRole const& each) { return each.role == role && each.from.empty(); });
}

std::vector<Member> Memberships::in(OrganisationId organisation)
{
    std::map<PersonId, Member> members;
    std::map<Uuid, std::pair<PersonId, std::size_t>> limited;   // whose role it is, and which of theirs
    {
        auto session = database_.read();
        auto rows = session->query(SqlText{"SELECT p.id, p.email, p.email_shown, p.name, p.disabled_at, p.password, m.role, m.created_at, m.branch, m.ends_at, "
                                           "(SELECT o.name FROM membership a JOIN organisation o ON o.id=a.organisation_id WHERE a.id=m.via), "
                                           "(SELECT s.provider FROM membership_source s WHERE s.membership_id=m.id), m.limited, m.id FROM membership m "
                                           "JOIN person p ON p.id=m.person_id WHERE m.organisation_id=? AND m.revoked_at IS NULL ORDER BY m.created_at DESC"},
                                   organisation);
        while (rows.next()) {
            auto const role = parse_role(rows.view(6));
            if (!role) continue;
            auto& member = members[rows.id<greffier::Person>(0)];
            member.person.id = rows.id<greffier::Person>(0);
            member.person.email = rows.text(1);
            member.person.email_shown = rows.text(2);
            member.person.name = rows.text(3);
            member.person.disabled = !rows.is_null(4);
            member.person.has_password = !rows.is_null(5);
            member.held.push_back({*role, rows.integer(8) != 0, rows.optional_timestamp(9), !rows.is_null(10) ? rows.text(10) : rows.is_null(11) ? std::string{} : rows.text(11), {}, rows.is_null(10) && !rows.is_null(11)});
            member.since = rows.timestamp(7);
            if (rows.integer(12) != 0) limited[rows.uuid(13)] = {member.person.id, member.held.size() - 1};
        }
        auto named = session->query(SqlText{"SELECT membership_id, name FROM membership_service WHERE organisation_id=? ORDER BY membership_id, service"}, organisation);
        while (named.next())
            if (auto const role = limited.find(named.uuid(0)); role != limited.end()) members[role->second.first].held[role->second.second].services.push_back(named.text(1));
    }
    std::vector<Member> all;
    for (auto& [id, member] : members) {
        std::ranges::stable_sort(member.held, {}, &HeldRole::role);
        all.push_back(std::move(member));
    }
    std::stable_sort(all.begin(), all.end(), [](Member const& a, Member const& b) { return sort_key(a.person.name) < sort_key(b.person.name); });
    return all;
}

std::vector<Membership> Memberships::held_by(PersonId person)
{
    auto session = database_.read();
    bool const administers = administers_installation(*session, person);
    std::vector<Membership> held;
    auto rows = session->query(SqlText{"SELECT m.organisation_id, m.id, m.role, m.revoked_at, m.branch, m.via, m.limited FROM membership m JOIN person p ON p.id=m.person_id "
                                       "WHERE m.person_id=? AND m.organisation_id IS NOT NULL AND p.disabled_at IS NULL ORDER BY m.organisation_id, m.created_at, m.id"},
                               person);
    while (rows.next()) {
        auto const organisation = rows.id<Organisation>(0);
        if (held.empty() || held.back().organisation != organisation) held.push_back({{}, person, organisation, {}, administers, false, false});
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
        if (actor == visitor_actor(organisation)) {
            names[actor] = locale.text("actor.visitor");
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
