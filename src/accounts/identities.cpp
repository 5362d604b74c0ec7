#include "accounts/identities.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace greffier::accounts {

using storage::Session;
using storage::SqlText;

namespace {

constexpr SqlText columns{"SELECT id, person_id, provider, created_at, used_at FROM linked_identity "};
constexpr std::chrono::hours use_step{1};   // a write for each sign-in would tell nothing more

LinkedIdentity read_row(storage::Cursor const& row) { return {row.id<LinkedIdentity>(0), row.id<greffier::Person>(1), row.text(2), row.timestamp(3), row.timestamp(4)}; }

bool is_closed(Session& session, PersonId person)
{
    auto row = session.query(SqlText{"SELECT 1 FROM person WHERE id=? AND disabled_at IS NOT NULL"}, person);
    return row.next();
}

/// The account here that a first sign-in is for, or a new one.
Result<Recognised> first_time(Session& session, WayRules const& rules, Presented const& presented, std::optional<People::Prepared> const& prepared, Timestamp now)
{
    Recognised found{{}, true, false, {}};
    auto const email = fold_email(presented.email);
    auto row = session.query(SqlText{"SELECT id FROM person WHERE email=?"}, email);
    if (row.next()) {
        found.person = row.id<greffier::Person>(0);
        if (is_closed(session, found.person)) return Error::forbidden("way_closed_account");
    } else if (prepared) {
        found.person = TRY(People::add_in(session, *prepared)).id;
        found.created = true;
    } else {
        return Error::forbidden("way_unknown_account");
    }
    TRY(Identities::link_in(session, found.person, rules, presented, now));
    return found;
}

/// Whether the address of mail may stand for the person at all.
Status may_be_found_by_mail(WayRules const& rules, Presented const& presented)
{
    using Mail = WayRules::Mail;
    if (rules.first == WayRules::First::Never || rules.mail == Mail::Never) return Error::forbidden("way_unknown_account");
    if (presented.email.empty() || !is_email(presented.email)) return Error::forbidden("way_no_mail");
    if (rules.mail == Mail::Verified && !presented.email_verified) return Error::forbidden("way_unverified_mail");
    return Nothing{};
}

/// Checked before the transaction, as accounts made by hand are.
std::optional<People::Prepared> account_of(WayRules const& rules, Presented const& presented, Timestamp now)
{
    if (rules.first != WayRules::First::Create) return std::nullopt;
    auto prepared = People::prepare({.email = presented.email, .name = presented.name.empty() ? presented.email.substr(0, presented.email.find('@')) : presented.name}, now);
    if (!prepared.ok()) return std::nullopt;
    return std::move(*prepared);
}

}  // namespace

bool counts_as_second_factor(WayRules const& rules, Presented const& presented)
{
    return std::ranges::any_of(presented.factors, [&](auto const& factor) { return std::ranges::find(rules.factor_values, factor) != rules.factor_values.end(); });
}

std::optional<LinkedIdentity> Identities::find_in(Session& session, std::string_view issuer, std::string_view subject)
{
    auto row = session.query(SqlText::joined({columns, SqlText{"WHERE issuer=? AND subject=?"}}), issuer, subject);
    if (!row.next()) return std::nullopt;
    return read_row(row);
}

std::optional<LinkedIdentity> Identities::find(std::string_view issuer, std::string_view subject)
{
    auto session = database_.read();
    return find_in(*session, issuer, subject);
}

std::vector<LinkedIdentity> Identities::of(PersonId person)
{
    std::vector<LinkedIdentity> all;
    auto session = database_.read();
    auto rows = session->query(SqlText::joined({columns, SqlText{"WHERE person_id=? ORDER BY created_at, id"}}), person);
    while (rows.next()) all.push_back(read_row(rows));
    return all;
}

Status Identities::link_in(Session& session, PersonId person, WayRules const& rules, Presented const& presented, Timestamp now)
{
    if (auto const there = find_in(session, presented.issuer, presented.subject)) {
        if (there->person != person) return Error::conflict("identity_taken");
        return Nothing{};
    }
    session.execute(SqlText{"INSERT INTO linked_identity(id, person_id, provider, issuer, subject, created_at, used_at) VALUES(?,?,?,?,?,?,?)"}, IdentityId::make(), person, rules.name,
                    presented.issuer, presented.subject, now, now);
    return Nothing{};
}

Status Identities::unlink(PersonId person, IdentityId id, Timestamp now)
{
    return database_.write([&](Session& session) -> Status {
        std::string provider;
        {
            auto row = session.query(SqlText{"SELECT provider FROM linked_identity WHERE id=? AND person_id=?"}, id, person);
            if (!row.next()) return Error::not_found();
            provider = row.text(0);
        }
        session.execute(SqlText{"DELETE FROM linked_identity WHERE id=?"}, id);
        if (session.query(SqlText{"SELECT 1 FROM linked_identity WHERE person_id=? AND provider=?"}, person, provider).next()) return Nothing{};
        for (auto const& change : withdraw_mapped(session, person, provider, now))
            if (change.what == MappingChange::What::Kept) return Error::conflict("last_administrator");
        return Nothing{};
    });
}

Result<Recognised> recognise(storage::Database& database, WayRules const& rules, Presented const& presented, Timestamp now)
{
    auto const by_mail = may_be_found_by_mail(rules, presented);
    auto const account = by_mail.ok() ? account_of(rules, presented, now) : std::nullopt;
    return database.write_result<Recognised>([&](Session& session) -> Result<Recognised> {
        Recognised found;
        if (auto const known = Identities::find_in(session, presented.issuer, presented.subject)) {
            if (is_closed(session, known->person)) return Error::forbidden("way_closed_account");
            found.person = known->person;
            if (now >= known->used_at + use_step) session.execute(SqlText{"UPDATE linked_identity SET used_at=? WHERE id=?"}, now, known->id);
        } else {
            if (!by_mail.ok()) return by_mail.error();
            found = TRY(first_time(session, rules, presented, account, now));
        }
        found.roles = apply_mapping(session, found.person, rules.name, rules.roles, presented.groups, now);
        return found;
    });
}

}  // namespace greffier::accounts
