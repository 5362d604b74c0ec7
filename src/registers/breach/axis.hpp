#pragma once
// The 72 hours of a breach on one line: where the clock started, what happened meanwhile, where it stands, where it ends.

#include <optional>
#include <vector>

#include "registers/breach/timeline.hpp"
#include "web/html.hpp"

namespace greffier::breach {

/// Where the mark of the line stands: now, or when the authority was told.
struct AxisMark {
    Timestamp at{};
    bool sent = false;
};

/// A picture that says its sentence to who does not see it. Moments outside the line are left to the list below it.
void write_axis(web::Html& out, law::HourPeriod const& clock, AxisMark mark, std::vector<Moment> const& moments, Locale const& locale);

}  // namespace greffier::breach
