// The keys of records and what is found by a keyed hash.
#include <algorithm>
#include <charconv>
#include <set>
#include <stdexcept>

#include "core/key_wrap.hpp"
#include "core/text.hpp"
#include "records/sealing.hpp"

namespace greffier::records {

using schema::Kind;
using storage::Session;
using storage::SqlText;

namespace {

constexpr std::string_view purpose_prefix = "records.";

Bytes place_of(OrganisationId organisation, RecordId record)
{
    return bound_to({as_bytes("greffier record key"), ByteView{organisation.uuid.bytes}, ByteView{record.uuid.bytes}});
}

RecordKey opened(Secret<Bytes> const& wrapping, OrganisationId organisation, RecordId record, ByteView wrapped)
{
    auto key = open_bound(wrapping, wrapped, place_of(organisation, record));
    if (!key) throw std::runtime_error("the key of a record does not open with that of its organisation");
    return {std::move(key), true};
}

/// What a value is found by: the same whatever its case, accents and blanks.
Hash lookup_hash(Secret<Bytes> const& key, std::string_view register_slug, std::string_view field, std::string_view value)
{
    auto const folded = fold(squeeze(value));
    return hmac_sha256(derived_key(key, "greffier lookup").reveal(), bound_to({as_bytes(register_slug), as_bytes(field), as_bytes(folded)}));
}

using Found = std::set<std::pair<std::string, std::string>>;

bool is_looked_up(Kind kind) { return kind == Kind::String || kind == Kind::Email; }

/// Names and addresses among what is sealed: (field, value).
Found lookups_of(Register const& kind, schema::Row const& row)
{
    Found found;
    auto const& fields = kind.schema->fields;
    for (std::size_t i = 0; i < fields.size() && i < row.values.size(); ++i) {
        auto const& field = fields[i];
        if (!kind.seals(field)) continue;
        if (auto const* text = std::get_if<std::string>(&row.values[i]); text && is_looked_up(field.kind) && !is_blank(*text)) found.emplace(field.name, *text);
        if (field.kind != Kind::Contact) continue;
        if (auto const* parts = std::get_if<schema::Rows>(&row.values[i]); parts && !parts->empty())
            for (std::string_view const part : {"name", "email"})
                if (auto const& text = schema::text_of(*field.rows, parts->front(), part); !is_blank(text)) found.emplace(field.name + "." + std::string{part}, text);
    }
    return found;
}

}  // namespace

std::vector<int> Sealing::generations(Session& session, OrganisationId organisation) const
{
    std::vector<int> all;
    auto rows = session.query(SqlText{"SELECT purpose FROM organisation_key WHERE organisation_id=?"}, organisation);
    while (rows.next()) {
        auto const purpose = rows.view(0);
        if (!purpose.starts_with(purpose_prefix)) continue;
        int number = 0;
        std::from_chars(purpose.data() + purpose_prefix.size(), purpose.data() + purpose.size(), number);
        if (number > 0) all.push_back(number);
    }
    std::ranges::sort(all);
    return all;
}

Secret<Bytes> Sealing::key_of(Session& session, OrganisationId organisation, int generation) const
{
    auto key = keys_.find(session, organisation, std::string{purpose_prefix} + std::to_string(generation));
    if (!key) throw std::runtime_error("a generation of an organisation's key is gone");
    return *std::move(key);
}

int Sealing::newest_generation(Session& session, OrganisationId organisation) const
{
    if (auto const all = generations(session, organisation); !all.empty()) return all.back();
    (void)keys_.find_or_make(session, organisation, std::string{purpose_prefix} + "1");
    return 1;
}

void Sealing::make_generation(Session& session, OrganisationId organisation, int generation) const
{
    (void)keys_.find_or_make(session, organisation, std::string{purpose_prefix} + std::to_string(generation));
}

void Sealing::forget_generation(Session& session, OrganisationId organisation, int generation)
{
    session.execute(SqlText{"DELETE FROM organisation_key WHERE organisation_id=? AND purpose=?"}, organisation, std::string{purpose_prefix} + std::to_string(generation));
}

void Sealing::rewrap_record_key(Session& session, OrganisationId organisation, RecordId record, int generation) const
{
    auto const held = record_key(session, organisation, record);
    if (!held.key) return;
    auto const wrapped = seal_bound(key_of(session, organisation, generation), held.key->reveal(), place_of(organisation, record));
    session.execute(SqlText{"UPDATE record_key SET wrapped=?, generation=? WHERE organisation_id=? AND record_id=? AND wrapped IS NOT NULL"}, wrapped, generation, organisation, record);
}

RecordKey Sealing::record_key(Session& session, OrganisationId organisation, RecordId record) const
{
    Bytes wrapped;
    int generation = 0;
    {
        auto row = session.query(SqlText{"SELECT generation, wrapped, destroyed_at FROM record_key WHERE organisation_id=? AND record_id=?"}, organisation, record);
        if (!row.next()) return {std::nullopt, false};
        if (row.is_null(1)) return {std::nullopt, true, row.optional_timestamp(2)};
        generation = static_cast<int>(row.integer(0));
        wrapped.assign(row.bytes(1).begin(), row.bytes(1).end());
    }
    return opened(key_of(session, organisation, generation), organisation, record, wrapped);
}

std::map<RecordId, RecordKey> Sealing::record_keys(Session& session, OrganisationId organisation, Register const& kind) const
{
    std::map<int, Secret<Bytes>> wrapping;
    for (auto const generation : generations(session, organisation)) wrapping.emplace(generation, key_of(session, organisation, generation));
    std::map<RecordId, RecordKey> all;
    auto rows = session.query(SqlText{"SELECT record_id, generation, wrapped FROM record_key WHERE organisation_id=? AND register=?"}, organisation, kind.slug);
    while (rows.next()) {
        auto const record = rows.id<Record>(0);
        if (rows.is_null(2)) {
            all.emplace(record, RecordKey{});
            continue;
        }
        auto const with = wrapping.find(static_cast<int>(rows.integer(1)));
        if (with == wrapping.end()) throw std::runtime_error("a generation of an organisation's key is gone");
        all.emplace(record, opened(with->second, organisation, record, rows.bytes(2)));
    }
    return all;
}

Secret<Bytes> Sealing::make_record_key(Session& session, OrganisationId organisation, Register const& kind, RecordId record) const
{
    Secret<Bytes> fresh(random_bytes(32));
    put_record_key(session, organisation, kind, record, {fresh});
    return fresh;
}

void Sealing::put_record_key(Session& session, OrganisationId organisation, Register const& kind, RecordId record, RecordKey const& key) const
{
    auto const generation = newest_generation(session, organisation);
    std::optional<Bytes> wrapped;
    if (key.key) wrapped = seal_bound(key_of(session, organisation, generation), key.key->reveal(), place_of(organisation, record));
    session.execute(SqlText{"INSERT INTO record_key(organisation_id, record_id, register, generation, wrapped, destroyed_at) VALUES(?,?,?,?,?,?)"}, organisation, record, kind.slug, generation,
                    wrapped, key.destroyed_at);
}

bool Sealing::destroy_record_key(Session& session, OrganisationId organisation, RecordId record, Timestamp now) const
{
    auto const gone = session.execute(SqlText{"UPDATE record_key SET wrapped=NULL, destroyed_at=? WHERE organisation_id=? AND record_id=? AND wrapped IS NOT NULL"}, now, organisation, record);
    session.execute(SqlText{"DELETE FROM sealed_lookup WHERE organisation_id=? AND record_id=?"}, organisation, record);
    return gone > 0;
}

void Sealing::write_lookups(Session& session, OrganisationId organisation, Register const& kind, RecordId record, schema::Row const& row) const
{
    auto const key = key_of(session, organisation, newest_generation(session, organisation));
    session.execute(SqlText{"DELETE FROM sealed_lookup WHERE organisation_id=? AND record_id=?"}, organisation, record);
    for (auto const& [field, value] : lookups_of(kind, row))
        session.execute(SqlText{"INSERT INTO sealed_lookup(organisation_id, register, field, hash, record_id) VALUES(?,?,?,?,?)"}, organisation, kind.slug, field,
                        lookup_hash(key, kind.slug, field, value), record);
}

std::vector<RecordId> Sealing::find(Session& session, OrganisationId organisation, Register const& kind, std::string_view field, std::string_view value) const
{
    std::set<RecordId> found;
    // While a rotation is under way, records are found by the hash of the generation that wrote it.
    for (auto const generation : generations(session, organisation)) {
        auto rows = session.query(SqlText{"SELECT l.record_id FROM sealed_lookup l JOIN record r ON r.organisation_id=l.organisation_id AND r.id=l.record_id "
                                          "WHERE l.organisation_id=? AND l.register=? AND l.field=? AND l.hash=? AND r.deleted_at IS NULL"},
                                  organisation, kind.slug, field, lookup_hash(key_of(session, organisation, generation), kind.slug, field, value));
        while (rows.next()) found.insert(rows.id<Record>(0));
    }
    return {found.begin(), found.end()};
}

}  // namespace greffier::records
