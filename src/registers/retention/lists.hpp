#pragma once
// Closed lists of the register. A code is never renamed or reused, only retired.

#include "registers/lists.hpp"
#include "schema/schema.hpp"

namespace greffier::retention {

enum class Outcome { Deleted, Anonymised, Archived };   ///< how a category of data ended
enum class Method { Application, Script, Manual, Shredding, MediaDestruction, Anonymisation, Handover, Provider };
enum class HoldReason { Litigation, Inquiry, Restriction, LegalDuty, Sorting, Other };

schema::ChoiceList<Outcome> const& choices_of(Outcome);
schema::ChoiceList<Method> const& choices_of(Method);
schema::ChoiceList<HoldReason> const& choices_of(HoldReason);

}  // namespace greffier::retention
