#pragma once
// Sessions of people: an opaque token in a cookie, its SHA-256 in the database. A session ends after two idle
// hours, and twelve hours after it began whatever one does.

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/people.hpp"
#include "core/crypto.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

inline constexpr std::string_view session_cookie = "greffier_session";   ///< plain name, see web/cookie.hpp
inline constexpr std::chrono::hours session_idle{2}, session_life{12};
inline constexpr std::chrono::minutes proof_life{10};

/// A session in force.
struct SignedIn {
    Person person;
    Bytes session_hash;
    Bytes csrf_secret;
    Timestamp created_at{}, seen_at{}, expires_at{};
    std::optional<OrganisationId> last_organisation;
    bool installation_administrator = false;
    std::int64_t unread = 0;          ///< notifications one may still see, at most 100
    bool sees_all_everywhere = false; ///< no record of any of their organisations is hidden from them
};

struct SessionInfo {
    Bytes hash;                       ///< stands for the session in addresses: it opens nothing
    Timestamp created_at{}, seen_at{}, expires_at{};
    std::string device = {};          ///< see device.hpp
};

/// Thread-safe.
class Sessions {
public:
    explicit Sessions(storage::Database& database) : database_(database) {}

    /// The token for the cookie: 192 random bits, known here only now.
    std::string start(PersonId person, Timestamp now, std::string const& device = {});
    /// Nothing when unknown, ended, or its person is disabled. Notes the visit, at most once a minute. Under a clock that
    /// was set back since the last visit, the two hours and the twelve begin anew.
    std::optional<SignedIn> authenticate(std::string_view token, Timestamp now);
    void end(ByteView session_hash);
    /// Who signed in, or proved anew who they are, less than ten minutes ago may do what is dangerous.
    bool is_fresh(ByteView session_hash, Timestamp now);
    void prove(ByteView session_hash, Timestamp now);
    void remember_organisation(ByteView session_hash, OrganisationId organisation);

    std::vector<SessionInfo> of(PersonId person, Timestamp now);            ///< in force, last seen first
    /// NotFound for another person's.
    Status revoke(PersonId person, ByteView session_hash);
    /// Rows of ended sessions; for the daily job.
    int remove_expired(Timestamp now);

private:
    storage::Database& database_;
};

/// Delays after failed sign-ins. A stranger can slow a person down from elsewhere, never lock them out: an address
/// they lately signed in from is held to its own failures alone, and what the others cause is at most half a minute.
/// Held in memory: a restart forgives. Thread-safe.
class SignInThrottle {
public:
    /// Counts an attempt before it is made, so that a hundred at once are a hundred. Seconds to wait when it may not be made.
    std::optional<std::chrono::seconds> attempt(std::string_view address, std::string_view account, Timestamp now);
    /// The attempt was right: forgives it.
    void succeeded(std::string_view address, std::string_view account, Timestamp now);

    static constexpr int free_failures = 5, free_failures_of_account = 30, free_failures_of_address = 60;

private:
    struct Tally {
        int failures = 0;
        Timestamp last{};
    };
    struct Limit {
        int free;
        std::chrono::seconds longest;
    };
    static std::optional<std::chrono::seconds> wait(Tally const& tally, Limit limit, Timestamp now);
    void forget_old(Timestamp now);

    std::mutex mutex_;
    Timestamp next_sweep_{};
    std::map<std::string, Tally, std::less<>> tallies_;
    std::map<std::string, Timestamp, std::less<>> familiar_;   ///< (address, account) pairs that signed in
};

}  // namespace greffier::accounts
