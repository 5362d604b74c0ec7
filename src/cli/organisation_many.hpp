#pragma once
// The commands on many organisations at once, and on their archived state.

#include "app/archives.hpp"
#include "cli/command.hpp"

namespace greffier::cli {

Result<int> run_organisation_add_many(Invocation& call);
Result<int> run_organisation_undo_many(Invocation& call);
Result<int> run_organisation_archive(Invocation& call);
Result<int> run_organisation_reopen(Invocation& call);

}  // namespace greffier::cli
