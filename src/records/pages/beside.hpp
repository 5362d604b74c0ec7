#pragma once
// Pages that stand beside the list of a register, each reached by a button of its head.

#include <span>
#include <string>
#include <string_view>

#include "core/time.hpp"
#include "web/router.hpp"

namespace greffier::records {

struct BesidePage {
    std::string_view register_slug;
    std::string_view rest;          ///< behind the address of the list: "/due"; {year} stands for the last whole one
    std::string_view icon, words;   ///< of the sprite; locale key
    web::Permission permission = web::Permission::ReadRecords;

    [[nodiscard]] std::string address(Date today) const;
};
/// THE list of them.
std::span<BesidePage const> beside_pages();

}  // namespace greffier::records
