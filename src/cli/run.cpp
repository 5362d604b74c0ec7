#include <charconv>
#include <exception>
#include <istream>
#include <ostream>

#include "cli/command.hpp"
#include "cli/parse.hpp"
#include "core/log.hpp"
#include "core/text.hpp"

namespace greffier::cli {

namespace {

constexpr int could_not = 2;

/// --lang, else GREFFIER_LANG, else what the terminal speaks, else French.
Language language_of(std::string const& asked, app::Environment const& environment)
{
    if (auto const language = parse_language(asked)) return *language;
    for (auto const* name : {"GREFFIER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"})
        if (auto const value = environment(name))
            if (auto const language = parse_language(*value)) return *language;
    return Language::French;
}

std::string one_line(std::string text)
{
    for (auto& c : text)
        if (c == '\n') c = ' ';
    return text;
}

int tell_error(Error const& error, Locale const& locale, std::ostream& err)
{
    err << "greffier" << locale.text("punctuation.colon") << one_line(describe(error, locale)) << "\n";
    return could_not;
}

void set_level(std::string const& level)
{
    set_log_level(level == "debug" ? LogLevel::Debug : level == "warning" ? LogLevel::Warning : level == "failure" ? LogLevel::Failure : LogLevel::Info);
}

std::map<std::string, std::string> settings_given(Invocation::Given const& given)
{
    std::map<std::string, std::string> settings;
    for (auto const& setting : app::settings())
        if (auto const found = given.find(setting.name); found != given.end())
            settings[std::string{setting.name}] = setting.form == app::Setting::Form::Flag ? "true" : join(found->second, ",");
    return settings;
}

Result<int> run_parsed(Parsed parsed, Locale locale, Streams streams, app::Environment const& environment)
{
    if (!parsed.command) {
        streams.out << help(parsed.words, locale);
        return 0;
    }
    auto config = TRY(app::Config::load(settings_given(parsed.given), environment));
    set_level(config.text("log-level"));
    // greffier.toml may state the language of whoever runs this installation.
    if (config.of("lang").origin == app::Origin::File) locale = Locale(*parse_language(config.text("lang")));
    Invocation invocation(*parsed.command, std::move(parsed.given), std::move(config), std::move(locale), streams, environment);
    auto code = TRY(parsed.command->run(invocation));
    streams.out.flush();
    if (!streams.out) return Error::invalid("cli_output");
    return code;
}

}  // namespace

int run(std::vector<std::string> arguments, Streams streams, app::Environment const& environment)
{
    Locale const locale{language_of(language_asked(arguments), environment)};
    try {
        auto parsed = parse(arguments);
        if (!parsed.ok()) return tell_error(parsed.error(), locale, streams.err);
        auto const code = run_parsed(std::move(parsed).value(), locale, streams, environment);
        return code.ok() ? *code : tell_error(code.error(), locale, streams.err);
    } catch (std::exception const& failure) {
        return tell_error(Error::invalid("cli_failure", {{"reason", failure.what()}}), locale, streams.err);
    }
}

std::string Invocation::text(std::string_view option) const
{
    auto const found = given_.find(option);
    return found == given_.end() || found->second.empty() ? std::string{} : found->second.front();
}

std::vector<std::string> Invocation::texts(std::string_view option) const
{
    auto const found = given_.find(option);
    return found == given_.end() ? std::vector<std::string>{} : found->second;
}

Result<std::optional<std::int64_t>> Invocation::number(std::string_view option, std::int64_t least, std::int64_t most) const
{
    if (!has(option)) return std::optional<std::int64_t>{};
    auto const given = text(option);
    std::int64_t value = 0;
    auto const read = std::from_chars(given.data(), given.data() + given.size(), value);
    if (given.empty() || read.ec != std::errc{} || read.ptr != given.data() + given.size() || value < least || value > most)
        return Error::invalid("cli_number", {{"option", "--" + std::string{option}}, {"value", shorten(given, 40)}, {"min", std::to_string(least)}, {"max", std::to_string(most)}});
    return std::optional{value};
}

void Invocation::tell(std::string_view key, Arguments const& arguments) const { out << locale.text(key, arguments) << "\n"; }

Result<std::unique_ptr<app::Application>> Invocation::open(app::OpenWish::Use use) const
{
    return app::open_application(settings, {use, has("test-clock")}, environment);
}

Result<std::filesystem::path> output_file(std::string_view path)
{
    std::filesystem::path const file{path};
    std::error_code unreadable;
    auto const found = std::filesystem::status(file, unreadable);
    if (std::filesystem::exists(found) && !std::filesystem::is_regular_file(found)) return Error::forbidden("output_no_file", {{"path", file.string()}});
    return file;
}

void conclude(app::Application& application) { application.ledger.checkpoint(application.now()); }

Result<accounts::OrganisationInfo> organisation_of(app::Application& application, std::string_view slug)
{
    auto found = application.organisations.find(slug);
    if (!found) return Error::not_found("cli_unknown_organisation", {{"slug", shorten(slug, 60)}});
    return std::move(*found);
}

}  // namespace greffier::cli
