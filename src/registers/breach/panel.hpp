#pragma once
// The breach's own piece of its record page: the two clocks, what must be told to whom, the severity, the timeline.

#include "records/pages/panel.hpp"
#include "records/register.hpp"

namespace greffier::breach {

std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context);
void write_panel(web::Html& out, records::PanelView const& view);

}  // namespace greffier::breach
