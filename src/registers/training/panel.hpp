#pragma once

#include "records/due.hpp"

namespace greffier::web {
class Html;
}
namespace greffier::records {
struct PanelView;
}

namespace greffier::training {
/// Who came, and the papers of the session: attendance sheet, invitation.
void write_panel(web::Html& out, records::PanelView const& view);
std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context);
}  // namespace greffier::training
