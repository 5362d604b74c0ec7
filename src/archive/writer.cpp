#include "archive/writer.hpp"

#include <algorithm>
#include <list>

#include "accounts/confided.hpp"
#include "archive/log_part.hpp"
#include "archive/parts.hpp"
#include "archive/tables.hpp"
#include "documents/zip_file_writer.hpp"
#include "ledger/ledger.hpp"
#include "records/version_body.hpp"
#include "storage/snapshot.hpp"

namespace greffier::archive {

using storage::Cursor;
using storage::Session;
using storage::SqlText;

namespace {

/// The installation itself, which acts under no id, is nobody's.
std::optional<Uuid> optional_id(Cursor const& row, int column)
{
    if (row.is_null(column) || row.uuid(column).is_nil()) return std::nullopt;
    return row.uuid(column);
}
std::optional<std::string> optional_text(Cursor const& row, int column) { return row.is_null(column) ? std::nullopt : std::optional{row.text(column)}; }

Hash hash_of(ByteView bytes)
{
    Hash hash{};
    if (bytes.size() != hash.size()) throw storage::StorageFailure("a hash of the database has another length: run doctor");
    std::ranges::copy(bytes, hash.begin());
    return hash;
}

struct KeptRow {
    std::int64_t rid = 0;
    bool confided = false;       ///< accounts/confided.hpp
    KeptRecord record;
};

class Writing {
public:
    Writing(Source const& source, OrganisationId organisation, Progress const& progress)
        : source_(source), organisation_(organisation), progress_(progress), snapshot_(source.database), session_(snapshot_.session())
    {
    }

    Result<Manifest> to(std::filesystem::path const& file)
    {
        auto const town = read_organisation();
        if (!town) return Error::not_found("unknown_organisation", {{"value", ""}});
        manifest_.program = GREFFIER_VERSION;
        manifest_.organisation = town->id;
        manifest_.slug = town->slug;
        manifest_.name = town->name;
        part(std::string{part::organisation}).write(to_text(*town));
        write_people();
        write_registers();
        write_side_tables();
        write_ledger();
        write_contents();
        finish(file);
        return manifest_;
    }

private:
    PartWriter& part(std::string name) { return parts_.emplace_back(std::move(name), source_.scratch); }
    void tell(std::string_view stage, std::int64_t done, std::int64_t total) const
    {
        if (progress_) progress_(stage, done, total);
    }
    std::int64_t count(SqlText sql)
    {
        auto row = session_.query(sql, organisation_);
        return row.next() ? row.integer(0) : 0;
    }

    std::optional<KeptOrganisation> read_organisation();
    void write_people();
    void write_registers();
    std::vector<KeptRow> next_records(std::string const& slug, Uuid after);
    void write_record(PartWriter& out, KeptRow const& row);
    void write_side_tables();
    void write_ledger();
    void sign(LogHead const& head);
    void write_contents();
    void finish(std::filesystem::path const& file);

    Source const& source_;
    OrganisationId organisation_;
    Progress const& progress_;
    storage::Snapshot snapshot_;
    Session& session_;
    Manifest manifest_;
    std::list<PartWriter> parts_;
    std::vector<KeptContent> contents_;
    bool seals_ = false;                 ///< something is sealed
    std::int64_t done_ = 0;
};

std::optional<KeptOrganisation> Writing::read_organisation()
{
    KeptOrganisation town;
    {
        auto row = session_.query(SqlText{"SELECT o.slug, o.name, o.kind, o.language, o.zone, o.colour, o.created_at, o.archived_at, o.is_demo, p.slug, o.accent, o.logo, o.modules_off "
                                          "FROM organisation o LEFT JOIN organisation p ON p.id=o.parent_id WHERE o.id=?"},
                                  organisation_);
        if (!row.next()) return std::nullopt;
        town.id = organisation_;
        town.slug = row.text(0);
        town.name = row.text(1);
        town.kind = row.text(2);
        town.language = row.text(3);
        town.zone = row.text(4);
        town.colour = static_cast<int>(row.integer(5));
        town.created_at = row.timestamp(6);
        town.archived_at = row.optional_timestamp(7);
        town.demo = row.integer(8) != 0;
        if (!row.is_null(9)) town.parent = row.text(9);
        town.accent = row.text(10);
        town.logo = row.text(11);
        town.modules_off = row.text(12);
    }
    auto former = session_.query(SqlText{"SELECT slug FROM organisation_slug WHERE organisation_id=? ORDER BY slug"}, organisation_);
    while (former.next()) town.former_slugs.push_back(former.text(0));
    return town;
}

void Writing::write_people()
{
    KeptPeople kept;
    {
        auto rows = session_.query(SqlText{"SELECT id, email_shown, name, language FROM person WHERE id IN (SELECT person_id FROM membership WHERE organisation_id=? "
                                           "UNION SELECT person_id FROM api_token WHERE organisation_id=? AND person_id IS NOT NULL UNION SELECT person_id FROM record_mention WHERE organisation_id=?) ORDER BY id"},
                                   organisation_, organisation_, organisation_);
        while (rows.next()) kept.people.push_back({rows.uuid(0), rows.text(1), rows.text(2), rows.text(3), {}});
    }
    for (auto& person : kept.people) {
        auto rows = session_.query(SqlText{"SELECT id, role, created_at, ends_at, revoked_at, branch, via FROM membership WHERE organisation_id=? AND person_id=? ORDER BY created_at, id"}, organisation_, person.id);
        while (rows.next()) person.roles.push_back({rows.uuid(0), rows.text(1), rows.timestamp(2), rows.optional_timestamp(3), rows.optional_timestamp(4), rows.integer(5) != 0, !rows.is_null(6)});
    }
    {
        auto rows = session_.query(SqlText{"SELECT id, membership_id, person_id, name, role, created_at, expires_at, revoked_at, last_used_at FROM api_token WHERE organisation_id=? ORDER BY id"}, organisation_);
        while (rows.next())
            kept.tokens.push_back({rows.uuid(0), rows.uuid(1), optional_id(rows, 2), rows.text(3), rows.text(4), rows.timestamp(5), rows.timestamp(6), rows.optional_timestamp(7), rows.optional_timestamp(8)});
    }
    manifest_.counts["people"] = static_cast<std::int64_t>(kept.people.size());
    part(std::string{part::people}).write(to_text(kept));
}

void Writing::write_registers()
{
    constexpr std::int64_t told_each = 500;
    std::vector<std::string> slugs;
    {
        auto rows = session_.query(SqlText{"SELECT DISTINCT register FROM record WHERE organisation_id=? ORDER BY register"}, organisation_);
        while (rows.next()) slugs.push_back(rows.text(0));
    }
    seals_ = count(SqlText{"SELECT count(*) FROM record_key WHERE organisation_id=?"}) > 0;
    auto const total = count(SqlText{"SELECT count(*) FROM record WHERE organisation_id=?"});
    manifest_.counts["records"] = total;
    manifest_.counts["versions"] = count(SqlText{"SELECT count(*) FROM record_version v JOIN record r ON r.rid=v.rid WHERE r.organisation_id=?"});
    for (auto const& slug : slugs) {
        auto& out = part(std::string{part::registers} + slug + std::string{part::lines});
        for (Uuid after;;) {
            auto const group = next_records(slug, after);
            for (auto const& row : group) {
                write_record(out, row);
                if (++done_ % told_each == 0) tell("records", done_, total);
            }
            if (group.empty()) break;
            after = group.back().record.id;
        }
    }
    tell("records", total, total);
}

std::vector<KeptRow> Writing::next_records(std::string const& slug, Uuid after)
{
    std::vector<KeptRow> group;
    auto rows = session_.query(SqlText{"SELECT rid, id, version, reference, title, status, owner_id, due_at, review_at, created_at, created_by, updated_at, updated_by, deleted_at, completeness, import_key, restricted "
                                       "FROM record WHERE organisation_id=? AND register=? AND id>? ORDER BY id LIMIT 200"},
                               organisation_, slug, after);
    while (rows.next()) {
        auto& [rid, confided, record] = group.emplace_back();
        confided = accounts::is_confided(slug);
        rid = rows.integer(0);
        record.id = rows.uuid(1);
        record.version = rows.integer(2);
        record.reference = rows.text(3);
        record.title = rows.text(4);
        record.status = rows.text(5);
        record.owner = optional_id(rows, 6);
        record.due_at = rows.optional_timestamp(7);
        record.review_at = rows.optional_timestamp(8);
        record.created_at = rows.timestamp(9);
        record.created_by = optional_id(rows, 10);
        record.updated_at = rows.timestamp(11);
        record.updated_by = optional_id(rows, 12);
        record.deleted_at = rows.optional_timestamp(13);
        record.completeness = static_cast<int>(rows.integer(14));
        record.import_key = optional_text(rows, 15);
        record.restricted = rows.integer(16) != 0;
    }
    return group;
}

void Writing::write_record(PartWriter& out, KeptRow const& row)
{
    out.line(to_line(row.record));
    // What its versions seal travels as it lies, for the log commits to it; so its key comes along, and protects as the files do.
    // What is confided to the officer travels without: whoever may take an organisation along may not read that. In the copy it is as
    // what was destroyed.
    if (seals_)
        if (auto const held = source_.sealing.record_key(session_, organisation_, {row.record.id}); held.was_there) {
            if (row.confided) out.line(to_line(KeptKey{{}, held.destroyed_at ? held.destroyed_at : std::optional{row.record.updated_at}}));
            else out.line(to_line(KeptKey{held.key, held.destroyed_at}));
        }
    {
        auto rows = session_.query(SqlText{"SELECT version, schema_version, recorded_at, actor_id, action, reference, title, status, reason, ledger_sequence, salt, codec, body "
                                           "FROM record_version WHERE rid=? ORDER BY version"},
                                   row.rid);
        while (rows.next()) {
            KeptVersion version;
            version.number = rows.integer(0);
            version.schema_version = static_cast<int>(rows.integer(1));
            version.recorded_at = rows.timestamp(2);
            version.actor = optional_id(rows, 3);
            version.action = rows.text(4);
            version.reference = optional_text(rows, 5);
            version.title = optional_text(rows, 6);
            version.status = optional_text(rows, 7);
            version.reason = optional_text(rows, 8);
            if (!rows.is_null(9)) version.sequence = rows.integer(9);
            if (!rows.is_null(10)) version.salt = hash_of(rows.bytes(10));
            if (!rows.is_null(12)) version.body = records::unpack(static_cast<int>(rows.integer(11)), rows.bytes(12));
            out.line(to_line(version));
        }
    }
    {
        auto rows = session_.query(SqlText{"SELECT field, position, from_version, target, to_version FROM record_link WHERE rid=? ORDER BY field, position, from_version"}, row.rid);
        while (rows.next())
            out.line(to_line(KeptLink{rows.text(0), rows.integer(1), rows.integer(2), rows.uuid(3), rows.is_null(4) ? std::nullopt : std::optional{rows.integer(4)}}));
    }
    auto rows = session_.query(SqlText{"SELECT source, body FROM import_base WHERE rid=? ORDER BY source"}, row.rid);
    while (rows.next()) out.line(to_line(KeptBase{rows.text(0), rows.text(1)}));
}

void Writing::write_side_tables()
{
    auto& settings = part(std::string{part::settings});
    auto& discussion = part(std::string{part::discussion});
    for (auto const& table : side_tables()) {
        auto& out = table.part == part::settings ? settings : discussion;
        std::int64_t written = 0;
        auto rows = session_.stream(table.select, organisation_);
        for (; rows.next(); ++written) out.line(to_line(table, rows));
        manifest_.counts[std::string{table.name}] = written;
    }
}

void Writing::write_ledger()
{
    auto const head = write_entries(session_, organisation_, part(std::string{part::entries}), progress_);
    manifest_.ledger_size = head.size;
    manifest_.ledger_root = head.root;
    auto& points = part(std::string{part::checkpoints});
    {
        auto rows = session_.query(SqlText{"SELECT size, note FROM ledger_checkpoint WHERE organisation_id=? ORDER BY size"}, organisation_);
        while (rows.next()) {
            points.line(rows.text(1));
            if (static_cast<std::uint64_t>(rows.integer(0)) == head.size) manifest_.checkpoint = rows.text(1);
        }
    }
    sign(head);
    auto const key = former_checkpoints_key(organisation_);
    auto former = session_.query(SqlText{"SELECT value FROM installation WHERE key=?"}, key);
    if (former.next()) part(std::string{part::former}).write(former.view(0));
}

/// Each half minute heads are signed anyway; what was written since is signed with the time of its last entry, so that
/// two archives of one state stay the same.
void Writing::sign(LogHead const& head)
{
    auto const origin = ledger::origin_of(organisation_);
    manifest_.verifier_key = ledger::verifier_key(origin, source_.key.public_key);
    auto const held = manifest_.checkpoint.empty() ? std::nullopt : ledger::open_checkpoint(manifest_.checkpoint, source_.key.public_key);
    if (held && held->root == manifest_.ledger_root) return;
    manifest_.checkpoint = sign_head(organisation_, head, source_.key);
}

void Writing::write_contents()
{
    auto& out = part(std::string{part::attachments});
    std::int64_t bytes = 0;
    auto rows = session_.query(SqlText{"SELECT b.sha256, b.size, b.count, b.record_id FROM attachment_blob b WHERE b.organisation_id=? AND (b.record_id IS NULL OR EXISTS "
                                       "(SELECT 1 FROM record_key k WHERE k.organisation_id=b.organisation_id AND k.record_id=b.record_id AND k.wrapped IS NOT NULL)) "
                                       "ORDER BY b.sha256, b.record_id IS NOT NULL, b.record_id"}, organisation_);
    while (rows.next()) {
        KeptContent const content{hash_of(rows.bytes(0)), static_cast<std::uint64_t>(rows.integer(1)), rows.integer(2), optional_id(rows, 3)};
        out.line(to_line(content));
        if (!contents_.empty() && contents_.back().sha256 == content.sha256) continue;   // of several records: it travels once
        contents_.push_back(content);
        bytes += static_cast<std::int64_t>(content.size);
    }
    manifest_.counts["attachments"] = static_cast<std::int64_t>(contents_.size());
    manifest_.counts["attachment_bytes"] = bytes;
}

void Writing::finish(std::filesystem::path const& file)
{
    for (auto& one : parts_) manifest_.parts.push_back(one.finish());
    for (auto const& content : contents_) manifest_.parts.push_back({std::string{part::contents} + to_hex(content.sha256), content.size, content.sha256});
    std::ranges::sort(manifest_.parts, {}, &Part::name);

    documents::ZipFileWriter zip(file);
    zip.add(std::string{part::manifest}, to_text(manifest_));
    parts_.sort([](PartWriter const& a, PartWriter const& b) { return a.part().name < b.part().name; });
    for (auto const& one : parts_) zip.add_file(one.part().name, one.path());
    std::int64_t opened = 0;
    auto const total = static_cast<std::int64_t>(contents_.size());
    for (auto const& content : contents_)
        zip.add_stream(std::string{part::contents} + to_hex(content.sha256), content.size, [this, &content, &opened, total] {
            tell("attachments", ++opened, total);
            records::ContentOwner owner(organisation_);
            if (content.record) owner.record = RecordId{*content.record};
            auto found = source_.vault.open(owner, content.sha256);
            if (!found.ok()) throw storage::StorageFailure("An attachment that the database names is not there: run doctor.");
            return std::move(found->next);
        });
    zip.finish();
    std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

}  // namespace

std::string former_checkpoints_key(OrganisationId organisation) { return "former_checkpoints." + organisation.text(); }

Result<Manifest> write_archive(Source const& source, OrganisationId organisation, std::filesystem::path const& file, Progress const& progress)
{
    return Writing(source, organisation, progress).to(file);
}

}  // namespace greffier::archive
