#include "accounts/movements.hpp"

#include "accounts/accounts_fixture.hpp"

namespace greffier::accounts {
namespace {

class MovementsTest : public AccountsFixture {
protected:
    OrganisationInfo vire = organisation("vire");
    Person chef = person("chef@vire.example", "Chef"), claire = person("claire@vire.example", "Claire"), paul = person("paul@vire.example", "Paul");
    Locale locale{Language::French};
    Date day = *parse_date("2026-03-10");

    void SetUp() override
    {
        ASSERT_TRUE(memberships.grant(chef.id, vire.id, Role::Administrator, now).ok());
        ASSERT_TRUE(memberships.grant(claire.id, vire.id, Role::Dpo, now).ok());
        ASSERT_TRUE(memberships.grant(paul.id, vire.id, Role::Contributor, now).ok());
    }
    Movements movements() { return {*database, vire.id}; }
    Uuid actor_of(Person const& who) { return memberships.of(who.id, vire.id)->actor; }
    Result<MovementId> open(MovementKind kind) { return movements().open({kind, claire.id, claire.name, claire.email_shown, "", day}, locale, actor_of(chef), now); }
    Departing leaving(Person const& who, std::optional<PersonId> successor = {})
    {
        return {.person = who.id, .successor = successor, .day = day, .reason = "Départ", .actor = actor_of(chef), .locale = locale, .zone = "Europe/Paris", .now = now};
    }
    Departures departures() { return {*database, vire.id, belongings}; }

    BelongingsOf belongings;
};

TEST_P(MovementsTest, a_list_says_who_does_what_by_when_and_keeps_who_ticked_it)
{
    auto const id = *open(MovementKind::Joiner);
    auto steps = movements().steps(id);
    ASSERT_EQ(steps.size(), 4U);
    EXPECT_EQ(steps[3].due, add_days(day, 30));
    EXPECT_EQ(code(open(MovementKind::Joiner)), "movement_open") << "one at a time";
    ASSERT_TRUE(movements().tick(id, 1, true, actor_of(chef), now).ok());
    ASSERT_TRUE(movements().tick(id, 1, true, actor_of(claire), now + std::chrono::hours{1}).ok());
    steps = movements().steps(id);
    EXPECT_EQ(steps[0].done_at, now) << "the first one ticked it";
    EXPECT_EQ(steps[0].done_by, actor_of(chef));
    EXPECT_EQ(movements().close(id, actor_of(chef), now).error().arguments.at("count"), "3");
    for (int step = 2; step <= 4; ++step) ASSERT_TRUE(movements().tick(id, step, true, actor_of(chef), now).ok());
    ASSERT_TRUE(movements().close(id, actor_of(chef), now).ok());
    EXPECT_EQ(movements().tick(id, 1, false, actor_of(chef), now).error().code, "movement_closed") << "evidence does not change";
    EXPECT_EQ(movements().tick(MovementId::make(), 1, true, actor_of(chef), now).error().code, "not_found");
}

TEST_P(MovementsTest, an_organisation_has_its_own_words_and_the_lists_under_way_keep_theirs)
{
    auto const before = *open(MovementKind::Joiner);
    ASSERT_TRUE(movements().set_items({{{{"Remettre le badge", "Accueil", -1}}, {}, {}}}).ok());
    EXPECT_EQ(movements().steps(before).size(), 4U);
    EXPECT_EQ(code(open(MovementKind::Mover)), "movement_no_items");
    auto const leaver = open(MovementKind::Leaver);
    EXPECT_EQ(code(leaver), "movement_no_items");
    EXPECT_EQ(movements().items(MovementKind::Joiner, locale), (std::vector<MovementItem>{{"Remettre le badge", "Accueil", -1}}));
    EXPECT_EQ(movements().set_items({{{{"x", "", 4000}}, {}, {}}}).error().fields[0].field, "joiner-0-days");
    Movements other{*database, organisation("caen").id};
    EXPECT_EQ(other.items(MovementKind::Joiner, locale).size(), 4U) << "another town's words are its own";
    EXPECT_FALSE(other.find(before));
}

TEST_P(MovementsTest, a_departure_takes_everything_back_in_one_act)
{
    auto const token = tokens.add({.organisation = vire.id, .person = paul.id, .role = Role::Contributor, .name = "Script", .expires_at = now + std::chrono::hours{24}}, now);
    ASSERT_TRUE(token.ok());
    ASSERT_TRUE(people.set_password(paul.id, SecretText{good_password}).ok());
    auto const session = sessions.start(paul.id, now);
    auto const found = departures().look(paul.id, now);
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(found->tokens, 1);
    EXPECT_EQ(found->sessions, 1);
    EXPECT_TRUE(found->whole);
    EXPECT_TRUE(sessions.authenticate(session, now)) << "looking changes nothing";
    auto const left = departures().carry_out(leaving(paul));
    ASSERT_TRUE(left.ok());
    EXPECT_FALSE(memberships.of(paul.id, vire.id));
    EXPECT_FALSE(tokens.authenticate(token->plain, now));
    EXPECT_FALSE(sessions.authenticate(session, now));
    EXPECT_FALSE(people.find(paul.id)->has_password);
    auto const kept = *movements().find(*left);
    EXPECT_EQ(kept.name, "Paul");
    EXPECT_EQ(kept.left_by, actor_of(chef));
    EXPECT_EQ(kept.taken_back, "roles=1,tokens=1,sessions=1,account=1");
}

TEST_P(MovementsTest, who_works_elsewhere_too_keeps_their_account)
{
    auto const caen = organisation("caen", "Caen");
    ASSERT_TRUE(memberships.grant(paul.id, caen.id, Role::Reader, now).ok());
    auto const session = sessions.start(paul.id, now);
    ASSERT_TRUE(departures().carry_out(leaving(paul)).ok());
    EXPECT_FALSE(memberships.of(paul.id, vire.id));
    EXPECT_TRUE(memberships.of(paul.id, caen.id));
    EXPECT_TRUE(sessions.authenticate(session, now));
}

TEST_P(MovementsTest, what_is_handed_over_goes_to_a_member_and_fails_with_the_departure_as_a_whole)
{
    int handed = 0;
    belongings.hand_over = [&](storage::Session&, HandOver const& over) -> Result<HandedOver> {
        ++handed;
        EXPECT_EQ(over.to.id, claire.id);
        EXPECT_EQ(over.to_actor, actor_of(claire));
        return HandedOver{3, 1, {}};
    };
    EXPECT_EQ(code(departures().carry_out(leaving(paul, paul.id))), "successor:departure_self");
    EXPECT_EQ(code(departures().carry_out(leaving(paul, PersonId::make()))), "successor:unknown_person");
    EXPECT_EQ(code(departures().carry_out(leaving(chef, claire.id))), "last_administrator");
    EXPECT_TRUE(memberships.of(chef.id, vire.id));
    EXPECT_EQ(handed, 0);
    auto const left = departures().carry_out(leaving(paul, claire.id));
    ASSERT_TRUE(left.ok());
    EXPECT_EQ(movements().find(*left)->successor, "Claire");
    EXPECT_NE(movements().find(*left)->taken_back.find("records=3,records_left=1"), std::string::npos);
}

TEST_P(MovementsTest, a_role_from_above_is_taken_back_there_first)
{
    auto const village = *organisations.add({.slug = "village", .name = "Village", .kind = "commune", .parent = vire.id}, now);
    ASSERT_TRUE(memberships.grant(paul.id, vire.id, Role::Reader, now, {.branch = true}).ok());
    ASSERT_TRUE(memberships.grant(paul.id, village.id, Role::Dpo, now).ok());
    Departures const there{*database, village.id, belongings};
    EXPECT_TRUE(there.look(paul.id, now)->from_above());
    EXPECT_EQ(code(there.carry_out(leaving(paul))), "departure_from_above");
    EXPECT_TRUE(memberships.of(paul.id, village.id));
}

INSTANTIATE_TEST_SUITE_P(Engines, MovementsTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace
}  // namespace greffier::accounts
