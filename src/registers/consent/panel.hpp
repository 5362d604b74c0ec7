#pragma once
// What stands above the sheets of consent: ways of agreeing that do not count, what a store of proofs has to be, the receipt,
// the check of a list.

#include "records/pages/panel.hpp"

namespace greffier::consent {

void write_point_panel(web::Html& out, records::PanelView const& view);
void write_consent_panel(web::Html& out, records::PanelView const& view);
void write_objection_panel(web::Html& out, records::PanelView const& view);

}  // namespace greffier::consent
