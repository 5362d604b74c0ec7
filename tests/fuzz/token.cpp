// What a provider, or a stranger who says to be one, hands over: tokens, keys, claims.

#include <cstdlib>

#include "accounts/oidc/claims.hpp"

using namespace greffier;
using namespace greffier::accounts;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static auto const keys = KeySet::parse(R"({"keys":[{"kty":"OKP","kid":"ed","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})");
    static Timestamp const now = from_millis(1'772'442'000'000);
    auto const text = as_text({data, size});
    if (auto const token = parse_jws(text); token.ok()) {
        if (!is_known_algorithm(token->algorithm)) std::abort();
        if (keys->verify(*token).ok()) std::abort();   // nobody can sign with a key that is not theirs
    }
    if (auto const set = KeySet::parse(text); set.ok()) {
        if (set->size() > KeySet::most_keys) std::abort();
        Jws const token{"RS256", "", "", "", "x.y", Bytes(256, 1)};
        if (set->verify(token).ok()) std::abort();
        if (set->verify({"ES256", "", "", "", "x.y", Bytes(64, 1)}).ok()) std::abort();
    }
    // Taken for what was signed: claims that no rule lets through are none.
    Jws const claimed{"RS256", "", "", std::string{text}, "", {}};
    if (auto const token = check_id_token(claimed, {"i", "c", "n", "", now, now}); token.ok() && token->subject.empty()) std::abort();
    (void)check_logout_token(claimed, "i", "c", now).ok();
    OidcSettings settings{};
    settings.groups_claim = "realm_access.roles";
    (void)presented_by(settings, text, text);
    return 0;
}
