#pragma once
// Lists of the officer's log. A code is never renamed or reused, only retired.

#include "schema/schema.hpp"

namespace greffier::activity {

/// The tasks of article 39, and what the officer does for their own office.
enum class Task { Inform, Advise, Monitor, Train, Dpia, Cooperate, ContactPoint, People, AnnualReport, OwnSkills, Other };
schema::ChoiceList<Task> const& choices_of(Task);

}  // namespace greffier::activity
