#pragma once
#include "records/pages/panel.hpp"

namespace greffier::notice {
/// How many of the seventeen items it gives, and the ways to its words and to the sheets made to be printed.
void write_panel(web::Html& out, records::PanelView const& view);
/// The day by which people must be told whose data came from elsewhere.
std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context);
}  // namespace greffier::notice
