#pragma once
#include "records/register.hpp"

namespace greffier::transfer {
/// The register of transfers: workflow, references, what falls due.
records::Register const& transfer_register();
std::vector<records::Due> transfer_dues(schema::Row const& row, records::DueContext const& context);
}  // namespace greffier::transfer
