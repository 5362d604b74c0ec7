#pragma once
// The tab of a record's attachments: list, add, download (also as the record stood), remove.

#include "records/pages/pages.hpp"
#include "records/vault.hpp"

namespace greffier::records {

/// `services` and `vault` must outlive the routes.
std::vector<accounts::Route> attachment_page_routes(PageServices const& services, Vault& vault);

}  // namespace greffier::records
