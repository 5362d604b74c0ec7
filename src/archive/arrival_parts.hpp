#pragma once
// Internal to archive/: the pieces of the transaction that brings an organisation, in the order in which they need
// each other.

#include "archive/arrival.hpp"
#include "archive/renumber.hpp"
#include "archive/tables.hpp"
#include "records/sealing.hpp"

namespace greffier::archive {

/// People are matched by e-mail; those nobody knows here get an account without password, disabled until somebody
/// enables it. Roles and tokens come back as they were; a token is revoked, for nothing can sign in with it any more.
Status insert_people(storage::Session& session, KeptPeople const& people, Renumber& renumber, Timestamp now, std::map<std::string, std::int64_t>& counts);

Status insert_side(storage::Session& session, ArchiveReader const& archive, std::string_view part, Renumber const& renumber);

/// The entries byte for byte, with what follows from them.
Status insert_ledger(storage::Session& session, ArchiveReader const& archive, OrganisationId organisation);
/// "greffier.log/<id> <size> <root>": the log that came, or of which this is a copy. Returns the size of the log with it.
std::uint64_t append_transfer(storage::Session& session, records::Machinery const& machinery, Manifest const& manifest, OrganisationId organisation, Timestamp now);

/// Of records of registers that seal, by the ids they have in the archive.
using RecordKeys = std::map<Uuid, records::RecordKey>;
struct KeysOfArrival {
    RecordKeys const& archived;
    RecordKeys const& here;          ///< the same, but for a copy
};

/// Records with all their versions. Those of a copy are vouched for by its own log: `arrived.size` grows by them.
Status insert_registers(storage::Session& session, records::Machinery const& machinery, ArchiveReader const& archive, KeysOfArrival const& keys, Renumber const& renumber, Arrived& arrived, Timestamp now, Progress const& progress);

}  // namespace greffier::archive
