#pragma once
// The life of the data along a process: its steps from collection to destruction, each with its processings.

#include "records/pages/panel.hpp"

namespace greffier::process {

void write_panel(web::Html& out, records::PanelView const& view);

}  // namespace greffier::process
