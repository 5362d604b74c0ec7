#include "accounts/journeys.hpp"

#include <charconv>

#include "core/text.hpp"

namespace greffier::accounts {

using storage::Session;
using storage::SqlText;

namespace {

constexpr char separator = '\n';   // none of the parts can hold one: addresses and tokens

std::optional<std::int64_t> number_in(std::string const& text)
{
    std::int64_t number = 0;
    auto const read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return number;
}

std::string_view code_of(Journey::Purpose purpose) { return purpose == Journey::Purpose::Again ? "again" : purpose == Journey::Purpose::Link ? "link" : "sign-in"; }

Journey::Purpose purpose_of(std::string_view code) { return code == "again" ? Journey::Purpose::Again : code == "link" ? Journey::Purpose::Link : Journey::Purpose::SignIn; }

}  // namespace

Journey Journeys::begin(std::string provider, Journey::Purpose purpose, std::string redirect, std::string next, Timestamp now)
{
    if (next.size() > longest_next || next.find(separator) != next.npos) next.clear();
    return {std::move(provider), purpose, random_token(192), random_token(192), random_token(256), std::move(redirect), std::move(next), {}, now};
}

std::string Journeys::cookie_of(Journey const& journey) const
{
    auto const text = join({journey.provider, std::string{code_of(journey.purpose)}, journey.state, journey.nonce, journey.verifier, journey.redirect, journey.next, to_hex(journey.session),
                            std::to_string(to_millis(journey.begun))},
                           std::string_view{&separator, 1});
    return to_base64url(seal(key_, as_bytes(text)));
}

std::optional<Journey> Journeys::read(std::string_view cookie, Timestamp now) const
{
    auto const sealed = cookie.size() > 4000 ? std::nullopt : from_base64(cookie);
    auto const opened = sealed ? open_sealed(key_, *sealed) : std::nullopt;
    if (!opened) return std::nullopt;
    auto const parts = split(as_text(opened->reveal()), separator);
    auto const begun = parts.size() == 9 ? number_in(parts[8]) : std::nullopt;
    auto const session = parts.size() == 9 ? from_hex(parts[7]) : std::nullopt;
    if (!begun || !session) return std::nullopt;
    Journey journey{parts[0], purpose_of(parts[1]), parts[2], parts[3], parts[4], parts[5], parts[6], *session, from_millis(*begun)};
    if (now >= journey.begun + life || now + life < journey.begun) return std::nullopt;
    return journey;
}

bool Journeys::take(Journey const& journey, Timestamp now) { return take_once("journey " + journey.state, now + 2 * life); }

bool Journeys::take_once(std::string_view what, Timestamp ends)
{
    auto const hash = sha256(as_bytes(what));
    auto const taken = database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        if (session.execute(SqlText{"INSERT INTO spent_challenge(challenge_hash, expires_at) VALUES(?,?) ON CONFLICT(challenge_hash) DO NOTHING"}, hash, ends) != 1) return Error::conflict("journey_over");
        return Nothing{};
    });
    return taken.ok();
}

}  // namespace greffier::accounts
