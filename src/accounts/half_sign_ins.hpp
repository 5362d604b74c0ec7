#pragma once
// Between the two steps of a sign-in: the password was right, the second factor is awaited. Kept apart from sessions, in
// a cookie of its own, so that nothing that asks for a session can take one for the other.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/crypto.hpp"
#include "core/id.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

inline constexpr std::string_view half_cookie = "greffier_half";

struct HalfSignedIn {
    Bytes hash;                                ///< stands for it; opens nothing
    PersonId person;
    std::string next;                          ///< where one was going
    std::optional<OrganisationId> last_organisation;
};

/// Thread-safe.
class HalfSignIns {
public:
    static constexpr std::chrono::minutes life{5};
    static constexpr int most_tries = 10;      ///< then the password is asked again, with its delays

    explicit HalfSignIns(storage::Database& database) : database_(database) {}

    /// The token for the cookie: 192 random bits, known here only now.
    std::string begin(PersonId person, std::string const& next, std::optional<OrganisationId> last, Timestamp now);
    /// Nothing when unknown, ended, tried too often, or its person is disabled.
    std::optional<HalfSignedIn> find(std::string_view token, Timestamp now);
    /// Counted before a code is looked at, so that a hundred at once are a hundred. False when there are no more.
    bool count_try(ByteView hash);
    /// Ends it within the transaction of what it becomes. Error "sign_in_over" when it ended meanwhile.
    static Status finish_in(storage::Session& session, ByteView hash, Timestamp now);
    int remove_expired(Timestamp now);

private:
    storage::Database& database_;
};

}  // namespace greffier::accounts
