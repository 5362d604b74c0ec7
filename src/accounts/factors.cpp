#include "accounts/factors.hpp"

#include <algorithm>

namespace greffier::accounts {

using storage::Session;
using storage::SqlText;

Factors::Factors(storage::Database& opened, Secret<Bytes> const& codes_key, Secret<Bytes> const& passkeys_key)
    : database(opened), codes(opened, codes_key), passkeys(opened, passkeys_key), half(opened)
{
}

FactorState Factors::of(PersonId person)
{
    auto session = database.read();
    return of_in(*session, person);
}

FactorState Factors::of_in(Session& session, PersonId person)
{
    auto row = session.query(SqlText{"SELECT (SELECT count(*) FROM authenticator WHERE person_id=? AND secret IS NOT NULL), (SELECT count(*) FROM passkey WHERE person_id=?), "
                                     "(SELECT count(*) FROM recovery_code WHERE person_id=? AND used_at IS NULL)"},
                             person, person, person);
    if (!row.next()) return {};
    return {row.integer(0) > 0, static_cast<int>(row.integer(1)), static_cast<int>(row.integer(2))};
}

bool Factors::is_required(PersonId person)
{
    if (required_for.empty()) return false;
    auto session = database.read();
    auto rows = session->query(SqlText{"SELECT DISTINCT role FROM membership WHERE person_id=? AND revoked_at IS NULL"}, person);
    while (rows.next()) {
        auto const role = parse_role(rows.view(0));
        if (role && std::ranges::find(required_for, *role) != required_for.end()) return true;
    }
    return false;
}

std::set<PersonId> Factors::holders(OrganisationId organisation)
{
    std::set<PersonId> all;
    auto session = database.read();
    auto rows = session->query(SqlText{"SELECT DISTINCT m.person_id FROM membership m WHERE m.organisation_id=? AND m.revoked_at IS NULL AND "
                                       "(EXISTS(SELECT 1 FROM authenticator a WHERE a.person_id=m.person_id AND a.secret IS NOT NULL) "
                                       "OR EXISTS(SELECT 1 FROM passkey k WHERE k.person_id=m.person_id))"},
                               organisation);
    while (rows.next()) all.insert(rows.id<Person>(0));
    return all;
}

void Factors::tidy_in(Session& session, PersonId person)
{
    if (!of_in(session, person).any()) OneTimeCodes::remove_recovery_in(session, person);
}

void Factors::reset_in(Session& session, PersonId person)
{
    OneTimeCodes::remove_authenticator_in(session, person);
    OneTimeCodes::remove_recovery_in(session, person);
    session.execute(SqlText{"DELETE FROM passkey WHERE person_id=?"}, person);
    session.execute(SqlText{"DELETE FROM half_sign_in WHERE person_id=?"}, person);
    session.execute(SqlText{"DELETE FROM session WHERE person_id=?"}, person);
}

}  // namespace greffier::accounts
