#pragma once
// Closed lists of the register. A code is never renamed or reused, only retired.

#include "registers/lists.hpp"
#include "schema/schema.hpp"

namespace greffier::process {

enum class Kind { Core, Support, Steering };
enum class Stage { Collection, Use, Sharing, Storage, Archiving, Destruction };

schema::ChoiceList<Kind> const& choices_of(Kind);
schema::ChoiceList<Stage> const& choices_of(Stage);

}  // namespace greffier::process
