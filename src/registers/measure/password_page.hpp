#pragma once
#include "accounts/context.hpp"
#include "records/pages/pages.hpp"

namespace greffier::measure {
/// Whether a password policy reaches what the authority recommends; writes nothing.
Result<web::Response> show_passwords(records::PageServices const& services, accounts::Context& context, web::Request const& request);
}  // namespace greffier::measure
