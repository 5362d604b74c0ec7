#pragma once
// What a browser hands over of a passkey, verified: pure functions over bytes. Signatures are checked by libfido2; what
// the page, the site and the moment are, here.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/crypto.hpp"
#include "core/result.hpp"

namespace greffier::accounts {

/// The site a passkey is made for.
struct RelyingParty {
    std::string id;       ///< the host: "rgpd.example"
    std::string origin;   ///< "https://rgpd.example", as browsers write it
};

/// The challenge that client data answer, once their type ("webauthn.create", "webauthn.get") and origin are right.
/// Errors passkey_unreadable, passkey_elsewhere.
Result<Bytes> challenge_of(RelyingParty const& site, std::string_view type, ByteView client_data);

struct Registered {
    Bytes credential_id, public_key;   ///< public_key as libfido2 takes it back
    int algorithm = 0;                 ///< of COSE: -7, -8, -257
    std::uint32_t sign_count = 0;
};
/// A new passkey whose holder was verified. Attestations "none" and of the key by itself are taken; who made the device is
/// nobody's business here. Errors passkey_unreadable, passkey_elsewhere, passkey_unverified.
Result<Registered> verify_registration(RelyingParty const& site, ByteView client_data, ByteView attestation);

struct Asserted {
    Bytes client_data, authenticator_data, signature;
};
/// The signature count. The challenge is not looked at: see challenge_of(). Errors as above.
Result<std::uint32_t> verify_assertion(RelyingParty const& site, int algorithm, ByteView public_key, Asserted const& asserted);

}  // namespace greffier::accounts
