#pragma once
#include "records/pages/panel.hpp"

namespace greffier::processor {
/// What the answers say it is, its contracts, the processings that name it, and the objection periods that run.
void write_panel(web::Html& out, records::PanelView const& view);
/// Certificates, next audit, objection periods, the next assessment.
std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context);
}  // namespace greffier::processor
