#pragma once

namespace greffier::web {
class Html;
}
namespace greffier::records {
struct PanelView;
}

namespace greffier::transfer {
/// The order of the law walked with the answers of the record, on the day that is shown: on top of its page.
void write_panel(web::Html& out, records::PanelView const& view);
}  // namespace greffier::transfer
