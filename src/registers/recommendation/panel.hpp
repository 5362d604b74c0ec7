#pragma once
#include "records/pages/panel.hpp"

namespace greffier::recommendation {
/// The actions made to follow it, with their states and days.
void write_panel(web::Html& out, records::PanelView const& view);
}  // namespace greffier::recommendation
