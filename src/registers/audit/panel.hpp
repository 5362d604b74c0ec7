#pragma once
#include "records/pages/panel.hpp"

namespace greffier::audit {
/// The map of risks, and what is still to be mended, each with the way to an action.
void write_panel(web::Html& out, records::PanelView const& view);
}  // namespace greffier::audit
