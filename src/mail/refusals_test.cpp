#include "mail/refusals.hpp"

#include "mail/outbox_fixture.hpp"

namespace greffier::mail {
namespace {

class RefusalsTest : public OutboxTest {};
INSTANTIATE_TEST_SUITE_P(Engines, RefusalsTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

TEST_P(RefusalsTest, who_refuses_a_kind_of_mail_is_not_written_to)
{
    Refusals refusals(*database, Secret<Bytes>{Bytes(32, 9)});
    auto const claire = person(), paul = person();
    auto alert = [&](PersonId who, std::string once) {
        auto mail = letter(std::move(once));
        mail.kind = Kind::SignInAlert;
        mail.person = who;
        return mail;
    };
    ASSERT_TRUE(refusals.put(claire, Kind::SignInAlert, true, clock.now()).ok());
    EXPECT_FALSE(queue(outbox, alert(claire, "a")));
    EXPECT_TRUE(queue(outbox, alert(paul, "b")));
    EXPECT_EQ(refusals.put(claire, Kind::Invitation, true, clock.now()).error().code, "mail_obligatory");
    ASSERT_TRUE(refusals.put(claire, Kind::SignInAlert, false, clock.now()).ok());
    EXPECT_TRUE(queue(outbox, alert(claire, "c")));
}

TEST_P(RefusalsTest, the_address_that_refuses_is_ours_or_opens_nothing)
{
    Refusals refusals(*database, Secret<Bytes>{Bytes(32, 9)}), others(*database, Secret<Bytes>{Bytes(32, 10)});
    auto const claire = person();
    auto const token = refusals.token(claire, Kind::SignInAlert);
    auto const meant = refusals.read_token(token);
    ASSERT_TRUE(meant);
    EXPECT_EQ(meant->person, claire);
    EXPECT_EQ(meant->kind, Kind::SignInAlert);
    EXPECT_FALSE(others.read_token(token));
    auto changed = token;
    changed[3] = changed[3] == '0' ? '1' : '0';
    EXPECT_FALSE(refusals.read_token(changed));
    for (auto const& bad : {std::string{}, std::string(66, 'z'), token + "00", token.substr(2)}) EXPECT_FALSE(refusals.read_token(bad));
}

}  // namespace
}  // namespace greffier::mail
