#pragma once
// Internal to reception/: the request that a page inside is about, as its reader may see it.

#include "reception/visit.hpp"
#include "records/store.hpp"

namespace greffier::reception {

Result<records::Stored> request_inside(ReceptionServices& services, Context& context, Request const& request);

}  // namespace greffier::reception
