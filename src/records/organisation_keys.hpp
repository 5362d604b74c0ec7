#pragma once
// OrganisationKeys: the keys of each organisation, one a purpose, kept in the database wrapped by the installation's
// master key. A wrapped key is bound to its organisation and purpose: put in another line it opens nothing.

#include <optional>
#include <string>
#include <string_view>

#include "core/crypto.hpp"
#include "core/id.hpp"
#include "core/secret.hpp"
#include "storage/database.hpp"

namespace greffier::records {

/// Thread-safe; several processes may share one database. A key that the master key does not open throws.
class OrganisationKeys {
public:
    /// `master` has 32 bytes.
    OrganisationKeys(storage::Database& database, Secret<Bytes> master);

    /// Made at the first call, in a transaction of its own.
    [[nodiscard]] Secret<Bytes> of(OrganisationId organisation, std::string_view purpose) const;
    [[nodiscard]] std::optional<Secret<Bytes>> find(storage::Session& session, OrganisationId organisation, std::string_view purpose) const;
    /// Inside a write: the one that is there, or a new one.
    [[nodiscard]] Secret<Bytes> find_or_make(storage::Session& session, OrganisationId organisation, std::string_view purpose) const;

private:
    storage::Database& database_;
    Secret<Bytes> master_;
};

/// Inside a write: a key that arrives with its organisation.
void put_organisation_key(storage::Session& session, Secret<Bytes> const& master, OrganisationId organisation, std::string_view purpose, Secret<Bytes> const& key);

/// Every organisation's keys, of every purpose, wrapped anew: inside one write. Returns how many there were.
/// One that `before` does not open throws, and nothing is changed.
std::int64_t rewrap_organisation_keys(storage::Session& session, Secret<Bytes> const& before, Secret<Bytes> const& after);

}  // namespace greffier::records
