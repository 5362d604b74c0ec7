#include "accounts/accounts_fixture.hpp"

#include <algorithm>

namespace greffier::accounts {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class SessionsTest : public AccountsFixture {};
TEST(SignInPlacesInTheQueue, are_so_many_and_some_of_them_for_those_who_are_known)
{
    SignInThrottle throttle;
    auto const now = at("2026-03-02T09:00:00Z");
    throttle.succeeded("192.0.2.7", "claire@vire.example", now);
    std::vector<SignInThrottle::Place> taken;
    while (auto place = throttle.place("198.51.100.1", "x@vire.example")) taken.push_back(std::move(*place));
    EXPECT_EQ(taken.size(), static_cast<std::size_t>(SignInThrottle::places - SignInThrottle::kept_for_the_known));
    EXPECT_FALSE(throttle.place("198.51.100.2", "claire@vire.example")) << "from elsewhere they are nobody in particular";
    auto known = throttle.place("192.0.2.7", "claire@vire.example");
    EXPECT_TRUE(known);
    EXPECT_FALSE(throttle.attempt("198.51.100.1", "x@vire.example", now)) << "who was sent away has guessed nothing";
    taken.clear();
    EXPECT_TRUE(throttle.place("198.51.100.2", "claire@vire.example"));
}

INSTANTIATE_TEST_SUITE_P(Engines, SessionsTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

TEST_P(SessionsTest, ends_after_two_idle_hours_and_twelve_in_all)
{
    auto claire = person("claire@vire.example");
    ManualClock clock(now);
    auto token = sessions.start(claire.id, clock.now());
    EXPECT_EQ(token.size(), 32U);
    EXPECT_EQ(sessions.authenticate(token, clock.now())->person.id, claire.id);
    EXPECT_FALSE(sessions.authenticate(token + "x", clock.now()));
    EXPECT_FALSE(sessions.authenticate("", clock.now()));
    for (int visit = 0; visit < 7; ++visit) {
        clock.advance(minutes{100});
        ASSERT_TRUE(sessions.authenticate(token, clock.now())) << visit;
    }
    clock.set(now + hours{12});
    EXPECT_FALSE(sessions.authenticate(token, clock.now())) << "twelve hours, though seen twenty minutes ago";

    auto idle = sessions.start(claire.id, now);
    EXPECT_TRUE(sessions.authenticate(idle, now + hours{2} - seconds{1}));
    EXPECT_FALSE(sessions.authenticate(idle, now + hours{4}));
    EXPECT_EQ(sessions.remove_expired(now + hours{20}), 2);
}

TEST_P(SessionsTest, the_token_is_not_in_the_database)
{
    auto claire = person("claire@vire.example");
    auto token = sessions.start(claire.id, now);
    auto session = database->read();
    auto row = session->query(storage::SqlText{"SELECT token_hash FROM session"});
    ASSERT_TRUE(row.next());
    auto hash = sha256(as_bytes(token));
    EXPECT_EQ(Bytes(row.bytes(0).begin(), row.bytes(0).end()), Bytes(hash.begin(), hash.end()));
}

TEST_P(SessionsTest, each_has_a_csrf_secret_of_its_own)
{
    auto claire = person("claire@vire.example");
    auto one = *sessions.authenticate(sessions.start(claire.id, now), now), two = *sessions.authenticate(sessions.start(claire.id, now), now);
    EXPECT_EQ(one.csrf_secret.size(), 32U);
    EXPECT_NE(one.csrf_secret, two.csrf_secret);
}

TEST_P(SessionsTest, a_person_lists_and_revokes_their_own_only)
{
    auto claire = person("claire@vire.example"), paul = person("paul@vire.example");
    auto token = sessions.start(claire.id, now);
    auto later = sessions.start(claire.id, now + minutes{5});
    auto all = sessions.of(claire.id, now + minutes{10});
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].created_at, now + minutes{5});
    EXPECT_EQ(code(sessions.revoke(paul.id, all[1].hash)), "not_found");
    EXPECT_TRUE(sessions.revoke(claire.id, all[1].hash).ok());
    EXPECT_FALSE(sessions.authenticate(token, now));
    EXPECT_TRUE(sessions.authenticate(later, now + minutes{5}));
}

TEST_P(SessionsTest, another_password_ends_them_all)
{
    auto claire = person("claire@vire.example"), paul = person("paul@vire.example");
    auto token = sessions.start(claire.id, now), his = sessions.start(paul.id, now);
    ASSERT_TRUE(people.set_password(claire.id, SecretText{good_password}).ok());
    EXPECT_FALSE(sessions.authenticate(token, now));
    EXPECT_TRUE(sessions.authenticate(his, now));
}

TEST_P(SessionsTest, a_clock_set_back_ends_none_and_lengthens_none)
{
    auto claire = person("claire@vire.example");
    auto token = sessions.start(claire.id, now + hours{24 * 300});   // the clock was a year ahead
    auto seen = sessions.authenticate(token, now);
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->expires_at, now + session_life);
    EXPECT_TRUE(sessions.authenticate(token, now + minutes{119}));
    EXPECT_FALSE(sessions.authenticate(token, now + minutes{119} + std::chrono::hours{2}));
    auto another = sessions.start(claire.id, now + minutes{4});   // two machines that disagree by minutes
    EXPECT_EQ(sessions.authenticate(another, now)->seen_at, now + minutes{4});
}

TEST_P(SessionsTest, stand_idle_as_long_as_the_shortest_of_ones_roles_allows)
{
    Sessions strict{*database, {minutes{60}, {{Role::Dpo, minutes{30}}, {Role::Reader, minutes{45}}}}};
    auto claire = person("claire@vire.example"), paul = person("paul@vire.example");
    auto vire = organisation("vire");
    ASSERT_TRUE(memberships.grant(claire.id, vire.id, Role::Dpo, now).ok());
    ASSERT_TRUE(memberships.grant(claire.id, vire.id, Role::Reader, now).ok());
    auto hers = strict.start(claire.id, now), his = strict.start(paul.id, now);
    EXPECT_EQ(strict.idle_of(claire.id), minutes{30});
    EXPECT_EQ(strict.idle_of(paul.id), minutes{60});
    EXPECT_EQ(strict.of(claire.id, now + minutes{29}).size(), 1U);
    EXPECT_TRUE(strict.of(claire.id, now + minutes{30}).empty());
    EXPECT_FALSE(strict.authenticate(hers, now + minutes{30}));
    EXPECT_TRUE(strict.authenticate(his, now + minutes{59}));
    ASSERT_TRUE(memberships.grant(paul.id, vire.id, Role::Dpo, now).ok());
    EXPECT_TRUE(strict.authenticate(his, now + minutes{61})) << "the role counts from this visit on";
    EXPECT_FALSE(strict.authenticate(his, now + minutes{91}));
    EXPECT_EQ(strict.remove_expired(now + minutes{91}), 2);
}

TEST(IdleTimes, are_minutes_within_reason_and_name_roles_that_exist)
{
    EXPECT_EQ(parse_idle_minutes("30"), minutes{30});
    for (auto const* wrong : {"4", "721", "", "30m", "-5"}) EXPECT_FALSE(parse_idle_minutes(wrong)) << wrong;
    EXPECT_EQ(parse_idle_time("dpo=30"), (std::pair{Role::Dpo, minutes{30}}));
    for (auto const* wrong : {"dpo", "emperor=30", "dpo=2", "=30"}) EXPECT_FALSE(parse_idle_time(wrong)) << wrong;
}

TEST_P(SessionsTest, disabling_ends_them)
{
    auto claire = person("claire@vire.example");
    auto token = sessions.start(claire.id, now);
    ASSERT_TRUE(people.disable(claire.id, now).ok());
    ASSERT_TRUE(people.enable(claire.id).ok());
    EXPECT_FALSE(sessions.authenticate(token, now));
}

TEST_P(SessionsTest, remembers_the_last_organisation)
{
    auto claire = person("claire@vire.example");
    auto vire = organisation("vire");
    auto token = sessions.start(claire.id, now);
    sessions.remember_organisation(sessions.authenticate(token, now)->session_hash, vire.id);
    EXPECT_EQ(sessions.authenticate(token, now)->last_organisation, vire.id);
    EXPECT_EQ(home_address(services, claire.id, vire.id), "/organisations") << "no role there";
    ASSERT_TRUE(memberships.grant(claire.id, vire.id, Role::Reader, now).ok());
    EXPECT_EQ(home_address(services, claire.id, vire.id), "/o/vire");
    EXPECT_EQ(home_address(services, claire.id), "/o/vire") << "the only one";
}

TEST_P(SessionsTest, the_set_up_address_dies_at_first_use_after_a_day_and_when_a_new_one_is_printed)
{
    auto spend = [&](std::string const& token, Timestamp when) {
        return code(database->write([&](storage::Session& session) { return OneTimeLinks::use_in(session, token, LinkPurpose::Setup, when); }));
    };
    auto first = *links.set_up(now);
    auto token = *links.set_up(now);
    EXPECT_FALSE(links.find(first, LinkPurpose::Setup, now));
    EXPECT_TRUE(links.find(token, LinkPurpose::Setup, now + hours{24} - seconds{1}));
    EXPECT_FALSE(links.find(token, LinkPurpose::Setup, now + hours{24}));
    EXPECT_FALSE(links.find(token, LinkPurpose::Welcome, now));
    EXPECT_EQ(spend(token, now + hours{24}), "expired_link");
    EXPECT_EQ(spend(token, now), "");
    EXPECT_EQ(spend(token, now), "expired_link");
    EXPECT_FALSE(links.find(token, LinkPurpose::Setup, now));
    ASSERT_TRUE(memberships.grant_installation(person("claire@vire.example").id, now).ok());
    EXPECT_FALSE(links.set_up(now)) << "nobody sets up what is set up";
}

TEST_P(SessionsTest, a_welcome_lasts_a_week_and_replaces_the_one_before)
{
    auto claire = person("claire@vire.example");
    auto first = links.welcome(claire.id, now), second = links.welcome(claire.id, now);
    EXPECT_FALSE(links.find(first, LinkPurpose::Welcome, now));
    EXPECT_EQ(links.find(second, LinkPurpose::Welcome, now + hours{24 * 7} - seconds{1})->person, claire.id);
    EXPECT_FALSE(links.find(second, LinkPurpose::Welcome, now + hours{24 * 7}));
    EXPECT_EQ(links.remove_expired(now + hours{24 * 7}), 1);
}

class Throttle : public testing::Test {
protected:
    SignInThrottle throttle;
    ManualClock clock{at("2026-03-02T09:00:00Z")};
    long wait(std::string_view address, std::string_view account)
    {
        auto seconds = throttle.attempt(address, account, clock.now());
        return seconds ? seconds->count() : 0;
    }
};

TEST_F(Throttle, waits_double_after_five_failures)
{
    for (int i = 0; i < 5; ++i) EXPECT_EQ(wait("192.0.2.1", "claire@x.fr"), 0) << i;
    EXPECT_EQ(wait("192.0.2.1", "claire@x.fr"), 2);
    clock.advance(seconds{1});
    EXPECT_EQ(wait("192.0.2.1", "claire@x.fr"), 1) << "asking again lengthens nothing";
    clock.advance(seconds{1});
    EXPECT_EQ(wait("192.0.2.1", "claire@x.fr"), 0);
    EXPECT_EQ(wait("192.0.2.1", "claire@x.fr"), 4);
    clock.advance(seconds{4});
    EXPECT_EQ(wait("192.0.2.1", "claire@x.fr"), 0);
    EXPECT_EQ(wait("192.0.2.1", "claire@x.fr"), 8);
    EXPECT_EQ(wait("192.0.2.1", "paul@x.fr"), 0) << "a colleague behind the same router";
    for (int i = 0; i < 20; ++i) {
        clock.advance(minutes{15});
        EXPECT_EQ(wait("192.0.2.1", "claire@x.fr"), 0);
    }
    EXPECT_EQ(wait("192.0.2.1", "claire@x.fr"), 15 * 60) << "never longer than a quarter of an hour";
}

TEST_F(Throttle, a_success_forgives)
{
    for (int i = 0; i < 5; ++i) wait("192.0.2.1", "claire@x.fr");
    throttle.succeeded("192.0.2.1", "claire@x.fr", clock.now());
    for (int i = 0; i < 5; ++i) EXPECT_EQ(wait("192.0.2.1", "claire@x.fr"), 0) << i;
    EXPECT_GT(wait("192.0.2.1", "claire@x.fr"), 0);
}

TEST_F(Throttle, strangers_cannot_lock_a_person_out)
{
    ASSERT_EQ(wait("192.0.2.1", "claire@x.fr"), 0);
    throttle.succeeded("192.0.2.1", "claire@x.fr", clock.now());
    long longest = 0;
    for (int host = 0; host < 200; ++host)
        for (int i = 0; i < 6; ++i) longest = std::max(longest, wait("198.51.100." + std::to_string(host), "claire@x.fr"));
    EXPECT_GT(longest, 0) << "many addresses together are slowed down";
    EXPECT_LE(longest, 30);
    EXPECT_EQ(wait("192.0.2.1", "claire@x.fr"), 0) << "from where she usually signs in, nothing changed";
    EXPECT_LE(wait("203.0.113.9", "claire@x.fr"), 30) << "from a new place, half a minute at most";
}

TEST_F(Throttle, one_address_trying_every_account_is_slowed_down)
{
    long longest = 0;
    for (int i = 0; i < 100; ++i) longest = std::max(longest, wait("198.51.100.7", "person" + std::to_string(i) + "@x.fr"));
    EXPECT_GT(longest, 0);
}

TEST_F(Throttle, a_household_of_ipv6_is_one_address)
{
    for (int i = 0; i < 5; ++i) EXPECT_EQ(wait("2001:db8:1:2::" + std::to_string(i), "claire@x.fr"), 0);
    EXPECT_GT(wait("2001:db8:1:2:aaaa::9", "claire@x.fr"), 0);
    EXPECT_EQ(wait("2001:db8:1:3::1", "claire@x.fr"), 0);
}

TEST_F(Throttle, a_clock_set_back_makes_nobody_wait_until_it_catches_up)
{
    for (int i = 0; i < 6; ++i) wait("192.0.2.1", "claire@x.fr");
    clock.advance(-hours{5});
    EXPECT_EQ(wait("192.0.2.1", "claire@x.fr"), 2);
    clock.advance(seconds{2});
    EXPECT_EQ(wait("192.0.2.1", "claire@x.fr"), 0);
}

TEST_F(Throttle, a_day_later_all_is_forgotten)
{
    for (int i = 0; i < 8; ++i) wait("192.0.2.1", "claire@x.fr");
    clock.advance(hours{25});
    for (int i = 0; i < 5; ++i) EXPECT_EQ(wait("192.0.2.1", "claire@x.fr"), 0);
}

}  // namespace
}  // namespace greffier::accounts
