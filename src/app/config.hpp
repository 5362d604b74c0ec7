#pragma once
// Settings, one row each. A value comes from --option, else GREFFIER_OPTION, else greffier.toml in the data
// directory, else the default; a Config knows which. The words of a setting are the locale key "setting.<name>".

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/locale.hpp"
#include "core/result.hpp"
#include "core/secret.hpp"

namespace greffier::app {

struct Setting {
    enum class Form { Text, Flag, Many };   ///< Many: several values, separated by commas outside TOML
    std::string_view name;                  ///< "public-url": --public-url, GREFFIER_PUBLIC_URL, public-url = "…"
    std::string_view fallback;
    Form form = Form::Text;
    std::string_view value = "";            ///< what stands for the value in a help text: "URL"
    bool everywhere = false;                ///< an option of every command, not of `serve` alone
    bool in_file = true;                    ///< may stand in greffier.toml
    bool secret = false;                    ///< never an option (others read command lines), never shown
};

/// THE list of settings.
std::span<Setting const> settings();
/// Those of one way to sign in (a provider, a directory), in the table [sign-in.NAME] of the file, or GREFFIER_SIGN_IN_NAME_… .
std::span<Setting const> way_settings();
/// Those of one mailbox that messages are taken in from, in the table [intake.NAME], or GREFFIER_INTAKE_NAME_… .
std::span<Setting const> box_settings();
Setting const* find_setting(std::string_view name);
std::string environment_name(Setting const& setting);   ///< "GREFFIER_PUBLIC_URL"

enum class Origin { Option, Environment, File, Default };
std::string_view code_of(Origin origin);                ///< "option" "environment" "file" "default"

struct Effective {
    Setting const* setting = nullptr;
    std::string value;
    Origin origin{};
    std::string where;                                  ///< "--listen", "GREFFIER_LISTEN", the file's path, or ""
};

/// The settings of one way to sign in, or of one mailbox.
struct WayConfig {
    std::string name;                                   ///< [a-z0-9-]: in addresses and in names of variables
    std::vector<Effective> all;                         ///< one for each of way_settings() or box_settings()

    [[nodiscard]] Effective const& of(std::string_view setting) const;
    [[nodiscard]] std::string const& text(std::string_view setting) const { return of(setting).value; }
    [[nodiscard]] bool truth(std::string_view setting) const { return of(setting).value == "true"; }
    [[nodiscard]] SecretText secret(std::string_view setting) const { return SecretText{of(setting).value}; }
    /// Of a setting with several values, which stand on lines of their own inside.
    [[nodiscard]] std::vector<std::string> list(std::string_view setting) const;
};

using Environment = std::function<std::optional<std::string>(std::string const& name)>;
/// The process's own environment; an empty variable counts as absent.
Environment process_environment();

class Config {
public:
    /// `options` are those given on the command line. An unreadable file, a name that does not exist and a value
    /// that cannot be are errors that say where.
    static Result<Config> load(std::map<std::string, std::string> const& options, Environment const& environment);

    [[nodiscard]] Effective const& of(std::string_view name) const;   ///< an unknown name throws
    [[nodiscard]] std::string const& text(std::string_view name) const { return of(name).value; }
    [[nodiscard]] bool truth(std::string_view name) const { return of(name).value == "true"; }
    [[nodiscard]] std::vector<std::string> list(std::string_view name) const;
    [[nodiscard]] SecretText secret(std::string_view name) const { return SecretText{of(name).value}; }
    [[nodiscard]] std::vector<Effective> const& all() const { return all_; }
    /// Those that `sign-in-ways` names, in its order.
    [[nodiscard]] std::vector<WayConfig> const& ways() const { return ways_; }
    /// Those that `intake-boxes` names.
    [[nodiscard]] std::vector<WayConfig> const& boxes() const { return boxes_; }

private:
    std::vector<Effective> all_;
    std::vector<WayConfig> ways_, boxes_;
};

/// "127.0.0.1:8080", "[::1]:8080", "localhost:0".
struct Listen {
    std::string host;
    std::uint16_t port = 0;
    [[nodiscard]] bool is_loopback() const;
};
std::optional<Listen> parse_listen(std::string_view text);
/// What may be shown of a value: nothing of a secret, an address without its password.
std::string shown(Effective const& effective);
/// An address with its password replaced, to be shown.
std::string without_password(std::string url);

}  // namespace greffier::app
