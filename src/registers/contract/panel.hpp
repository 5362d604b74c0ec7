#pragma once
#include "records/pages/panel.hpp"

namespace greffier::contract {
/// How many of the twenty-five clauses are settled, which are missing, and the way to the list made to be printed.
void write_panel(web::Html& out, records::PanelView const& view);
/// The end, the last day to give notice, and what must have become of the data after it.
std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context);
}  // namespace greffier::contract
