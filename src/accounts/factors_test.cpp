#include "accounts/accounts_fixture.hpp"
#include "accounts/device.hpp"
#include "accounts/totp.hpp"

namespace greffier::accounts {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class FactorsTest : public AccountsFixture {
protected:
    /// Enrols, with the code of `when`.
    Secret<Bytes> enrolled(PersonId person, Timestamp when)
    {
        auto const secret = factors.codes.begin(person, when);
        EXPECT_EQ(code(confirm(person, totp_code(secret.reveal(), totp_step(when)), when)), "");
        return secret;
    }
    Status confirm(PersonId person, std::string const& typed, Timestamp when)
    {
        return database->write([&](storage::Session& session) { return factors.codes.confirm_in(session, person, typed, when); });
    }
    std::string use(PersonId person, std::string const& typed, Timestamp when)
    {
        return code(database->write([&](storage::Session& session) { return factors.codes.use_in(session, person, typed, when); }));
    }
    std::vector<std::string> recovery(PersonId person)
    {
        std::vector<std::string> codes;
        EXPECT_TRUE(database->write([&](storage::Session& session) -> Status {
            codes = factors.codes.renew_recovery_in(session, person, now);
            return Nothing{};
        }).ok());
        return codes;
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, FactorsTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

TEST_P(FactorsTest, a_secret_serves_after_its_first_code_and_not_before)
{
    auto const claire = person("claire@vire.example").id;
    auto const secret = factors.codes.begin(claire, now);
    auto const present = totp_code(secret.reveal(), totp_step(now));
    EXPECT_FALSE(factors.of(claire).any());
    EXPECT_EQ(use(claire, present, now), "wrong_code");
    EXPECT_EQ(code(confirm(claire, "000000", now)), present == "000000" ? "" : "wrong_code");
    EXPECT_EQ(factors.codes.waiting(claire, now)->reveal(), secret.reveal());
    EXPECT_FALSE(factors.codes.waiting(claire, now + OneTimeCodes::waiting_life));
    EXPECT_EQ(code(confirm(claire, present, now)), "");
    EXPECT_TRUE(factors.of(claire).authenticator);
    EXPECT_EQ(code(confirm(claire, present, now)), "enrolment_over");
}

TEST_P(FactorsTest, a_code_opens_once)
{
    auto const claire = person("claire@vire.example").id;
    auto const secret = enrolled(claire, now);
    auto const code_of = [&](std::int64_t step) { return totp_code(secret.reveal(), step); };
    auto const present = totp_step(now);
    EXPECT_EQ(use(claire, code_of(present), now), "used_code") << "the one that enrolled";
    EXPECT_EQ(use(claire, code_of(present - 1), now), "used_code") << "older than one that was used";
    EXPECT_EQ(use(claire, code_of(present + 1), now), "");
    EXPECT_EQ(use(claire, code_of(present + 1), now + seconds{30}), "used_code");
    EXPECT_EQ(use(claire, code_of(present + 2).insert(3, " "), now + seconds{30}), "") << "typed as the telephone shows it";
}

TEST_P(FactorsTest, a_clock_that_was_ahead_locks_nobody_out)
{
    auto const claire = person("claire@vire.example").id;
    auto const year_ahead = now + std::chrono::hours{24 * 365};
    auto const secret = enrolled(claire, year_ahead);
    EXPECT_EQ(use(claire, totp_code(secret.reveal(), totp_step(now)), now), "");
    EXPECT_EQ(use(claire, totp_code(secret.reveal(), totp_step(now)), now), "used_code");
}

TEST_P(FactorsTest, a_new_application_replaces_the_former_with_its_first_code)
{
    auto const claire = person("claire@vire.example").id;
    auto const former = enrolled(claire, now);
    auto const later = now + minutes{5};
    auto const next = factors.codes.begin(claire, later);
    EXPECT_EQ(use(claire, totp_code(former.reveal(), totp_step(later)), later), "") << "still the one in use";
    EXPECT_EQ(code(confirm(claire, totp_code(next.reveal(), totp_step(later)), later)), "");
    EXPECT_EQ(use(claire, totp_code(former.reveal(), totp_step(later) + 1), later), "wrong_code");
    EXPECT_EQ(use(claire, totp_code(next.reveal(), totp_step(later) + 1), later), "");
}

TEST_P(FactorsTest, ten_recovery_codes_open_once_each_for_their_person)
{
    auto const claire = person("claire@vire.example").id, paul = person("paul@vire.example").id;
    auto const codes = recovery(claire);
    ASSERT_EQ(codes.size(), 10U);
    EXPECT_EQ(std::set<std::string>(codes.begin(), codes.end()).size(), 10U);
    EXPECT_EQ(codes[0].size(), 14U) << codes[0];
    EXPECT_EQ(use(paul, codes[0], now), "wrong_code");
    EXPECT_EQ(use(claire, codes[0], now), "");
    EXPECT_EQ(use(claire, codes[0], now), "wrong_code");
    auto shouted = codes[1];
    for (auto& c : shouted) c = static_cast<char>(std::toupper(c));
    EXPECT_EQ(use(claire, " " + shouted, now), "");
    EXPECT_EQ(factors.of(claire).codes_left, 8);
    EXPECT_FALSE(factors.of(claire).any()) << "codes alone are no factor";
    auto const fresh = recovery(claire);
    EXPECT_EQ(use(claire, codes[2], now), "wrong_code");
    EXPECT_EQ(use(claire, fresh[9], now), "");
}

TEST_P(FactorsTest, nothing_stands_in_clear_and_nothing_moves_to_another_person)
{
    auto const claire = person("claire@vire.example").id, paul = person("paul@vire.example").id;
    auto const secret = enrolled(claire, now);
    {
        auto session = database->read();
        auto row = session->query(storage::SqlText{"SELECT secret FROM authenticator WHERE person_id=?"}, claire);
        ASSERT_TRUE(row.next());
        auto const kept = as_text(row.bytes(0));
        EXPECT_EQ(kept.find(as_text(secret.reveal())), kept.npos);
    }
    ASSERT_TRUE(database->write([&](storage::Session& session) -> Status {
        session.execute(storage::SqlText{"INSERT INTO authenticator(person_id, secret) SELECT ?, secret FROM authenticator WHERE person_id=?"}, paul, claire);
        return Nothing{};
    }).ok());
    EXPECT_THROW(use(paul, "123456", now), std::runtime_error);
    Factors elsewhere(*database, Secret<Bytes>{Bytes(32, 8)}, Secret<Bytes>{Bytes(32, 9)});
    EXPECT_THROW((void)database->write([&](storage::Session& session) { return elsewhere.codes.use_in(session, claire, "123456", now); }), std::runtime_error)
        << "under the key of another installation";
}

TEST_P(FactorsTest, a_role_held_anywhere_asks_for_a_second_factor)
{
    auto const claire = person("claire@vire.example").id;
    auto const vire = organisation("vire");
    EXPECT_FALSE(factors.is_required(claire));
    factors.required_for = {Role::Dpo};
    EXPECT_FALSE(factors.is_required(claire));
    ASSERT_TRUE(memberships.grant(claire, vire.id, Role::Dpo, now).ok());
    EXPECT_TRUE(factors.is_required(claire));
    ASSERT_TRUE(memberships.revoke(claire, vire.id, {}, now).ok());
    EXPECT_FALSE(factors.is_required(claire));
    factors.required_for = {Role::Administrator};
    ASSERT_TRUE(memberships.grant_installation(claire, now).ok());
    EXPECT_TRUE(factors.is_required(claire)) << "whoever runs the installation is an administrator";
}

TEST_P(FactorsTest, half_a_sign_in_is_no_session_and_does_not_last)
{
    auto const claire = person("claire@vire.example").id;
    auto const token = factors.half.begin(claire, "/o/vire", {}, now);
    EXPECT_FALSE(sessions.authenticate(token, now));
    EXPECT_EQ(factors.half.find(token, now)->person, claire);
    EXPECT_EQ(factors.half.find(token, now)->next, "/o/vire");
    EXPECT_FALSE(factors.half.find(sessions.start(claire, now), now)) << "nor is a session half a sign-in";
    EXPECT_FALSE(factors.half.find(token, now + HalfSignIns::life));
    EXPECT_FALSE(factors.half.find(token, now - minutes{30})) << "begun under a clock that was ahead";
    auto const hash = factors.half.find(token, now)->hash;
    for (int i = 0; i < HalfSignIns::most_tries; ++i) EXPECT_TRUE(factors.half.count_try(hash));
    EXPECT_FALSE(factors.half.count_try(hash));
    EXPECT_FALSE(factors.half.find(token, now));
}

TEST_P(FactorsTest, half_a_sign_in_ends_with_the_password_that_began_it_and_serves_once)
{
    auto const claire = people.add({.email = "claire@vire.example", .name = "Claire", .password = SecretText(good_password)}, now)->id;
    auto const finish = [&](Bytes const& hash) { return code(database->write([&](storage::Session& session) { return HalfSignIns::finish_in(session, hash, now); })); };
    auto const token = factors.half.begin(claire, "", {}, now);
    auto const hash = factors.half.find(token, now)->hash;
    EXPECT_EQ(finish(hash), "");
    EXPECT_EQ(finish(hash), "sign_in_over");
    auto const other = factors.half.begin(claire, "", {}, now);
    ASSERT_TRUE(people.set_password(claire, SecretText("lanterne cobalt rivage muguet")).ok());
    EXPECT_FALSE(factors.half.find(other, now));
    auto const third = factors.half.begin(claire, "", {}, now);
    ASSERT_TRUE(people.disable(claire, now).ok());
    EXPECT_FALSE(factors.half.find(third, now));
    EXPECT_GE(factors.half.remove_expired(now + HalfSignIns::life), 1);
}

TEST_P(FactorsTest, a_reset_leaves_neither_factor_nor_session)
{
    auto const claire = person("claire@vire.example").id;
    enrolled(claire, now);
    auto const codes = recovery(claire);
    auto const token = sessions.start(claire, now), half = factors.half.begin(claire, "", {}, now);
    ASSERT_TRUE(database->write([&](storage::Session& session) -> Status {
        Factors::reset_in(session, claire);
        return Nothing{};
    }).ok());
    EXPECT_FALSE(factors.of(claire).any());
    EXPECT_EQ(factors.of(claire).codes_left, 0);
    EXPECT_FALSE(sessions.authenticate(token, now));
    EXPECT_FALSE(factors.half.find(half, now));
}

TEST_P(FactorsTest, a_proof_holds_ten_minutes_for_its_session_alone)
{
    auto const claire = person("claire@vire.example").id;
    auto const one = sessions.authenticate(sessions.start(claire, now), now)->session_hash, two = sessions.authenticate(sessions.start(claire, now), now)->session_hash;
    EXPECT_TRUE(sessions.is_fresh(one, now + minutes{9}));
    auto const later = now + minutes{10};
    EXPECT_FALSE(sessions.is_fresh(one, later));
    sessions.prove(one, later);
    EXPECT_TRUE(sessions.is_fresh(one, later));
    EXPECT_FALSE(sessions.is_fresh(two, later));
    EXPECT_FALSE(sessions.is_fresh(one, now - minutes{30})) << "proved under a clock that was ahead";
    EXPECT_FALSE(sessions.is_fresh({}, now));
}

TEST(Device, is_two_words_of_what_a_browser_says)
{
    EXPECT_EQ(device_of("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"), "Firefox/Windows");
    EXPECT_EQ(device_of("Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36"), "Chrome/Android");
    EXPECT_EQ(device_of("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0"), "Edge/Windows");
    EXPECT_EQ(device_of("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"), "Safari/iOS");
    EXPECT_EQ(device_of("python-requests/2.31"), "");
}

}  // namespace
}  // namespace greffier::accounts
