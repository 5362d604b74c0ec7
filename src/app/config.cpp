#include "app/config.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <toml++/toml.h>

#include "accounts/actor.hpp"
#include "accounts/sessions.hpp"
#include "core/text.hpp"
#include "mail/message.hpp"
#include "mail/transport.hpp"
#include "storage/database.hpp"
#include "web/forwarded.hpp"

namespace greffier::app {

std::span<Setting const> settings()
{
    using Form = Setting::Form;
    static constexpr Setting all[] = {
        {"data", "./greffier-data", Form::Text, "DIR", true, false},
        {"database", "", Form::Text, "URL", true},
        {"row-security", "false", Form::Flag, "", true},
        {"lang", "", Form::Text, "fr|en", true},
        {"log-level", "info", Form::Text, "debug|info|warning|failure", true},
        {"listen", "127.0.0.1:8080", Form::Text, "ADDRESS:PORT"},
        {"public-url", "", Form::Text, "URL"},
        {"tls-cert", "", Form::Text, "FILE"},
        {"tls-key", "", Form::Text, "FILE"},
        {"trusted-proxy", "", Form::Many, "CIDR"},
        {"forwarded-only", "false", Form::Flag},
        {"no-gzip", "false", Form::Flag},
        {"metrics-token", "", Form::Text, "TOKEN", false, true, true},
        {"allow-demo", "false", Form::Flag},
        {"journal-months", "12", Form::Text, "MONTHS"},
        {"journal-file", "", Form::Text, "FILE", true},
        {"journal-syslog", "false", Form::Flag, "", true},
        {"second-factor-required-for", "", Form::Many, "ROLE"},
        {"session-idle", "120", Form::Text, "MINUTES"},
        {"session-idle-for", "", Form::Many, "ROLE=MINUTES"},
        {"smtp-url", "", Form::Text, "URL"},
        {"smtp-user", "", Form::Text, "NAME"},
        {"smtp-password", "", Form::Text, "PASSWORD", false, true, true},
        {"smtp-starttls", "", Form::Text, "required|off"},
        {"smtp-ca", "", Form::Text, "FILE"},
        {"mail-from", "", Form::Text, "NAME <ADDRESS>"},
        {"mail-directory", "", Form::Text, "DIR"},
        {"intake-boxes", "", Form::Many, "NAME"},
        {"sign-in-ways", "", Form::Many, "NAME"},
        {"passwords", "everyone", Form::Text, "everyone|installation"},
        {"outbound-allow", "", Form::Many, "CIDR|ORIGIN"},
        {"outbound-ca", "", Form::Text, "FILE"},
    };
    return all;
}

std::span<Setting const> way_settings()
{
    using Form = Setting::Form;
    static constexpr Setting all[] = {
        {"kind", "oidc", Form::Text, "oidc|ldap"},
        {"label", "", Form::Text, "TEXT"},
        {"first-sign-in", "invited", Form::Text, "never|invited|create"},
        {"trust-mail", "verified", Form::Text, "verified|always|never"},
        {"roles", "", Form::Many, "GROUP = SLUG/ROLE[/branch]"},
        {"second-factor", "", Form::Many, "VALUE"},
        {"issuer", "", Form::Text, "URL"},
        {"discovery", "", Form::Text, "URL"},
        {"client-id", "", Form::Text, "ID"},
        {"client-secret", "", Form::Text, "SECRET", false, true, true},
        {"client-proof", "basic", Form::Text, "basic|post"},
        {"scopes", "openid email profile", Form::Text, "WORDS"},
        {"acr-values", "", Form::Text, "WORDS"},
        {"claims", "", Form::Text, "JSON"},
        {"groups-claim", "groups", Form::Text, "NAME"},
        {"mail-claim", "email", Form::Text, "NAME"},
        {"userinfo", "true", Form::Flag},
        {"sign-out-there", "true", Form::Flag},
        {"url", "", Form::Text, "URL"},
        {"starttls", "true", Form::Flag},
        {"ca", "", Form::Text, "FILE"},
        {"bind-dn", "", Form::Text, "DN"},
        {"bind-password", "", Form::Text, "PASSWORD", false, true, true},
        {"base", "", Form::Text, "DN"},
        {"user-filter", "(&(objectClass=person)(|(uid={name})(mail={name})))", Form::Text, "FILTER"},
        {"id-attribute", "entryUUID", Form::Text, "NAME"},
        {"mail-attribute", "mail", Form::Text, "NAME"},
        {"name-attribute", "cn", Form::Text, "NAME"},
        {"group-attribute", "memberOf", Form::Text, "NAME"},
        {"group-base", "", Form::Text, "DN"},
        {"group-filter", "(member={dn})", Form::Text, "FILTER"},
        {"timeout", "5", Form::Text, "SECONDS"},
    };
    return all;
}

std::span<Setting const> box_settings()
{
    using Form = Setting::Form;
    static constexpr Setting all[] = {
        {"url", "", Form::Text, "URL"},
        {"starttls", "", Form::Text, "required|off|"},
        {"ca", "", Form::Text, "FILE"},
        {"user", "", Form::Text, "NAME"},
        {"password", "", Form::Text, "PASSWORD", false, true, true},
        {"folder", "INBOX", Form::Text, "NAME"},
        {"organisation", "", Form::Text, "SLUG"},
        {"register", "requests", Form::Text, "breaches|requests"},
    };
    return all;
}

Setting const* find_setting(std::string_view name)
{
    auto const all = settings();
    auto const found = std::ranges::find(all, name, &Setting::name);
    return found == all.end() ? nullptr : &*found;
}

std::string environment_name(Setting const& setting)
{
    std::string name = "GREFFIER_";
    for (char const c : setting.name) name += c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    return name;
}

std::string_view code_of(Origin origin)
{
    switch (origin) {
    case Origin::Option: return "option";
    case Origin::Environment: return "environment";
    case Origin::File: return "file";
    case Origin::Default: return "default";
    }
    return "";
}

Environment process_environment()
{
    return [](std::string const& name) -> std::optional<std::string> {
        char const* value = std::getenv(name.c_str());
        if (!value || !*value) return std::nullopt;
        return value;
    };
}

std::optional<Listen> parse_listen(std::string_view text)
{
    auto const colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto host = text.substr(0, colon);
    auto const port = text.substr(colon + 1);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    else if (host.find(':') != std::string_view::npos) return std::nullopt;
    Listen listen{std::string{host}, 0};
    auto const read = std::from_chars(port.data(), port.data() + port.size(), listen.port);
    if (host.empty() || port.empty() || read.ec != std::errc{} || read.ptr != port.data() + port.size()) return std::nullopt;
    return listen;
}

bool Listen::is_loopback() const { return host == "localhost" || host == "::1" || host.starts_with("127."); }

std::string shown(Effective const& effective)
{
    if (effective.setting->secret) return effective.value.empty() ? "" : "***";
    return without_password(effective.value);
}

std::string without_password(std::string url)
{
    constexpr std::string_view hidden = "***";
    // postgresql://user:HIDDEN@host: up to the last @, for some write one into their password.
    auto const scheme = url.find("://");
    auto const end = scheme == std::string::npos ? scheme : url.rfind('@');
    auto const colon = end == std::string::npos ? end : url.find(':', scheme + 3);
    if (end != std::string::npos && colon < end) url.replace(colon + 1, end - colon - 1, hidden);
    // …?password=HIDDEN&sslpassword=HIDDEN, and what is no address at all
    for (auto at = url.find("password="); at != std::string::npos; at = url.find("password=", at)) {
        at += std::string_view{"password="}.size();
        auto const stop = std::min(url.find_first_of("& ", at), url.size());
        url.replace(at, stop - at, hidden);
    }
    return url;
}

namespace {

constexpr std::size_t shortest_token = 16, longest_way_name = 30;

bool is_way_name(std::string_view name)
{
    return !name.empty() && name.size() <= longest_way_name && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == name.npos && name.front() != '-' && name.back() != '-' &&
           name != "password" && name != "passkey";
}

/// Tables of the file that hold several of a kind: [sign-in.NAME], [intake.NAME].
struct Family {
    std::string table;
    std::span<Setting const> settings;
};
Family ways_family() { return {"sign-in", way_settings()}; }
Family boxes_family() { return {"intake", box_settings()}; }

/// "GREFFIER_SIGN_IN_KEYCLOAK_CLIENT_SECRET"
std::string way_environment_name(Family const& family, std::string const& way, Setting const& setting)
{
    auto const name = family.table + "-" + way + "-" + std::string{setting.name};
    return environment_name(Setting{name, ""});
}

Error bad_value(Setting const& setting, std::string const& value, std::string const& where)
{
    auto const said = setting.secret ? std::string{"***"} : without_password(value);
    // What may be said of a value beyond that it cannot be.
    std::string const code = setting.name == "journal-months" ? "journal_months_value" : setting.name.starts_with("session-idle") ? "session_idle_value" : "setting_value";
    return Error::invalid(code, {{"setting", std::string{setting.name}}, {"value", said}, {"where", where}});
}

bool are_ranges(std::string const& value)
{
    for (auto const& part : split(value, ',')) {
        auto const range = trim(part);
        if (!range.empty() && !web::is_address_range(range)) return false;
    }
    return true;
}

/// What the CNIL advises (deliberation 2021-122 of 14 October 2021, on logging): shorter proves too little, longer watches people.
bool is_months(std::string const& value)
{
    int months = 0;
    auto const read = std::from_chars(value.data(), value.data() + value.size(), months);
    return read.ec == std::errc{} && read.ptr == value.data() + value.size() && months >= 6 && months <= 12;
}

bool are_roles(std::string const& value)
{
    for (auto const& part : split(value, ',')) {
        auto const role = trim(part);
        if (!role.empty() && !accounts::parse_role(role)) return false;
    }
    return true;
}

/// Each once: they stand in addresses and in names of variables.
bool are_ways(std::string const& value)
{
    std::vector<std::string> seen;
    for (auto const& part : split(value, ',')) {
        std::string const name{trim(part)};
        if (name.empty()) continue;
        if (!is_way_name(name) || std::ranges::find(seen, name) != seen.end()) return false;
        seen.push_back(name);
    }
    return true;
}

bool are_idle_times(std::string const& value)
{
    for (auto const& part : split(value, ',')) {
        auto const each = trim(part);
        if (!each.empty() && !accounts::parse_idle_time(each)) return false;
    }
    return true;
}

bool allowed_in_way(Setting const& setting, std::string const& value)
{
    if (setting.form == Setting::Form::Flag) return value == "true" || value == "false";
    // "a|b|c" as what stands for the value: these and no others.
    if (setting.value.find('|') == setting.value.npos) return true;
    auto const choices = split(setting.value, '|');
    return std::ranges::find(choices, value) != choices.end();
}

bool allowed(Setting const& setting, std::string const& value)
{
    if (setting.form == Setting::Form::Flag) return value == "true" || value == "false";
    if (setting.name == "data") return !value.empty();
    if (setting.name == "database") return value.empty() || storage::is_postgres_address(value);
    if (setting.name == "lang") return value.empty() || parse_language(value).has_value();
    if (setting.name == "listen") return parse_listen(value).has_value();
    if (setting.name == "public-url") return value.empty() || is_http_url(value);
    if (setting.name == "trusted-proxy") return are_ranges(value);
    if (setting.name == "second-factor-required-for") return are_roles(value);
    if (setting.name == "session-idle") return accounts::parse_idle_minutes(value).has_value();
    if (setting.name == "session-idle-for") return are_idle_times(value);
    if (setting.name == "metrics-token") return value.empty() || value.size() >= shortest_token;
    if (setting.name == "journal-months") return is_months(value);
    if (setting.name == "smtp-url") return value.empty() || mail::parse_smtp_url(value).has_value();
    if (setting.name == "smtp-starttls") return value.empty() || value == "required" || value == "off";
    if (setting.name == "mail-from") return value.empty() || mail::parse_mailbox(value).has_value();
    if (setting.name == "sign-in-ways" || setting.name == "intake-boxes") return are_ways(value);
    if (setting.name == "passwords") return value == "everyone" || value == "installation";
    if (setting.name == "log-level") return value == "debug" || value == "info" || value == "warning" || value == "failure";
    return true;
}

std::string plain_flag(std::string value)
{
    value = to_lower_ascii(value);
    if (value == "1" || value == "yes" || value == "on") return "true";
    if (value == "0" || value == "no" || value == "off") return "false";
    return value;
}

using Values = std::map<std::string, std::string>;

/// A value as text; several are joined by `between`. Nothing for a date, a number, a table.
std::optional<std::string> value_of(toml::node const& node, Setting const& setting, std::string_view between)
{
    // as_…, not value<…>: that one takes the number 8080 for a truth.
    if (auto const* text = node.as_string()) return text->get();
    if (auto const* truth = node.as_boolean(); truth && setting.form == Setting::Form::Flag) return truth->get() ? "true" : "false";
    auto const* array = node.as_array();
    if (!array || setting.form != Setting::Form::Many) return std::nullopt;
    std::vector<std::string> parts;
    for (auto const& part : *array)
        if (auto const text = part.value<std::string>()) parts.push_back(*text);
    return join(parts, between);
}

/// [sign-in.NAME]: "sign-in.NAME.setting" -> value.
Status read_ways(Family const& family, toml::table const& ways, std::string const& path, Values& values)
{
    auto const refused = [&](toml::node const& node, std::string_view name) {
        return Error::invalid("settings_file_name", {{"file", path}, {"line", std::to_string(node.source().begin.line)}, {"setting", shorten(name, 60)}});
    };
    for (auto const& [name, way] : ways) {
        auto const* table = way.as_table();
        if (!table || !is_way_name(name.str())) return refused(way, name.str());
        for (auto const& [key, node] : *table) {
            auto const found = std::ranges::find(family.settings, key.str(), &Setting::name);
            if (found == family.settings.end()) return refused(node, key.str());
            auto const value = value_of(node, *found, "\n");
            if (!value) return Error::invalid("settings_file", {{"file", path}, {"line", std::to_string(node.source().begin.line)}});
            values[family.table + "." + std::string{name.str()} + "." + std::string{key.str()}] = *value;
        }
    }
    return Nothing{};
}

/// The file's values as text; a table, a date or a name that is no setting is an error with its line.
Result<Values> read_file(std::filesystem::path const& path)
{
    Values values;
    if (!std::filesystem::exists(path)) return values;
    toml::table table;
    try {
        table = toml::parse_file(path.string());
    } catch (toml::parse_error const& problem) {
        return Error::invalid("settings_file", {{"file", path.string()}, {"line", std::to_string(problem.source().begin.line)}});
    }
    for (auto const& [key, node] : table) {
        if (auto const* tables = node.as_table(); tables && (key.str() == "sign-in" || key.str() == "intake")) {
            TRY(read_ways(key.str() == "intake" ? boxes_family() : ways_family(), *tables, path.string(), values));
            continue;
        }
        auto const line = std::to_string(node.source().begin.line);
        auto const* setting = find_setting(key.str());
        if (!setting || !setting->in_file)
            return Error::invalid("settings_file_name", {{"file", path.string()}, {"line", line}, {"setting", shorten(key.str(), 60)}});
        auto const value = value_of(node, *setting, ",");
        if (!value) return Error::invalid("settings_file", {{"file", path.string()}, {"line", line}});
        values[std::string{setting->name}] = *value;
    }
    return values;
}

/// What `sign-in-ways` or `intake-boxes` names, from the environment, else from the file; the command line shows what stands there to others.
Result<std::vector<WayConfig>> ways_of(Family const& family, std::string const& names, Values const& file, std::string const& file_path, Environment const& environment)
{
    std::vector<WayConfig> ways;
    for (auto const& part : split(names, ',')) {
        std::string const name{trim(part)};
        if (name.empty()) continue;
        WayConfig way{name, {}};
        for (auto const& setting : family.settings) {
            Effective effective{&setting, std::string{setting.fallback}, Origin::Default, ""};
            auto const variable = way_environment_name(family, name, setting);
            if (auto const set = environment(variable)) {
                effective = {&setting, *set, Origin::Environment, variable};
                if (setting.form == Setting::Form::Many) std::ranges::replace(effective.value, ';', '\n');
            } else if (auto const stated = file.find(family.table + "." + name + "." + std::string{setting.name}); stated != file.end()) {
                effective = {&setting, stated->second, Origin::File, file_path};
            }
            if (setting.form == Setting::Form::Flag) effective.value = plain_flag(effective.value);
            if (!allowed_in_way(setting, effective.value)) return bad_value(setting, effective.value, effective.where.empty() ? family.table + "." + name : effective.where);
            way.all.push_back(std::move(effective));
        }
        ways.push_back(std::move(way));
    }
    return ways;
}

}  // namespace

Result<Config> Config::load(std::map<std::string, std::string> const& options, Environment const& environment)
{
    Config config;
    Values file;
    std::string file_path;
    for (auto const& setting : settings()) {
        std::string const name{setting.name};
        Effective effective{&setting, std::string{setting.fallback}, Origin::Default, ""};
        if (auto const option = options.find(name); option != options.end()) effective = {&setting, option->second, Origin::Option, "--" + name};
        else if (auto const variable = environment(environment_name(setting))) effective = {&setting, *variable, Origin::Environment, environment_name(setting)};
        else if (auto const stated = file.find(name); stated != file.end()) effective = {&setting, stated->second, Origin::File, file_path};
        if (setting.form == Setting::Form::Flag) effective.value = plain_flag(effective.value);
        if (!allowed(setting, effective.value)) return bad_value(setting, effective.value, effective.where);
        if (name == "data") {   // the first row: the file lies where it says
            auto const path = std::filesystem::path{effective.value} / "greffier.toml";
            file_path = path.string();
            file = TRY(read_file(path));
        }
        config.all_.push_back(std::move(effective));
    }
    config.ways_ = TRY(ways_of(ways_family(), config.text("sign-in-ways"), file, file_path, environment));
    config.boxes_ = TRY(ways_of(boxes_family(), config.text("intake-boxes"), file, file_path, environment));
    return config;
}

Effective const& Config::of(std::string_view name) const
{
    for (auto const& effective : all_)
        if (effective.setting->name == name) return effective;
    throw std::logic_error("no such setting: " + std::string{name});
}

Effective const& WayConfig::of(std::string_view setting) const
{
    for (auto const& effective : all)
        if (effective.setting->name == setting) return effective;
    throw std::logic_error("no such setting of a way to sign in: " + std::string{setting});
}

std::vector<std::string> WayConfig::list(std::string_view setting) const
{
    std::vector<std::string> parts;
    for (auto const& part : split(text(setting), '\n'))
        if (auto const trimmed = trim(part); !trimmed.empty()) parts.emplace_back(trimmed);
    return parts;
}

std::vector<std::string> Config::list(std::string_view name) const
{
    std::vector<std::string> parts;
    for (auto const& part : split(text(name), ','))
        if (auto const trimmed = trim(part); !trimmed.empty()) parts.emplace_back(trimmed);
    return parts;
}

}  // namespace greffier::app
