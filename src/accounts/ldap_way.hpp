#pragma once
// A directory that knows people and their passwords (LDAP, Active Directory): the same form as a password of ours, verified there.

#include <string>
#include <string_view>

#include "accounts/way_rules.hpp"
#include "core/secret.hpp"
#include "net/ldap.hpp"

namespace greffier::accounts {

struct LdapSettings {
    WayRules rules;
    net::LdapServer server;
    std::string bind_dn;                  ///< of the account that searches
    SecretText bind_password = {};
    std::string base;
    std::string user_filter = {};         ///< {name}: what was typed, escaped
    std::string id_attribute, mail_attribute, name_attribute, group_attribute;
    std::string group_base = {}, group_filter = {};   ///< groups are searched when both are there; {dn}: of the person, escaped
};

class LdapWay {
public:
    static constexpr int most_groups = 1000;

    explicit LdapWay(LdapSettings settings) : settings_(std::move(settings)) {}

    [[nodiscard]] LdapSettings const& settings() const { return settings_; }
    [[nodiscard]] WayRules const& rules() const { return settings_.rules; }

    /// Whom this name and password belong to. The same is asked of the directory for a name it does not know. Errors: ldap_wrong
    /// (unknown, several, closed there, wrong password: told apart nowhere), ldap_no_id ({attribute}), those of a session (net/ldap.hpp). Thread-safe.
    Result<Presented> authenticate(std::string_view name, SecretText const& password);
    /// Binds as the account that searches and looks at the base, for whoever checks the configuration.
    Status check();

private:
    Result<std::unique_ptr<net::LdapSession>> searching();
    Result<std::vector<std::string>> groups_of(net::LdapSession& session, net::LdapEntry const& entry);

    LdapSettings settings_;
};

/// "*" and "(" of the value are no part of the filter.
std::string filled_in(std::string filter, std::string_view place, std::string_view value);

}  // namespace greffier::accounts
