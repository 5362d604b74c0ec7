#include "accounts/branches.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/text.hpp"

namespace greffier::accounts {

using storage::Session;
using storage::SqlText;

namespace {

/// The first row of a person in an organisation names their actor: whatever the clock did since, none made later may come before it.
Timestamp after_those_held(Session& session, PersonId person, OrganisationId organisation, Timestamp now)
{
    auto last = session.query(SqlText{"SELECT max(created_at) FROM membership WHERE person_id=? AND organisation_id=?"}, person, organisation);
    if (!last.next() || last.is_null(0)) return now;
    return std::max(now, last.timestamp(0) + std::chrono::milliseconds{1});
}

/// A role that holds below where it was granted.
struct FromAbove {
    Uuid id;
    PersonId person;
    std::string role;
    std::optional<Timestamp> ends_at;
};

void come_down(Session& session, FromAbove const& grant, OrganisationId organisation, Timestamp now)
{
    auto const id = Uuid::make();
    session.execute(SqlText{"INSERT INTO membership(id, person_id, organisation_id, role, created_at, via, ends_at) VALUES(?,?,?,?,?,?,?)"}, id, grant.person,
                    organisation, grant.role, after_those_held(session, grant.person, organisation, now), grant.id, grant.ends_at);
}

void end_rows_below(Session& session, Uuid id, Timestamp now)
{
    session.execute(SqlText{"UPDATE membership SET revoked_at=? WHERE via=? AND revoked_at IS NULL"}, now, id);
}

/// A group that somebody leaves and joins again lifts no limit that a person set in between. `id`: the row just made.
std::vector<std::string> as_last_held(Session& session, PersonId person, OrganisationId organisation, GrantTerms const& terms, Uuid id)
{
    std::vector<std::string> services;
    if (terms.source.empty() || terms.branch) return services;
    auto rows = session.query(SqlText{"SELECT k.name FROM membership_service k WHERE k.membership_id=(SELECT m.id FROM membership m JOIN membership_source s ON s.membership_id=m.id "
                                      "WHERE m.person_id=? AND m.organisation_id=? AND m.role='contributor' AND m.via IS NULL AND m.id<>? AND s.provider=? "
                                      "ORDER BY m.created_at DESC, m.id DESC LIMIT 1) ORDER BY k.service"},
                              person, organisation, id, terms.source);
    while (rows.next()) services.push_back(rows.text(0));
    return services;
}

std::vector<FromAbove> grants_above(Session& session, OrganisationId organisation)
{
    std::vector<FromAbove> all;
    auto rows = session.query(SqlText{"WITH RECURSIVE up(id, depth) AS (SELECT parent_id, 1 FROM organisation WHERE id=? AND parent_id IS NOT NULL "
                                      "UNION ALL SELECT o.parent_id, up.depth+1 FROM organisation o JOIN up ON o.id=up.id WHERE o.parent_id IS NOT NULL AND up.depth<100) "
                                      "SELECT m.id, m.person_id, m.role, m.ends_at FROM up JOIN membership m ON m.organisation_id=up.id "
                                      "WHERE m.branch=1 AND m.via IS NULL AND m.revoked_at IS NULL"},
                              organisation);
    while (rows.next()) all.push_back({rows.uuid(0), rows.id<greffier::Person>(1), rows.text(2), rows.optional_timestamp(3)});
    return all;
}

}  // namespace

std::vector<OrganisationId> branch_of(Session& session, OrganisationId organisation)
{
    std::vector<OrganisationId> all;
    auto rows = session.query(SqlText{"WITH RECURSIVE down(id) AS (SELECT id FROM organisation WHERE id=? UNION SELECT o.id FROM organisation o JOIN down ON o.parent_id=down.id) "
                                      "SELECT id FROM down"},
                              organisation);
    while (rows.next()) all.push_back(rows.id<Organisation>(0));
    return all;
}

void grant_on(Session& session, PersonId person, OrganisationId organisation, Role role, GrantTerms const& terms, Timestamp now, Uuid id)
{
    bool was_branch = false;
    {
        auto held = session.query(SqlText{"SELECT id, branch, ends_at FROM membership WHERE person_id=? AND organisation_id=? AND role=? AND via IS NULL AND revoked_at IS NULL"},
                                  person, organisation, code_of(role));
        if (held.next()) {
            id = held.uuid(0);
            was_branch = held.integer(1) != 0;
            if (terms.source.empty()) session.execute(SqlText{"DELETE FROM membership_source WHERE membership_id=?"}, id);
            bool const same = was_branch == terms.branch && held.optional_timestamp(2) == terms.ends_at;
            if (role == Role::Contributor && terms.services) limit_to_services(session, organisation, id, *terms.services);
            if (same) return;
            session.execute(SqlText{"UPDATE membership SET branch=?, ends_at=? WHERE id=?"}, terms.branch, terms.ends_at, id);
        } else {
            session.execute(SqlText{"INSERT INTO membership(id, person_id, organisation_id, role, created_at, branch, ends_at) VALUES(?,?,?,?,?,?,?)"}, id, person, organisation,
                            code_of(role), after_those_held(session, person, organisation, now), terms.branch, terms.ends_at);
            if (!terms.source.empty()) session.execute(SqlText{"INSERT INTO membership_source(membership_id, provider) VALUES(?,?)"}, id, terms.source);
            if (role == Role::Contributor)
                if (auto const services = terms.services ? *terms.services : as_last_held(session, person, organisation, terms, id); !services.empty())
                    limit_to_services(session, organisation, id, services);
        }
    }
    if (was_branch && terms.branch) {
        session.execute(SqlText{"UPDATE membership SET ends_at=? WHERE via=? AND revoked_at IS NULL"}, terms.ends_at, id);
    } else if (was_branch) {
        end_rows_below(session, id, now);
    } else if (terms.branch) {
        for (auto const& below : branch_of(session, organisation))
            if (below != organisation) come_down(session, {id, person, std::string{code_of(role)}, terms.ends_at}, below, now);
    }
}

bool is_limited_to_services(Session& session, PersonId person, OrganisationId organisation)
{
    return session.query(SqlText{"SELECT 1 FROM membership WHERE person_id=? AND organisation_id=? AND role='contributor' AND via IS NULL AND revoked_at IS NULL AND limited=1"},
                         person, organisation)
        .next();
}

void limit_to_services(Session& session, OrganisationId organisation, Uuid membership, std::vector<std::string> const& services)
{
    std::map<std::string, std::string> by_key;
    for (auto const& name : services)
        if (auto key = service_key(name); !key.empty()) by_key.try_emplace(std::move(key), squeeze(name));
    session.execute(SqlText{"DELETE FROM membership_service WHERE membership_id=?"}, membership);
    for (auto const& [key, name] : by_key)
        session.execute(SqlText{"INSERT INTO membership_service(organisation_id, membership_id, service, name) VALUES(?,?,?,?)"}, organisation, membership, key, name);
    session.execute(SqlText{"UPDATE membership SET limited=? WHERE id=?"}, by_key.empty() ? 0 : 1, membership);
    // What was answered to this person's repeated requests may show what they see no more.
    session.execute(SqlText{"DELETE FROM idempotency WHERE organisation_id=?"}, organisation);
}

void revoke_on(Session& session, PersonId person, OrganisationId organisation, Role role, Timestamp now)
{
    auto held = session.query(SqlText{"SELECT id FROM membership WHERE person_id=? AND organisation_id=? AND role=? AND via IS NULL AND revoked_at IS NULL"}, person, organisation,
                              code_of(role));
    if (!held.next()) return;
    auto const id = held.uuid(0);
    session.execute(SqlText{"UPDATE membership SET revoked_at=? WHERE id=?"}, now, id);
    end_rows_below(session, id, now);
}

void roles_come_down(Session& session, OrganisationId organisation, Timestamp now)
{
    auto const wanted = grants_above(session, organisation);
    std::set<Uuid> there;
    {
        auto rows = session.query(SqlText{"SELECT via FROM membership WHERE organisation_id=? AND via IS NOT NULL AND revoked_at IS NULL"}, organisation);
        while (rows.next()) there.insert(rows.uuid(0));
    }
    for (auto const& via : there)
        if (std::ranges::find(wanted, via, &FromAbove::id) == wanted.end())
            session.execute(SqlText{"UPDATE membership SET revoked_at=? WHERE via=? AND organisation_id=? AND revoked_at IS NULL"}, now, via, organisation);
    for (auto const& grant : wanted)
        if (!there.contains(grant.id)) come_down(session, grant, organisation, now);
}

int end_due_roles(Session& session, Timestamp now)
{
    return static_cast<int>(session.execute(SqlText{"UPDATE membership SET revoked_at=ends_at WHERE revoked_at IS NULL AND ends_at IS NOT NULL AND ends_at<=?"}, now));
}

}  // namespace greffier::accounts
