#pragma once
// Passkeys of people: several each, with names. The holder is verified by the device at each use, so that a passkey alone
// is both factors. A challenge is drawn for one browser and one purpose, holds ten minutes, and is answered once.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/webauthn.hpp"
#include "core/id.hpp"
#include "core/time.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

struct Passkey;
using PasskeyId = Id<Passkey>;

struct PasskeyInfo {
    PasskeyId id;
    std::string name;
    Timestamp created_at{};
    std::optional<Timestamp> used_at;
};

/// What a browser sends for a new one.
struct NewPasskey {
    Bytes client_data, attestation;
    std::string name;
};
/// What it sends to use one.
struct PresentedPasskey {
    Bytes credential_id, user_handle;
    Asserted asserted;
};

/// Thread-safe.
class Passkeys {
public:
    static constexpr std::chrono::minutes challenge_life{10};
    static constexpr int most = 20;                  ///< of one person
    static constexpr std::size_t longest_name = 60;

    /// `key`: the key for persons (factors.hpp).
    Passkeys(storage::Database& database, Secret<Bytes> key);

    std::vector<PasskeyInfo> of(PersonId person);    ///< oldest first

    /// Options for navigator.credentials, as JSON with bytes in base64url. `bound` stands for the browser: what is answered
    /// from another one is refused.
    std::string creation_options(RelyingParty const& site, PersonId person, std::string_view email, std::string_view name, ByteView bound, Timestamp now);
    /// Without a person: any passkey of this site that the device offers.
    std::string request_options(RelyingParty const& site, std::optional<PersonId> person, ByteView bound, Timestamp now);

    struct Checked {
        Registered registered;
        Bytes challenge;
        std::string name;
    };
    /// Everything that needs no transaction. Errors passkey_…, and of the field name.
    Result<Checked> check_new(RelyingParty const& site, NewPasskey sent, ByteView bound, Timestamp now);
    static Status add_in(storage::Session& session, PersonId person, Checked const& checked, Timestamp now);

    struct Used {
        PasskeyId id;
        PersonId person;
        std::uint32_t sign_count = 0;
        Bytes challenge;
    };
    /// Whose passkey it is, once its signature is verified; `person` when only theirs will do.
    Result<Used> check(RelyingParty const& site, PresentedPasskey const& sent, std::optional<PersonId> person, ByteView bound, Timestamp now);
    /// Error passkey_cloned when its count did not grow: two devices hold it. passkey_over for a challenge already answered.
    static Status use_in(storage::Session& session, Used const& used, Timestamp now);

    /// NotFound for another person's.
    Status rename(PersonId person, PasskeyId id, std::string name);
    static Status remove_in(storage::Session& session, PersonId person, PasskeyId id);

private:
    [[nodiscard]] Bytes draw(std::string_view purpose, ByteView bound, Timestamp now) const;
    [[nodiscard]] Status check_challenge(ByteView challenge, std::string_view purpose, ByteView bound, Timestamp now) const;
    [[nodiscard]] Hash tag_of(ByteView drawn, std::string_view purpose, ByteView bound) const;

    storage::Database& database_;
    Secret<Bytes> key_;
};

}  // namespace greffier::accounts
