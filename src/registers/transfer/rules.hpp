#pragma once
// What the linter says of a transfer from its own answers, on the day (TRF). Words: locale keys rule.<ID>.title, .why,
// .remedy. Rules that look further, and those of processings, stand in compliance/transfer_rules.

#include <optional>
#include <span>

#include "law/periods.hpp"
#include "records/rule.hpp"
#include "registers/transfer/transfer.hpp"

namespace greffier::transfer {

std::span<records::Rule<Transfer> const> transfer_rules();

// The families, in the order of transfer_rules().
std::span<records::Rule<Transfer> const> ground_rules();
std::span<records::Rule<Transfer> const> adequacy_rules();
std::span<records::Rule<Transfer> const> safeguard_rules();
std::span<records::Rule<Transfer> const> derogation_rules();

/// When the assessment of a transfer must be looked at again; nothing when it has none.
std::optional<law::DayPeriod> assessment_due(Transfer const& t);

}  // namespace greffier::transfer
