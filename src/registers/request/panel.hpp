#pragma once
// What stands above the sheet of a request: by when to answer and why, what remains to do, the letters.

#include "records/pages/panel.hpp"

namespace greffier::request {

void write_panel(web::Html& out, records::PanelView const& view);

}  // namespace greffier::request
