#pragma once
// Internal to records/pages: the control of a link. Boxes (or rounds, for one link) hold what is chosen and what was
// found, so that choosing is ticking and everything is sent as plain ids, with or without script; the script turns the
// search into a combobox (web/src/links.ts).

#include "records/pages/controls.hpp"

namespace greffier::records {

/// `words` is the question, which names the search box. Stands in a fieldset.
void write_link_picker(web::Html& out, Control const& control, std::string_view words);

}  // namespace greffier::records
