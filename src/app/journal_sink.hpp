#pragma once
// Where else each line of the journal of access goes: a file of JSON lines, the system's log. For those who gather the
// journals of all their programs in one place.

#include <string>

#include "accounts/journal.hpp"

namespace greffier::app {

/// `file`: appended to, made 0600 when absent, opened for each line so that it may be rotated; empty: none.
/// A line that cannot be written there is told in the operator's log: the entry itself is kept in the database already.
accounts::Journal::Also journal_sink(std::string file, bool syslog);

}  // namespace greffier::app
