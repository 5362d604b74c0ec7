#include "accounts/see_as.hpp"

#include "accounts/accounts_fixture.hpp"

namespace greffier::accounts {
namespace {

using std::chrono::days;
using std::chrono::minutes;

class SeeAsTest : public AccountsFixture {
protected:
    OrganisationInfo vire = organisation("vire");
    Person chef = person("chef@vire.example", "Chef"), claire = person("claire@vire.example", "Claire"), maire = person("maire@vire.example", "Maire");

    void SetUp() override
    {
        ASSERT_TRUE(memberships.grant(chef.id, vire.id, Role::Administrator, now).ok());
        ASSERT_TRUE(memberships.grant(claire.id, vire.id, Role::Dpo, now).ok());
        ASSERT_TRUE(memberships.grant(maire.id, vire.id, Role::Representative, now).ok());
    }

    Actor actor(Person const& who)
    {
        auto const membership = memberships.of(who.id, vire.id);
        Actor made = membership ? make_actor(*membership) : Actor{};
        made.person = who.id;
        made.organisation = vire.id;
        made.installation_administrator = memberships.is_installation_administrator(who.id);
        return made;
    }
    SeeAsConsentId ask(Person const& asker, Person const& as, int days_wanted = 7)
    {
        return *see_as.ask(actor(asker), vire.id, {as.id, "Un écran vide", days_wanted, "https://rgpd.example"}, now);
    }
    SeeAsConsentId given(Person const& asker, Person const& as)
    {
        auto const id = ask(asker, as);
        EXPECT_TRUE(see_as.answer(actor(as), vire.id, id, true, "", now).ok());
        return id;
    }
    Bytes session_of(Person const& who) { return sessions.authenticate(sessions.start(who.id, now), now)->session_hash; }
    Status start(Person const& visitor, SeeAsConsentId id, Bytes const& session) { return see_as.start(actor(visitor), vire.id, id, session, "https://rgpd.example", "192.0.2.1", now); }
    std::string code_of_start(Person const& visitor, SeeAsConsentId id)
    {
        auto const started = start(visitor, id, session_of(visitor));
        return started.ok() ? "" : started.error().code;
    }
    std::int64_t letters(std::string_view kind)
    {
        auto session = database->read();
        auto row = session->query(storage::SqlText{"SELECT count(*) FROM mail_outbox WHERE kind=?"}, kind);
        row.next();
        return row.integer(0);
    }
    std::vector<std::string> events()
    {
        std::vector<std::string> all;
        journal.each({}, [&](JournalEntry const& entry) { all.push_back(entry.note.event); });
        return all;
    }
};

TEST_P(SeeAsTest, nothing_begins_without_a_consent_and_one_that_was_refused_is_none)
{
    auto const id = ask(chef, claire);
    EXPECT_EQ(letters("see_as_asked"), 1);
    EXPECT_EQ(code_of_start(chef, id), "see_as_over");
    ASSERT_TRUE(see_as.answer(actor(claire), vire.id, id, false, "", now).ok());
    EXPECT_EQ(code_of_start(chef, id), "see_as_over");
    EXPECT_EQ(see_as.answer(actor(claire), vire.id, id, true, "", now).error().code, "see_as_answered") << "a no is not turned into a yes";
    EXPECT_TRUE(events().empty());
}

TEST_P(SeeAsTest, the_person_consents_and_is_seen_without_what_only_they_may_do)
{
    ASSERT_TRUE(memberships.grant(claire.id, vire.id, Role::Auditor, now, {.ends_at = now + days{30}}).ok());
    ASSERT_TRUE(memberships.grant_installation(claire.id, now).ok());
    auto const session = session_of(chef);
    ASSERT_TRUE(start(chef, given(chef, claire), session).ok());
    EXPECT_TRUE(sessions.authenticate(sessions.start(chef.id, now), now)->sees_as_another == false) << "another session of theirs is their own";
    auto const seen = see_as.under_way(session, now);
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->visit.person, claire.id);
    EXPECT_EQ(seen->visit.visitor, chef.id);
    EXPECT_EQ(seen->actor.roles, std::vector<Role>{Role::Dpo}) << "an audit is read by the auditor alone";
    EXPECT_FALSE(seen->actor.installation_administrator);
    EXPECT_EQ(events(), std::vector<std::string>{"see_as_started"});
}

TEST_P(SeeAsTest, it_ends_by_itself_after_half_an_hour_and_the_person_is_written_to_once)
{
    auto const session = session_of(chef);
    ASSERT_TRUE(start(chef, given(chef, claire), session).ok());
    EXPECT_TRUE(see_as.under_way(session, now + minutes{29}));
    EXPECT_EQ(see_as.end_due(now + minutes{29}), 0);
    EXPECT_FALSE(see_as.under_way(session, now + minutes{30}));
    EXPECT_EQ(see_as.end_due(now + minutes{31}), 0) << "it had ended";
    EXPECT_EQ(letters("see_as_ended"), 1);
    auto const visits = see_as.visits(actor(claire), vire.id);
    ASSERT_EQ(visits.size(), 1U);
    EXPECT_EQ(visits[0].ended, "time");
    EXPECT_EQ(visits[0].ended_at, now + minutes{30});
    EXPECT_EQ(events(), (std::vector<std::string>{"see_as_started", "see_as_ended"}));
}

TEST_P(SeeAsTest, the_periodic_work_ends_one_whose_session_or_time_is_gone)
{
    auto const session = session_of(chef), other = session_of(chef);
    auto const consent = given(chef, claire);
    ASSERT_TRUE(start(chef, consent, session).ok());
    ASSERT_TRUE(start(chef, consent, other).ok());
    sessions.end(session);
    EXPECT_EQ(see_as.end_due(now + minutes{1}), 1);
    EXPECT_EQ(see_as.end_due(now + minutes{45}), 1);
    auto const visits = see_as.visits(actor(chef), vire.id);
    ASSERT_EQ(visits.size(), 2U);
    EXPECT_NE(visits[0].ended, visits[1].ended);
}

TEST_P(SeeAsTest, consent_withdrawn_or_lapsed_ends_the_visit_at_once)
{
    auto const session = session_of(chef);
    auto const id = given(chef, claire);
    ASSERT_TRUE(start(chef, id, session).ok());
    ASSERT_TRUE(see_as.withdraw(actor(claire), vire.id, id, now + minutes{1}).ok());
    EXPECT_FALSE(see_as.under_way(session, now + minutes{1}));
    EXPECT_EQ(see_as.visits(actor(claire), vire.id)[0].ended, "consent");
    EXPECT_EQ(code_of_start(chef, id), "see_as_over");
    auto const second = given(chef, claire);
    now += days{8};
    EXPECT_EQ(code_of_start(chef, second), "see_as_over") << "seven days are over";
}

TEST_P(SeeAsTest, who_loses_the_right_to_administer_sees_no_more)
{
    auto const session = session_of(chef);
    ASSERT_TRUE(start(chef, given(chef, claire), session).ok());
    ASSERT_TRUE(memberships.grant(maire.id, vire.id, Role::Administrator, now).ok());
    ASSERT_TRUE(memberships.revoke(chef.id, vire.id, std::nullopt, now).ok());
    EXPECT_FALSE(see_as.under_way(session, now));
}

TEST_P(SeeAsTest, who_runs_the_installation_needs_the_controller)
{
    auto machine = person("machine@vire.example", "Machine");
    ASSERT_TRUE(memberships.grant_installation(machine.id, now).ok());
    auto const id = ask(machine, claire);
    EXPECT_EQ(letters("see_as_asked"), 2) << "the person, and the one who represents the controller";
    EXPECT_EQ(see_as.answer(actor(claire), vire.id, id, true, "", now).error().code, "see_as_controller_needed");
    EXPECT_EQ(code(Result<bool>(see_as.answer(actor(maire), vire.id, id, true, " ", now).error())), "answer:required") << "the controller says why";
    ASSERT_TRUE(see_as.answer(actor(maire), vire.id, id, true, "Panne signalée par le service", now).ok());
    EXPECT_EQ(code_of_start(machine, id), "");
}

TEST_P(SeeAsTest, nobody_consents_to_their_own_asking_nor_answers_for_others)
{
    ASSERT_TRUE(memberships.grant(chef.id, vire.id, Role::Representative, now).ok());
    auto const id = ask(chef, claire);
    EXPECT_EQ(see_as.answer(actor(chef), vire.id, id, true, "Parce que", now).error().code, "not_found");
    auto paul = person("paul@vire.example", "Paul");
    ASSERT_TRUE(memberships.grant(paul.id, vire.id, Role::Dpo, now).ok());
    EXPECT_EQ(see_as.answer(actor(paul), vire.id, id, true, "", now).error().code, "not_found");
    EXPECT_EQ(see_as.withdraw(actor(paul), vire.id, id, now).error().code, "not_found");
    EXPECT_TRUE(see_as.consents(actor(paul), vire.id).empty()) << "others' consents are none of theirs";
    EXPECT_EQ(see_as.start(actor(paul), vire.id, id, session_of(paul), "", "", now).error().code, "forbidden");
}

TEST_P(SeeAsTest, refuses_oneself_strangers_auditors_and_lengths_without_end)
{
    auto const asked = [&](Person const& as, int wanted = 7, std::string reason = "Aider") { return code(see_as.ask(actor(chef), vire.id, {as.id, std::move(reason), wanted, ""}, now)); };
    auto paul = person("paul@vire.example", "Paul");
    EXPECT_EQ(asked(chef), "person:see_as_self");
    EXPECT_EQ(asked(paul), "person:unknown_person");
    ASSERT_TRUE(memberships.grant(paul.id, vire.id, Role::Auditor, now, {.ends_at = now + days{30}}).ok());
    EXPECT_EQ(asked(paul), "person:see_as_auditor");
    EXPECT_EQ(asked(claire, 31), "days:see_as_days");
    EXPECT_EQ(asked(claire, 7, " "), "reason:required");
    EXPECT_EQ(asked(claire), "");
    EXPECT_EQ(asked(claire), "see_as_waits");
    EXPECT_EQ(code(see_as.ask(actor(claire), vire.id, {maire.id, "Voir", 7, ""}, now)), "forbidden") << "a DPO administers nobody";
}

INSTANTIATE_TEST_SUITE_P(Engines, SeeAsTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace
}  // namespace greffier::accounts
