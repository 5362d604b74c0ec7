#pragma once
// The log of an organisation as a part of a file: its entries, and its head signed by the installation.

#include "archive/part_writer.hpp"
#include "archive/writer.hpp"
#include "core/time.hpp"
#include "storage/database.hpp"

namespace greffier::archive {

struct LogHead {
    std::uint64_t size = 0;
    Hash root{};
    Timestamp last{};                      ///< of the last entry; the origin of time when there is none
};

/// One entry a line, in order. Throws storage::StorageFailure when the entries do not add up.
LogHead write_entries(storage::Session& session, OrganisationId organisation, PartWriter& out, Progress const& progress);

/// The head, signed with the time of its last entry: two files of one state stay the same.
std::string sign_head(OrganisationId organisation, LogHead const& head, SigningKey const& key);

}  // namespace greffier::archive
