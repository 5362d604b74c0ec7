#pragma once
#include "records/pages/panel.hpp"
#include "records/store.hpp"
#include "web/html.hpp"

namespace greffier::profile {

/// The data of the designation, to be copied, printed or saved as a file.
std::vector<accounts::Route> designation_routes(records::Machinery const& machinery);
/// On the profile: the way there.
void write_panel(web::Html& out, records::PanelView const& view);

}  // namespace greffier::profile
