// What accounts write to people: who gets which letter, and what a stranger can learn by asking.
#include <gmock/gmock.h>

#include <deque>

#include "accounts/accounts_fixture.hpp"
#include "accounts/letters.hpp"
#include "accounts/password_reset.hpp"
#include "mail/postman.hpp"

namespace greffier::accounts {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class Kept final : public mail::Transport {
public:
    std::vector<mail::Parcel> seen;
    mail::Delivery send(mail::Parcel const& parcel, std::function<bool()> const&) override
    {
        seen.push_back(parcel);
        return {};
    }
    [[nodiscard]] std::string way() const override { return "a test"; }
};

class MailTest : public AccountsFixture {
protected:
    mail::Outbox outbox{*database, Secret<Bytes>{Bytes(32, 1)}, mail::Outbox::Door::Open};
    mail::Refusals refusals{*database, Secret<Bytes>{Bytes(32, 2)}};
    SignInPlaces places{*database, Secret<Bytes>{Bytes(32, 3)}};
    Kept kept;
    mail::Postman postman{outbox, kept, {"", "greffier@vire.example"}, [this] { return now; }, [this](Timestamp when) { answer_resets(*database, outbox, when); }, mail::Postman::Start::ByHand};

    void ask(std::string_view email, Language language = Language::English) { ASSERT_TRUE(ask_reset(*database, outbox, email, "https://rgpd.example", language, now).ok()); }
    std::string token_of(mail::Parcel const& parcel)
    {
        auto plain = parcel.mime;
        for (auto at = plain.find("=\r\n"); at != plain.npos; at = plain.find("=\r\n")) plain.erase(at, 3);
        auto const begin = plain.find("/reset/") + 7;
        return plain.substr(begin, plain.find_first_of("\r\n", begin) - begin);
    }
    void remember(PersonId who, SignInPlaces::Visit const& visit)
    {
        ASSERT_TRUE(database->write([&](storage::Session& session) -> Status {
            places.remember(session, who, visit, now);
            return Nothing{};
        }).ok());
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, MailTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

TEST_P(MailTest, who_forgot_their_password_gets_one_link_that_holds_an_hour_in_their_language)
{
    auto claire = person("claire@vire.example");
    ASSERT_TRUE(people.set_language(claire.id, Language::French).ok());
    ask(" CLAIRE@vire.example ");
    EXPECT_EQ(postman.round(), 1);
    ASSERT_EQ(kept.seen.size(), 1U);
    EXPECT_EQ(kept.seen[0].to, "claire@vire.example");
    EXPECT_THAT(kept.seen[0].mime, HasSubstr("Content-Language: fr"));
    auto const token = token_of(kept.seen[0]);
    EXPECT_EQ(links.find(token, LinkPurpose::Reset, now + 59min)->person, claire.id);
    EXPECT_FALSE(links.find(token, LinkPurpose::Reset, now + 1h));
    EXPECT_FALSE(links.find(token, LinkPurpose::Welcome, now)) << "it opens its own page only";
}

TEST_P(MailTest, a_language_nobody_chose_is_that_of_the_page)
{
    person("claire@vire.example");
    ask("claire@vire.example", Language::English);
    EXPECT_EQ(postman.round(), 1);
    EXPECT_THAT(kept.seen[0].mime, HasSubstr("Content-Language: en"));
}

TEST_P(MailTest, nobody_and_who_left_get_nothing)
{
    auto gone = person("parti@vire.example");
    ASSERT_TRUE(people.disable(gone.id, now).ok());
    ask("parti@vire.example");
    ask("personne@vire.example");
    EXPECT_EQ(postman.round(), 0);
    EXPECT_TRUE(outbox.asked().empty());
}

TEST_P(MailTest, asking_again_within_five_minutes_neither_writes_again_nor_ends_the_link_that_is_on_its_way)
{
    auto claire = person("claire@vire.example");
    ask("claire@vire.example");
    EXPECT_EQ(postman.round(), 1);
    ask("claire@vire.example");
    EXPECT_EQ(postman.round(), 0);
    EXPECT_TRUE(links.find(token_of(kept.seen[0]), LinkPurpose::Reset, now));
    now += reset_pause;
    ask("claire@vire.example");
    EXPECT_EQ(postman.round(), 1);
    EXPECT_FALSE(links.find(token_of(kept.seen[0]), LinkPurpose::Reset, now)) << "the new one replaces it";
    EXPECT_TRUE(links.find(token_of(kept.seen[1]), LinkPurpose::Reset, now));
}

TEST_P(MailTest, two_programs_that_answer_the_same_question_make_one_link_that_holds)
{
    person("claire@vire.example");
    ask("claire@vire.example");
    auto other = database.open();
    mail::Outbox theirs(*other, Secret<Bytes>{Bytes(32, 1)}, mail::Outbox::Door::Open);
    EXPECT_EQ(answer_resets(*other, theirs, now) + answer_resets(*database, outbox, now), 1);
    EXPECT_EQ(postman.round(), 1);
    EXPECT_TRUE(links.find(token_of(kept.seen[0]), LinkPurpose::Reset, now));
}

TEST_P(MailTest, a_chosen_password_ends_every_other_link)
{
    auto claire = person("claire@vire.example");
    auto const welcome = links.welcome(claire.id, now), reset = links.make(LinkPurpose::Reset, claire.id, now);
    EXPECT_TRUE(links.find(welcome, LinkPurpose::Welcome, now)) << "one purpose does not end another";
    ASSERT_TRUE(database->write([&](storage::Session& session) -> Status {
        TRY(OneTimeLinks::use_in(session, reset, LinkPurpose::Reset, now));
        OneTimeLinks::end_all_in(session, claire.id);
        return Nothing{};
    }).ok());
    EXPECT_FALSE(links.find(welcome, LinkPurpose::Welcome, now));
}

TEST_P(MailTest, a_place_is_known_by_its_browser_or_by_its_network_and_kind_of_browser)
{
    using enum SignInPlaces::Seen;
    auto claire = person("claire@vire.example"), paul = person("paul@vire.example", "Paul");
    SignInPlaces::Visit const desk{"device-1", "192.0.2.7", "Firefox"};
    EXPECT_EQ(places.look(claire.id, desk, now), First);
    remember(claire.id, desk);
    EXPECT_EQ(places.look(claire.id, desk, now), Known);
    EXPECT_TRUE(places.is_fresh(claire.id, desk, now));
    EXPECT_FALSE(places.is_fresh(claire.id, desk, now + 25h));
    EXPECT_EQ(places.look(claire.id, {"device-1", "198.51.100.9", "Firefox 2"}, now), Known) << "the same browser elsewhere";
    EXPECT_EQ(places.look(claire.id, {"", "192.0.2.7", "Firefox"}, now), Known) << "a browser that forgets its cookies";
    EXPECT_EQ(places.look(claire.id, {"", "192.0.2.7", "Chrome"}, now), New) << "a colleague on the same network";
    EXPECT_EQ(places.look(claire.id, {"device-2", "198.51.100.9", "Firefox"}, now), New);
    EXPECT_EQ(places.look(paul.id, desk, now), First) << "nothing passes from one person to another";
    EXPECT_EQ(places.look(claire.id, desk, now + place_life), First) << "forgotten after 180 days";
    EXPECT_EQ(places.forget_old(now + place_life), 2);
}

TEST_P(MailTest, one_household_is_one_network)
{
    EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), network_of("2001:db8:1:2:ffff::1"));
    EXPECT_NE(network_of("2001:db8:1:2::1"), network_of("2001:db8:1:3::1"));
    EXPECT_NE(network_of("192.0.2.7"), network_of("192.0.2.8"));
}

TEST_P(MailTest, no_letter_lacks_a_word_in_either_language)
{
    auto claire = person("claire@vire.example");
    for (auto const language : {Language::French, Language::English}) {
        for (auto const& letter : {password_letter(claire, LinkPurpose::Welcome, "Vire", "https://x.example", "T", language, now),
                                   password_letter(claire, LinkPurpose::Reset, "", "https://x.example", "T", language, now), password_changed_letter(claire, "https://x.example", language, now),
                                   sign_in_letter(claire, refusals, "192.0.2.7", "https://x.example", language, now), test_letter("a@b.fr", language, now)}) {
            for (auto const* text : {&letter.subject, &letter.text, &letter.html}) {
                EXPECT_FALSE(text->empty());
                EXPECT_EQ(text->find("[mail."), text->npos) << *text;
                EXPECT_EQ(text->find('{'), text->npos) << *text;
            }
            EXPECT_EQ(letter.unsubscribe.empty(), letter.kind != mail::Kind::SignInAlert);
        }
    }
}

}  // namespace
}  // namespace greffier::accounts
