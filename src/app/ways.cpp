#include "app/ways.hpp"

#include <algorithm>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "core/text.hpp"

namespace greffier::app {

using accounts::OidcSettings;
using accounts::WayRules;

namespace {

constexpr std::size_t longest_label = 60;

Error wrong(WayConfig const& way, std::string_view setting, std::string_view code = "way_setting")
{
    return Error::invalid(std::string{code}, {{"way", way.name}, {"setting", std::string{setting}}});
}

Result<WayRules> rules_of(WayConfig const& way)
{
    WayRules rules;
    rules.name = way.name;
    rules.label = squeeze(way.text("label"));
    if (rules.label.empty()) rules.label = way.name;
    if (length_utf8(rules.label) > longest_label || !is_utf8(rules.label)) return wrong(way, "label");
    auto const first = way.text("first-sign-in"), mail = way.text("trust-mail");
    rules.first = first == "never" ? WayRules::First::Never : first == "create" ? WayRules::First::Create : WayRules::First::Invited;
    rules.mail = mail == "never" ? WayRules::Mail::Never : mail == "always" ? WayRules::Mail::Always : WayRules::Mail::Verified;
    for (auto const& text : way.list("roles")) {
        auto row = accounts::parse_mapped_role(text);
        if (!row) return Error::invalid("way_role", {{"way", way.name}, {"role", shorten(text, 80)}});
        rules.roles.push_back(std::move(*row));
    }
    rules.factor_values = way.list("second-factor");
    return rules;
}

Result<OidcSettings> oidc_of(WayConfig const& way, net::OutboundRules const& outbound)
{
    OidcSettings settings{TRY(rules_of(way))};
    settings.issuer = way.text("issuer");
    settings.discovery = way.text("discovery");
    auto const issuer = net::parse_url(settings.issuer), discovery = net::parse_url(settings.discovery);
    if (!issuer || settings.issuer.find('?') != settings.issuer.npos) return wrong(way, "issuer", settings.issuer.empty() ? "way_missing" : "way_setting");
    if (!outbound.may_speak(*issuer)) return wrong(way, "issuer", "way_in_clear");
    if (!settings.discovery.empty() && !discovery) return wrong(way, "discovery");
    if (discovery && !outbound.may_speak(*discovery)) return wrong(way, "discovery", "way_in_clear");
    settings.client_id = way.text("client-id");
    settings.client_secret = way.secret("client-secret");
    if (settings.client_id.empty()) return wrong(way, "client-id", "way_missing");
    if (settings.client_secret.empty()) return wrong(way, "client-secret", "way_missing");
    settings.proof = way.text("client-proof") == "post" ? OidcSettings::ClientProof::Post : OidcSettings::ClientProof::Basic;
    settings.scopes = squeeze(way.text("scopes"));
    auto const scopes = split(settings.scopes, ' ');
    if (std::ranges::find(scopes, "openid") == scopes.end()) return wrong(way, "scopes");
    settings.acr_values = squeeze(way.text("acr-values"));
    settings.claims = way.text("claims");
    if (!settings.claims.empty() && !nlohmann::json::parse(settings.claims, nullptr, false).is_object()) return wrong(way, "claims");
    settings.groups_claim = way.text("groups-claim");
    settings.email_claim = way.text("mail-claim");
    settings.asks_userinfo = way.truth("userinfo");
    settings.signs_out_there = way.truth("sign-out-there");
    return settings;
}

Status readable(std::string const& file)
{
    std::error_code absent;
    if (file.empty() || std::filesystem::is_regular_file(file, absent)) return Nothing{};
    return Error::invalid("way_no_authority", {{"file", file}});
}

bool is_here(std::string_view host) { return host == "localhost" || host == "[::1]" || (host.starts_with("127.") && host.find_first_not_of("0123456789.") == host.npos); }

/// "ldap://host[:port]" or "ldaps://…", nothing else: the base and the filter are settings of their own.
bool is_ldap_url(std::string_view url, std::string& host)
{
    auto const scheme = url.starts_with("ldaps://") ? 8U : url.starts_with("ldap://") ? 7U : 0U;
    auto const parsed = scheme == 0 ? std::nullopt : net::parse_url("http://" + std::string{url.substr(scheme)});
    if (!parsed || parsed->rest != "/") return false;
    host = parsed->host;
    return true;
}

Result<accounts::LdapSettings> ldap_of(WayConfig const& way)
{
    accounts::LdapSettings settings{TRY(rules_of(way)), {}, {}};
    std::string host;
    settings.server.url = way.text("url");
    if (!is_ldap_url(settings.server.url, host)) return wrong(way, "url", settings.server.url.empty() ? "way_missing" : "way_setting");
    settings.server.start_tls = way.truth("starttls");
    if (!settings.server.start_tls && settings.server.url.starts_with("ldap://") && !is_here(host)) return wrong(way, "starttls", "way_ldap_in_clear");
    settings.server.authority = way.text("ca");
    if (!readable(settings.server.authority).ok()) return wrong(way, "ca");
    auto const seconds = way.text("timeout");
    if (seconds.empty() || seconds.size() > 2 || seconds.find_first_not_of("0123456789") != seconds.npos || seconds == "0" || seconds == "00") return wrong(way, "timeout");
    settings.server.time = std::chrono::seconds{std::stoi(seconds)};
    settings.bind_dn = way.text("bind-dn");
    settings.bind_password = way.secret("bind-password");
    settings.base = way.text("base");
    settings.user_filter = way.text("user-filter");
    settings.id_attribute = way.text("id-attribute");
    settings.mail_attribute = way.text("mail-attribute");
    settings.name_attribute = way.text("name-attribute");
    settings.group_attribute = way.text("group-attribute");
    settings.group_base = way.text("group-base");
    settings.group_filter = way.text("group-filter");
    if (settings.bind_dn.empty()) return wrong(way, "bind-dn", "way_missing");
    if (settings.bind_password.empty()) return wrong(way, "bind-password", "way_missing");
    if (settings.base.empty()) return wrong(way, "base", "way_missing");
    if (settings.user_filter.find("{name}") == std::string::npos) return wrong(way, "user-filter");
    if (settings.id_attribute.empty()) return wrong(way, "id-attribute", "way_missing");
    return settings;
}

}  // namespace

Result<accounts::SignInWays::Parts> sign_in_ways_of(Config const& config)
{
    accounts::SignInWays::Parts parts;
    auto rules = TRY(net::OutboundRules::parse(config.list("outbound-allow")));
    rules.authority = config.text("outbound-ca");
    TRY(readable(rules.authority));
    for (auto const& way : config.ways())
        if (way.text("kind") == "ldap") parts.directories.push_back(TRY(ldap_of(way)));
        else parts.providers.push_back(TRY(oidc_of(way, rules)));
    parts.outbound = net::make_outbound(std::move(rules));
    if (config.text("passwords") == "installation") {
        if (config.ways().empty()) return Error::invalid("way_no_other");
        parts.passwords = accounts::SignInWays::Passwords::InstallationAdministrators;
    }
    return parts;
}

bool waits_for_others(web::Request const& request)
{
    std::string_view const path = request.path;
    if (path.starts_with("/sign-in/with/") || path.starts_with("/account/proof/") || path.starts_with("/account/identities/")) return true;
    if (request.method == web::Method::Get || request.method == web::Method::Head) return false;
    if (path.ends_with("/accounts/directory")) return true;
    return path == "/sign-in" || path == "/sign-out" || path == "/account/password" || path.starts_with("/welcome/") || path.starts_with("/reset/") || path.starts_with("/setup/");
}

}  // namespace greffier::app
