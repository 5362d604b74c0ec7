#pragma once
#include "records/register.hpp"

namespace greffier::processor_activity {
/// The processor's register: workflow, references, what falls due.
records::Register const& activity_register();
}  // namespace greffier::processor_activity
