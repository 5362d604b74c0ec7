#pragma once
#include "overview/pages.hpp"

namespace greffier::overview {
/// The officer's annual report, made to be printed and handed over.
std::vector<accounts::Route> activity_report_routes(OverviewServices const& services);
}  // namespace greffier::overview
