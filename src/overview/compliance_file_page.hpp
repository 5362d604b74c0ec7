#pragma once
// The compliance file asked for at one click: its page, its API, and the work that makes it in the background.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "accounts/context.hpp"
#include "archive/services.hpp"
#include "jobs/runner.hpp"
#include "records/store.hpp"

namespace greffier::overview {

struct ComplianceFileServices {
    archive::ArchiveServices& archives;
    records::Machinery const& machinery;
    /// Name of whoever asks, for the first page of the file.
    std::function<std::string(OrganisationId, Uuid actor, Locale const&)> actor_name;
};

/// `services` must outlive them.
std::vector<accounts::Route> compliance_file_routes(ComplianceFileServices const& services);
std::map<std::string, jobs::Worker> compliance_file_workers(ComplianceFileServices const& services);

}  // namespace greffier::overview
