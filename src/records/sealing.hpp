#pragma once
// Sealing: the personal fields of a register that asks for it lie in the database sealed under a key of their record.
//
//   master key  --wraps-->  key of the organisation, one a generation  --wraps-->  key of the record  --seals-->  field
//
// A stored body then reads {"subject":…, "$sealed":{"email":"<base64>", …}}: the form the ledger commits to. Each field
// is bound to organisation, record, version, version of the schema and name. In memory a row is in clear; where the
// record's key was destroyed its sealed fields are absent and named in `destroyed`.
// A register that seals nothing is read and written without a statement or a key more.

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "records/organisation_keys.hpp"
#include "records/register.hpp"

namespace greffier::records {

/// A body as it is stored, and what its seals are bound to.
struct SealedBody {
    RecordId id;
    std::int64_t version = 0;
    int schema_version = 1;
    std::string_view text;
};

/// The key of one record.
struct RecordKey {
    std::optional<Secret<Bytes>> key;   ///< absent: destroyed
    bool was_there = true;              ///< false: this record has none yet
    std::optional<Timestamp> destroyed_at = {};
};

/// Thread-safe. Statements run in the caller's session.
class Sealing {
public:
    explicit Sealing(OrganisationKeys const& keys) : keys_(keys) {}

    // keys of an organisation ----------------------------------------------------------------------------
    /// Generations that exist, oldest first; the last one wraps what is written.
    [[nodiscard]] std::vector<int> generations(storage::Session& session, OrganisationId organisation) const;
    /// Throws when there is none.
    [[nodiscard]] Secret<Bytes> key_of(storage::Session& session, OrganisationId organisation, int generation) const;
    /// Inside a write: the newest, made when there is none.
    [[nodiscard]] int newest_generation(storage::Session& session, OrganisationId organisation) const;
    /// Inside a write: a key that wraps what is written from now on.
    void make_generation(storage::Session& session, OrganisationId organisation, int generation) const;
    /// Inside a write: what it wrapped and still is wrapped by it, nobody can read any more.
    static void forget_generation(storage::Session& session, OrganisationId organisation, int generation);

    // keys of records -------------------------------------------------------------------------------------
    [[nodiscard]] RecordKey record_key(storage::Session& session, OrganisationId organisation, RecordId record) const;
    [[nodiscard]] std::map<RecordId, RecordKey> record_keys(storage::Session& session, OrganisationId organisation, Register const& kind) const;
    /// Inside a write: that of a record which has none yet.
    [[nodiscard]] Secret<Bytes> make_record_key(storage::Session& session, OrganisationId organisation, Register const& kind, RecordId record) const;
    /// Inside a write: the same key, wrapped by another generation.
    void rewrap_record_key(storage::Session& session, OrganisationId organisation, RecordId record, int generation) const;
    /// Inside a write: for ever. False when there was none, or no longer.
    bool destroy_record_key(storage::Session& session, OrganisationId organisation, RecordId record, Timestamp now) const;
    /// Inside a write: a record arrives with its key, or with the day it was destroyed.
    void put_record_key(storage::Session& session, OrganisationId organisation, Register const& kind, RecordId record, RecordKey const& key) const;
    /// Once the destruction is committed: what else that key sealed goes. Set before the first one.
    void on_destroyed(std::function<void(OrganisationId, RecordId)> act) { on_destroyed_ = std::move(act); }
    void tell_destroyed(OrganisationId organisation, RecordId record) const
    {
        if (on_destroyed_) on_destroyed_(organisation, record);
    }

    // lookups ---------------------------------------------------------------------------------------------
    /// Inside a write: what find_by_sealed() finds the record by from now on.
    void write_lookups(storage::Session& session, OrganisationId organisation, Register const& kind, RecordId record, schema::Row const& row) const;
    /// Live records whose sealed field (of a contact, "field.name" or "field.email") holds that value, whatever its case
    /// and accents; by id.
    [[nodiscard]] std::vector<RecordId> find(storage::Session& session, OrganisationId organisation, Register const& kind, std::string_view field, std::string_view value) const;

private:
    OrganisationKeys const& keys_;
    std::function<void(OrganisationId, RecordId)> on_destroyed_;
};

/// The stored body of a row, its sealed fields sealed.
std::string sealed_body(Secret<Bytes> const& key, OrganisationId organisation, Register const& kind, RecordId id, std::int64_t version, schema::Row const& row);
/// The stored body without what is sealed, and what is sealed as it lies ({"email":"…"}, empty when nothing is).
struct SealedParts { std::string open; std::string_view sealed; };
SealedParts parts_of(std::string_view body);
/// The stored body of an open row with a sealed part taken over as it lies: a record whose key was destroyed.
std::string body_with(Register const& kind, schema::Row const& row, std::string_view sealed);

/// What seals are bound to beside the body itself.
struct SealedPlace {
    OrganisationId organisation;
    RecordId record;
    std::int64_t version = 0;   ///< 0: what a file said
    int schema_version = 1;
};
/// The text of a stored body in clear; without a key its sealed fields are left out, and named in `destroyed`. Of what is
/// sealed only the `wanted` fields are opened, when that is given. A seal that does not open throws.
std::string opened_body(std::optional<Secret<Bytes>> const& key, SealedPlace const& place, std::string_view body, std::vector<std::string>* destroyed = nullptr,
                        std::optional<std::span<std::string const>> wanted = {});
/// The same body sealed by another key for another place, as a copy of the record has it; `change` is given each value as
/// JSON, and keeps its length. Without a key, what is sealed stays as it lies: nobody opens it there either.
std::string resealed_body(std::optional<Secret<Bytes>> const& key, SealedPlace const& place, Secret<Bytes> const& other_key, SealedPlace const& other_place, std::string_view body,
                          std::function<std::string(std::string_view)> const& change);

/// Reads bodies of one register in one session. Not thread-safe.
class BodyReader {
public:
    /// `sealing` may be null as long as the register seals nothing.
    BodyReader(Sealing const* sealing, storage::Session& session, OrganisationId organisation, Register const& kind)
        : sealing_(sealing), session_(session), organisation_(organisation), kind_(kind) {}

    /// The keys of the whole register in one statement: where many bodies come, and before a stream, whose session
    /// runs nothing else meanwhile.
    void read_all_keys();
    /// In clear; `destroyed` is given the sealed fields that have no key any more.
    schema::Row row(SealedBody const& body, std::vector<std::string>* destroyed = nullptr);
    /// The same, only the named fields being read.
    schema::Row row(SealedBody const& body, std::span<std::string const> wanted, std::vector<std::string>* destroyed = nullptr);
    [[nodiscard]] Register const& kind() const { return kind_; }
    /// Without its sealed fields, whatever their key.
    schema::Row open_row(std::string_view text, int schema_version) const;

private:
    std::string opened(SealedBody const& body, std::vector<std::string>* destroyed, std::optional<std::span<std::string const>> wanted = {});
    RecordKey const& key_of(RecordId record);

    Sealing const* sealing_;
    storage::Session& session_;
    OrganisationId organisation_;
    Register const& kind_;
    bool all_read_ = false;
    std::map<RecordId, RecordKey> keys_;
};

}  // namespace greffier::records
