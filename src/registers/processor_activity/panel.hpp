#pragma once

namespace greffier::web {
class Html;
}
namespace greffier::records {
struct PanelView;
}

namespace greffier::processor_activity {
/// The instructions judged unlawful, each with the letter that tells the client (art. 28(3)); nothing where there is none.
void write_panel(web::Html& out, records::PanelView const& view);
}  // namespace greffier::processor_activity
