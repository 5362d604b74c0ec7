#include "accounts/ldap_way.hpp"

#include <algorithm>
#include <charconv>

#include "core/crypto.hpp"
#include "core/text.hpp"

namespace greffier::accounts {

using net::LdapEntry;
using net::LdapSession;

namespace {

constexpr std::size_t longest_name_typed = 256, longest_name = 200;
constexpr long account_disabled = 2;   // of userAccountControl, in Active Directory

Error wrong() { return Error::conflict("ldap_wrong"); }

bool is_closed(LdapEntry const& entry)
{
    auto const control = entry.first("useraccountcontrol");
    long flags = 0;
    if (std::from_chars(control.data(), control.data() + control.size(), flags).ec == std::errc{} && (flags & account_disabled) != 0) return true;
    return to_lower_ascii(entry.first("nsaccountlock")) == "true";   // 389 Directory Server
}

/// objectGUID is sixteen bytes; entryUUID is a text already.
std::string subject_of(std::string const& value)
{
    bool const plain = std::ranges::all_of(value, [](char c) { return c > 0x20 && c < 0x7f; });
    return plain ? value : to_hex(as_bytes(value));
}

}  // namespace

std::string filled_in(std::string filter, std::string_view place, std::string_view value)
{
    auto const escaped = net::escape_ldap_filter(value);
    for (auto at = filter.find(place); at != filter.npos; at = filter.find(place, at + escaped.size())) filter.replace(at, place.size(), escaped);
    return filter;
}

Result<std::unique_ptr<LdapSession>> LdapWay::searching()
{
    auto session = TRY(net::open_ldap(settings_.server));
    auto const bound = session->bind(settings_.bind_dn, settings_.bind_password);
    // Its own password is the operator's matter, never the person's.
    if (!bound.ok()) return bound.error().code == "ldap_wrong" || bound.error().code == "ldap_empty" ? Error::conflict("ldap_account", bound.error().arguments) : bound.error();
    return session;
}

Result<std::vector<std::string>> LdapWay::groups_of(LdapSession& session, LdapEntry const& entry)
{
    std::vector<std::string> names = entry.all(settings_.group_attribute);
    if (!settings_.group_base.empty() && !settings_.group_filter.empty())
        for (auto const& group : TRY(session.search(settings_.group_base, filled_in(settings_.group_filter, "{dn}", entry.dn), {"1.1"}, most_groups))) names.push_back(group.dn);
    std::vector<std::string> groups;
    for (auto const& name : names) {
        groups.push_back(name);
        if (auto const last = net::first_rdn_value(name); !last.empty() && last != name) groups.push_back(last);   // mapped by its whole name, or by its own
    }
    return groups;
}

Result<Presented> LdapWay::authenticate(std::string_view typed, SecretText const& password)
{
    auto const name = trim(typed);
    if (name.empty() || name.size() > longest_name_typed || !is_utf8(name) || password.empty()) return wrong();
    auto session = TRY(searching());
    auto const found = session->search(settings_.base, filled_in(settings_.user_filter, "{name}", name),
                                       {settings_.id_attribute, settings_.mail_attribute, settings_.name_attribute, settings_.group_attribute, "userAccountControl", "nsAccountLock"}, 1);
    if (!found.ok() && found.error().code != "ldap_too_many") return found.error();
    bool const known = found.ok() && found->size() == 1 && !is_closed(found->front());
    // Nobody, or several: a name that cannot be is tried all the same, so that the answer takes as long.
    auto const dn = known ? found->front().dn : "cn=" + random_token(128) + "," + settings_.base;
    auto person = TRY(net::open_ldap(settings_.server));
    auto const bound = person->bind(dn, password);
    if (!bound.ok()) return bound.error().code == "ldap_away" || bound.error().code == "ldap_tls" ? bound.error() : wrong();
    if (!known) return wrong();
    auto const& entry = found->front();
    Presented presented;
    presented.issuer = "ldap:" + settings_.rules.name;
    presented.subject = subject_of(entry.first(settings_.id_attribute));
    if (presented.subject.empty() || presented.subject.size() > 255) return Error::conflict("ldap_no_id", {{"attribute", settings_.id_attribute}});
    presented.email = std::string{trim(entry.first(settings_.mail_attribute))};
    presented.email_verified = !presented.email.empty();   // the directory is the house's own
    presented.name = shorten(squeeze(entry.first(settings_.name_attribute)), longest_name);
    if (!is_utf8(presented.name)) presented.name.clear();
    presented.groups = TRY(groups_of(*session, entry));
    return presented;
}

Status LdapWay::check()
{
    auto session = TRY(searching());
    auto const found = session->search(settings_.base, filled_in(settings_.user_filter, "{name}", "greffier-" + random_token(128)), {"1.1"}, 1);
    if (!found.ok() && found.error().code != "ldap_too_many") return found.error();
    if (!settings_.group_base.empty() && !settings_.group_filter.empty()) (void)TRY(session->search(settings_.group_base, filled_in(settings_.group_filter, "{dn}", "cn=nobody," + settings_.base), {"1.1"}, most_groups));
    return Nothing{};
}

}  // namespace greffier::accounts
