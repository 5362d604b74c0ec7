#pragma once
// Internal to archive/: an export in the background. The passphrase is turned into its key at once; what the job holds is
// that key, sealed by the installation's.

#include "archive/sealed_file.hpp"
#include "archive/services.hpp"

namespace greffier::archive {

constexpr std::string_view export_kind = "organisation_export";

/// Errors: archive.passphrase_short, archive.export_running.
Status begin_export(ArchiveServices& services, accounts::Actor const& actor, SecretText const& passphrase, Timestamp now);

/// The newest first.
std::vector<jobs::Job> exports_of(ArchiveServices& services, OrganisationId organisation);
/// Where the archive of a job lies. Error not_found when it is another's, not done, or gone.
Result<std::filesystem::path> fetch(ArchiveServices& services, OrganisationId organisation, jobs::JobId id);
/// The file of a job.
std::filesystem::path place_of(ArchiveServices const& services, jobs::JobId id);

/// May this person take the whole file away? Whoever runs the installation reads no register by that alone.
bool may_export(accounts::Actor const& actor);

}  // namespace greffier::archive
