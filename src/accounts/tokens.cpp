#include "accounts/tokens.hpp"

#include "accounts/check_line.hpp"
#include "accounts/memberships.hpp"
#include "core/crypto.hpp"

namespace greffier::accounts {

using storage::Cursor;
using storage::Session;
using storage::SqlText;

namespace {

constexpr SqlText columns{"SELECT id, organisation_id, person_id, membership_id, role, name, created_at, expires_at, revoked_at, last_used_at, "
                          "EXISTS(SELECT 1 FROM membership c WHERE c.organisation_id=api_token.organisation_id AND c.role='representative' AND c.revoked_at IS NULL), "
                          "EXISTS(SELECT 1 FROM record r WHERE r.organisation_id=api_token.organisation_id AND r.restricted=1) "
                          "OR EXISTS(SELECT 1 FROM record r WHERE r.organisation_id=api_token.organisation_id AND r.register='notes') FROM api_token "};
constexpr std::size_t longest_name = 100;
constexpr std::chrono::minutes use_step{1};

TokenInfo read_row(Cursor const& row)
{
    TokenInfo info;
    info.id = row.id<Token>(0);
    info.organisation = row.id<Organisation>(1);
    if (!row.is_null(2)) info.person = row.id<greffier::Person>(2);
    info.actor = row.uuid(3);
    info.role = parse_role(row.view(4)).value_or(Role::Reader);
    info.name = row.text(5);
    info.created_at = row.timestamp(6);
    info.expires_at = row.timestamp(7);
    info.revoked_at = row.optional_timestamp(8);
    info.last_used_at = row.optional_timestamp(9);
    return info;
}

}  // namespace

Result<Tokens::Added> Tokens::add(NewToken wanted, Timestamp now)
{
    TokenInfo info{TokenId::make(), wanted.organisation, wanted.person, {}, wanted.role, squeeze(wanted.name), now, wanted.expires_at, {}, {}};
    info.actor = info.id.uuid;
    auto error = Error::invalid("invalid");
    if (auto problem = problem_of_line(info.name, longest_name); !problem.empty())
        error.fields.push_back({"name", std::string(problem), {{"max", std::to_string(longest_name)}}});
    if (wanted.expires_at <= now) error.fields.push_back({"expires_at", "token_expiry_past"});
    if (wanted.person) {
        auto membership = Memberships(database_).of(*wanted.person, wanted.organisation);
        if (!membership || !covers(membership->roles, wanted.role))
            error.fields.push_back({"role", "token_role"});
        else
            info.actor = membership->actor;
    }
    if (!error.fields.empty()) return error;
    auto plain = std::string(prefix) + random_token(192);
    TRY(database_.write([&](Session& session) -> Status {
        if (!session.query(SqlText{"SELECT 1 FROM organisation WHERE id=?"}, info.organisation).next()) return Error::not_found("unknown_organisation");
        session.execute(SqlText{"INSERT INTO api_token(id, token_hash, organisation_id, person_id, membership_id, role, name, created_at, expires_at) "
                                "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)"},
                        info.id, sha256(as_bytes(plain)), info.organisation, info.person, info.actor, code_of(info.role), info.name, now, info.expires_at);
        return Nothing{};
    }));
    return Added{std::move(plain), std::move(info)};
}

std::vector<TokenInfo> Tokens::list(OrganisationId organisation)
{
    std::vector<TokenInfo> all;
    auto session = database_.read();
    auto rows = session->query(SqlText::joined({columns, SqlText{"WHERE organisation_id=? ORDER BY created_at DESC, id DESC"}}), organisation);
    while (rows.next()) all.push_back(read_row(rows));
    return all;
}

Status Tokens::revoke(OrganisationId organisation, TokenId id, Timestamp now)
{
    return database_.write([&](Session& session) -> Status {
        auto changed = session.execute(SqlText{"UPDATE api_token SET revoked_at=COALESCE(revoked_at, ?) WHERE id=? AND organisation_id=?"}, now, id, organisation);
        if (changed == 0) return Error::not_found();
        return Nothing{};
    });
}

std::optional<Tokens::Authenticated> Tokens::authenticate(std::string_view plain, Timestamp now)
{
    if (!plain.starts_with(prefix) || plain.size() > 100) return std::nullopt;
    TokenInfo info;
    bool controller_decides = false, keeps_restricted = true;
    {
        auto session = database_.read();
        auto const hash = sha256(as_bytes(plain));
        auto row = session->query(SqlText::joined({columns, SqlText{"WHERE token_hash=? AND revoked_at IS NULL AND expires_at>?"}}), hash, now);
        if (!row.next()) return std::nullopt;
        info = read_row(row);
        controller_decides = row.integer(10) != 0;
        keeps_restricted = row.integer(11) != 0;
    }
    auto sight = Sight::of({{info.role}, info.person, info.actor, {}, keeps_restricted});
    if (info.person) {
        auto membership = Memberships(database_).of(*info.person, info.organisation);
        if (!membership || !covers(membership->roles, info.role)) return std::nullopt;
        sight = sight.within(membership->sight());   // no wider than its maker's of today
    }
    if (!info.last_used_at || now >= *info.last_used_at + use_step) {
        info.last_used_at = now;
        (void)database_.write([&](Session& session) -> Status {
            session.lock_nothing();
            session.execute(SqlText{"UPDATE api_token SET last_used_at=? WHERE id=?"}, now, info.id);
            return Nothing{};
        });
    }
    Actor actor;
    actor.organisation = info.organisation;
    actor.id = info.actor;
    actor.role = info.role;
    actor.roles = {info.role};
    actor.person = info.person;
    actor.by_token = true;
    actor.controller_decides = controller_decides;
    actor.sight = sight;
    actor.keeps_restricted = keeps_restricted;
    return Authenticated{std::move(actor), std::move(info)};
}

}  // namespace greffier::accounts
