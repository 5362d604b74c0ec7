#pragma once
// What the linter says of an asset from its own fields (SEC). Those that look at backups and plans stand in
// compliance/security_rules.

#include <span>

#include "records/rule.hpp"
#include "registers/asset/asset.hpp"

namespace greffier::asset {

std::span<records::Rule<Asset> const> asset_rules();
/// The day by which an inventory made on `made` is to be made again.
Date next_inventory(Date made, Date today);

}  // namespace greffier::asset
