#pragma once
// Internal to demo/: records of other registers than the processings, models/demo/<register>/<organisation>.json.

#include <map>
#include <string>

#include "core/time.hpp"
#include "records/store.hpp"

namespace greffier::app::demo {

/// Writes what the models tell of an organisation. In them "ref:TRT-010" stands for the record of that reference, by `ids`
/// and by the records written before it. Throws when a file does not follow its declaration.
Status write_others(records::Batch& batch, records::Registers const& registers, std::string const& organisation, Date today, std::map<std::string, std::string> ids);
/// The assets and measures that were there before the processings, which are linked to them; adds their references to `ids`. Without
/// the dates of today, which write_others gives them.
Status write_protections(records::Batch& batch, records::Registers const& registers, std::string const& organisation, Date today, std::map<std::string, std::string>& ids);
/// The processing, linked to the first of those assets and measures.
schema::Row with_protections(schema::Row processing, std::map<std::string, std::string> const& ids);

}  // namespace greffier::app::demo
