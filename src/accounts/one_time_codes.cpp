#include "accounts/one_time_codes.hpp"

#include <algorithm>
#include <stdexcept>

#include "accounts/totp.hpp"

namespace greffier::accounts {

using storage::Session;
using storage::SqlText;

namespace {

constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789";   // without those that look alike
constexpr std::size_t recovery_length = 12;                               // 59 bits

/// As people copy it: with blanks, dashes, in capitals.
std::string plain(std::string_view typed)
{
    std::string code;
    for (char c : typed) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) code += c;
    }
    return code;
}

std::string fresh_recovery_code()
{
    std::string code;
    while (code.size() < recovery_length)
        for (auto const byte : random_bytes(32))
            if (byte < 256 / letters.size() * letters.size() && code.size() < recovery_length) code += letters[byte % letters.size()];   // no letter is likelier
    return code;
}

std::string in_groups(std::string code)
{
    for (auto at = code.size(); at > 4;) code.insert(at -= 4, "-");
    return code;
}

Secret<Bytes> opened(Secret<Bytes> const& key, ByteView sealed)
{
    auto secret = open_sealed(key, sealed);
    if (!secret) throw std::runtime_error("the secret of an authenticator does not open: the key is another installation's, or the row another person's");
    return std::move(*secret);
}

}  // namespace

OneTimeCodes::OneTimeCodes(storage::Database& database, Secret<Bytes> key) : database_(database), key_(std::move(key)) {}

// A key for each person: a sealed secret moved to another row does not open.
Secret<Bytes> OneTimeCodes::key_of(PersonId person) const
{
    auto const hash = hmac_sha256(key_.reveal(), as_bytes("authenticator " + person.text()));
    return Secret<Bytes>(Bytes(hash.begin(), hash.end()));
}

Hash OneTimeCodes::hash_of(PersonId person, std::string_view code) const
{
    return hmac_sha256(key_.reveal(), as_bytes("recovery " + person.text() + " " + std::string{code}));
}

Secret<Bytes> OneTimeCodes::begin(PersonId person, Timestamp now)
{
    Secret<Bytes> secret{random_bytes(totp_secret_size)};
    auto const sealed = seal(key_of(person), secret.reveal());
    auto const done = database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        session.execute(SqlText{"INSERT INTO authenticator(person_id, waiting, waiting_until) VALUES(?,?,?) ON CONFLICT(person_id) DO UPDATE SET waiting=excluded.waiting, "
                                "waiting_until=excluded.waiting_until"},
                        person, sealed, now + waiting_life);
        return Nothing{};
    });
    if (!done.ok()) throw storage::StorageFailure("the secret of an authenticator could not be written");
    return secret;
}

std::optional<Secret<Bytes>> OneTimeCodes::waiting(PersonId person, Timestamp now)
{
    auto session = database_.read();
    auto row = session->query(SqlText{"SELECT waiting FROM authenticator WHERE person_id=? AND waiting IS NOT NULL AND waiting_until>?"}, person, now);
    if (!row.next()) return std::nullopt;
    return opened(key_of(person), row.bytes(0));
}

Status OneTimeCodes::confirm_in(Session& session, PersonId person, std::string_view code, Timestamp now) const
{
    std::optional<Secret<Bytes>> secret;
    {
        auto row = session.query(SqlText{"SELECT waiting FROM authenticator WHERE person_id=? AND waiting IS NOT NULL AND waiting_until>?"}, person, now);
        if (!row.next()) return Error::conflict("enrolment_over");
        secret = opened(key_of(person), row.bytes(0));
    }
    auto const step = totp_matching_step(secret->reveal(), plain(code), now);
    if (!step) return Error::invalid("wrong_code");
    session.execute(SqlText{"UPDATE authenticator SET secret=waiting, confirmed_at=?, last_step=?, waiting=NULL, waiting_until=NULL WHERE person_id=?"}, now, *step, person);
    return Nothing{};
}

void OneTimeCodes::remove_authenticator_in(Session& session, PersonId person)
{
    session.execute(SqlText{"DELETE FROM authenticator WHERE person_id=?"}, person);
}

Status OneTimeCodes::use_in(Session& session, PersonId person, std::string_view typed, Timestamp now) const
{
    auto const code = plain(typed);
    if (code.size() == recovery_length) return use_recovery_in(session, person, code, now);
    std::optional<Secret<Bytes>> secret;
    std::int64_t last = 0;
    {
        auto row = session.query(SqlText{"SELECT secret, last_step FROM authenticator WHERE person_id=? AND secret IS NOT NULL"}, person);
        if (!row.next()) return Error::invalid("wrong_code");
        secret = opened(key_of(person), row.bytes(0));
        last = row.integer(1);
    }
    auto const step = totp_matching_step(secret->reveal(), code, now);
    if (!step) return Error::invalid("wrong_code");
    // Whoever looked over a shoulder has half a minute: the step was used, and so were those before it. A step far ahead was
    // used under a clock that was wrong, and must not lock its person out until then.
    if (*step <= last && last <= totp_step(now) + 1) return Error::invalid("used_code");
    session.execute(SqlText{"UPDATE authenticator SET last_step=? WHERE person_id=?"}, *step, person);
    return Nothing{};
}

Status OneTimeCodes::use_recovery_in(Session& session, PersonId person, std::string_view code, Timestamp now) const
{
    auto const hash = hash_of(person, code);
    if (session.execute(SqlText{"UPDATE recovery_code SET used_at=? WHERE person_id=? AND code_hash=? AND used_at IS NULL"}, now, person, hash) != 1)
        return Error::invalid("wrong_code");
    return Nothing{};
}

std::vector<std::string> OneTimeCodes::renew_recovery_in(Session& session, PersonId person, Timestamp now) const
{
    remove_recovery_in(session, person);
    std::vector<std::string> codes;
    for (int i = 0; i < recovery_codes; ++i) {
        auto const code = fresh_recovery_code();
        session.execute(SqlText{"INSERT INTO recovery_code(person_id, code_hash, created_at) VALUES(?,?,?)"}, person, hash_of(person, code), now);
        codes.push_back(in_groups(code));
    }
    return codes;
}

void OneTimeCodes::remove_recovery_in(Session& session, PersonId person) { session.execute(SqlText{"DELETE FROM recovery_code WHERE person_id=?"}, person); }

}  // namespace greffier::accounts
