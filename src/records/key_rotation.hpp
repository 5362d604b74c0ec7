#pragma once
// Rotation of an organisation's key: a new generation is made, the key of each record is wrapped by it, what is found
// by a keyed hash is hashed anew, and the old generation is destroyed at the end. The keys of records stay: the ledger
// commits to what they sealed. Where it stands is in the tables alone, so that what was stopped goes on.

#include <functional>
#include <vector>

#include "records/store.hpp"

namespace greffier::records {

struct Rotated {
    int generation = 0;            ///< that wraps everything now
    std::int64_t records = 0, drafts = 0;
    bool resumed = false;          ///< an earlier rotation was finished
};
/// In groups, each a transaction: others write meanwhile. `progress` is told how many records are done.
/// Errors: no_sealed_key when the organisation seals nothing yet.
Result<Rotated> rotate_organisation_key(Machinery const& machinery, OrganisationId organisation, std::function<void(std::int64_t)> const& progress = {});

/// How many records each generation of each organisation wraps; destroyed keys are generation 0.
struct SealedCount {
    OrganisationId organisation;
    int generation = 0;
    std::int64_t records = 0;
};
std::vector<SealedCount> sealed_counts(storage::Session& session);

}  // namespace greffier::records
