// The only file that knows libldap.
#include <ldap.h>

#include <sys/time.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <stdexcept>

#include "core/text.hpp"
#include "net/ldap.hpp"

namespace greffier::net {

namespace {

constexpr int page_size = 500;
constexpr char const* system_authorities = "/etc/ssl/certs/ca-certificates.crt";

struct Unbind {
    void operator()(LDAP* connection) const { ::ldap_unbind_ext_s(connection, nullptr, nullptr); }
};
using Connection = std::unique_ptr<LDAP, Unbind>;

void set(LDAP* connection, int option, void const* value)
{
    if (::ldap_set_option(connection, option, value) != LDAP_OPT_SUCCESS) throw std::runtime_error("libldap refused an option");
}

std::string reason_of(LDAP* connection, int code)
{
    char* told = nullptr;
    std::string reason = ::ldap_err2string(code);
    if (connection && ::ldap_get_option(connection, LDAP_OPT_DIAGNOSTIC_MESSAGE, &told) == LDAP_OPT_SUCCESS && told) {
        reason += std::string{*told ? ": " : ""} + told;
        ::ldap_memfree(told);
    }
    std::string plain;
    for (char const c : reason) plain += c >= 0x20 && c < 0x7f ? c : ' ';
    return shorten(squeeze(plain), 160);
}

Error problem(LDAP* connection, int code)
{
    auto const named = [&](char const* which) { return Error::conflict(which, {{"reason", reason_of(connection, code)}}); };
    switch (code) {
    case LDAP_INVALID_CREDENTIALS:
    case LDAP_INVALID_DN_SYNTAX:
    case LDAP_NO_SUCH_OBJECT:
    case LDAP_INAPPROPRIATE_AUTH: return named("ldap_wrong");
    case LDAP_SERVER_DOWN:
    case LDAP_TIMEOUT:
    case LDAP_BUSY:
    case LDAP_UNAVAILABLE: return named("ldap_away");
    case LDAP_CONNECT_ERROR:
    case LDAP_CONFIDENTIALITY_REQUIRED: return named("ldap_tls");
    case LDAP_SIZELIMIT_EXCEEDED: return named("ldap_too_many");
    default: return named("ldap_refused");
    }
}

void secure(LDAP* connection, LdapServer const& server)
{
    int const demand = LDAP_OPT_X_TLS_HARD, fresh = 0, oldest = LDAP_OPT_X_TLS_PROTOCOL_TLS1_2;
    std::error_code absent;
    auto const authority = server.authority.empty() && std::filesystem::is_regular_file(system_authorities, absent) ? std::string{system_authorities} : server.authority;
    if (!authority.empty()) set(connection, LDAP_OPT_X_TLS_CACERTFILE, authority.c_str());
    set(connection, LDAP_OPT_X_TLS_REQUIRE_CERT, &demand);   // whatever ldap.conf and the environment say
    (void)::ldap_set_option(connection, LDAP_OPT_X_TLS_PROTOCOL_MIN, &oldest);
    set(connection, LDAP_OPT_X_TLS_NEWCTX, &fresh);
}

std::vector<LdapEntry> read_entries(LDAP* connection, LDAPMessage* messages)
{
    std::vector<LdapEntry> found;
    for (auto* message = ::ldap_first_entry(connection, messages); message; message = ::ldap_next_entry(connection, message)) {
        LdapEntry entry;
        if (char* dn = ::ldap_get_dn(connection, message)) {
            entry.dn = dn;
            ::ldap_memfree(dn);
        }
        BerElement* place = nullptr;
        for (char* name = ::ldap_first_attribute(connection, message, &place); name; name = ::ldap_next_attribute(connection, message, place)) {
            auto& values = entry.attributes[to_lower_ascii(name)];
            if (berval** given = ::ldap_get_values_len(connection, message, name)) {
                for (auto** each = given; *each; ++each) values.emplace_back((*each)->bv_val, (*each)->bv_len);
                ::ldap_value_free_len(given);
            }
            ::ldap_memfree(name);
        }
        if (place) ::ber_free(place, 0);
        found.push_back(std::move(entry));
    }
    return found;
}

class Session final : public LdapSession {
public:
    Session(Connection connection, timeval time) : connection_(std::move(connection)), time_(time) {}

    Status bind(std::string const& dn, SecretText const& password) override
    {
        // With a name and no password a server answers "yes" to an anonymous bind (RFC 4513 5.1.2).
        if (dn.empty() || password.empty() || password.reveal().find('\0') != std::string::npos) return Error::conflict("ldap_empty");
        auto& secret = password.reveal();
        berval given{static_cast<ber_len_t>(secret.size()), const_cast<char*>(secret.data())};
        auto const code = ::ldap_sasl_bind_s(connection_.get(), dn.c_str(), LDAP_SASL_SIMPLE, &given, nullptr, nullptr, nullptr);
        if (code != LDAP_SUCCESS) return problem(connection_.get(), code);
        return Nothing{};
    }

    Result<std::vector<LdapEntry>> search(std::string const& base, std::string const& filter, std::vector<std::string> const& attributes, int most) override
    {
        std::vector<char*> names;
        for (auto const& attribute : attributes) names.push_back(const_cast<char*>(attribute.c_str()));
        names.push_back(nullptr);
        if (most > page_size) return search_by_pages(base, filter, names, most);
        LDAPMessage* messages = nullptr;
        auto time = time_;
        auto const code = ::ldap_search_ext_s(connection_.get(), base.c_str(), LDAP_SCOPE_SUBTREE, filter.c_str(), names.data(), 0, nullptr, nullptr, &time, most + 1, &messages);
        std::unique_ptr<LDAPMessage, decltype(&::ldap_msgfree)> const freed(messages, &::ldap_msgfree);
        if (code == LDAP_NO_SUCH_OBJECT) return Error::conflict("ldap_refused", {{"reason", reason_of(connection_.get(), code)}});
        if (code != LDAP_SUCCESS && code != LDAP_SIZELIMIT_EXCEEDED && code != LDAP_PARTIAL_RESULTS) return problem(connection_.get(), code);
        auto found = messages ? read_entries(connection_.get(), messages) : std::vector<LdapEntry>{};
        if (code == LDAP_SIZELIMIT_EXCEEDED || found.size() > static_cast<std::size_t>(most)) return Error::conflict("ldap_too_many");
        return found;
    }

private:
    /// RFC 2696: a server gives no more than so many at once, and goes on from where it stopped.
    Result<std::vector<LdapEntry>> search_by_pages(std::string const& base, std::string const& filter, std::vector<char*>& names, int most)
    {
        std::vector<LdapEntry> found;
        berval cookie{0, nullptr};
        std::unique_ptr<berval, decltype(&::ber_bvfree)> kept(nullptr, &::ber_bvfree);
        do {
            LDAPControl* page = nullptr;
            if (auto const code = ::ldap_create_page_control(connection_.get(), page_size, kept ? kept.get() : &cookie, 0, &page); code != LDAP_SUCCESS) return problem(connection_.get(), code);
            std::unique_ptr<LDAPControl, decltype(&::ldap_control_free)> const asked(page, &::ldap_control_free);
            LDAPControl* controls[] = {page, nullptr};
            LDAPMessage* messages = nullptr;
            auto time = time_;
            auto const code = ::ldap_search_ext_s(connection_.get(), base.c_str(), LDAP_SCOPE_SUBTREE, filter.c_str(), names.data(), 0, controls, nullptr, &time, LDAP_NO_LIMIT, &messages);
            std::unique_ptr<LDAPMessage, decltype(&::ldap_msgfree)> const freed(messages, &::ldap_msgfree);
            if (code == LDAP_NO_SUCH_OBJECT) return Error::conflict("ldap_refused", {{"reason", reason_of(connection_.get(), code)}});
            if (code != LDAP_SUCCESS) return problem(connection_.get(), code);
            auto entries = read_entries(connection_.get(), messages);
            std::ranges::move(entries, std::back_inserter(found));
            if (found.size() > static_cast<std::size_t>(most)) return Error::conflict("ldap_too_many");
            kept.reset(next_page(messages));
        } while (kept && kept->bv_len > 0);
        return found;
    }

    /// Where the next page begins; nothing when the server counts no pages.
    berval* next_page(LDAPMessage* messages)
    {
        LDAPControl** given = nullptr;
        int outcome = 0;
        if (::ldap_parse_result(connection_.get(), messages, &outcome, nullptr, nullptr, nullptr, &given, 0) != LDAP_SUCCESS || !given) return nullptr;
        std::unique_ptr<LDAPControl*, decltype(&::ldap_controls_free)> const freed(given, &::ldap_controls_free);
        auto* const page = ::ldap_control_find(LDAP_CONTROL_PAGEDRESULTS, given, nullptr);
        berval cookie{0, nullptr};
        ber_int_t total = 0;
        if (!page || ::ldap_parse_pageresponse_control(connection_.get(), page, &total, &cookie) != LDAP_SUCCESS) return nullptr;
        auto* const copy = ::ber_bvdup(&cookie);
        ::ber_memfree(cookie.bv_val);
        return copy;
    }

    Connection connection_;
    timeval time_;
};

}  // namespace

std::string LdapEntry::first(std::string_view name) const
{
    auto const& values = all(name);
    return values.empty() ? std::string{} : values.front();
}

std::vector<std::string> const& LdapEntry::all(std::string_view name) const
{
    static std::vector<std::string> const none;
    auto const found = attributes.find(to_lower_ascii(name));
    return found == attributes.end() ? none : found->second;
}

Result<std::unique_ptr<LdapSession>> open_ldap(LdapServer const& server)
{
    LDAP* opened = nullptr;
    if (auto const code = ::ldap_initialize(&opened, server.url.c_str()); code != LDAP_SUCCESS) return problem(nullptr, code);
    Connection connection(opened);
    int const version = LDAP_VERSION3;
    timeval const time{static_cast<time_t>(server.time.count()), 0};
    set(opened, LDAP_OPT_PROTOCOL_VERSION, &version);
    set(opened, LDAP_OPT_REFERRALS, LDAP_OPT_OFF);
    set(opened, LDAP_OPT_NETWORK_TIMEOUT, &time);
    set(opened, LDAP_OPT_TIMEOUT, &time);
    bool const tls_first = server.url.starts_with("ldaps://");
    if (tls_first || server.start_tls) secure(opened, server);
    if (!tls_first && server.start_tls)
        if (auto const code = ::ldap_start_tls_s(opened, nullptr, nullptr); code != LDAP_SUCCESS) {
            auto const found = problem(opened, code);
            return found.code == "ldap_away" ? found : Error::conflict("ldap_tls", {{"reason", reason_of(opened, code)}});
        }
    return std::unique_ptr<LdapSession>(std::make_unique<Session>(std::move(connection), time));
}

std::string escape_ldap_filter(std::string_view text)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (c == '*' || c == '(' || c == ')' || c == '\\' || byte < 0x20 || byte >= 0x7f) {
            out += '\\';
            out += digits[byte >> 4];
            out += digits[byte & 15];
        } else out += c;
    }
    return out;
}

std::string first_rdn_value(std::string_view dn)
{
    LDAPDN parts = nullptr;
    std::string const copy{dn};
    std::string value;
    if (copy.empty() || ::ldap_str2dn(copy.c_str(), &parts, LDAP_DN_FORMAT_LDAPV3) != LDAP_SUCCESS || !parts) return value;
    if (parts[0] && parts[0][0]) value.assign(parts[0][0]->la_value.bv_val, parts[0][0]->la_value.bv_len);
    ::ldap_dnfree(parts);
    return value;
}

}  // namespace greffier::net
