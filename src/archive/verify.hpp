#pragma once
// Everything an archive says, held together before anything is written: parts and their hashes, the log and its tree,
// each version and the entry that vouches for it, links of rows to what they belong to.

#include <functional>
#include <map>
#include <unordered_set>
#include <vector>

#include "archive/reader.hpp"
#include "archive/writer.hpp"
#include "records/register.hpp"
#include "records/sealing.hpp"

namespace greffier::archive {

struct Verified {
    KeptOrganisation organisation;
    KeptPeople people;
    std::unordered_set<Uuid> records;
    std::unordered_set<Uuid> known;                 ///< records and actors
    std::vector<KeptContent> contents;
    std::map<Uuid, records::RecordKey> keys;        ///< of the records of registers that seal
    std::map<std::string, std::int64_t> counts;     ///< records, versions, erased versions … as found
    std::vector<std::string> former_slugs;
    std::string former_checkpoints;                 ///< all that other installations signed
};

/// Reads all of it once. `registers` are those the program ships.
Result<Verified> verify(ArchiveReader const& archive, records::Registers const& registers, Progress const& progress);

}  // namespace greffier::archive
