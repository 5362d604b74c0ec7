#pragma once
// Internal to overview: the organisation's profile as its records tell it; an empty one when there is none.

#include "records/store.hpp"
#include "registers/profile/profile.hpp"

namespace greffier::overview {

inline profile::Profile profile_read(records::Registers const& registers, records::Records const& store)
{
    auto const* kind = registers.of_place();
    auto const stored = kind ? store.only(*kind) : Result<records::Stored>{Error::not_found()};
    auto const profile = stored.ok() ? profile::profile_schema().unpack(stored->row) : Result<profile::Profile>{Error::not_found()};
    return profile.ok() ? *profile : profile::Profile{};
}

}  // namespace greffier::overview
