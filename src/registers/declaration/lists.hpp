#pragma once
// Closed lists of the register. A code is never renamed or reused, only retired.

#include "registers/lists.hpp"
#include "schema/schema.hpp"

namespace greffier::declaration {

enum class Kind { Normal, Simplified, Authorisation, SingleAuthorisation, Opinion, Exemption };

schema::ChoiceList<Kind> const& choices_of(Kind);

}  // namespace greffier::declaration
