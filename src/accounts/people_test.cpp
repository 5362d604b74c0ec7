#include <cctype>

#include "accounts/accounts_fixture.hpp"
#include "core/embedded.hpp"
#include "core/text.hpp"

namespace greffier::accounts {
namespace {

class PeopleTest : public AccountsFixture {};
INSTANTIATE_TEST_SUITE_P(Engines, PeopleTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

std::string_view problem(char const* password) { return problem_of_password(SecretText(password), "claire.delmas@vire.example", "Claire Delmas"); }

TEST(Password, twelve_characters_of_four_kinds_or_a_sentence_will_do)
{
    for (auto const* fit : {"tR8$kWz2!pQv", "girafe tambour lagune cerise", "le chat noir dort sous un arbre", "yvqzkmwplhxtrdbcn", "été à la Réunion 1987"})
        EXPECT_EQ(problem(fit), "") << fit << " has " << password_bits(fit, "", "");
}

TEST(Password, short_common_and_own_words_are_refused)
{
    EXPECT_EQ(problem(""), "required");
    for (auto const* weak : {"tR8$kWz2!pQ", "Motdepasse2024!", "P@ssw0rd12345", "Azertyuiop123!", "aaaaaaaaaaaaaaaaaaaaaaaa", "abcdefghijklmnopqrstuvwxyz", "12345678901234567890",
                             "claire.delmas@vire.example", "Claire Delmas", "ClaireDelmas2026!", "Mairie-Vire-2026!", "qwertyqwertyqwerty1A"})
        EXPECT_EQ(problem(weak), "weak_password") << weak << " has " << password_bits(weak, "claire.delmas@vire.example", "Claire Delmas");
    EXPECT_EQ(problem(std::string(300, 'x').c_str()), "password_too_long");
    EXPECT_EQ(problem(std::string(129, 'x').c_str()), "password_too_long");
    std::string phrase = "été à la Réunion, ";
    while (length_utf8(phrase) < 128) phrase += "é";
    EXPECT_EQ(problem(phrase.c_str()), "") << "128 characters, whatever their bytes";
    EXPECT_EQ(problem("\xff\xfe girafe tambour lagune cerise"), "bad_utf8");
}

TEST(Password, every_word_of_the_list_stays_weak_however_it_is_decorated)
{
    int seen = 0;
    for (auto const& file : embedded_passwords())
        for (auto word : split(file.content, '\n')) {
            if (word.empty() || word.starts_with('#')) continue;
            auto capital = word;
            capital[0] = static_cast<char>(std::toupper(capital[0]));
            for (auto const& decorated : {word + "2024!", capital + "123!", capital + capital + "1987", "!!" + capital + "_007", capital + "@Mairie2026"})
                EXPECT_EQ(problem(decorated.c_str()), "weak_password") << decorated << " has " << password_bits(decorated, "", "");
            ++seen;
        }
    EXPECT_GT(seen, 1000);
}

TEST_P(PeopleTest, an_email_is_one_person_however_it_is_written)
{
    auto claire = *people.add({.email = " Claire@Vire.Example ", .name = "Claire  Delmas", .language = Language::English}, now);
    EXPECT_EQ(claire.email, "claire@vire.example");
    EXPECT_EQ(claire.email_shown, "Claire@Vire.Example");
    EXPECT_EQ(people.find("CLAIRE@vire.example")->id, claire.id);
    EXPECT_EQ(people.find(claire.id)->name, "Claire Delmas");
    EXPECT_EQ(people.find(claire.id)->language, Language::English);
    EXPECT_FALSE(people.find(claire.id)->has_password);
    auto twice = people.add({.email = "claire@VIRE.example", .name = "Another"}, now);
    EXPECT_EQ(code(twice), "email:email_taken");
    EXPECT_EQ(twice.error().kind, ErrorKind::Conflict);
}

TEST_P(PeopleTest, says_every_field_at_fault)
{
    auto refused = people.add({.email = "nobody", .name = "", .password = SecretText("short")}, now);
    ASSERT_FALSE(refused.ok());
    std::string all;
    for (auto const& field : refused.error().fields) all += field.field + ":" + field.code + " ";
    EXPECT_EQ(all, "email:not_an_email name:required password:weak_password ");
    EXPECT_TRUE(people.list().empty());
}

TEST_P(PeopleTest, only_the_right_password_of_an_enabled_account_opens)
{
    auto claire = *people.add({.email = "claire@vire.example", .name = "Claire", .password = SecretText(good_password)}, now);
    person("new@vire.example");
    EXPECT_EQ(people.authenticate("Claire@vire.example", SecretText(good_password))->id, claire.id);
    EXPECT_FALSE(people.authenticate("claire@vire.example", SecretText("girafe tambour lagune ceris")));
    EXPECT_FALSE(people.authenticate("new@vire.example", SecretText("")));
    EXPECT_FALSE(people.authenticate("unknown@vire.example", SecretText(good_password)));
    EXPECT_TRUE(people.has_password(claire.id, SecretText(good_password)));
    EXPECT_FALSE(people.has_password(claire.id, SecretText("x")));
    ASSERT_TRUE(people.disable(claire.id, now).ok());
    EXPECT_FALSE(people.authenticate("claire@vire.example", SecretText(good_password)));
    ASSERT_TRUE(people.enable(claire.id).ok());
    ASSERT_TRUE(people.set_password(claire.id, SecretText("lanterne cobalt rivage muguet")).ok());
    EXPECT_TRUE(people.authenticate("claire@vire.example", SecretText("lanterne cobalt rivage muguet")));
    EXPECT_EQ(code(people.set_password(claire.id, SecretText("Claire2026"))), "password:weak_password");
}

TEST(Password, nobodys_costs_what_a_real_one_costs)
{
    auto real = hash_password(SecretText("x"));
    auto parameters = [](std::string_view stored) { return stored.substr(0, stored.find("p=1$") + 4); };
    EXPECT_EQ(parameters(nobodys_password()), parameters(real));
    EXPECT_EQ(nobodys_password().size(), real.size());
}

TEST_P(PeopleTest, language_and_theme_are_chosen_and_taken_back)
{
    auto claire = person("claire@vire.example");
    ASSERT_TRUE(people.set_language(claire.id, Language::English).ok());
    ASSERT_TRUE(people.set_theme(claire.id, "dark").ok());
    EXPECT_EQ(people.find(claire.id)->language, Language::English);
    EXPECT_EQ(people.find(claire.id)->theme, "dark");
    ASSERT_TRUE(people.set_language(claire.id, {}).ok());
    EXPECT_FALSE(people.find(claire.id)->language);
    EXPECT_EQ(code(people.set_theme(claire.id, "pink")), "theme:unknown_choice");
    EXPECT_EQ(code(people.rename(claire.id, "\n")), "name:required");
    EXPECT_EQ(code(people.rename(PersonId::make(), "X")), "unknown_person");
}

TEST_P(PeopleTest, the_list_is_in_the_order_of_names)
{
    person("c@x.fr", "Élodie");
    person("b@x.fr", "Zoé");
    person("a@x.fr", "Denis");
    std::string names;
    for (auto const& each : people.list()) names += each.name + " ";
    EXPECT_EQ(names, "Denis Élodie Zoé ");
}

}  // namespace
}  // namespace greffier::accounts
