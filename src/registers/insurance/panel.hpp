#pragma once
#include "records/pages/panel.hpp"

namespace greffier::insurance {
/// What the policy pays for, counted over its three grids, and what nobody has asked yet.
void write_panel(web::Html& out, records::PanelView const& view);
}  // namespace greffier::insurance
