#pragma once
// The JSON API of every register: records, their status, versions, findings, links and attachments.
// Its description at /api/v1/openapi.json is made from the declarations and the routes themselves.

#include <functional>
#include <string>
#include <vector>

#include "accounts/context.hpp"
#include "accounts/organisation.hpp"
#include "accounts/services.hpp"
#include "records/store.hpp"
#include "records/vault.hpp"

namespace greffier::records {

/// Made once by app/; outlives the routes.
struct ApiServices {
    Machinery const& machinery;
    Vault& vault;
    accounts::Organisations& organisations;
    std::function<void()> wake_jobs = {};   ///< there is background work
    accounts::AccountServices* accounts = nullptr;   ///< people, roles, journal; absent in tests that have none
};

/// Rows under /api/v1. The guard has authenticated the token and found the organisation of the path in the caller's reach.
std::vector<accounts::Route> api_routes(ApiServices const& services);

/// Answers kept for a repeated POST hold records: they go after a day. For the daily job.
void forget_repeated_requests(storage::Database& database, Timestamp now);

/// OpenAPI 3.1 of the routes under /api/v1, whoever has them: one path per register, with its own schema.
std::string openapi(Registers const& registers, std::vector<accounts::Route> const& routes);

/// GET /api/v1/openapi.json, of all the program's routes: app/ makes it once it has them all.
accounts::Route description_route(Registers const& registers, std::vector<accounts::Route> described);

}  // namespace greffier::records
