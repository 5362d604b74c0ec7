#pragma once
#include "records/register.hpp"

namespace greffier::backup {
/// What is backed up, and how.
records::Register const& backup_register();
}  // namespace greffier::backup
