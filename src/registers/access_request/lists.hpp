#pragma once
// Closed lists of the register. A code is never renamed or reused, only retired.

#include "registers/lists.hpp"
#include "schema/schema.hpp"

namespace greffier::access_request {

enum class Act { Open, Change, Withdraw };

schema::ChoiceList<Act> const& choices_of(Act);

}  // namespace greffier::access_request
