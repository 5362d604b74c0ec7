#pragma once
// What the linter says of a processor from its own fields (PRO). Those that read its contracts or the processings stand
// in compliance/processor_rules.

#include <span>

#include "records/rule.hpp"
#include "registers/processor/processor.hpp"

namespace greffier::processor {

inline constexpr int months_between_assessments = 24;   ///< house value

std::span<records::Rule<Processor> const> processor_rules();

}  // namespace greffier::processor
