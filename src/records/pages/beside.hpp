#pragma once
// Pages that stand beside the list of a register, each reached by a button of its head.

#include <span>
#include <string_view>

#include "web/router.hpp"

namespace greffier::records {

struct BesidePage {
    std::string_view register_slug;
    std::string_view rest;          ///< behind the address of the list: "/due"
    std::string_view icon, words;   ///< of the sprite; locale key
    web::Permission permission = web::Permission::ReadRecords;
};
/// THE list of them.
std::span<BesidePage const> beside_pages();

}  // namespace greffier::records
