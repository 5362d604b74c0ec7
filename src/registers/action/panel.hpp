#pragma once
#include "records/pages/panel.hpp"

namespace greffier::action {
/// The way to the plan and, for what comes back, to the next time.
void write_panel(web::Html& out, records::PanelView const& view);
/// The day it is to be done by, while it is not.
std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context);
}  // namespace greffier::action
