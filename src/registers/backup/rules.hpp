#pragma once
// What the linter says of a backup from its own fields (SEC).

#include <span>

#include "records/rule.hpp"
#include "registers/backup/backup.hpp"

namespace greffier::backup {

std::span<records::Rule<Backup> const> backup_rules();

}  // namespace greffier::backup
