#pragma once
// Lists of the register of advice. A code is never renamed or reused, only retired.

#include "schema/schema.hpp"

namespace greffier::advice {

/// The five moments at which the officer is asked, and what fits none of them.
enum class Trigger { NewProcessing, Dpia, Breach, Rights, Inspection, Other };
enum class Followed { Yes, Partly, No };

schema::ChoiceList<Trigger> const& choices_of(Trigger);
schema::ChoiceList<Followed> const& choices_of(Followed);

}  // namespace greffier::advice
