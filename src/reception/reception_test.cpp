#include <algorithm>

#include "accounts/accounts_fixture.hpp"
#include "reception/follow_ups.hpp"
#include "reception/form_word.hpp"
#include "reception/pages.hpp"
#include "reception/public_page.hpp"
#include "reception/public_throttle.hpp"

namespace greffier::reception {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class ReceptionTest : public accounts::AccountsFixture {};
INSTANTIATE_TEST_SUITE_P(Engines, ReceptionTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

TEST_P(ReceptionTest, every_page_is_closed_until_it_is_opened_here)
{
    auto const vire = organisation("vire"), caen = organisation("caen");
    PublicPages const pages(*database, vire.id);
    for (auto const page : all_pages()) EXPECT_FALSE(pages.of(page).is_open()) << code_of(page);
    ASSERT_TRUE(pages.open(Page::Request, Uuid::make(), now).ok());
    ASSERT_TRUE(pages.open(Page::Request, Uuid::make(), now + hours{1}).ok()) << "twice changes nothing";
    EXPECT_EQ(pages.of(Page::Request).opened_at, now);
    EXPECT_FALSE(pages.of(Page::Incident).is_open());
    EXPECT_FALSE(PublicPages(*database, caen.id).of(Page::Request).is_open());
    ASSERT_TRUE(pages.close(Page::Request).ok());
    EXPECT_FALSE(pages.of(Page::Request).is_open());
}

TEST_P(ReceptionTest, own_words_outlive_a_closed_page_and_lend_themselves_to_the_other_language)
{
    auto const vire = organisation("vire");
    PublicPages const pages(*database, vire.id);
    ASSERT_TRUE(pages.keep_words(Page::Register, "  Ouvert le jeudi\n", "", {"retention", "invented", "basis"}).ok());
    auto const kept = pages.of(Page::Register);
    EXPECT_EQ(kept.words(Language::French), "Ouvert le jeudi");
    EXPECT_EQ(kept.words(Language::English), "Ouvert le jeudi");
    EXPECT_EQ(kept.shown, (std::vector<std::string>{"basis", "retention"}));
    EXPECT_EQ(code(pages.keep_words(Page::Register, std::string(longest_words + 1, 'a'), "", {})), "words_fr:too_long");
    EXPECT_EQ(code(pages.keep_words(Page::Register, "", "\xff", {})), "words_en:bad_utf8");
}

TEST_P(ReceptionTest, a_follow_up_address_opens_until_it_ends_or_is_taken_back)
{
    auto const vire = organisation("vire"), caen = organisation("caen");
    FollowUps const addresses(*database, vire.id);
    auto const record = RecordId::make();
    auto const token = *addresses.renew(record, now);
    EXPECT_GE(token.size() * 6, 128U);
    ASSERT_TRUE(addresses.find(token, now));
    EXPECT_EQ(addresses.find(token, now)->record, record);
    EXPECT_FALSE(addresses.find(token + "x", now));
    EXPECT_FALSE(addresses.find("", now));
    EXPECT_FALSE(FollowUps(*database, caen.id).find(token, now)) << "another town's address";
    EXPECT_FALSE(addresses.find(token, now + FollowUps::life));
    auto const next = *addresses.renew(record, now + hours{1});
    EXPECT_FALSE(addresses.find(token, now + hours{1})) << "a new one replaces it";
    EXPECT_TRUE(addresses.find(next, now + hours{1}));
    ASSERT_TRUE(addresses.revoke(record, now + hours{2}).ok());
    EXPECT_FALSE(addresses.find(next, now + hours{2}));
    auto const all = addresses.of(record);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].created_at, now + hours{1}) << "the newest first";
    EXPECT_TRUE(std::ranges::all_of(all, [](FollowUp const& one) { return one.revoked_at.has_value(); }));
}

TEST_P(ReceptionTest, nothing_in_the_database_opens_a_follow_up)
{
    auto const vire = organisation("vire");
    auto const token = *FollowUps(*database, vire.id).renew(RecordId::make(), now);
    auto session = database->read();
    auto row = session->query(storage::SqlText{"SELECT token_hash FROM follow_up"});
    ASSERT_TRUE(row.next());
    EXPECT_EQ(row.view(0), to_hex(sha256(as_bytes(token))));
}

TEST_P(ReceptionTest, forms_are_forgotten_once_their_word_has_ended)
{
    auto const vire = organisation("vire");
    ASSERT_TRUE(database->write([&](storage::Session& session) -> Status {
        session.execute(storage::SqlText{"INSERT INTO public_form(organisation_id, word, reference, received_at) VALUES(?,?,?,?)"}, vire.id, "aa", "DEM-0001", now);
        return Nothing{};
    }).ok());
    EXPECT_EQ(forget_old_forms(*database, now + form_life), 0);
    EXPECT_EQ(forget_old_forms(*database, now + form_life + seconds{1}), 1);
}

Timestamp const noon = *parse_timestamp("2026-03-02T12:00:00Z");
std::string code_of_error(Result<std::string> const& result) { return result.ok() ? "" : result.error().code; }

TEST_P(ReceptionTest, addresses_of_preferences_are_forgotten_once_they_have_ended_and_those_of_requests_are_not)
{
    auto const vire = organisation("vire");
    auto const asked = RecordId::make(), agreed = RecordId::make();
    FollowUps const addresses(*database, vire.id);
    ASSERT_TRUE(addresses.renew(asked, now - FollowUps::life).ok());
    std::string token;
    ASSERT_TRUE(database->write([&](storage::Session& session) -> Status {
        session.lock(vire.id);
        token = FollowUps::make_in(session, vire.id, agreed, now, FollowUps::life_of_preferences);
        return Nothing{};
    }).ok());
    auto const end = now + FollowUps::life_of_preferences;
    EXPECT_TRUE(addresses.find(token, end - seconds{1}));
    EXPECT_FALSE(addresses.find(token, end));
    (void)forget_old_forms(*database, end);
    EXPECT_EQ(addresses.of(agreed).size(), 1U);
    (void)forget_old_forms(*database, end + seconds{1});
    EXPECT_TRUE(addresses.of(agreed).empty());
    EXPECT_EQ(addresses.of(asked).size(), 1U) << "its page still tells when it ended";
}

TEST(FormWordTest, a_word_is_good_for_one_page_of_one_organisation_for_a_while)
{
    FormWords const words(Secret<Bytes>{Bytes(32, 1)});
    auto const vire = OrganisationId::make(), caen = OrganisationId::make();
    auto const word = words.make(vire, "request", noon);
    EXPECT_EQ(code_of_error(words.check(word, vire, "request", noon + quickest_form)), "");
    EXPECT_EQ(code_of_error(words.check(word, vire, "request", noon + quickest_form - seconds{1})), "form_too_fast");
    EXPECT_EQ(code_of_error(words.check(word, vire, "request", noon + form_life)), "form_expired");
    EXPECT_EQ(code_of_error(words.check(word, vire, "request", noon - seconds{1})), "form_expired") << "from the future";
    EXPECT_EQ(code_of_error(words.check(word, caen, "request", noon + minutes{1})), "form_unknown");
    EXPECT_EQ(code_of_error(words.check(word, vire, "incident", noon + minutes{1})), "form_unknown");
    EXPECT_EQ(code_of_error(FormWords(Secret<Bytes>{Bytes(32, 2)}).check(word, vire, "request", noon + minutes{1})), "form_unknown") << "another installation's";
    EXPECT_NE(*words.check(word, vire, "request", noon + minutes{1}), *words.check(words.make(vire, "request", noon), vire, "request", noon + minutes{1})) << "two forms are two";
}

TEST(FormWordTest, nobody_else_makes_one)
{
    FormWords const words(Secret<Bytes>{Bytes(32, 1)});
    auto const vire = OrganisationId::make();
    auto const word = words.make(vire, "request", noon);
    for (std::size_t place = 0; place < word.size(); ++place) {
        auto forged = word;
        forged[place] = forged[place] == '0' ? '1' : '0';
        EXPECT_EQ(code_of_error(words.check(forged, vire, "request", noon + minutes{1})), "form_unknown") << place;
    }
    for (auto const& bad : {std::string{}, std::string(112, 'z'), word.substr(2), word + "00"}) EXPECT_EQ(code_of_error(words.check(bad, vire, "request", noon + minutes{1})), "form_unknown") << bad;
}

TEST(PublicThrottleTest, a_network_sends_a_few_at_once_and_then_at_its_pace)
{
    PublicThrottle throttle;
    auto const vire = OrganisationId::make(), caen = OrganisationId::make();
    for (int i = 0; i < PublicThrottle::of_network.at_once; ++i) EXPECT_FALSE(throttle.take(Page::Request, vire, "192.0.2.1", noon)) << i;
    auto const wait = throttle.take(Page::Request, vire, "192.0.2.1", noon);
    ASSERT_TRUE(wait);
    EXPECT_EQ(*wait, PublicThrottle::of_network.pace);
    EXPECT_TRUE(throttle.take(Page::Request, caen, "192.0.2.1", noon)) << "whatever it writes to";
    EXPECT_FALSE(throttle.take(Page::Request, vire, "192.0.2.2", noon)) << "a neighbour does not wait";
    EXPECT_FALSE(throttle.take(Page::Request, vire, "192.0.2.1", noon + *wait)) << "hammering lengthened nothing";
    EXPECT_TRUE(throttle.take(Page::Request, vire, "192.0.2.1", noon + *wait));
}

TEST(PublicThrottleTest, ten_thousand_in_a_minute_from_everywhere_leave_an_organisation_a_few)
{
    for (auto const page : {Page::Request, Page::Preferences}) {
        PublicThrottle throttle;
        auto const vire = OrganisationId::make();
        int taken = 0;
        for (int i = 0; i < 10'000; ++i) {
            auto const address = "10." + std::to_string(i / 65536) + "." + std::to_string(i / 256 % 256) + "." + std::to_string(i % 256);
            if (!throttle.take(page, vire, address, noon + std::chrono::milliseconds{i * 6})) ++taken;
        }
        EXPECT_LE(taken, PublicThrottle::of_organisation.at_once + 60 / static_cast<int>(PublicThrottle::of_organisation.pace.count()));
        EXPECT_GE(taken, PublicThrottle::of_organisation.at_once);
        EXPECT_LE(throttle.entries(), static_cast<std::size_t>(taken) + 1) << "what is refused is not remembered";
        EXPECT_FALSE(throttle.take(Page::Incident, vire, "203.0.113.9", noon + minutes{1})) << "the other page stays open";
        EXPECT_FALSE(throttle.take(page, OrganisationId::make(), "203.0.113.9", noon + minutes{1}));
    }
}

TEST(PublicThrottleTest, what_it_remembers_is_bounded_and_a_clock_set_back_locks_nobody_out)
{
    PublicThrottle throttle;
    for (std::size_t i = 0; i < PublicThrottle::most_entries; ++i)
        (void)throttle.take(Page::Request, OrganisationId::make(), "2001:db8:" + std::to_string(i % 9999) + ":" + std::to_string(i / 9999) + "::1", noon);
    EXPECT_LE(throttle.entries(), PublicThrottle::most_entries + 2);
    auto const vire = OrganisationId::make();
    for (int i = 0; i < PublicThrottle::of_network.at_once; ++i) (void)throttle.take(Page::Request, vire, "192.0.2.7", noon + hours{48});
    EXPECT_FALSE(throttle.take(Page::Request, vire, "192.0.2.7", noon));
}

TEST(PublicPageTest, codes_are_words_of_addresses)
{
    for (auto const page : all_pages()) EXPECT_EQ(parse_page(code_of(page)), page);
    EXPECT_FALSE(parse_page("consent"));
    EXPECT_FALSE(parse_page(""));
}

}  // namespace
}  // namespace greffier::reception
