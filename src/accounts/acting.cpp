#include "accounts/acting.hpp"

#include <algorithm>

#include "accounts/memberships.hpp"
#include "accounts/organisation.hpp"

namespace greffier::accounts {

using storage::SqlText;

namespace {

std::optional<PersonId> person_of(storage::Database& database, OrganisationId organisation, Uuid membership)
{
    auto session = database.read();
    auto row = session->query(SqlText{"SELECT person_id FROM membership WHERE id=? AND organisation_id=?"}, membership, organisation);
    if (!row.next()) return std::nullopt;
    return PersonId{row.uuid(0)};
}

bool token_lives(storage::Database& database, OrganisationId organisation, Uuid token, Timestamp now)
{
    auto session = database.read();
    auto row = session->query(SqlText{"SELECT 1 FROM api_token WHERE id=? AND organisation_id=? AND revoked_at IS NULL AND expires_at>?"}, token, organisation, now);
    return row.next();
}

}  // namespace

std::optional<Actor> still_acting(storage::Database& database, OrganisationId organisation, Uuid actor, std::vector<Role> const& roles, Timestamp now)
{
    if (is_archived(*database.read(), organisation)) return std::nullopt;
    Actor acting;
    acting.organisation = organisation;
    acting.id = actor;
    if (auto const person = person_of(database, organisation, actor)) {
        auto const membership = Memberships(database).of(*person, organisation);
        if (!membership) return std::nullopt;
        acting.person = person;
        acting.controller_decides = membership->controller_decides;
        std::ranges::copy_if(roles, std::back_inserter(acting.roles), [&](Role role) { return covers(membership->roles, role); });
        acting.sight = Sight::of({acting.roles, person, membership->actor, {}}).within(membership->sight());
    } else if (actor == organisation_actor(organisation) || token_lives(database, organisation, actor, now)) {
        acting.roles = roles;
        acting.sight = actor == organisation_actor(organisation) ? Sight::everything() : Sight::of({roles, {}, actor, {}});
    }
    if (acting.roles.empty()) return std::nullopt;
    acting.role = acting.roles.front();
    return acting;
}

}  // namespace greffier::accounts
