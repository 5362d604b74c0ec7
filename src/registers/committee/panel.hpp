#pragma once
#include "records/pages/panel.hpp"

namespace greffier::committee {
/// Decisions that nothing in the plan answers yet, each with the way to an action, and the way to the next meeting.
void write_panel(web::Html& out, records::PanelView const& view);
}  // namespace greffier::committee
