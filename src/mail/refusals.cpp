#include "mail/refusals.hpp"

#include <algorithm>

namespace greffier::mail {

using storage::Session;
using storage::SqlText;

namespace {

constexpr std::size_t id_bytes = 16, proof_bytes = 16;

/// Which kind, as one byte: the place in the enumeration would move with it.
std::uint8_t mark_of(Kind kind) { return sha256(as_bytes(code_of(kind)))[0]; }

}  // namespace

bool Refusals::refuses(Session& session, PersonId person, Kind kind)
{
    return may_be_refused(kind) && session.query(SqlText{"SELECT 1 FROM mail_refusal WHERE person_id=? AND kind=?"}, person, code_of(kind)).next();
}

std::set<Kind> Refusals::of(PersonId person)
{
    std::set<Kind> kinds;
    auto session = database_.read();
    auto rows = session->query(SqlText{"SELECT kind FROM mail_refusal WHERE person_id=?"}, person);
    while (rows.next())
        if (auto const kind = parse_kind(rows.view(0))) kinds.insert(*kind);
    return kinds;
}

Status Refusals::put(PersonId person, Kind kind, bool refused, Timestamp now)
{
    if (!may_be_refused(kind)) return Error::invalid("mail_obligatory");
    return database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        // A person removed since: there is nobody left to write to, and nothing to say about it.
        if (refused)
            session.execute(SqlText{"INSERT INTO mail_refusal(person_id, kind, refused_at) SELECT id, ?, ? FROM person WHERE id=? ON CONFLICT(person_id, kind) DO NOTHING",
                                    "INSERT INTO mail_refusal(person_id, kind, refused_at) SELECT id, ?::text, ?::bigint FROM person WHERE id=? ON CONFLICT(person_id, kind) DO NOTHING"},
                            code_of(kind), now, person);
        else session.execute(SqlText{"DELETE FROM mail_refusal WHERE person_id=? AND kind=?"}, person, code_of(kind));
        return Nothing{};
    });
}

std::string Refusals::token(PersonId person, Kind kind) const
{
    Bytes bytes(person.uuid.bytes.begin(), person.uuid.bytes.end());
    bytes.push_back(mark_of(kind));
    auto const proof = hmac_sha256(key_.reveal(), bytes);
    bytes.insert(bytes.end(), proof.begin(), proof.begin() + proof_bytes);
    return to_hex(bytes);
}

std::optional<Refusals::Meant> Refusals::read_token(std::string_view token) const
{
    auto const bytes = token.size() == 2 * (id_bytes + 1 + proof_bytes) ? from_hex(token) : std::nullopt;
    if (!bytes) return std::nullopt;
    auto const claimed = ByteView{*bytes}.first(id_bytes + 1);
    auto const proof = hmac_sha256(key_.reveal(), claimed);
    if (!equal_constant_time(ByteView{proof}.first(proof_bytes), ByteView{*bytes}.subspan(id_bytes + 1))) return std::nullopt;
    Meant meant;
    std::copy_n(claimed.begin(), id_bytes, meant.person.uuid.bytes.begin());
    for (auto const kind : all_kinds())
        if (mark_of(kind) == claimed[id_bytes]) {
            meant.kind = kind;
            return meant;
        }
    return std::nullopt;
}

}  // namespace greffier::mail
