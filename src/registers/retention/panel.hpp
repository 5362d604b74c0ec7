#pragma once
// What a deletion adds up to, on its own page, and what falls due in it.

#include "records/due.hpp"
#include "records/pages/panel.hpp"

namespace greffier::retention {

void write_panel(web::Html& out, records::PanelView const& view);
std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context);

}  // namespace greffier::retention
