#pragma once
#include <vector>

#include "accounts/context.hpp"
#include "records/pages/panel.hpp"

namespace greffier::undertaking {

/// The way to the paper to be signed.
void write_panel(web::Html& out, records::PanelView const& view);
/// The paper itself, filled in from the record. `machinery` must outlive the routes.
std::vector<accounts::Route> paper_routes(records::Machinery const& machinery);

}  // namespace greffier::undertaking
