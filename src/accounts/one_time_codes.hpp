#pragma once
// The second factor that is typed: six digits of an authenticator application, or one of ten recovery codes kept on
// paper. Every code opens once. Secrets are sealed, recovery codes kept as keyed hashes: a copied database yields neither.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/crypto.hpp"
#include "core/id.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

/// Thread-safe. The functions that end in _in belong to a transaction of the caller's, which may hold what they allow.
class OneTimeCodes {
public:
    static constexpr std::chrono::minutes waiting_life{15};
    static constexpr int recovery_codes = 10;

    /// `key`: the key for persons (factors.hpp), 32 bytes.
    OneTimeCodes(storage::Database& database, Secret<Bytes> key);

    /// A secret that waits for its first code; the former application works until then.
    Secret<Bytes> begin(PersonId person, Timestamp now);
    /// The one that waits, to be shown again after a mistyped code.
    std::optional<Secret<Bytes>> waiting(PersonId person, Timestamp now);
    /// The waiting secret becomes the person's. Errors wrong_code, enrolment_over.
    Status confirm_in(storage::Session& session, PersonId person, std::string_view code, Timestamp now) const;
    static void remove_authenticator_in(storage::Session& session, PersonId person);

    /// Uses up a code of the application or a recovery code, as it was typed. Errors wrong_code, and used_code for digits
    /// that already opened once.
    Status use_in(storage::Session& session, PersonId person, std::string_view typed, Timestamp now) const;

    /// Ten new codes; the former ones are void. Known here only now.
    std::vector<std::string> renew_recovery_in(storage::Session& session, PersonId person, Timestamp now) const;
    static void remove_recovery_in(storage::Session& session, PersonId person);

private:
    [[nodiscard]] Secret<Bytes> key_of(PersonId person) const;
    [[nodiscard]] Hash hash_of(PersonId person, std::string_view code) const;
    Status use_recovery_in(storage::Session& session, PersonId person, std::string_view code, Timestamp now) const;

    storage::Database& database_;
    Secret<Bytes> key_;
};

}  // namespace greffier::accounts
