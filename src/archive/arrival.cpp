#include "archive/arrival.hpp"

#include <algorithm>
#include <fstream>

#include "accounts/branches.hpp"
#include "accounts/name_words.hpp"
#include "accounts/organisation.hpp"
#include "archive/arrival_parts.hpp"
#include "archive/certificate.hpp"
#include "archive/verify.hpp"
#include "core/json_writer.hpp"
#include "core/text.hpp"
#include "records/vault_move.hpp"
#include "records/vocabulary.hpp"

namespace greffier::archive {

using storage::Session;
using storage::SqlText;

namespace {

/// Refused before the long work, and again in the transaction, where it decides.
Status may_come(Session& session, OrganisationId id, std::string const& slug, bool as_copy)
{
    if (!as_copy && session.query(SqlText{"SELECT 1 FROM organisation WHERE id=?"}, id).next()) return Error::conflict("archive.already_here");
    bool const taken = session.query(SqlText{"SELECT 1 FROM organisation WHERE slug=?"}, slug).next() || session.query(SqlText{"SELECT 1 FROM organisation_slug WHERE slug=?"}, slug).next();
    if (taken) return Error::conflict("archive.slug_taken", {{"value", slug}});
    return Nothing{};
}

Status fit_slug(std::string const& slug)
{
    auto const problem = accounts::problem_of_slug(slug);
    if (problem.empty()) return Nothing{};
    return Error::invalid(std::string{problem}, {{"value", shorten(slug, 60)}});
}

/// A copy shares no key with its original: destroying a record here or there leaves the other what it was.
RecordKeys keys_here(Verified const& verified, bool as_copy)
{
    auto keys = verified.keys;
    if (as_copy)
        for (auto& [record, held] : keys)
            if (held.key) held.key = Secret<Bytes>(random_bytes(32));
    return keys;
}

records::VaultMove keep_contents(Destination const& destination, ArchiveReader const& archive, Verified const& verified, RecordKeys const& keys, Renumber const& renumber, Progress const& progress)
{
    std::vector<records::Arriving> contents;
    for (auto const& content : verified.contents) {
        auto& one = contents.emplace_back(records::Arriving{content.sha256, content.count});
        if (!content.record) continue;
        one.record = RecordId{renumber(*content.record)};
        one.record_key = keys.at(*content.record).key.value();
    }
    auto move = records::VaultMove::arrival(destination.contents, renumber.organisation(), contents);
    std::int64_t kept = 0;
    for (auto const& content : contents) {
        move.keep(content, archive.pull(std::string{part::contents} + to_hex(content.sha256)));
        if (progress) progress("attachments", ++kept, static_cast<std::int64_t>(contents.size()));
    }
    return move;
}

void insert_organisation(Session& session, Verified const& verified, OrganisationId id, std::string const& slug, ArrivalWish const& wish)
{
    auto const& kept = verified.organisation;
    auto const kinds = accounts::organisation_kinds();
    auto const kind = std::ranges::find(kinds, kept.kind) == kinds.end() ? std::string{"other"} : kept.kind;
    auto const language = code_of(parse_language(kept.language).value_or(Language::French));
    auto const origin = ledger::origin_of(id);
    session.execute(SqlText{"INSERT INTO organisation(id, slug, name, kind, parent_id, language, zone, colour, created_at, archived_at, ledger_origin, is_demo, accent, logo, modules_off) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"},
                    id, slug, kept.name, kind, wish.parent, language, kept.zone, kept.colour, kept.created_at, kept.archived_at, origin, kept.demo, kept.accent, kept.logo, kept.modules_off);
}

/// Its former addresses lead here again, but for those that are another's by now.
std::vector<std::string> insert_former_slugs(Session& session, Verified const& verified, OrganisationId id, std::string const& slug)
{
    std::vector<std::string> lost;
    auto former = verified.organisation.former_slugs;
    if (verified.organisation.slug != slug) former.push_back(verified.organisation.slug);
    for (auto const& one : former) {
        if (one == slug || !accounts::problem_of_slug(one).empty()) continue;
        bool const taken = session.query(SqlText{"SELECT 1 FROM organisation WHERE slug=?"}, one).next();
        if (taken || session.execute(SqlText{"INSERT INTO organisation_slug(slug, organisation_id) VALUES(?,?) ON CONFLICT DO NOTHING"}, one, id) == 0) lost.push_back(one);
    }
    return lost;
}

void keep_former_checkpoints(Session& session, Verified const& verified, OrganisationId id)
{
    if (verified.former_checkpoints.empty()) return;
    auto const key = former_checkpoints_key(id);
    session.execute(SqlText{"INSERT INTO installation(key, value) VALUES(?,?) ON CONFLICT(key) DO UPDATE SET value=excluded.value"}, key, verified.former_checkpoints);
}

/// Beside ours, for people to read and for witnesses: the database keeps them too.
void write_former_checkpoints(Destination const& destination, Verified const& verified, OrganisationId id)
{
    if (verified.former_checkpoints.empty()) return;
    std::ofstream file(destination.checkpoints / (id.text() + ".former.txt"), std::ios::binary | std::ios::trunc);
    file << verified.former_checkpoints;
}

}  // namespace

Result<Arrived> import_archive(Destination const& destination, ArchiveReader const& archive, ArrivalWish const& wish, Timestamp now, Progress const& progress)
{
    auto& database = destination.machinery.database;
    auto const& manifest = archive.manifest();
    auto const slug = wish.slug.empty() ? manifest.slug : wish.slug;
    TRY(fit_slug(slug));
    {
        auto session = database.read();
        TRY(may_come(*session, manifest.organisation, slug, wish.as_copy));
    }
    auto verified = TRY(verify(archive, destination.machinery.registers, progress));
    auto const id = wish.as_copy ? OrganisationId::make() : manifest.organisation;
    Arrived arrived{id, slug, verified.organisation.name, verified.organisation.zone, manifest.ledger_size, 0, manifest.ledger_root, verified.counts, false, {}};

    records::VaultMove::settle_all(destination.contents);
    Renumber renumber = wish.as_copy ? Renumber(manifest.organisation, id, verified.known) : Renumber(id);
    auto const keys = keys_here(verified, wish.as_copy);
    auto const move = keep_contents(destination, archive, verified, keys, renumber, progress);
    auto const written = database.write([&](Session& session) -> Status {
        session.lock(id);
        session.execute(SqlText{"SELECT 1", "SET LOCAL statement_timeout=0"});
        session.execute(SqlText{"SELECT 1", "SET LOCAL idle_in_transaction_session_timeout=0"});
        TRY(may_come(session, manifest.organisation, slug, wish.as_copy));
        if (auto const size = size_when_removed(session, id)) arrived.older_than_removed = *size > manifest.ledger_size;
        insert_organisation(session, verified, id, slug, wish);
        if (!wish.as_copy) arrived.lost_slugs = insert_former_slugs(session, verified, id, slug);
        TRY(insert_people(session, verified.people, renumber, now, arrived.counts));
        if (wish.parent) accounts::roles_come_down(session, id, now);
        move.write_rows(session, destination.master);
        TRY(insert_side(session, archive, part::settings, renumber));
        session.execute(SqlText{"UPDATE membership SET limited=1 WHERE organisation_id=? AND id IN (SELECT membership_id FROM membership_service WHERE organisation_id=?)"}, id, id);
        records::Vocabulary::changed(session);
        accounts::names_changed(session);
        if (!wish.as_copy) TRY(insert_ledger(session, archive, id));
        arrived.size = append_transfer(session, destination.machinery, manifest, id, now);
        TRY(insert_registers(session, destination.machinery, archive, {verified.keys, keys}, renumber, arrived, now, progress));
        TRY(insert_side(session, archive, part::discussion, renumber));
        if (!wish.as_copy) keep_former_checkpoints(session, verified, id);
        return Nothing{};
    });
    if (!written.ok()) return written.error();
    if (!wish.as_copy) write_former_checkpoints(destination, verified, id);
    if (progress) progress("judge", 0, 0);
    records::examine_all(destination.machinery, id, now, arrived.zone);
    return arrived;
}

}  // namespace greffier::archive
