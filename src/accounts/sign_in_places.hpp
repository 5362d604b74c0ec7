#pragma once
// Sign-in places: the browsers and networks a person signed in from, so that a sign-in from elsewhere can be told to them.
// Kept as keyed hashes for 180 days after the last visit: whoever reads the table learns no address.

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "core/crypto.hpp"
#include "core/id.hpp"
#include "core/secret.hpp"
#include "core/time.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

inline constexpr std::string_view device_cookie = "greffier_device";   ///< a random word that a browser keeps
inline constexpr std::chrono::hours device_life{24 * 365}, place_life{24 * 180};

/// One household has a whole /64 of IPv6 addresses: they count as one network.
std::string network_of(std::string_view address);

/// Thread-safe.
class SignInPlaces {
public:
    /// `key`: 32 bytes of this installation.
    SignInPlaces(storage::Database& database, Secret<Bytes> key) : database_(database), key_(std::move(key)) {}

    struct Visit {
        std::string device;    ///< of the cookie; empty when the browser brought none
        std::string address;   ///< of the client
        std::string agent;     ///< User-Agent
    };
    enum class Seen {
        First,     ///< nothing is known of this person: nothing to compare with
        Known,     ///< this browser, or this kind of browser on this network
        New,
    };
    Seen look(PersonId person, Visit const& visit, Timestamp now);
    /// In a transaction. The cookie of `visit` is the one the browser has from now on.
    void remember(storage::Session& session, PersonId person, Visit const& visit, Timestamp now) const;
    /// True when remember() would tell nothing new: so that daily sign-ins write nothing.
    [[nodiscard]] bool is_fresh(PersonId person, Visit const& visit, Timestamp now);
    int forget_old(Timestamp now);

private:
    [[nodiscard]] std::vector<Hash> places_of(PersonId person, Visit const& visit) const;

    storage::Database& database_;
    Secret<Bytes> key_;
};

}  // namespace greffier::accounts
