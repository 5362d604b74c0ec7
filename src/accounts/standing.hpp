#pragma once
// What the list of organisations shows of each beside its name, and who finds it: a part above this one.

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "accounts/actor.hpp"
#include "core/id.hpp"
#include "core/time.hpp"

namespace greffier::accounts {

/// How an organisation stands, for the list of those a person serves: records whose worst finding has that severity
/// (advice first), and reviews that are late.
struct Standing {
    OrganisationId organisation;
    std::array<std::int64_t, 4> worst{};
    std::int64_t late = 0;
};
/// Of the organisations whose records the actor may read: of those named, or of all when none is.
using StandingsOf = std::function<std::vector<Standing>(Actor const&, std::vector<OrganisationId> const& only, Timestamp today)>;

}  // namespace greffier::accounts
