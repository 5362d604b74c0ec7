#pragma once
// What every way of signing in that is not a password of ours has in common: its name, who may come in by it, what it brings.

#include <string>
#include <string_view>
#include <vector>

#include "accounts/role_mapping.hpp"
#include "core/result.hpp"
#include "core/secret.hpp"

namespace greffier::accounts {

struct WayRules {
    std::string name;              ///< "keycloak": in addresses, in the journal
    std::string label;             ///< on its button, and where roles say where they come from
    /// Somebody comes for the first time.
    enum class First {
        Never,                     ///< nobody: links are made from one's own account page alone
        Invited,                   ///< who has an account here under that address of mail
        Create,                    ///< anybody: an account is made
    } first = First::Invited;
    /// Whose word an address of mail is.
    enum class Mail {
        Verified,                  ///< the provider's, when it says that it verified it
        Always,                    ///< the provider's, whatever it says
        Never,                     ///< nobody's: no account is found by it
    } mail = Mail::Verified;
    std::vector<MappedRole> roles = {};
    std::vector<std::string> factor_values = {};   ///< of `amr` and `acr`: what counts as a second factor
};

/// Whom a provider or a directory presented, once all it said was verified.
struct Presented {
    std::string issuer, subject;   ///< together, for ever the same account there
    std::string email = {}, name = {};
    bool email_verified = false;
    std::vector<std::string> groups = {};
    std::vector<std::string> factors = {};         ///< amr and acr
    std::string session = {};                      ///< the provider's name for its session
    SecretText id_token = {};                      ///< handed back when one signs out
};

/// True when what the provider says of how one signed in counts as a second factor here.
bool counts_as_second_factor(WayRules const& rules, Presented const& presented);

}  // namespace greffier::accounts
