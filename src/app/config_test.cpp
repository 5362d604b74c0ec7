#include "app/config.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "app/ways.hpp"
#include "storage/test_database.hpp"

namespace greffier::app {
namespace {

Environment environment_of(std::map<std::string, std::string> values)
{
    return [values = std::move(values)](std::string const& name) -> std::optional<std::string> {
        auto const found = values.find(name);
        return found == values.end() ? std::nullopt : std::optional{found->second};
    };
}

struct ConfigTest : testing::Test {
    storage::TestDirectory directory;
    std::string data() const { return directory.path().string(); }
    void file(std::string const& text) const { std::ofstream(directory.path() / "greffier.toml") << text; }
};

TEST_F(ConfigTest, option_wins_over_environment_over_file_over_default)
{
    file("listen = \"127.0.0.1:3\"\n");
    auto listen = [&](std::map<std::string, std::string> options, std::map<std::string, std::string> variables) {
        options["data"] = data();
        auto const config = Config::load(options, environment_of(std::move(variables)));
        EXPECT_TRUE(config.ok());
        auto const& effective = config->of("listen");
        return effective.value + " " + std::string{code_of(effective.origin)};
    };
    EXPECT_EQ(listen({{"listen", "127.0.0.1:1"}}, {{"GREFFIER_LISTEN", "127.0.0.1:2"}}), "127.0.0.1:1 option");
    EXPECT_EQ(listen({}, {{"GREFFIER_LISTEN", "127.0.0.1:2"}}), "127.0.0.1:2 environment");
    EXPECT_EQ(listen({}, {}), "127.0.0.1:3 file");
    file("");
    EXPECT_EQ(listen({}, {}), "127.0.0.1:8080 default");
}

TEST_F(ConfigTest, the_data_directory_of_the_environment_is_where_the_file_is_read)
{
    file("public-url = \"https://rgpd.example\"\n");
    auto const config = Config::load({}, environment_of({{"GREFFIER_DATA", data()}}));
    ASSERT_TRUE(config.ok());
    EXPECT_EQ(config->text("public-url"), "https://rgpd.example");
    EXPECT_EQ(config->of("public-url").where, (directory.path() / "greffier.toml").string());
}

TEST_F(ConfigTest, lists_come_from_arrays_and_from_commas)
{
    file("trusted-proxy = [\"10.0.0.0/8\", \"192.168.1.1/32\"]\n");
    std::vector<std::string> const expected{"10.0.0.0/8", "192.168.1.1/32"};
    EXPECT_EQ(Config::load({{"data", data()}}, environment_of({}))->list("trusted-proxy"), expected);
    EXPECT_EQ(Config::load({{"data", data()}}, environment_of({{"GREFFIER_TRUSTED_PROXY", "10.0.0.0/8, 192.168.1.1/32"}}))->list("trusted-proxy"), expected);
}

TEST_F(ConfigTest, a_mistake_says_where_it_stands)
{
    auto code = [&] {
        auto const config = Config::load({{"data", data()}}, environment_of({}));
        return config.ok() ? std::string{} : config.error().code + " " + (config.error().arguments.contains("line") ? config.error().arguments.at("line") : "");
    };
    file("# first\nlisen = \"127.0.0.1:1\"\n");
    EXPECT_EQ(code(), "settings_file_name 2");
    file("listen = \n");
    EXPECT_EQ(code(), "settings_file 1");
    file("\n\nlisten = 8080\n");
    EXPECT_EQ(code(), "settings_file 3");
    file("data = \"elsewhere\"\n");   // where the file stands cannot depend on the file
    EXPECT_EQ(code(), "settings_file_name 1");
    file("listen = \"nowhere\"\n");
    EXPECT_EQ(code(), "setting_value ");
}

TEST_F(ConfigTest, a_network_that_is_none_is_refused_before_anything_starts)
{
    for (auto const* bad : {"10.0.0.0/33", "proxy.example", "10.0.0.1, x"})
        EXPECT_FALSE(Config::load({{"data", data()}, {"trusted-proxy", bad}}, environment_of({})).ok()) << bad;
    EXPECT_TRUE(Config::load({{"data", data()}, {"trusted-proxy", "10.0.0.0/8,2001:db8::/32"}}, environment_of({})).ok());
}

TEST_F(ConfigTest, the_journal_is_kept_for_six_to_twelve_months_and_a_session_idles_for_minutes_that_make_sense)
{
    auto const code = [&](std::string name, std::string value) {
        auto const config = Config::load({{"data", data()}, {std::move(name), std::move(value)}}, environment_of({}));
        return config.ok() ? std::string{} : config.error().code;
    };
    for (auto const* fine : {"6", "9", "12"}) EXPECT_EQ(code("journal-months", fine), "");
    for (auto const* wrong : {"5", "13", "36", "0", "-6", "6.5", "six", ""}) EXPECT_EQ(code("journal-months", wrong), "journal_months_value") << wrong;
    EXPECT_EQ(code("session-idle", "30"), "");
    EXPECT_EQ(code("session-idle", "1"), "session_idle_value");
    EXPECT_EQ(code("session-idle-for", "dpo=30, representative=15"), "");
    EXPECT_EQ(code("session-idle-for", "dpo=30,emperor=15"), "session_idle_value");
}

TEST_F(ConfigTest, a_secret_is_never_shown_not_even_when_it_is_refused)
{
    auto const config = Config::load({{"data", data()}}, environment_of({{"GREFFIER_METRICS_TOKEN", "a-token-of-some-length"}}));
    ASSERT_TRUE(config.ok());
    EXPECT_EQ(shown(config->of("metrics-token")), "***");
    EXPECT_EQ(config->secret("metrics-token").reveal(), "a-token-of-some-length");
    auto const refused = Config::load({{"data", data()}}, environment_of({{"GREFFIER_METRICS_TOKEN", "short"}}));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().arguments.at("value"), "***");
}

TEST_F(ConfigTest, a_way_to_sign_in_is_a_table_of_the_file_and_its_secret_may_come_from_the_environment)
{
    file("sign-in-ways = [\"keycloak\"]\n[sign-in.keycloak]\nissuer = \"https://sso.ville.example\"\nclient-id = \"greffier\"\n"
         "roles = [\"cn=a,ou=b = ville/dpo\", \"c = ville/reader\"]\n[sign-in.asleep]\nlabel = \"not named, not in service\"\n");
    auto const config = Config::load({{"data", data()}}, environment_of({{"GREFFIER_SIGN_IN_KEYCLOAK_CLIENT_SECRET", "a secret"}, {"GREFFIER_SIGN_IN_KEYCLOAK_SECOND_FACTOR", "mfa;eidas2"}}));
    ASSERT_TRUE(config.ok());
    ASSERT_EQ(config->ways().size(), 1U);
    auto const& way = config->ways().front();
    EXPECT_EQ(way.list("roles"), (std::vector<std::string>{"cn=a,ou=b = ville/dpo", "c = ville/reader"}));
    EXPECT_EQ(way.list("second-factor"), (std::vector<std::string>{"mfa", "eidas2"}));
    EXPECT_EQ(shown(way.of("client-secret")), "***");
    auto const parts = sign_in_ways_of(*config);
    ASSERT_TRUE(parts.ok());
    ASSERT_EQ(parts->providers.size(), 1U);
    EXPECT_EQ(parts->providers.front().client_secret.reveal(), "a secret");
    EXPECT_EQ(parts->providers.front().rules.label, "keycloak");
}

TEST_F(ConfigTest, names_of_ways_are_plain_and_each_is_there_once)
{
    for (auto const* bad : {"Keycloak", "a b", "a,a", "-a", "a/b", "password", "passkey", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
        EXPECT_FALSE(Config::load({{"data", data()}, {"sign-in-ways", bad}}, environment_of({})).ok()) << bad;
    EXPECT_TRUE(Config::load({{"data", data()}, {"sign-in-ways", "keycloak,pro-connect2"}}, environment_of({})).ok());
    for (auto const* text : {"[sign-in.x]\nisuer = \"y\"\n", "[sign-in.X]\nissuer = \"y\"\n", "sign-in = \"x\"\n", "[sign-in]\nissuer = \"y\"\n", "[sign-in.x]\nissuer = 3\n"}) {
        file(text);
        EXPECT_FALSE(Config::load({{"data", data()}}, environment_of({})).ok()) << text;
    }
}

TEST_F(ConfigTest, a_password_in_clear_to_a_directory_beyond_this_machine_is_refused)
{
    auto const problem = [&](std::string const& url, std::string const& tls) {
        auto const config = Config::load({{"data", data()}, {"sign-in-ways", "d"}},
                                         environment_of({{"GREFFIER_SIGN_IN_D_KIND", "ldap"}, {"GREFFIER_SIGN_IN_D_URL", url}, {"GREFFIER_SIGN_IN_D_STARTTLS", tls}, {"GREFFIER_SIGN_IN_D_BIND_DN", "cn=x"},
                                                         {"GREFFIER_SIGN_IN_D_BIND_PASSWORD", "y"}, {"GREFFIER_SIGN_IN_D_BASE", "dc=x"}}));
        auto const parts = config.ok() ? sign_in_ways_of(*config) : Result<accounts::SignInWays::Parts>{config.error()};
        return parts.ok() ? std::string{} : parts.error().code;
    };
    EXPECT_EQ(problem("ldap://annuaire.ville.example", "no"), "way_ldap_in_clear");
    EXPECT_EQ(problem("ldap://127.0.0.1.evil.example", "no"), "way_ldap_in_clear");
    EXPECT_EQ(problem("ldap://annuaire.ville.example", "yes"), "");
    EXPECT_EQ(problem("ldaps://annuaire.ville.example", "no"), "");
    EXPECT_EQ(problem("ldap://127.0.0.1:3890", "no"), "");
    EXPECT_EQ(problem("ldapi:///var/run/x", "yes"), "way_setting");
    EXPECT_EQ(problem("ldap://a b", "yes"), "way_setting");
    EXPECT_EQ(problem("ldap://host/dc=x??sub", "yes"), "way_setting");
}

TEST(Listen, takes_names_and_both_kinds_of_addresses)
{
    EXPECT_EQ(parse_listen("[::1]:8080")->host, "::1");
    EXPECT_EQ(parse_listen("localhost:0")->port, 0);
    EXPECT_TRUE(parse_listen("127.0.0.2:1")->is_loopback());
    EXPECT_FALSE(parse_listen("0.0.0.0:80")->is_loopback());
    for (auto const* bad : {"8080", ":80", "localhost:", "localhost:x", "localhost:70000", "::1:80", ""}) EXPECT_FALSE(parse_listen(bad)) << bad;
}

TEST(Settings, a_password_in_an_address_is_never_shown)
{
    EXPECT_EQ(without_password("postgresql://greffier:secret@db/greffier"), "postgresql://greffier:***@db/greffier");
    EXPECT_EQ(without_password("postgresql://db:5432/greffier"), "postgresql://db:5432/greffier");
    EXPECT_EQ(without_password("127.0.0.1:8080"), "127.0.0.1:8080");
}

}  // namespace
}  // namespace greffier::app
