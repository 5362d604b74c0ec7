#pragma once
#include <vector>

#include "accounts/context.hpp"
#include "records/pages/panel.hpp"

namespace greffier::policy {

/// How many have read the edition in force, and the button by which whoever reads this says so.
void write_panel(web::Html& out, records::PanelView const& view);
/// The act of reading. `machinery` must outlive the routes.
std::vector<accounts::Route> reading_routes(records::Machinery const& machinery);

}  // namespace greffier::policy
