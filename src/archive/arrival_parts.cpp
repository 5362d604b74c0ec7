#include "archive/arrival_parts.hpp"

#include <stdexcept>

#include "accounts/memberships.hpp"
#include "accounts/people.hpp"
#include "archive/parts.hpp"

namespace greffier::archive {

using storage::Session;
using storage::SqlText;

namespace {

std::optional<PersonId> known_person(Session& session, std::string const& email)
{
    auto row = session.query(SqlText{"SELECT id FROM person WHERE email=?"}, email);
    if (!row.next()) return std::nullopt;
    return row.id<greffier::Person>(0);
}

PersonId new_person(Session& session, KeptPerson const& kept, std::string const& email, Timestamp now)
{
    PersonId id{kept.id};
    if (session.query(SqlText{"SELECT 1 FROM person WHERE id=?"}, id).next()) id = PersonId::make();
    auto const language = parse_language(kept.language);
    session.execute(SqlText{"INSERT INTO person(id, email, email_shown, name, language, created_at, disabled_at) VALUES(?,?,?,?,?,?,?)"},
                    id, email, kept.email, kept.name, language ? code_of(*language) : std::string_view{}, now, now);
    return id;
}

/// What somebody held from an organisation above, they do not hold here: histories name the row, no right comes with it.
Status insert_roles(Session& session, KeptPerson const& kept, PersonId person, Renumber const& renumber, Timestamp now)
{
    for (auto const& role : kept.roles) {
        auto const id = renumber(role.id);
        if (session.query(SqlText{"SELECT 1 FROM membership WHERE id=?"}, id).next()) return Error::conflict("archive.id_taken");
        auto const revoked = role.above && !role.revoked_at ? std::optional{now} : role.revoked_at;
        session.execute(SqlText{"INSERT INTO membership(id, person_id, organisation_id, role, created_at, branch, ends_at, revoked_at) VALUES(?,?,?,?,?,?,?,?)"},
                        id, person, renumber.organisation(), role.role, role.since, role.branch, role.ends_at, revoked);
    }
    return Nothing{};
}

}  // namespace

Status insert_people(Session& session, KeptPeople const& people, Renumber& renumber, Timestamp now, std::map<std::string, std::int64_t>& counts)
{
    counts["people_known"] = counts["people_new"] = 0;
    for (auto const& kept : people.people) {
        auto const email = accounts::fold_email(kept.email);
        auto const known = known_person(session, email);
        ++counts[known ? "people_known" : "people_new"];
        auto const person = known ? *known : new_person(session, kept, email, now);
        renumber.person(kept.id, person);
        TRY(insert_roles(session, kept, person, renumber, now));
    }
    for (auto const& token : people.tokens) {
        auto const id = renumber(token.id), actor = renumber(token.actor);
        if (session.query(SqlText{"SELECT 1 FROM api_token WHERE id=?"}, id).next()) return Error::conflict("archive.id_taken");
        auto const nobodys = random_bytes(32);
        std::optional<PersonId> person;
        if (token.person) person = renumber.person(*token.person);
        session.execute(SqlText{"INSERT INTO api_token(id, token_hash, organisation_id, person_id, membership_id, role, name, created_at, expires_at, revoked_at, last_used_at) VALUES(?,?,?,?,?,?,?,?,?,?,?)"},
                        id, nobodys, renumber.organisation(), person, actor, token.role, token.name, token.created_at, token.expires_at, token.revoked_at.value_or(now), token.last_used_at);
    }
    return Nothing{};
}

Status insert_side(Session& session, ArchiveReader const& archive, std::string_view part, Renumber const& renumber)
{
    return archive.each_line(part, [&](std::string_view text, Place const& place) -> Status {
        auto const line = TRY(parse_side_line(text, place));
        write_row(session, *line.table, line.row, renumber);
        return Nothing{};
    });
}

Status insert_ledger(Session& session, ArchiveReader const& archive, OrganisationId organisation)
{
    ledger::Frontier frontier;
    return archive.each_line(part::entries, [&](std::string_view text, Place const& place) -> Status {
        auto object = TRY(JsonObject::parse(text, place));
        auto const time = object.instant("time");
        TRY(object.sound());
        auto const leaf = ledger::leaf_hash(text);
        auto const sequence = frontier.size;
        for (auto const& node : frontier.append(leaf))
            if (node.level % 8 == 0)
                session.execute(SqlText{"INSERT INTO ledger_node(organisation_id, level, position, hash) VALUES(?,?,?,?)"}, organisation, node.level, node.position, node.hash);
        auto const packed = frontier.pack();
        session.execute(SqlText{"INSERT INTO ledger_entry(organisation_id, sequence, recorded_at, entry, leaf, frontier) VALUES(?,?,?,?,?,?)"}, organisation, sequence, time, text, leaf, packed);
        return Nothing{};
    });
}

std::uint64_t append_transfer(Session& session, records::Machinery const& machinery, Manifest const& manifest, OrganisationId organisation, Timestamp now)
{
    ledger::Entry entry;
    entry.organisation = organisation;
    entry.time = now;
    entry.actor = accounts::organisation_actor(organisation);
    entry.action = ledger::Action::Transfer;
    entry.note = ledger::origin_of(manifest.organisation) + " " + std::to_string(manifest.ledger_size) + " " + to_base64(manifest.ledger_root);
    return machinery.ledger.append(session, entry).sequence + 1;
}

}  // namespace greffier::archive
