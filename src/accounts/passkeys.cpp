#include "accounts/passkeys.hpp"

#include "accounts/check_line.hpp"
#include "core/json_writer.hpp"
#include "core/log.hpp"
#include "core/text.hpp"

namespace greffier::accounts {

using storage::Session;
using storage::SqlText;

namespace {

constexpr std::string_view for_new = "passkey new", for_use = "passkey use";
constexpr std::size_t drawn_size = 24, tag_size = 32;   // 16 random bytes and the instant; then their keyed hash
constexpr std::int64_t ceremony = 300'000;              // milliseconds the browser waits

ByteView bytes_of(PersonId const& person) { return person.uuid.bytes; }

std::vector<Bytes> credentials_of(storage::Database& database, PersonId person)
{
    std::vector<Bytes> all;
    auto session = database.read();
    auto rows = session->query(SqlText{"SELECT credential_id FROM passkey WHERE person_id=? ORDER BY created_at, id"}, person);
    while (rows.next()) {
        auto const id = rows.bytes(0);
        all.emplace_back(id.begin(), id.end());
    }
    return all;
}

void write_list(JsonWriter& out, std::string_view name, std::vector<Bytes> const& credentials)
{
    out.key(name).begin_array();
    for (auto const& id : credentials) out.begin_object().member("type", "public-key").member("id", to_base64url(id)).end_object();
    out.end_array();
}

Error wrong_name(std::string_view problem)
{
    auto error = Error::invalid("invalid");
    error.fields.push_back({"name", std::string{problem}, {{"max", std::to_string(Passkeys::longest_name)}}});
    return error;
}

/// Whoever was quicker spent it.
Status spend_in(Session& session, ByteView challenge, Timestamp now)
{
    auto const hash = sha256(challenge);
    auto const until = now + Passkeys::challenge_life;
    if (session.execute(SqlText{"INSERT INTO spent_challenge(challenge_hash, expires_at) VALUES(?,?) ON CONFLICT(challenge_hash) DO NOTHING"}, hash, until) != 1)
        return Error::invalid("passkey_over");
    return Nothing{};
}

}  // namespace

Passkeys::Passkeys(storage::Database& database, Secret<Bytes> key) : database_(database), key_(std::move(key)) {}

std::vector<PasskeyInfo> Passkeys::of(PersonId person)
{
    std::vector<PasskeyInfo> all;
    auto session = database_.read();
    auto rows = session->query(SqlText{"SELECT id, name, created_at, used_at FROM passkey WHERE person_id=? ORDER BY created_at, id"}, person);
    while (rows.next()) all.push_back({rows.id<Passkey>(0), rows.text(1), rows.timestamp(2), rows.optional_timestamp(3)});
    return all;
}

// A challenge says by itself that it is ours: a stranger who asks for a million of them fills no table.
Hash Passkeys::tag_of(ByteView drawn, std::string_view purpose, ByteView bound) const
{
    Bytes message(as_bytes(purpose).begin(), as_bytes(purpose).end());
    message.push_back(0);
    message.insert(message.end(), drawn.begin(), drawn.end());
    message.insert(message.end(), bound.begin(), bound.end());
    return hmac_sha256(key_.reveal(), message);
}

Bytes Passkeys::draw(std::string_view purpose, ByteView bound, Timestamp now) const
{
    auto challenge = random_bytes(drawn_size - 8);
    auto const instant = static_cast<std::uint64_t>(to_millis(now));
    for (int shift = 56; shift >= 0; shift -= 8) challenge.push_back(static_cast<std::uint8_t>(instant >> shift));
    auto const tag = tag_of(challenge, purpose, bound);
    challenge.insert(challenge.end(), tag.begin(), tag.end());
    return challenge;
}

Status Passkeys::check_challenge(ByteView challenge, std::string_view purpose, ByteView bound, Timestamp now) const
{
    if (challenge.size() != drawn_size + tag_size) return Error::invalid("passkey_over");
    auto const drawn = challenge.first(drawn_size);
    if (!equal_constant_time(tag_of(drawn, purpose, bound), challenge.subspan(drawn_size))) return Error::invalid("passkey_over");
    std::uint64_t instant = 0;
    for (auto const byte : drawn.last(8)) instant = (instant << 8) | byte;
    auto const drawn_at = from_millis(static_cast<std::int64_t>(instant));
    if (drawn_at > now + challenge_life || now >= drawn_at + challenge_life) return Error::invalid("passkey_over");
    return Nothing{};
}

std::string Passkeys::creation_options(RelyingParty const& site, PersonId person, std::string_view email, std::string_view name, ByteView bound, Timestamp now)
{
    JsonWriter out;
    out.begin_object().member("challenge", to_base64url(draw(for_new, bound, now)));
    out.key("rp").begin_object().member("id", site.id).member("name", "Greffier").end_object();
    out.key("user").begin_object().member("id", to_base64url(bytes_of(person))).member("name", email).member("displayName", name).end_object();
    out.key("pubKeyCredParams").begin_array();
    for (int const algorithm : {-7, -8, -257}) out.begin_object().member("type", "public-key").member("alg", algorithm).end_object();
    out.end_array().key("authenticatorSelection").begin_object();
    out.member("residentKey", "required").member("requireResidentKey", true).member("userVerification", "required").end_object();
    write_list(out, "excludeCredentials", credentials_of(database_, person));
    out.member("attestation", "none").member("timeout", ceremony).end_object();
    return std::move(out).take();
}

std::string Passkeys::request_options(RelyingParty const& site, std::optional<PersonId> person, ByteView bound, Timestamp now)
{
    JsonWriter out;
    out.begin_object().member("challenge", to_base64url(draw(for_use, bound, now))).member("rpId", site.id).member("userVerification", "required");
    write_list(out, "allowCredentials", person ? credentials_of(database_, *person) : std::vector<Bytes>{});
    out.member("timeout", ceremony).end_object();
    return std::move(out).take();
}

Result<Passkeys::Checked> Passkeys::check_new(RelyingParty const& site, NewPasskey sent, ByteView bound, Timestamp now)
{
    Checked checked;
    checked.name = squeeze(sent.name);
    if (auto const problem = problem_of_line(checked.name, longest_name); !problem.empty()) return wrong_name(problem);
    checked.challenge = TRY(challenge_of(site, "webauthn.create", sent.client_data));
    TRY(check_challenge(checked.challenge, for_new, bound, now));
    checked.registered = TRY(verify_registration(site, sent.client_data, sent.attestation));
    return checked;
}

Status Passkeys::add_in(Session& session, PersonId person, Checked const& checked, Timestamp now)
{
    TRY(spend_in(session, checked.challenge, now));
    {
        auto row = session.query(SqlText{"SELECT count(*) FROM passkey WHERE person_id=?"}, person);
        if (row.next() && row.integer(0) >= most) return Error::conflict("passkeys_too_many", {{"max", std::to_string(most)}});
    }
    auto const& made = checked.registered;
    auto const added = session.execute(SqlText{"INSERT INTO passkey(id, person_id, credential_id, algorithm, public_key, sign_count, name, created_at) VALUES(?,?,?,?,?,?,?,?) "
                                               "ON CONFLICT(credential_id) DO NOTHING"},
                                       Uuid::make(), person, made.credential_id, made.algorithm, made.public_key, made.sign_count, checked.name, now);
    if (added != 1) return Error::conflict("passkey_known");
    return Nothing{};
}

Result<Passkeys::Used> Passkeys::check(RelyingParty const& site, PresentedPasskey const& sent, std::optional<PersonId> person, ByteView bound, Timestamp now)
{
    Used used;
    used.challenge = TRY(challenge_of(site, "webauthn.get", sent.asserted.client_data));
    TRY(check_challenge(used.challenge, for_use, bound, now));
    int algorithm = 0;
    Bytes key;
    {
        auto session = database_.read();
        auto row = session->query(SqlText{"SELECT k.id, k.person_id, k.algorithm, k.public_key FROM passkey k JOIN person p ON p.id=k.person_id "
                                          "WHERE k.credential_id=? AND p.disabled_at IS NULL"},
                                  sent.credential_id);
        if (!row.next()) return Error::invalid("passkey_unknown");
        used.id = row.id<Passkey>(0);
        used.person = row.id<Person>(1);
        algorithm = static_cast<int>(row.integer(2));
        auto const bytes = row.bytes(3);
        key.assign(bytes.begin(), bytes.end());
    }
    if (person && used.person != *person) return Error::invalid("passkey_unknown");
    bool const named = !sent.user_handle.empty();
    if ((named && !equal_constant_time(sent.user_handle, bytes_of(used.person))) || (!named && !person)) return Error::invalid("passkey_unknown");
    used.sign_count = TRY(verify_assertion(site, algorithm, key, sent.asserted));
    return used;
}

Status Passkeys::use_in(Session& session, Used const& used, Timestamp now)
{
    TRY(spend_in(session, used.challenge, now));
    // Devices that keep no count say 0 for ever.
    auto const grown = session.execute(SqlText{"UPDATE passkey SET sign_count=?, used_at=? WHERE id=? AND (sign_count<? OR (sign_count=0 AND ?=0))"}, used.sign_count, now, used.id,
                                       used.sign_count, used.sign_count);
    if (grown == 1) return Nothing{};
    log(LogLevel::Warning, "passkey_cloned", {{"passkey", std::string_view{used.id.text()}}});
    return Error::invalid("passkey_cloned");
}

Status Passkeys::rename(PersonId person, PasskeyId id, std::string name)
{
    name = squeeze(name);
    if (auto const problem = problem_of_line(name, longest_name); !problem.empty()) return wrong_name(problem);
    return database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        if (session.execute(SqlText{"UPDATE passkey SET name=? WHERE id=? AND person_id=?"}, name, id, person) != 1) return Error::not_found();
        return Nothing{};
    });
}

Status Passkeys::remove_in(Session& session, PersonId person, PasskeyId id)
{
    if (session.execute(SqlText{"DELETE FROM passkey WHERE id=? AND person_id=?"}, id, person) != 1) return Error::not_found();
    return Nothing{};
}

}  // namespace greffier::accounts
