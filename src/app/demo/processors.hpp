#pragma once
// Internal to demo/: the processors that an organisation's processings send data to, and their contracts.

#include <map>
#include <string>

#include "app/demo/model.hpp"
#include "records/store.hpp"

namespace greffier::app::demo {

/// Ids of processors by name.
using Processors = std::map<std::string, RecordId>;

/// Every recipient of the model's processings that is a processor, known by its name since the beginning.
Result<Processors> write_processors(records::Batch& batch, records::Registers const& registers, ModelOrganisation const& model);
/// Assessment, audits and contract of each, as they stand today: some in order, some to be mended.
Status write_contracts(records::Batch& batch, records::Registers const& registers, Processors const& processors, Date today);
/// The processing, linked to its processors.
schema::Row with_processors(schema::Row processing, Processors const& known);

}  // namespace greffier::app::demo
