#pragma once
// An archive brought into this installation: verified whole, then written in one transaction. An organisation that comes
// back keeps its ids and its log, of which the import is the next entry; a copy has new ids and a log of its own, which
// begins by saying of what it is a copy.

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "archive/reader.hpp"
#include "archive/writer.hpp"
#include "records/store.hpp"
#include "records/vault_move.hpp"

namespace greffier::archive {

struct Destination {
    records::Machinery const& machinery;
    records::VaultPlace contents;
    Secret<Bytes> const& master;           ///< wraps the organisation's keys
    std::filesystem::path checkpoints;     ///< the directory of signed checkpoints
};

struct ArrivalWish {
    bool as_copy = false;
    std::string slug = {};                 ///< empty: the one it had
    std::optional<OrganisationId> parent = {};
};

struct Arrived {
    OrganisationId organisation;
    std::string slug, name, zone;
    std::uint64_t former_size = 0, size = 0;        ///< of its log: what came, and with the import
    Hash former_root{};
    std::map<std::string, std::int64_t> counts;     ///< as verified, and people_known, people_new
    bool older_than_removed = false;                ///< an organisation removed here had a longer log
    std::vector<std::string> lost_slugs;            ///< former short addresses that are another's here
};

/// Errors of verify(), archive.already_here, archive.slug_taken, bad_slug, reserved_slug, archive.id_taken. Whatever goes
/// wrong, nothing stays. Findings are judged right afterwards, in transactions of their own.
Result<Arrived> import_archive(Destination const& destination, ArchiveReader const& archive, ArrivalWish const& wish, Timestamp now, Progress const& progress);

}  // namespace greffier::archive
