#include "archive/removal.hpp"

#include <map>

#include "accounts/name_words.hpp"
#include "archive/writer.hpp"
#include "core/text.hpp"
#include "ledger/ledger.hpp"
#include "records/vault_move.hpp"
#include "records/vocabulary.hpp"
#include "storage/belongings.hpp"

namespace greffier::archive {

namespace fs = std::filesystem;
using storage::Session;
using storage::SqlText;

namespace {

Status has_no_children(Session& session, OrganisationId organisation)
{
    std::vector<std::string> below;
    auto rows = session.query(SqlText{"SELECT slug FROM organisation WHERE parent_id=? ORDER BY slug"}, organisation);
    while (rows.next()) below.push_back(rows.text(0));
    if (below.empty()) return Nothing{};
    if (below.size() > 5) below.resize(5);
    return Error::conflict("archive.has_children", {{"value", join(below, ", ")}});
}

std::int64_t count(Session& session, SqlText sql, OrganisationId organisation)
{
    auto row = session.query(sql, organisation);
    return row.next() && !row.is_null(0) ? row.integer(0) : 0;
}

void count_registers(Session& session, Certificate& certificate)
{
    auto rows = session.query(SqlText{"SELECT r.register, count(DISTINCT r.rid), count(v.vid) FROM record r LEFT JOIN record_version v ON v.rid=r.rid WHERE r.organisation_id=? GROUP BY r.register ORDER BY r.register"},
                              certificate.organisation);
    while (rows.next()) certificate.registers.push_back({rows.text(0), rows.integer(1), rows.integer(2)});
}

void read_head(Session& session, Certificate& certificate)
{
    certificate.ledger_root = ledger::empty_root();
    {
        auto last = session.query(SqlText{"SELECT frontier, recorded_at FROM ledger_entry WHERE organisation_id=? ORDER BY sequence DESC LIMIT 1"}, certificate.organisation);
        if (last.next()) {
            certificate.last_write = last.timestamp(1);
            if (auto const frontier = ledger::Frontier::unpack(last.bytes(0))) {
                certificate.ledger_size = static_cast<std::int64_t>(frontier->size);
                certificate.ledger_root = frontier->root();
            }
        }
    }
    auto first = session.query(SqlText{"SELECT recorded_at FROM ledger_entry WHERE organisation_id=? ORDER BY sequence LIMIT 1"}, certificate.organisation);
    if (first.next()) certificate.first_write = first.timestamp(0);
}

Result<Certificate> describe_whole(Session& session, OrganisationId organisation, std::string const& by, Timestamp now)
{
    Certificate certificate;
    {
        auto row = session.query(SqlText{"SELECT slug, name, created_at FROM organisation WHERE id=?"}, organisation);
        if (!row.next()) return Error::not_found("unknown_organisation", {{"value", ""}});
        certificate.organisation = organisation;
        certificate.slug = row.text(0);
        certificate.name = row.text(1);
        certificate.created_at = row.timestamp(2);
    }
    certificate.removed_by = by;
    certificate.removed_at = now;
    count_registers(session, certificate);
    read_head(session, certificate);
    certificate.attachments = count(session, SqlText{"SELECT count(*) FROM attachment_blob WHERE organisation_id=?"}, organisation);
    certificate.attachment_bytes = count(session, SqlText{"SELECT CAST(sum(size) AS bigint) FROM attachment_blob WHERE organisation_id=?"}, organisation);
    certificate.comments = count(session, SqlText{"SELECT count(*) FROM record_comment WHERE organisation_id=?"}, organisation);
    certificate.members = count(session, SqlText{"SELECT count(DISTINCT person_id) FROM membership WHERE organisation_id=? AND revoked_at IS NULL"}, organisation);
    return certificate;
}

std::vector<PersonId> people_of(Session& session, OrganisationId organisation)
{
    std::vector<PersonId> people;
    auto rows = session.query(SqlText{"SELECT person_id FROM membership WHERE organisation_id=? UNION SELECT person_id FROM api_token WHERE organisation_id=? AND person_id IS NOT NULL"}, organisation, organisation);
    while (rows.next()) people.push_back(rows.id<greffier::Person>(0));
    return people;
}

/// Whom nothing names any more: no role anywhere, held or past.
bool is_nobody(Session& session, PersonId person)
{
    return !session.query(SqlText{"SELECT 1 FROM membership WHERE person_id=?"}, person).next() && !session.query(SqlText{"SELECT 1 FROM api_token WHERE person_id=?"}, person).next();
}

void forget(Session& session, OrganisationId organisation, bool last)
{
    auto const former = former_checkpoints_key(organisation);
    session.execute(SqlText{"UPDATE session SET last_organisation=NULL WHERE last_organisation=?"}, organisation);
    session.execute(SqlText{"DELETE FROM installation WHERE key=?"}, former);
    storage::remove_belongings(session, organisation, last ? storage::Words::Merged : storage::Words::Left);
    accounts::names_changed(session);
    records::Vocabulary::changed(session);
}

}  // namespace

std::int64_t forget_organisation(Session& session, OrganisationId organisation, bool last)
{
    auto const people = people_of(session, organisation);
    forget(session, organisation, last);
    std::int64_t erased = 0;
    for (auto const& person : people)
        if (is_nobody(session, person)) {
            // The journal of the installation keeps what happened, without whom.
            session.execute(SqlText{"UPDATE journal_entry SET person_id=NULL, address='' WHERE person_id=?"}, person);
            storage::remove_person(session, person);
            ++erased;
        }
    return erased;
}

Result<Removed> remove_organisation(Remover const& remover, OrganisationId organisation, std::string const& by, Timestamp now)
{
    Removed removed;
    {
        records::VaultMove::settle_all(remover.contents);
        auto const move = records::VaultMove::departure(remover.contents, organisation);
        auto const done = remover.database.write([&](Session& session) -> Status {
            session.execute(SqlText{"SELECT 1", "SET LOCAL statement_timeout=0"});
            TRY(has_no_children(session, organisation));
            removed.certificate = TRY(describe_whole(session, organisation, by, now));
            removed.certificate.people_erased = forget_organisation(session, organisation);
            removed.text = signed_text(removed.certificate, remover.key);
            keep_certificate(session, organisation, removed.text);
            return Nothing{};
        });
        if (!done.ok()) return done.error();
    }
    sweep_exports(remover.database, remover.exports);
    if (!remover.database_file.empty()) removed.compacted = storage::compact_file(remover.database_file.string());
    return removed;
}

void sweep_exports(storage::Database& database, fs::path const& exports)
{
    std::error_code absent;
    auto session = database.read();
    for (auto const& file : fs::directory_iterator(exports, absent)) {
        auto const id = Uuid::parse(file.path().filename().string().substr(0, 36));
        if (id && session->query(SqlText{"SELECT 1 FROM job WHERE id=?"}, *id).next()) continue;
        std::error_code ignored;
        fs::remove(file.path(), ignored);
    }
}

void ready_exports(storage::Database& database, fs::path const& exports)
{
    sweep_exports(database, exports);
    if (fs::create_directories(exports)) fs::permissions(exports, fs::perms::owner_all);
}

}  // namespace greffier::archive
