#pragma once
#include "records/pages/panel.hpp"
#include "registers/breach/breach.hpp"

namespace greffier::breach {
/// The measures of the register that covered the processings affected at the hour of awareness, each as it stood then: asked
/// of the history each time, for a copy would be one more thing to doubt. Nothing before awareness.
void write_measures_then(web::Html& out, records::PanelView const& view, Breach const& breach);
}  // namespace greffier::breach
