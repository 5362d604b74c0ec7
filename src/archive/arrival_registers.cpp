#include "accounts/memberships.hpp"
#include "archive/arrival_parts.hpp"
#include "archive/parts.hpp"
#include "core/text.hpp"
#include "records/record_writer.hpp"
#include "records/version_body.hpp"
#include "records/vocabulary.hpp"
#include "schema/json.hpp"

namespace greffier::archive {

using storage::Session;
using storage::SqlText;

namespace {

constexpr std::int64_t told_each = 500;

/// One register's part on its way into the tables.
class RegisterArrival {
public:
    RegisterArrival(Session& session, records::Machinery const& machinery, records::Register const& kind, OrganisationId from, KeysOfArrival const& keys, Renumber const& renumber, records::RecordWriter& words,
                    Arrived& arrived, Timestamp now)
        : session_(session), machinery_(machinery), kind_(kind), from_(from), keys_(keys), renumber_(renumber), words_(words), arrived_(arrived), now_(now)
    {
    }

    void take(RegisterLine& line)
    {
        if (line.record) put_record(std::move(*line.record));
        else if (line.version) put_version(*line.version);
        else if (line.link) put_link(*line.link);
        else if (line.base) put_base(*line.base);   // keys are known by now, and written with their records
    }

private:
    std::optional<Uuid> renumbered(std::optional<Uuid> const& id) const { return id ? std::optional{renumber_(*id)} : std::nullopt; }

    void put_record(KeptRecord record)
    {
        record_ = std::move(record);
        auto const key = sort_key(record_.title);
        auto const id = renumber_(record_.id);
        auto const owner = renumbered(record_.owner), created_by = renumbered(record_.created_by), updated_by = renumbered(record_.updated_by);
        auto const organisation = renumber_.organisation();
        auto inserted = session_.query(SqlText{"INSERT INTO record(organisation_id, id, register, version, reference, title, title_key, status, owner_id, due_at, review_at, created_at, created_by, "
                                               "updated_at, updated_by, deleted_at, completeness, import_key, restricted) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) RETURNING rid"},
                                       organisation, id, kind_.slug, record_.version, record_.reference, record_.title, key, record_.status, owner, record_.due_at, record_.review_at,
                                       record_.created_at, created_by, record_.updated_at, updated_by, record_.deleted_at, record_.completeness, record_.import_key, record_.restricted);
        inserted.next();
        rid_ = inserted.integer(0);
        while (inserted.next()) {}
        if (auto const* key = key_in(keys_.here)) machinery_.sealing->put_record_key(session_, organisation, kind_, {id}, *key);
    }

    void put_version(KeptVersion const& version)
    {
        auto body = version.body;
        auto salt = version.salt;
        auto sequence = version.sequence;
        if (renumber_.is_copy()) {
            if (body) {
                body = sealed_here(renumber_(std::string_view{*body}), version);
                salt = fresh_salt();
            }
            sequence = vouch(version, body, salt);
        }
        std::optional<Bytes> packed;
        int codec = 0;
        if (body) {
            auto made = records::pack(*body);
            codec = made.codec;
            packed = std::move(made.bytes);
        }
        auto const actor = renumbered(version.actor);
        session_.execute(SqlText{"INSERT INTO record_version(rid, version, schema_version, recorded_at, actor_id, action, reference, title, status, reason, ledger_sequence, salt, codec, body) "
                                 "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)"},
                         rid_, version.number, version.schema_version, version.recorded_at, actor, version.action, version.reference, version.title, version.status, version.reason, sequence, salt, codec, packed);
        if (version.number == record_.version) put_body(version, body);
    }

    records::RecordKey const* key_in(RecordKeys const& keys) const
    {
        auto const found = keys.find(record_.id);
        return found == keys.end() ? nullptr : &found->second;
    }

    [[nodiscard]] records::SealedPlace place_here(std::int64_t version, int schema_version) const { return {renumber_.organisation(), {renumber_(record_.id)}, version, schema_version}; }

    /// A seal opens in its record alone: a copy's are made anew, and what is renumbered in the open is so beneath them.
    std::string reseal(std::string const& body, std::int64_t version, int schema_version) const
    {
        auto const *archived = key_in(keys_.archived), *here = key_in(keys_.here);
        if (!archived || !archived->key || !renumber_.is_copy()) return body;
        return records::resealed_body(archived->key, {from_, {record_.id}, version, schema_version}, *here->key, place_here(version, schema_version), body,
                                      [this](std::string_view value) { return renumber_(value); });
    }

    std::string sealed_here(std::string text, KeptVersion const& version) const
    {
        if (!key_in(keys_.archived)) return text;
        auto body = records::parse_version_body(text);
        body.record = reseal(body.record, version.number, version.schema_version);
        return records::to_text(body);
    }

    static Hash fresh_salt()
    {
        Hash salt{};
        std::ranges::copy(random_bytes(salt.size()), salt.begin());
        return salt;
    }

    /// A copy's bytes are others, for ids stand in them: its own log says when it got them.
    std::int64_t vouch(KeptVersion const& version, std::optional<std::string> const& body, std::optional<Hash> const& salt)
    {
        ledger::Entry entry;
        entry.organisation = renumber_.organisation();
        entry.time = now_;
        entry.actor = accounts::organisation_actor(entry.organisation);
        entry.action = ledger::Action::Import;
        entry.register_slug = kind_.slug;
        entry.record = renumber_(record_.id);
        entry.version = version.number;
        entry.schema_version = version.schema_version;
        if (body) entry.commitment = ledger::commit(*salt, as_bytes(*body));
        auto const sequence = machinery_.ledger.append(session_, entry).sequence;
        arrived_.size = sequence + 1;
        return static_cast<std::int64_t>(sequence);
    }

    /// The newest version as lists, forms and the search read it.
    void put_body(KeptVersion const& version, std::optional<std::string> const& body)
    {
        auto const record = body ? records::parse_version_body(*body).record : std::string{"{}"};
        session_.execute(SqlText{"INSERT INTO record_body(rid, body, schema_version) VALUES(?,?,?)"}, rid_, record, version.schema_version);
        auto const* key = key_in(keys_.here);
        if (key && key->key) {
            auto const row = schema::from_stored(*kind_.schema, records::opened_body(key->key, place_here(version.number, version.schema_version), record), version.schema_version);
            machinery_.sealing->write_lookups(session_, renumber_.organisation(), kind_, {renumber_(record_.id)}, row);
        }
        auto const open = kind_.sealed ? records::parts_of(record).open : record;
        if (!record_.deleted_at) words_.index(kind_, rid_, schema::from_stored(*kind_.schema, open, version.schema_version), record_.title, record_.reference);
    }

    void put_link(KeptLink const& link)
    {
        auto const target = renumber_(link.target);
        session_.execute(SqlText{"INSERT INTO record_link(rid, field, position, target, from_version, to_version) VALUES(?,?,?,?,?,?)"}, rid_, link.field, link.position, target, link.from_version, link.to_version);
    }

    void put_base(KeptBase const& base)
    {
        auto const body = reseal(renumber_(std::string_view{base.body}), 0, 0);
        session_.execute(SqlText{"INSERT INTO import_base(rid, source, body) VALUES(?,?,?)"}, rid_, base.source, body);
    }

    Session& session_;
    records::Machinery const& machinery_;
    records::Register const& kind_;
    OrganisationId from_;
    KeysOfArrival const& keys_;
    Renumber const& renumber_;
    records::RecordWriter& words_;
    Arrived& arrived_;
    Timestamp now_;
    KeptRecord record_;
    std::int64_t rid_ = 0;
};

}  // namespace

Status insert_registers(Session& session, records::Machinery const& machinery, ArchiveReader const& archive, KeysOfArrival const& keys, Renumber const& renumber, Arrived& arrived, Timestamp now, Progress const& progress)
{
    // As the organisation knows them, with its terms and fields: they have just arrived.
    auto const known = machinery.vocabulary ? machinery.vocabulary->of(session, renumber.organisation()) : records::known_registers(machinery, renumber.organisation());
    records::RecordWriter words(machinery, renumber.organisation(), session, {accounts::organisation_actor(renumber.organisation()), now, arrived.zone}, accounts::Sight::everything());
    std::int64_t done = 0;
    for (auto const& slug : archive.registers()) {
        auto const* kind = known->find(slug);
        if (!kind) return Error::conflict("archive.unknown_register", {{"value", slug}, {"program", archive.manifest().program}});
        RegisterArrival arrival(session, machinery, *kind, archive.manifest().organisation, keys, renumber, words, arrived, now);
        TRY(archive.each_line(std::string{part::registers} + slug + std::string{part::lines}, [&](std::string_view text, Place const& place) -> Status {
            auto line = TRY(parse_register_line(text, place));
            if (line.record && ++done % told_each == 0 && progress) progress("write", done, arrived.counts["records"]);
            arrival.take(line);
            return Nothing{};
        }));
    }
    words.finish();
    return Nothing{};
}

}  // namespace greffier::archive
