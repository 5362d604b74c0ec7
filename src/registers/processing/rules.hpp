#pragma once
// What the linter says of a processing from its own fields: completeness (REG) and lawfulness (LAW).
// Words: locale keys rule.<ID>.title, .why, .remedy. Rules that look further stand in compliance/cross_rules.

#include <span>

#include "records/rule.hpp"
#include "registers/processing/processing.hpp"

namespace greffier::processing {

std::span<records::Rule<Processing> const> processing_rules();

// The families, in the order of processing_rules().
std::span<records::Rule<Processing> const> purpose_rules();
std::span<records::Rule<Processing> const> retention_rules();
std::span<records::Rule<Processing> const> content_rules();
std::span<records::Rule<Processing> const> lawfulness_rules();

}  // namespace greffier::processing
