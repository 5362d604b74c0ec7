#pragma once
// Import and export by page and by API. The file of a rehearsed import waits in the data directory's tmp for an hour,
// under a random name tied to the organisation and the one who sent it.

#include <filesystem>
#include <vector>

#include "accounts/context.hpp"
#include "records/store.hpp"

namespace greffier::exchange {

/// Made once by app/; outlives the routes.
struct ExchangeServices {
    records::Machinery const& machinery;
    std::filesystem::path waiting;      ///< directory of files waiting for a confirmation; made when absent
};

/// /o/{organisation}/{register}/import and /export, and the same under /api/v1/organisations.
std::vector<accounts::Route> exchange_routes(ExchangeServices const& services);

} // namespace greffier::exchange
