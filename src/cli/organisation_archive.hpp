#pragma once
// The commands on a whole organisation, and on what its removal leaves in the database's file.

#include "cli/command.hpp"

namespace greffier::cli {

Result<int> run_organisation_export(Invocation& call);
Result<int> run_organisation_import(Invocation& call);
Result<int> run_organisation_remove(Invocation& call);
Result<int> run_organisation_certificate(Invocation& call);
Result<int> run_compact(Invocation& call);

}  // namespace greffier::cli
