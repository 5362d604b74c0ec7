#pragma once
// The public pages /p/{organisation}/…, the page of settings that opens them, and what staff does with follow-up addresses.

#include <vector>

#include "accounts/context.hpp"
#include "reception/services.hpp"

namespace greffier::reception {

/// `services` must outlive the routes.
std::vector<accounts::Route> reception_routes(ReceptionServices& services);

/// For the daily job: forms whose signed word has ended need not be known any more, nor addresses of preferences that ended.
std::int64_t forget_old_forms(storage::Database& database, Timestamp now);

}  // namespace greffier::reception
