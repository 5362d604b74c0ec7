#pragma once
// Groups of a provider or of a directory that stand for roles. What is given this way is marked as given by that provider: it is
// given and withdrawn at each sign-in, and a role that somebody gave by hand is left alone.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/actor.hpp"
#include "core/time.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

/// "rgpd-dpo = ville/dpo": whoever is in that group is DPO of the organisation "ville"; "/branch" behind: of those below, too.
struct MappedRole {
    std::string group;
    std::string organisation;      ///< slug
    Role role{};
    bool branch = false;
};
/// Nothing for what is badly written; an auditor's role ends on a day, and is given by hand alone.
std::optional<MappedRole> parse_mapped_role(std::string_view text);

/// What a sign-in changed, for the journal.
struct MappingChange {
    enum class What { Given, Withdrawn, Kept } what{};   ///< Kept: withdrawn, an organisation would have no administrator left
    OrganisationId organisation;
    Role role{};
};

/// The roles that `provider` gave this person become those of `groups`. Groups are compared as they are, but for the case of
/// ASCII letters. Organisations that are unknown or archived are passed over. Within the caller's transaction.
std::vector<MappingChange> apply_mapping(storage::Session& session, PersonId person, std::string_view provider, std::vector<MappedRole> const& mapping, std::vector<std::string> const& groups,
                                         Timestamp now);
/// All that the provider gave goes, for one whose link is undone. Within the caller's transaction.
std::vector<MappingChange> withdraw_mapped(storage::Session& session, PersonId person, std::string_view provider, Timestamp now);

}  // namespace greffier::accounts
