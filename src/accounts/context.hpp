#pragma once
// What a handler knows about its caller. Made by the guard (app/guard.cpp) before the handler runs: by then the
// permission of the route's row and the CSRF token have been checked.

#include <memory>
#include <optional>
#include <string>

#include "accounts/actor.hpp"
#include "accounts/organisation.hpp"
#include "core/locale.hpp"
#include "core/time.hpp"
#include "web/frame.hpp"

namespace greffier::accounts {

/// Somebody sees the product as the actor's person, to read alone (see_as.hpp).
struct SeeingAs {
    PersonId visitor;
    std::string person_name;
    Timestamp until{};
};

struct Context {
    Timestamp now{};
    Locale locale{Language::French};
    std::optional<Actor> actor;                 ///< present unless the route is Public
    std::optional<OrganisationInfo> organisation;   ///< the one of the path
    web::Frame frame;                           ///< filled in; a handler adds title and crumbs
    Bytes session_hash;                         ///< of the signed-in session, empty otherwise
    std::string request_id;
    std::optional<OrganisationId> last_organisation;   ///< where the signed-in person worked last
    std::optional<SeeingAs> seeing_as;          ///< then `actor` is the person seen, and the session another's
    std::shared_ptr<void const> kept;           ///< what a handler borrowed for as long as it runs (records::Vocabulary)

    [[nodiscard]] Actor const& who() const { return *actor; }
    [[nodiscard]] OrganisationInfo const& where() const { return *organisation; }
    /// "/o/<slug>" plus the rest, for links.
    [[nodiscard]] std::string address(std::string_view rest) const { return "/o/" + organisation->slug + std::string{rest}; }
};

using Route = web::Route<Context>;

}  // namespace greffier::accounts
