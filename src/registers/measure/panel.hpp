#pragma once
#include "records/pages/panel.hpp"

namespace greffier::measure {
/// The point of the guide this measure answers, and the way back to the grid.
void write_panel(web::Html& out, records::PanelView const& view);
}  // namespace greffier::measure
