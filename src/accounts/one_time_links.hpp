#pragma once
// Addresses that open once: the set-up of the installation, the choice of a password by someone invited, or by
// someone who forgot theirs.
// The token has 192 random bits; the database holds its SHA-256.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/id.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

enum class LinkPurpose { Setup, Welcome, Reset };

struct OneTimeLink {
    LinkPurpose purpose{};
    std::optional<PersonId> person;   ///< absent for the set-up
    Timestamp expires_at{};
};

/// Thread-safe.
class OneTimeLinks {
public:
    static constexpr std::chrono::hours setup_life{24}, welcome_life{24 * 7}, reset_life{1};

    explicit OneTimeLinks(storage::Database& database) : database_(database) {}

    /// For `serve`: the token of /setup/{token}, or nothing when someone administers the installation already.
    /// Each call ends the links made before: only the last one printed works.
    std::optional<std::string> set_up(Timestamp now);
    /// The token of /welcome/{token}; ends the person's earlier ones.
    std::string welcome(PersonId person, Timestamp now) { return make(LinkPurpose::Welcome, person, now); }
    /// The token of /welcome/{token} or /reset/{token}, for a person; ends their earlier ones of that purpose.
    std::string make(LinkPurpose purpose, PersonId person, Timestamp now);
    static std::string make_in(storage::Session& session, LinkPurpose purpose, PersonId person, Timestamp now);
    static Timestamp end_of(LinkPurpose purpose, Timestamp now);
    /// "/welcome/" or "/reset/"
    static std::string_view page_of(LinkPurpose purpose);

    std::optional<OneTimeLink> find(std::string_view token, LinkPurpose purpose, Timestamp now);
    /// Spends it within the transaction of what it allows. Error "expired_link" (NotFound) when it no longer opens.
    static Status use_in(storage::Session& session, std::string_view token, LinkPurpose purpose, Timestamp now);
    /// Every link of a person that still opens: once a password was chosen, none of them should.
    static void end_all_in(storage::Session& session, PersonId person);
    int remove_expired(Timestamp now);

private:
    storage::Database& database_;
};

}  // namespace greffier::accounts
