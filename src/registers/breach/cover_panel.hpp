#pragma once
#include "records/pages/panel.hpp"
#include "registers/breach/breach.hpp"

namespace greffier::breach {
/// The policies that may pay for this breach, until when to declare it, and what is missing to do so; nothing where no insurance is kept.
void write_cover(web::Html& out, records::PanelView const& view, Breach const& breach);
}  // namespace greffier::breach
