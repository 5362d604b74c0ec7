#pragma once
// From words to options. CLI11 reads the tokens; which command is meant, and what is said of a mistake, is ours.

#include <string>
#include <vector>

#include "cli/command.hpp"

namespace greffier::cli {

struct Parsed {
    Command const* command = nullptr;   ///< nullptr: help was asked, or only a group of commands was named
    std::string words;                  ///< "organisation add", "organisation", ""
    Invocation::Given given;
};

/// `arguments` without the program's name. Unknown words and options, missing and impossible values are errors.
Result<Parsed> parse(std::vector<std::string> const& arguments);
/// What --lang says, before anything else is understood; "" when it is not there.
std::string language_asked(std::vector<std::string> const& arguments);

/// Settings that `command` takes as options.
std::vector<app::Setting const*> settings_of(Command const& command);

/// The help of a command, of a group of commands, or of the program ("").
std::string help(std::string_view words, Locale const& locale);

}  // namespace greffier::cli
