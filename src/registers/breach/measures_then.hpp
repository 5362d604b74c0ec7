#pragma once
#include <map>
#include <vector>

#include "records/pages/panel.hpp"
#include "records/store.hpp"

namespace greffier::breach {
/// The measures of the register that covered the processings affected at the hour of awareness, each as it stood then: asked
/// of the history each time, for a copy would be one more thing to doubt. `then`: those processings, as they stood.
void write_measures_then(web::Html& out, records::PanelView const& view, std::vector<RecordId> const& affected, std::map<RecordId, records::Stored> const& then, Timestamp aware_at);
}  // namespace greffier::breach
