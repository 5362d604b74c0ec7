#pragma once
#include "records/pages/panel.hpp"

namespace greffier::evidence {
/// The files of the piece with their fingerprints, and the way to the map of documents.
void write_panel(web::Html& out, records::PanelView const& view);
}  // namespace greffier::evidence
