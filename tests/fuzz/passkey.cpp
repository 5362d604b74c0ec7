// What a browser hands over of a passkey: read by three parsers, none of which may be led astray.

#include <cstdlib>

#include "accounts/webauthn.hpp"

using namespace greffier;
using namespace greffier::accounts;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static RelyingParty const site{"rgpd.example", "https://rgpd.example"};
    ByteView const bytes{data, size};
    if (auto const challenge = challenge_of(site, "webauthn.create", bytes); challenge.ok() && challenge->empty()) std::abort();
    if (auto const made = verify_registration(site, as_bytes("{}"), bytes); made.ok() && (made->credential_id.empty() || made->public_key.empty())) std::abort();
    // Nobody can sign for a key that is not theirs.
    Asserted const asserted{{}, {bytes.begin(), bytes.end()}, {bytes.begin(), bytes.end()}};
    for (int const algorithm : {-7, -8, -257})
        if (verify_assertion(site, algorithm, bytes, asserted).ok()) std::abort();
    return 0;
}
