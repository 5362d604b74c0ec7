#pragma once
// Closed lists of the register. A code is never renamed or reused, only retired.

#include "registers/lists.hpp"
#include "schema/schema.hpp"

namespace greffier::account {

enum class Kind { Named, Shared, Privileged, Service, External };

schema::ChoiceList<Kind> const& choices_of(Kind);

}  // namespace greffier::account
