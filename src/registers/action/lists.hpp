#pragma once
// Closed lists of the plan of action. A code is never renamed or reused, only retired.

#include "schema/schema.hpp"

namespace greffier::action {

/// What made somebody think of it. Where a code is the name of a register's schema, records of that register lead here.
enum class Source { Finding, Breach, Request, Dpia, Audit, Recommendation, Committee, Project, Authority, Plan, Own };
/// The six steps of a plan of compliance.
enum class Step { Responsibilities, Priorities, ByDesign, Governance, Organisation, Further };
enum class Priority { Low, Normal, High };

schema::ChoiceList<Source> const& choices_of(Source);
schema::ChoiceList<Step> const& choices_of(Step);
schema::ChoiceList<Priority> const& choices_of(Priority);

}  // namespace greffier::action
