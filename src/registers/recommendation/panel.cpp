#include "registers/recommendation/panel.hpp"

#include "records/pages/treatment.hpp"

namespace greffier::recommendation {

void write_panel(web::Html& out, records::PanelView const& view) { records::ActionsFrom(view).write_section(out); }

}  // namespace greffier::recommendation
