#include "reception/form_word.hpp"

#include "core/key_wrap.hpp"

namespace greffier::reception {

namespace {

constexpr std::size_t instant_bytes = 8, random_size = 16, body_size = instant_bytes + random_size;

Bytes bytes_of(Timestamp instant)
{
    Bytes bytes(instant_bytes);
    auto millis = static_cast<std::uint64_t>(to_millis(instant));
    for (std::size_t i = instant_bytes; i-- > 0; millis >>= 8) bytes[i] = static_cast<std::uint8_t>(millis & 0xff);
    return bytes;
}

Timestamp instant_of(ByteView bytes)
{
    std::uint64_t millis = 0;
    for (auto const byte : bytes.first(instant_bytes)) millis = millis << 8 | byte;
    return from_millis(static_cast<std::int64_t>(millis));
}

}  // namespace

Hash FormWords::signature(ByteView body, OrganisationId organisation, std::string_view page) const
{
    return hmac_sha256(key_.reveal(), bound_to({as_bytes("greffier public form 1"), organisation.uuid.bytes, as_bytes(page), body}));
}

std::string FormWords::make(OrganisationId organisation, std::string_view page, Timestamp now) const
{
    auto body = bytes_of(now);
    auto const random = random_bytes(random_size);
    body.insert(body.end(), random.begin(), random.end());
    auto const signed_by = signature(body, organisation, page);
    return to_hex(body) + to_hex(signed_by);
}

Result<std::string> FormWords::check(std::string_view word, OrganisationId organisation, std::string_view page, Timestamp now) const
{
    auto const bytes = word.size() == 2 * (body_size + Hash{}.size()) ? from_hex(word) : std::nullopt;
    if (!bytes) return Error::invalid("form_unknown");
    auto const body = ByteView{*bytes}.first(body_size);
    if (!equal_constant_time(ByteView{*bytes}.subspan(body_size), signature(body, organisation, page))) return Error::invalid("form_unknown");
    auto const shown = instant_of(body);
    if (now >= shown + form_life || now < shown) return Error::invalid("form_expired");
    if (now < shown + quickest_form) return Error::invalid("form_too_fast", {{"seconds", std::to_string(quickest_form.count())}});
    return to_hex(body);
}

}  // namespace greffier::reception
