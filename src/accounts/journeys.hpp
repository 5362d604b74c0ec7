#pragma once
// Journeys: people who were sent to a provider and are to come back. The browser carries the journey itself, sealed, in a cookie of ten
// minutes, so that a stranger who starts a million of them fills nothing; it is taken once.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/crypto.hpp"
#include "core/secret.hpp"
#include "core/time.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

inline constexpr std::string_view journey_cookie = "greffier_journey";

struct Journey {
    std::string provider;
    enum class Purpose {
        SignIn,
        Again,        ///< who is signed in proves who they are
        Link,         ///< who is signed in makes the provider's account theirs
    } purpose = Purpose::SignIn;
    std::string state, nonce, verifier, redirect;
    std::string next;                 ///< where one was going
    Bytes session;                    ///< hash of the session that started it, for Again and Link
    Timestamp begun{};
};

/// Thread-safe.
class Journeys {
public:
    static constexpr std::chrono::minutes life{10};
    static constexpr std::size_t longest_next = 1000;   // a cookie holds 4096 bytes

    /// `key`: 32 bytes of this installation.
    Journeys(storage::Database& database, Secret<Bytes> key) : database_(database), key_(std::move(key)) {}

    /// With fresh state, nonce and verifier.
    static Journey begin(std::string provider, Journey::Purpose purpose, std::string redirect, std::string next, Timestamp now);
    [[nodiscard]] std::string cookie_of(Journey const& journey) const;
    /// Nothing for what we did not seal, or sealed too long ago.
    [[nodiscard]] std::optional<Journey> read(std::string_view cookie, Timestamp now) const;
    /// True the first time alone.
    bool take(Journey const& journey, Timestamp now);
    /// The same for anything with a name, until `ends`.
    bool take_once(std::string_view what, Timestamp ends);

private:
    storage::Database& database_;
    Secret<Bytes> key_;
};

}  // namespace greffier::accounts
