#pragma once
// Sessions of people: an opaque token in a cookie, its SHA-256 in the database. A session ends after some idle time, two hours
// unless the installation says less (for all, or for those who hold a role), and twelve hours after it began whatever one does.

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "accounts/actor.hpp"
#include "accounts/people.hpp"
#include "core/crypto.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

inline constexpr std::string_view session_cookie = "greffier_session";   ///< plain name, see web/cookie.hpp
inline constexpr std::chrono::hours session_life{12};
inline constexpr std::chrono::minutes proof_life{10};

/// How long a session may stand idle. For somebody with several roles, anywhere: the shortest.
struct IdleTimes {
    static constexpr std::chrono::minutes shortest{5}, longest{720};
    std::chrono::minutes everyone{120};
    std::vector<std::pair<Role, std::chrono::minutes>> of_role = {};
};
/// "dpo=30": a role and its minutes.
std::optional<std::pair<Role, std::chrono::minutes>> parse_idle_time(std::string_view text);
std::optional<std::chrono::minutes> parse_idle_minutes(std::string_view text);

/// A session in force.
struct SignedIn {
    Person person;
    Bytes session_hash;
    Bytes csrf_secret;
    Timestamp created_at{}, seen_at{}, expires_at{};
    std::optional<OrganisationId> last_organisation;
    bool installation_administrator = false;
    bool sees_as_another = false;     ///< a visit stands open (see_as.hpp); whether it still holds is for SeeAs to say
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
    explicit Sessions(storage::Database& database, IdleTimes idle = {}) : database_(database), idle_(std::move(idle)) {}

    /// What holds for a person today.
    std::chrono::minutes idle_of(PersonId person);

    /// The token for the cookie: 192 random bits, known here only now.
    std::string start(PersonId person, Timestamp now, std::string const& device = {});
    /// Nothing when unknown, ended, or its person is disabled. Notes the visit, at most once a minute. Under a clock that
    /// was set back since the last visit, the idle time and the twelve hours begin anew.
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
    IdleTimes idle_;
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

    /// Passwords are looked at one after the other, and take long on purpose: so many wait at once, the next ones come again. A few
    /// places are for people who come from where they usually do: strangers in numbers do not keep them out. Not counted as an attempt.
    class Place {
    public:
        explicit Place(std::atomic<int>& taken) : taken_(&taken) {}
        Place(Place&& other) noexcept : taken_(std::exchange(other.taken_, nullptr)) {}
        Place& operator=(Place&&) = delete;
        ~Place() { if (taken_) --*taken_; }

    private:
        std::atomic<int>* taken_;
    };
    /// Nothing when all are taken. To be held while a password is looked at.
    std::optional<Place> place(std::string_view address, std::string_view account);
    static constexpr int places = 16, kept_for_the_known = 4;
    static constexpr std::chrono::seconds come_again{3};   ///< a little more than those who wait will take

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
    std::atomic<int> taken_{0};
    Timestamp next_sweep_{};
    std::map<std::string, Tally, std::less<>> tallies_;
    std::map<std::string, Timestamp, std::less<>> familiar_;   ///< (address, account) pairs that signed in
};

}  // namespace greffier::accounts
