#pragma once
// Bulk acts in the background: the job holds the act's id and the roles of who asked; each group asks for the lease in
// its own transaction, so that a crash or a second runner does nothing twice.

#include <map>
#include <string>

#include "accounts/organisation.hpp"
#include "jobs/runner.hpp"
#include "records/bulk.hpp"

namespace greffier::records {

enum class Direction { There, Back };

/// To be called in the transaction that confirms the act, or begins its undo: from then on a runner will finish it,
/// whatever becomes of this process.
void hand_over(storage::Session& session, Act const& act, accounts::Actor const& actor, Direction direction, Timestamp now);

/// "Annulation de l'acte groupé du 22 novembre 2026": kept with the versions that go back.
std::string undo_reason(Act const& act, Locale const& locale);

/// For the runner of app/. Both must outlive them.
std::map<std::string, jobs::Worker> bulk_workers(Machinery const& machinery, accounts::Organisations& organisations);

}  // namespace greffier::records
