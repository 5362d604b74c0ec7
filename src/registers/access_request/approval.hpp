#pragma once
// Who may approve a request: anybody who may write, but neither the one who wrote it, nor the one who asks, nor the one it is for.

#include <span>

#include "accounts/context.hpp"
#include "records/record.hpp"
#include "registers/access_request/access_request.hpp"

namespace greffier::access_request {

/// `versions`: of the record, in any order; whoever wrote the first one asks.
bool is_own(AccessRequest const& request, std::span<records::Version const> versions, accounts::Context const& context);
/// The approver the request names, or somebody who decides here; anybody when it names none.
bool may_approve(AccessRequest const& request, accounts::Context const& context);

}  // namespace greffier::access_request
