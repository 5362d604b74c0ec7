#pragma once
// Internal to the compliance file: made in the background, kept sealed for seven days, and given to whoever asked for it alone.

#include "overview/compliance_file.hpp"
#include "overview/compliance_file_page.hpp"

namespace greffier::overview {

/// Errors: as check_wish; compliance_file.partial for whoever sees a part of the organisation alone; compliance_file.running.
/// Noted in the journal with its reason, in the transaction that begins it. `address`: of the machine that asks.
Result<jobs::JobId> begin_file(ComplianceFileServices const& services, accounts::Context& context, FileWish const& wish, std::string const& address);

/// Those the caller asked for, the newest first.
std::vector<jobs::Job> files_of(ComplianceFileServices const& services, accounts::Context const& context);
/// Error not_found for another's.
Result<jobs::Job> file_of(ComplianceFileServices const& services, accounts::Context const& context, jobs::JobId id);

/// What a done job says of its file.
struct MadeFile {
    std::int64_t bytes = 0, records = 0, files = 0, ledger_size = 0;
    std::string fingerprint;
};
std::optional<MadeFile> made_of(jobs::Job const& job);
/// What was asked.
FileWish wish_of(jobs::Job const& job);

/// The zip as a download. Error not_found when it is another's, not done, gone, or was made with roles that are no longer held.
Result<web::Response> give_file(ComplianceFileServices const& services, accounts::Context const& context, jobs::JobId id);

}  // namespace greffier::overview
