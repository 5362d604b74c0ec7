#pragma once
#include "overview/pages.hpp"

namespace greffier::overview {
/// The words of a notice as a page made to be printed, and to be kept in the notice or published from.
std::vector<accounts::Route> notice_routes(OverviewServices const& services);
/// Sheets to be pinned up, with the organisation's contacts: what to do within 72 hours, two posters.
std::vector<accounts::Route> sheet_routes(OverviewServices const& services);
}  // namespace greffier::overview
