#pragma once
// Favourites: the records a person wants at hand. The tenant is a constructor argument; another organisation's record
// is NotFound. Reading those of all organisations: overview/portfolio.hpp.

#include <set>
#include <vector>

#include "accounts/sight.hpp"
#include "core/id.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "records/register.hpp"
#include "storage/database.hpp"

namespace greffier::records {

constexpr int favourites_at_most = 200;      ///< per person and organisation

/// Thread-safe.
class Favourites {
public:
    Favourites(storage::Database& database, OrganisationId organisation, accounts::Sight const& sight) : database_(database), organisation_(organisation), sight_(sight) {}

    /// Keeping one twice changes nothing. Error "too_many_favourites".
    Status keep(PersonId person, Register const& kind, RecordId record, Timestamp now) const;
    /// Those of them that are records of the register here; the others are left out. Returns how many are kept now.
    Result<std::int64_t> keep_all(PersonId person, Register const& kind, std::vector<RecordId> const& records, Timestamp now) const;
    Status drop(PersonId person, Register const& kind, RecordId record) const;
    bool has(PersonId person, RecordId record) const;
    /// All of the person's in this organisation: one short statement for a whole list.
    std::set<RecordId> of(PersonId person) const;

private:
    storage::Database& database_;
    OrganisationId organisation_;
    accounts::Sight sight_;
};

}  // namespace greffier::records
