#pragma once
// Modules: parts of the house that an organisation may do without. Switched off, a part is hidden from navigation, lists,
// search and API, and the linter says nothing about it; what it holds is kept, and there again when it is switched on.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/organisation.hpp"

namespace greffier::accounts {

struct Module {
    std::string_view code;                          ///< words: module.<code>, module.<code>.help
    std::string_view register_slug = "";            ///< the register that goes with it; a register's module bears its slug
    std::span<std::string_view const> segments = {};///< words of addresses, behind the organisation, that belong to it
    bool api = false;                               ///< every call of the API
};

/// THE list, in the order of the page. The profile, people, settings and the journal cannot be switched off.
std::span<Module const> modules();

/// By OrganisationInfo::modules_off.
bool is_off(std::string_view modules_off, std::string_view code);
/// False when the module of that register is switched off.
bool keeps_register(OrganisationInfo const& organisation, std::string_view register_slug);
/// False when an address of this pattern ("/o/{organisation}/terms/{list}") belongs to a part that is switched off.
/// `register_slug`: what stands for {register}, "" when the pattern has none.
bool keeps_address(OrganisationInfo const& organisation, std::string_view pattern, std::string_view register_slug);

}  // namespace greffier::accounts
