#include "cli/parse.hpp"

#include <algorithm>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "core/text.hpp"

namespace greffier::cli {

using Form = Option::Form;

std::vector<app::Setting const*> settings_of(Command const& command)
{
    std::vector<app::Setting const*> all;
    for (auto const& setting : app::settings())
        if (!setting.secret && (setting.everywhere || command.name == "serve" || command.name == "config")) all.push_back(&setting);
    return all;
}

std::vector<Option> const& common_options()
{
    static std::vector<Option> const all = {
        {"json", Form::Flag},
        {"test-clock", Form::Flag},
        {"help", Form::Flag},
    };
    return all;
}

namespace {

/// Whether a token before the command's words is an option, and takes the next token with it.
int tokens_of_option(std::string const& token)
{
    if (!token.starts_with('-') || token == "-" || token == "--") return 0;
    if (token.find('=') != std::string::npos) return 1;
    for (auto const& setting : app::settings())
        if (token == "--" + std::string{setting.name} && setting.form != app::Setting::Form::Flag) return 2;
    return 1;
}

struct Chosen {
    std::string words;
    Command const* command = nullptr;
    std::vector<std::string> rest;
};

bool is_group(std::string const& words)
{
    return std::ranges::any_of(commands(), [&](Command const& command) { return command.name.starts_with(words + " "); });
}

Command const* find_command(std::string const& words)
{
    auto const found = std::ranges::find(commands(), words, &Command::name);
    return found == commands().end() ? nullptr : &*found;
}

/// The nearest command, so that a slip of the keyboard is answered with the right word.
std::string nearest(std::string const& words)
{
    std::string best;
    double best_score = 0.5;
    for (auto const& command : commands())
        if (auto const score = similarity(fold(words), command.name); score > best_score) {
            best_score = score;
            best = command.name;
        }
    return best;
}

/// Takes the one or two words that name a command out of the tokens; whatever else was there stays, in order.
Result<Chosen> choose(std::vector<std::string> const& arguments)
{
    Chosen chosen;
    std::size_t at = 0;
    auto next_word = [&]() -> std::optional<std::string> {
        while (at < arguments.size()) {
            int const count = tokens_of_option(arguments[at]);
            if (count == 0) return arguments[at++];
            for (int i = 0; i < count && at < arguments.size(); ++i) chosen.rest.push_back(arguments[at++]);
        }
        return std::nullopt;
    };
    auto const first = next_word();
    if (!first) return chosen;
    chosen.words = *first;
    if (is_group(*first)) {
        auto const second = next_word();
        if (!second) return chosen;
        chosen.words += " " + *second;
    }
    chosen.command = find_command(chosen.words);
    if (!chosen.command) {
        auto const meant = nearest(chosen.words);
        return meant.empty() ? Error::invalid("cli_unknown_command", {{"command", shorten(chosen.words, 60)}})
                             : Error::invalid("cli_unknown_command_meant", {{"command", shorten(chosen.words, 60)}, {"meant", meant}});
    }
    chosen.rest.insert(chosen.rest.end(), arguments.begin() + static_cast<std::ptrdiff_t>(at), arguments.end());
    return chosen;
}

std::string shown(Option const& option)
{
    if (option.form == Form::Positional || option.form == Form::Positionals) return std::string{option.value};
    return (option.name.size() == 1 ? "-" : "--") + std::string{option.name};
}

std::string spelling(Option const& option)
{
    if (option.form == Form::Positional || option.form == Form::Positionals) return std::string{option.name};
    return option.name == "help" ? "-h,--help" : shown(option);
}

/// One option and the place its values are read into.
struct Slot {
    Option option;
    bool seen = false;
    std::vector<std::string> values;
    CLI::Option* parsed = nullptr;
};

void declare(CLI::App& app, Slot& slot)
{
    switch (slot.option.form) {
    case Form::Flag: slot.parsed = app.add_flag(spelling(slot.option), slot.seen); break;
    case Form::Positional: slot.parsed = app.add_option(spelling(slot.option), slot.values)->expected(1)->allow_extra_args(false); break;
    case Form::Positionals: slot.parsed = app.add_option(spelling(slot.option), slot.values); break;
    case Form::Text: slot.parsed = app.add_option(spelling(slot.option), slot.values)->expected(1)->allow_extra_args(false); break;
    case Form::Texts: slot.parsed = app.add_option(spelling(slot.option), slot.values)->allow_extra_args(false); break;
    case Form::Optional: slot.parsed = app.add_option(spelling(slot.option), slot.values)->expected(0, 1); break;
    }
}

Status check(Slot const& slot)
{
    auto const& option = slot.option;
    if (option.required && slot.values.empty()) return Error::invalid("cli_missing", {{"option", shown(option)}});
    if (option.choices.empty()) return Nothing{};
    for (auto const& value : slot.values)
        if (std::ranges::find(option.choices, value) == option.choices.end()) {
            std::vector<std::string> const choices(option.choices.begin(), option.choices.end());
            return Error::invalid("cli_not_a_choice", {{"option", shown(option)}, {"value", shorten(value, 60)}, {"choices", join(choices, ", ")}});
        }
    return Nothing{};
}

/// CLI11 names the option first: "--name: 1 required TEXT missing".
std::string option_named(std::string const& message)
{
    auto const end = message.find_first_of(": ");
    return message.substr(0, end);
}

/// "--name --json" forgot the name: CLI11 would take the next option for it.
Status check_values_are_there(std::vector<std::string> const& tokens, std::vector<Slot> const& slots)
{
    for (std::size_t i = 0; i < tokens.size() && tokens[i] != "--"; ++i) {
        auto const slot = std::ranges::find_if(slots, [&](Slot const& each) { return shown(each.option) == tokens[i]; });
        if (slot == slots.end() || (slot->option.form != Form::Text && slot->option.form != Form::Texts)) continue;
        if (i + 1 == tokens.size() || tokens[i + 1].starts_with("--")) return Error::invalid("cli_value", {{"option", tokens[i]}});
        ++i;
    }
    return Nothing{};
}

std::vector<Slot> slots_of(Command const& command)
{
    std::vector<Slot> slots;
    for (auto const& option : command.options) slots.push_back({option});
    for (auto const* setting : settings_of(command))
        slots.push_back({{setting->name, setting->form == app::Setting::Form::Flag ? Form::Flag : setting->form == app::Setting::Form::Many ? Form::Texts : Form::Text, setting->value}});
    for (auto const& option : common_options()) slots.push_back({option});
    return slots;
}

}  // namespace

Result<Parsed> parse(std::vector<std::string> const& arguments)
{
    if (std::ranges::find(arguments, "--version") == arguments.begin() && arguments.size() == 1) return Parsed{find_command("version"), "version", {}};
    auto chosen = TRY(choose(arguments));
    Parsed parsed{chosen.command, chosen.words, {}};
    if (!chosen.command) {
        bool const asked = std::ranges::any_of(chosen.rest, [](auto const& token) { return token == "--help" || token == "-h"; });
        if (!asked) return Error::invalid("cli_no_command", {{"command", chosen.words.empty() ? "greffier" : "greffier " + chosen.words}});
        return parsed;
    }
    CLI::App app;
    app.set_help_flag();
    app.allow_extras();
    auto slots = slots_of(*chosen.command);
    for (auto& slot : slots) declare(app, slot);
    TRY(check_values_are_there(chosen.rest, slots));
    try {
        std::ranges::reverse(chosen.rest);   // CLI11 takes them from the back
        app.parse(chosen.rest);
    } catch (CLI::ArgumentMismatch const& problem) {
        return Error::invalid("cli_value", {{"option", option_named(problem.what())}});
    } catch (CLI::ParseError const& problem) {
        return Error::invalid("cli_unreadable", {{"option", option_named(problem.what())}});
    }
    for (auto const& slot : slots)
        if (slot.parsed->count() > 0) parsed.given[std::string{slot.option.name}] = slot.values;
    if (parsed.given.contains("help")) return Parsed{nullptr, chosen.words, {}};
    if (auto const extra = app.remaining(); !extra.empty())
        return Error::invalid(extra.front().starts_with('-') ? "cli_unknown_option" : "cli_extra_word", {{"option", shorten(extra.front(), 60)}, {"command", chosen.words}});
    for (auto const& slot : slots) TRY(check(slot));
    return parsed;
}

std::string language_asked(std::vector<std::string> const& arguments)
{
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i].starts_with("--lang=")) return arguments[i].substr(7);
        if (arguments[i] == "--lang" && i + 1 < arguments.size()) return arguments[i + 1];
    }
    return "";
}

// --- help ---------------------------------------------------------------------------------------------------

namespace {

std::string key_of(std::string_view words)
{
    std::string key{"cli."};
    for (char const c : words) key += c == ' ' ? '.' : c;
    return key;
}

void add_line(std::string& text, std::string const& left, std::string const& right)
{
    constexpr std::size_t column = 34;
    text += "  " + left;
    auto const width = length_utf8(left) + 2;
    text += width + 2 > column ? "\n" + std::string(column, ' ') : std::string(column - width, ' ');
    text += right + "\n";
}

std::string usage(Option const& option)
{
    std::string text = shown(option);
    if (option.form == Form::Positionals) text += "…";
    if (option.form == Form::Text || option.form == Form::Texts) text += " " + std::string{option.value};
    if (option.form == Form::Optional) text += " [" + std::string{option.value} + "]";
    if (option.form == Form::Texts) text += " …";
    return option.required ? text : "[" + text + "]";
}

std::string left_of(Option const& option)
{
    auto text = option.name == "help" ? "-h, --help" : shown(option);
    if (option.form == Form::Text || option.form == Form::Texts) text += " " + std::string{option.value};
    if (option.form == Form::Optional) text += " [" + std::string{option.value} + "]";
    return text;
}

std::string words_of(Command const& command, Option const& option, Locale const& locale)
{
    auto text = option.name == "help" ? "" : locale.find(key_of(command.name) + "." + std::string{option.name}).value_or("");
    if (text.empty()) text = locale.text("cli.option." + std::string{option.name});
    if (option.choices.empty()) return text;
    return text + " (" + join({option.choices.begin(), option.choices.end()}, ", ") + ")";
}

std::string help_of_command(Command const& command, Locale const& locale)
{
    std::string text = "greffier " + std::string{command.name};
    for (auto const& option : command.options) text += " " + usage(option);
    text += "\n\n" + locale.text(key_of(command.name) + ".help") + "\n";
    if (!command.options.empty()) text += "\n";
    for (auto const& option : command.options) add_line(text, left_of(option), words_of(command, option, locale));
    text += "\n" + locale.text("cli.help.settings") + "\n";
    for (auto const* setting : settings_of(command)) {
        auto const left = "--" + std::string{setting->name} + (setting->value.empty() ? "" : " " + std::string{setting->value});
        add_line(text, left, locale.text("setting." + std::string{setting->name}));
    }
    for (auto const& option : common_options()) add_line(text, left_of(option), words_of(command, option, locale));
    return text;
}

std::string help_of_group(std::string_view group, Locale const& locale)
{
    std::string text = group.empty() ? locale.text("cli.help.program") : locale.text(key_of(group) + ".help");
    text += "\n\n";
    for (auto const& command : commands())
        if (group.empty() || command.name.starts_with(std::string{group} + " "))
            add_line(text, "greffier " + std::string{command.name}, locale.text(key_of(command.name) + ".help"));
    return text + "\n" + locale.text("cli.help.more") + "\n";
}

}  // namespace

std::string help(std::string_view words, Locale const& locale)
{
    if (auto const* command = find_command(std::string{words})) return help_of_command(*command, locale);
    return help_of_group(words, locale);
}

}  // namespace greffier::cli
