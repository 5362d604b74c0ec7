#pragma once
// A service that takes another name in the organisation's profile takes it in the contributors' roles that are limited to it.

#include <string>
#include <vector>

#include "core/id.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

struct RenamedService {
    std::string from, to;
    bool operator==(RenamedService const&) const = default;
};

/// Those of `now` that stand where another name stood in `was`; none when services came or went, for then nobody can tell.
/// In both, the names in the order of the profile.
std::vector<RenamedService> renamed_services(std::vector<std::string> const& was, std::vector<std::string> const& now);

/// How many roles in force were changed. A role keeps the former name beside the new one while records of the organisation bear it:
/// nobody loses sight of what they wrote. Within the caller's transaction.
int rename_in_roles(storage::Session& session, OrganisationId organisation, std::vector<RenamedService> const& renamed);

}  // namespace greffier::accounts
