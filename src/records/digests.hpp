#pragma once
// Internal to records/: what the examiner made of records, remembered between the transactions that judge. A save in an
// organisation of a thousand processings would else read and fold a thousand bodies to compare them with its own.

#include <memory>
#include <vector>

#include "core/id.hpp"
#include "core/time.hpp"

namespace greffier::records {

/// A record as one of its writes left it; `digest` is the examiner's (see Surroundings::Neighbour).
struct Digested {
    RecordId id;
    std::int64_t version = 0;
    Timestamp updated_at{};
    std::shared_ptr<void const> digest = {};   // shared: several transactions read it at once
};

/// Only of what is committed: a version that was undone may come again with another content. Thread-safe.
void remember_digests(std::vector<Digested> made);
/// Fills in the digests that are known of exactly these versions. Thread-safe.
void recall_digests(std::vector<Digested>& wanted);

}  // namespace greffier::records
