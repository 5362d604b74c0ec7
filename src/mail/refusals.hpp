#pragma once
// Refusals: the kinds of mail a person asked not to receive, and the token of the address that says so from within a mail
// (RFC 8058), which is known to whoever received that mail and opens nothing else.

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "core/id.hpp"
#include "core/result.hpp"
#include "core/secret.hpp"
#include "core/crypto.hpp"
#include "mail/kind.hpp"
#include "storage/database.hpp"

namespace greffier::mail {

/// Thread-safe.
class Refusals {
public:
    /// `key`: 32 bytes of this installation.
    Refusals(storage::Database& database, Secret<Bytes> key) : database_(database), key_(std::move(key)) {}

    [[nodiscard]] static bool refuses(storage::Session& session, PersonId person, Kind kind);
    [[nodiscard]] std::set<Kind> of(PersonId person);
    /// Of a kind that may be refused; another is an Error "mail_obligatory".
    Status put(PersonId person, Kind kind, bool refused, Timestamp now);

    struct Meant {
        PersonId person;
        Kind kind{};
    };
    [[nodiscard]] std::string token(PersonId person, Kind kind) const;
    /// Nothing for a token that we did not write.
    [[nodiscard]] std::optional<Meant> read_token(std::string_view token) const;

private:
    storage::Database& database_;
    Secret<Bytes> key_;
};

}  // namespace greffier::mail
