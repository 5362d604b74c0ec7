#pragma once
// What the linked processings say of a datum: derived from their records, stored nowhere twice.

#include "records/pages/panel.hpp"

namespace greffier::data_item {

void write_panel(web::Html& out, records::PanelView const& view);

}  // namespace greffier::data_item
