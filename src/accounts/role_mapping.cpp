#include "accounts/role_mapping.hpp"

#include <algorithm>

#include "accounts/branches.hpp"
#include "core/text.hpp"

namespace greffier::accounts {

using storage::Session;
using storage::SqlText;

namespace {

struct Wanted {
    OrganisationId organisation;
    Role role{};
    bool branch = false;
};

struct Given {
    Uuid membership;
    OrganisationId organisation;
    Role role{};
    bool branch = false;
};

std::optional<OrganisationId> organisation_of(Session& session, std::string const& slug)
{
    auto row = session.query(SqlText{"SELECT id FROM organisation WHERE slug=? AND archived_at IS NULL"}, slug);
    if (!row.next()) return std::nullopt;
    return row.id<Organisation>(0);
}

/// Each role of each organisation once; on the branch if one of the groups says so.
std::vector<Wanted> wanted_by(Session& session, std::vector<MappedRole> const& mapping, std::vector<std::string> const& groups)
{
    std::vector<std::string> held;
    for (auto const& group : groups) held.push_back(to_lower_ascii(trim(group)));
    std::vector<Wanted> all;
    for (auto const& row : mapping) {
        if (std::ranges::find(held, to_lower_ascii(row.group)) == held.end()) continue;
        auto const organisation = organisation_of(session, row.organisation);
        if (!organisation) continue;
        auto const same = std::ranges::find_if(all, [&](Wanted const& each) { return each.organisation == *organisation && each.role == row.role; });
        if (same == all.end()) all.push_back({*organisation, row.role, row.branch});
        else same->branch = same->branch || row.branch;
    }
    return all;
}

std::vector<Given> given_by(Session& session, PersonId person, std::string_view provider)
{
    std::vector<Given> all;
    auto rows = session.query(SqlText{"SELECT m.id, m.organisation_id, m.role, m.branch FROM membership_source s JOIN membership m ON m.id=s.membership_id "
                                      "WHERE m.person_id=? AND s.provider=? AND m.revoked_at IS NULL ORDER BY m.created_at, m.id"},
                              person, provider);
    while (rows.next())
        if (auto const role = parse_role(rows.view(2))) all.push_back({rows.uuid(0), rows.id<Organisation>(1), *role, rows.integer(3) != 0});
    return all;
}

/// True when an organisation where this role holds, here or below, would be without administrator.
bool is_last_administrator(Session& session, Given const& given)
{
    if (given.role != Role::Administrator) return false;
    auto bereft = session.query(SqlText{"SELECT 1 FROM membership t WHERE (t.id=? OR t.via=?) AND t.revoked_at IS NULL AND NOT EXISTS("
                                        "SELECT 1 FROM membership m JOIN person p ON p.id=m.person_id WHERE m.organisation_id=t.organisation_id AND m.role='administrator' "
                                        "AND m.revoked_at IS NULL AND p.disabled_at IS NULL AND m.id<>t.id)"},
                                given.membership, given.membership);
    return bereft.next();
}

bool is_held(Session& session, PersonId person, OrganisationId organisation, Role role)
{
    return session.query(SqlText{"SELECT 1 FROM membership WHERE person_id=? AND organisation_id=? AND role=? AND via IS NULL AND revoked_at IS NULL"}, person, organisation, code_of(role)).next();
}

MappingChange withdraw(Session& session, PersonId person, Given const& given, Timestamp now)
{
    if (is_last_administrator(session, given)) return {MappingChange::What::Kept, given.organisation, given.role};
    revoke_on(session, person, given.organisation, given.role, now);
    return {MappingChange::What::Withdrawn, given.organisation, given.role};
}

}  // namespace

std::optional<MappedRole> parse_mapped_role(std::string_view text)
{
    auto const equals = text.rfind(" = ");   // names of groups hold signs of their own: cn=dpo,ou=groups
    if (equals == text.npos) return std::nullopt;
    MappedRole row;
    row.group = std::string{trim(text.substr(0, equals))};
    auto const parts = split(trim(text.substr(equals + 3)), '/');
    if (row.group.empty() || parts.size() < 2 || parts.size() > 3 || (parts.size() == 3 && parts[2] != "branch")) return std::nullopt;
    auto const role = parse_role(parts[1]);
    if (!is_slug(parts[0]) || !role || *role == Role::Auditor) return std::nullopt;
    row.organisation = parts[0];
    row.role = *role;
    row.branch = parts.size() == 3;
    return row;
}

std::vector<MappingChange> apply_mapping(Session& session, PersonId person, std::string_view provider, std::vector<MappedRole> const& mapping, std::vector<std::string> const& groups, Timestamp now)
{
    std::vector<MappingChange> changes;
    auto wanted = wanted_by(session, mapping, groups);
    for (auto const& given : given_by(session, person, provider)) {
        auto const still = std::ranges::find_if(wanted, [&](Wanted const& each) { return each.organisation == given.organisation && each.role == given.role; });
        if (still == wanted.end()) {
            changes.push_back(withdraw(session, person, given, now));
            continue;
        }
        // The services of the organisations below are others: a role that somebody limited here stays here.
        bool const bound = given.role == Role::Contributor && still->branch && is_limited_to_services(session, person, given.organisation);
        if (still->branch != given.branch && !bound) grant_on(session, person, given.organisation, given.role, {still->branch, {}, std::string{provider}}, now, Uuid::make());
        wanted.erase(still);
    }
    for (auto const& each : wanted) {
        if (is_held(session, person, each.organisation, each.role)) continue;   // given by hand, or by another provider: theirs to withdraw
        grant_on(session, person, each.organisation, each.role, {each.branch, {}, std::string{provider}}, now, Uuid::make());
        changes.push_back({MappingChange::What::Given, each.organisation, each.role});
    }
    return changes;
}

std::vector<MappingChange> withdraw_mapped(Session& session, PersonId person, std::string_view provider, Timestamp now)
{
    return apply_mapping(session, person, provider, {}, {}, now);
}

}  // namespace greffier::accounts
