#pragma once
#include "records/register.hpp"

namespace greffier::processing {
/// The controller's register: workflow, references, stamps.
records::Register const& processing_register();
}  // namespace greffier::processing
