#pragma once
// How far a request for access is, with the acts that move it, and what falls due in it.

#include "records/due.hpp"
#include "records/pages/panel.hpp"

namespace greffier::access_request {

void write_panel(web::Html& out, records::PanelView const& view);
std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context);

}  // namespace greffier::access_request
