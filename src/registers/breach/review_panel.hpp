#pragma once
#include "records/pages/panel.hpp"
#include "registers/breach/breach.hpp"

namespace greffier::breach {
/// The step after the breach: whether its lessons were drawn, and the actions that follow from it with how far they are.
void write_review(web::Html& out, records::PanelView const& view, Breach const& breach);
}  // namespace greffier::breach
