#include "accounts/renamed_services.hpp"

#include <algorithm>
#include <set>

#include "accounts/sight.hpp"
#include "core/text.hpp"

namespace greffier::accounts {

using storage::Session;
using storage::SqlText;

namespace {

std::set<Uuid> roles_limited_to(Session& session, OrganisationId organisation, std::string const& key)
{
    std::set<Uuid> roles;
    auto rows = session.query(SqlText{"SELECT k.membership_id FROM membership_service k JOIN membership m ON m.id=k.membership_id "
                                      "WHERE k.organisation_id=? AND k.service=? AND m.revoked_at IS NULL"},
                              organisation, key);
    while (rows.next()) roles.insert(rows.uuid(0));
    return roles;
}

bool is_borne(Session& session, OrganisationId organisation, std::string const& key)
{
    return session.query(SqlText{"SELECT 1 FROM record WHERE organisation_id=? AND service=? LIMIT 1"}, organisation, key).next();
}

}  // namespace

std::vector<RenamedService> renamed_services(std::vector<std::string> const& was, std::vector<std::string> const& now)
{
    std::vector<RenamedService> renamed;
    if (was.size() != now.size()) return renamed;
    auto const holds = [](std::vector<std::string> const& names, std::string const& name) {
        return std::ranges::any_of(names, [&](std::string const& each) { return service_key(each) == service_key(name); });
    };
    for (std::size_t i = 0; i < was.size(); ++i) {
        if (squeeze(was[i]) == squeeze(now[i])) continue;
        if (service_key(was[i]).empty() || service_key(now[i]).empty()) return {};
        // One that is still there, or was there before, has moved: the list was put in another order.
        if (service_key(was[i]) != service_key(now[i]) && (holds(now, was[i]) || holds(was, now[i]))) return {};
        renamed.push_back({squeeze(was[i]), squeeze(now[i])});
    }
    return renamed;
}

int rename_in_roles(Session& session, OrganisationId organisation, std::vector<RenamedService> const& renamed)
{
    std::set<Uuid> changed;
    for (auto const& [from, to] : renamed) {
        auto const before = service_key(from), after = service_key(to);
        auto const roles = roles_limited_to(session, organisation, before);
        for (auto const& role : roles)
            session.execute(SqlText{"INSERT INTO membership_service(organisation_id, membership_id, service, name) VALUES(?,?,?,?) "
                                    "ON CONFLICT(membership_id, service) DO UPDATE SET name=excluded.name"},
                            organisation, role, after, to);
        if (before != after && !is_borne(session, organisation, before))
            for (auto const& role : roles) session.execute(SqlText{"DELETE FROM membership_service WHERE membership_id=? AND service=?"}, role, before);
        changed.insert(roles.begin(), roles.end());
    }
    return static_cast<int>(changed.size());
}

}  // namespace greffier::accounts
