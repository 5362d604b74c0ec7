#pragma once
// Rules about processors that look at several records: their contracts, and the processings that name them (PRO).

#include <functional>
#include <span>

#include "compliance/cross_rules.hpp"
#include "registers/contract/contract.hpp"
#include "registers/processor/processor.hpp"

namespace greffier::compliance {

inline constexpr std::string_view processors_slug = "processors";
inline constexpr std::string_view contracts_slug = "contracts";

/// The record of a Row that the register's check accepted; another is a programming error and throws.
processor::Processor processor_of(schema::Row const& row);
contract::Contract contract_of(schema::Row const& row);

/// Every processor that the processing names and that still works for it, as far as other rules look at one: its
/// qualification, where it is and where it hosts.
void each_processor(processing::Processing const& p, Scene& scene, std::function<void(processor::Processor const&)> const& visit);

std::span<CrossRule<processor::Processor> const> cross_processor_rules();
std::span<CrossRule<contract::Contract> const> cross_contract_rules();
std::span<CrossRule<processing::Processing> const> processors_of_processing_rules();

std::span<Reading const> processor_readings();

}  // namespace greffier::compliance
