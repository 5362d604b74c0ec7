#pragma once
#include "cli/command.hpp"

namespace greffier::cli {
/// From standard input with --password-stdin, else asked twice on the terminal without showing it. Never an argument:
/// those are seen by every user of the machine.
Result<SecretText> read_password(Invocation& call);
}  // namespace greffier::cli
