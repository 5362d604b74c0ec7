#pragma once
// A directory (LDAP v3), by libldap: connect under TLS, bind, search. A session is one connection of one thread; nothing is
// followed elsewhere (referrals are off), and every step has its time.

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/secret.hpp"

namespace greffier::net {

struct LdapServer {
    std::string url;                  ///< "ldaps://annuaire.ville.example" or "ldap://…", with a port perhaps
    bool start_tls = true;            ///< of ldap://; ldaps:// is under TLS from the start
    std::string authority = {};       ///< file of certificates (PEM) to trust; empty: those of the system
    std::chrono::seconds time{5};     ///< for each step
};

struct LdapEntry {
    std::string dn;
    std::map<std::string, std::vector<std::string>, std::less<>> attributes;   ///< names in lower case; values as bytes

    [[nodiscard]] std::string first(std::string_view name) const;   ///< "" when there is none
    [[nodiscard]] std::vector<std::string> const& all(std::string_view name) const;
};

class LdapSession {
public:
    virtual ~LdapSession() = default;
    /// Errors: ldap_wrong (name or password), ldap_empty (a bind without a password proves nothing: it is never sent), and those of open().
    virtual Status bind(std::string const& dn, SecretText const& password) = 0;
    /// At most `most` entries; one more than that is the error ldap_too_many.
    virtual Result<std::vector<LdapEntry>> search(std::string const& base, std::string const& filter, std::vector<std::string> const& attributes, int most) = 0;
};

/// Errors, with {reason}: ldap_away (no answer), ldap_tls (the certificate, or no StartTLS), ldap_refused (all else the server says).
Result<std::unique_ptr<LdapSession>> open_ldap(LdapServer const& server);

/// RFC 4515: what a person typed, as a value of a filter.
std::string escape_ldap_filter(std::string_view text);
/// "cn=rgpd-dpo,ou=groups,dc=ville" -> "rgpd-dpo"; "" for what is no name.
std::string first_rdn_value(std::string_view dn);

}  // namespace greffier::net
