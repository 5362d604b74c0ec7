#pragma once
// What the page of a processing shows above its sheet.

#include "records/pages/panel.hpp"

namespace greffier::processing {

/// The general description of the security measures, ready to be copied; nothing where no measure stands, or of a past state.
void write_panel(web::Html& out, records::PanelView const& view);

}  // namespace greffier::processing
