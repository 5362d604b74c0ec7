#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>

#include "cli/parse.hpp"
#include "cli/reference.hpp"

namespace greffier::cli {
namespace {

struct Said {
    int code = 0;
    std::string out, err;
};

Said say(std::vector<std::string> arguments, std::map<std::string, std::string> const& variables = {})
{
    std::istringstream in;
    std::ostringstream out, err;
    auto const environment = [&](std::string const& name) -> std::optional<std::string> {
        auto const found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional{found->second};
    };
    Said said;
    said.code = run(std::move(arguments), {in, out, err}, environment);
    said.out = out.str();
    said.err = err.str();
    return said;
}

std::string error_of(std::vector<std::string> const& arguments)
{
    auto const parsed = parse(arguments);
    return parsed.ok() ? "" : parsed.error().code;
}

TEST(Parse, options_of_every_command_stand_before_after_and_between_its_words)
{
    for (auto const& arguments : std::vector<std::vector<std::string>>{
             {"--data", "d", "organisation", "show", "ville"}, {"organisation", "--data=d", "show", "ville"}, {"organisation", "show", "ville", "--data", "d"}}) {
        auto const parsed = parse(arguments);
        ASSERT_TRUE(parsed.ok());
        EXPECT_EQ(parsed->command->name, "organisation show");
        EXPECT_EQ(parsed->given.at("data"), std::vector<std::string>{"d"});
        EXPECT_EQ(parsed->given.at("slug"), std::vector<std::string>{"ville"});
    }
}

TEST(Parse, a_value_that_is_the_name_of_a_command_stays_a_value)
{
    auto const parsed = parse({"organisation", "show", "version"});
    ASSERT_TRUE(parsed.ok());
    EXPECT_EQ(parsed->given.at("slug"), std::vector<std::string>{"version"});
}

TEST(Parse, each_mistake_has_its_own_error)
{
    EXPECT_EQ(error_of({}), "cli_no_command");
    EXPECT_EQ(error_of({"organisation"}), "cli_no_command");
    EXPECT_EQ(error_of({"frobnicate"}), "cli_unknown_command");
    EXPECT_EQ(error_of({"organisation", "ad"}), "cli_unknown_command_meant");
    EXPECT_EQ(error_of({"version", "--frob"}), "cli_unknown_option");
    EXPECT_EQ(error_of({"version", "frob"}), "cli_extra_word");
    EXPECT_EQ(error_of({"organisation", "add", "ville"}), "cli_missing");
    EXPECT_EQ(error_of({"organisation", "add", "ville", "--name"}), "cli_value");
    EXPECT_EQ(error_of({"organisation", "add", "ville", "--name", "--json"}), "cli_value");
    EXPECT_EQ(error_of({"organisation", "show", "a", "--data", "x", "--data", "y"}), "cli_value");
    EXPECT_EQ(error_of({"token", "add", "--organisation", "ville", "--role", "king"}), "cli_not_a_choice");
}

TEST(Run, errors_are_one_line_on_the_error_stream_and_exit_2)
{
    auto const said = say({"version", "--frob"});
    EXPECT_EQ(said.code, 2);
    EXPECT_EQ(said.out, "");
    EXPECT_EQ(std::ranges::count(said.err, '\n'), 1);
    EXPECT_NE(said.err.find("--frob"), std::string::npos);
}

TEST(Run, speaks_the_language_of_the_option_then_of_the_terminal_then_french)
{
    auto language = [](std::vector<std::string> arguments, std::map<std::string, std::string> const& variables) {
        arguments.emplace_back("--frob");
        return say(std::move(arguments), variables).err.find("There is no option") != std::string::npos ? "en" : "fr";
    };
    EXPECT_STREQ(language({"version"}, {}), "fr");
    EXPECT_STREQ(language({"version"}, {{"LANG", "en_GB.UTF-8"}}), "en");
    EXPECT_STREQ(language({"version"}, {{"LANG", "C.UTF-8"}}), "fr");
    EXPECT_STREQ(language({"version", "--lang", "fr"}, {{"LANG", "en_GB.UTF-8"}}), "fr");
    EXPECT_STREQ(language({"--lang=en", "version"}, {{"GREFFIER_LANG", "fr"}}), "en");
}

TEST(Run, every_command_has_a_help_without_a_missing_word)
{
    for (auto const& command : commands())
        for (auto const* language : {"fr", "en"}) {
            std::vector<std::string> arguments;
            for (std::istringstream words{std::string{command.name}}; words.good();) words >> arguments.emplace_back();
            arguments.insert(arguments.end(), {"--help", "--lang", language});
            auto const said = say(std::move(arguments));
            EXPECT_EQ(said.code, 0) << command.name;
            EXPECT_EQ(said.out.find("[cli."), std::string::npos) << said.out;
            EXPECT_NE(said.out.find("greffier " + std::string{command.name}), std::string::npos);
        }
}

TEST(Reference, has_a_page_for_each_register_and_is_the_same_twice)
{
    auto const pages = reference_pages();
    auto const named = [&](std::string_view name) { return std::ranges::find(pages, name, &ReferencePage::name); };
    ASSERT_NE(named("processings.md"), pages.end());
    EXPECT_NE(named("processings.md")->content.find("| `people_count` |"), std::string::npos);
    EXPECT_NE(named("settings.md")->content.find("GREFFIER_PUBLIC_URL"), std::string::npos);
    auto const again = reference_pages();
    for (std::size_t i = 0; i < pages.size(); ++i) EXPECT_EQ(pages[i].content, again[i].content) << pages[i].name;
}

TEST(Reference, derives_the_keys_of_fields_codes_statuses_and_rules)
{
    auto const keys = derived_locale_keys();
    for (auto const* key : {"processing.name", "purpose.basis", "legal_basis.a", "status.to_validate", "register.processings", "rule.REG-001.why", "setting.listen", "cli.serve.help"})
        EXPECT_TRUE(std::ranges::binary_search(keys, std::string{key})) << key;
}

}  // namespace
}  // namespace greffier::cli
