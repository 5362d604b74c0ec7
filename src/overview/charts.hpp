#pragma once
// Simple pictures made by the server, each followed by its table: what the eye sees, a reader's voice can say.

#include <string>
#include <vector>

#include "core/locale.hpp"
#include "web/html.hpp"

namespace greffier::overview {

struct Bar {
    std::string label, short_label;      ///< the whole one for the table, the short one under the bar
    std::int64_t value = 0;
    std::string shade = "s1";            ///< class of the colour, s1…s6
    std::string href = {};               ///< where the table's line leads, if anywhere
};

/// A column chart and, in <details>, its table. `summary` is what the picture says in one sentence.
void column_chart(web::Html& out, std::string_view id, std::string_view summary, std::string_view what, std::vector<Bar> const& bars, Locale const& locale);
/// One bar for each line, its value beside it, then the table in <details>.
void line_bars(web::Html& out, std::string_view id, std::string_view summary, std::string_view what, std::vector<Bar> const& bars, Locale const& locale);

}  // namespace greffier::overview
