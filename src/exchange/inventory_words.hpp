#pragma once
// Headings of the inventories that tools of hardware and software export (OCS Inventory, GLPI), and what a file of them is
// about: those files say neither the family nor that all their lines are of one.

#include <set>
#include <span>
#include <string>
#include <string_view>

namespace greffier::exchange {

struct InventoryHeading {
    std::string_view key, target;   ///< as in table_words.cpp
};
std::span<InventoryHeading const> inventory_headings();
/// Code of the family of every line of a file whose columns lead to `targets`; empty when they do not tell.
std::string_view family_of_inventory(std::set<std::string> const& targets);

} // namespace greffier::exchange
