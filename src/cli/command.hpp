#pragma once
// A command is a row of commands.cpp: its words, its options, what it runs. Parsing, --help, errors and the
// reference page follow from the row. Words for people are locale keys: "cli.<command>.help" (blanks become dots),
// "cli.<command>.<option>" or else "cli.option.<option>".

#include <filesystem>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/application.hpp"
#include "app/config.hpp"
#include "core/locale.hpp"
#include "core/result.hpp"

namespace greffier::cli {

struct Option {
    enum class Form {
        Positional, Positionals,   ///< in their place, without a name
        Text, Texts,               ///< --name VALUE, once or several times
        Optional,                  ///< --name [VALUE]
        Flag,
    };
    std::string_view name;                       ///< "organisation"; of one letter: -o
    Form form = Form::Text;
    std::string_view value = "";                 ///< what stands for the value: "SLUG"
    bool required = false;
    std::vector<std::string_view> choices = {};  ///< the only values, when there are any
};

class Invocation;

struct Command {
    std::string_view name;                       ///< "organisation add"
    std::vector<Option> options;
    Result<int> (*run)(Invocation&);             ///< exit code; an Error is told in one line and exits 2
};

/// THE list of commands.
std::vector<Command> const& commands();
/// Options of every command that are no settings: --json --test-clock --help.
std::vector<Option> const& common_options();

struct Streams {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
};

/// One command line, read and checked.
class Invocation {
public:
    using Given = std::map<std::string, std::vector<std::string>, std::less<>>;
    Invocation(Command const& which, Given given, app::Config config, Locale words, Streams streams, app::Environment env)
        : command(which), settings(std::move(config)), locale(std::move(words)), in(streams.in), out(streams.out), err(streams.err),
          environment(std::move(env)), given_(std::move(given)) {}

    Command const& command;
    app::Config settings;
    Locale locale;
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    app::Environment environment;

    [[nodiscard]] bool has(std::string_view option) const { return given_.contains(option); }
    [[nodiscard]] bool json() const { return has("json"); }
    /// The value, or "" when the option was not given.
    [[nodiscard]] std::string text(std::string_view option) const;
    [[nodiscard]] std::vector<std::string> texts(std::string_view option) const;
    /// A whole number of [least, most]; absent when not given.
    [[nodiscard]] Result<std::optional<std::int64_t>> number(std::string_view option, std::int64_t least, std::int64_t most) const;

    /// Words of a key, for the reader.
    [[nodiscard]] std::string say(std::string_view key, Arguments const& arguments = {}) const { return locale.text(key, arguments); }
    /// A line on standard output.
    void tell(std::string_view key, Arguments const& arguments = {}) const;

    /// The application on the data directory that the settings name.
    Result<std::unique_ptr<app::Application>> open(app::OpenWish::Use use) const;

private:
    Given given_;
};

/// Closes a command that wrote: signs the histories that grew.
void conclude(app::Application& application);
/// The organisation of --organisation or of a positional slug; NotFound names it.
Result<accounts::OrganisationInfo> organisation_of(app::Application& application, std::string_view slug);
/// Where a file is put in its place once it is whole: a device, a pipe or a directory is refused, for it would be replaced.
Result<std::filesystem::path> output_file(std::string_view path);

/// The whole command line: reads it, runs it, tells errors. Returns the exit code.
int run(std::vector<std::string> arguments, Streams streams, app::Environment const& environment);

}  // namespace greffier::cli
