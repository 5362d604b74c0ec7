#include <gtest/gtest.h>

#include "accounts/memberships.hpp"
#include "overview/training_invitations.hpp"
#include "records/silent_examiner.hpp"
#include "registers/training/register.hpp"
#include "storage/test_database.hpp"

namespace greffier::overview {
namespace {

using namespace std::chrono;
using storage::Session;
using storage::SqlText;
using Whom = TrainingInvitations::Whom;

class TrainingSending : public ::testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    records::Registers registers{{&training::training_register()}};
    records::Silent judge;
    records::LedgerKeeper keeper{*database, SigningKey::from_seed(Secret<Bytes>(random_bytes(32))), database.directory() / "checkpoints"};
    records::Machinery machinery{*database, registers, judge, keeper};
    mail::Outbox outbox{*database, Secret<Bytes>(random_bytes(32)), mail::Outbox::Door::Open};
    accounts::Organisations organisations{*database};
    Timestamp clock = *parse_timestamp("2026-03-02T09:00:00Z");
    accounts::OrganisationInfo town = *organisations.add({.slug = "ville", .name = "Ville", .kind = "commune"}, clock);
    records::Records store{machinery, town.id, accounts::Sight::everything()};
    TrainingInvitations invitations{machinery, outbox};
    records::Register const& kind = training::training_register();

    records::By by() { return {accounts::job_actor(town.id), clock, "Europe/Paris"}; }
    RecordId add()
    {
        training::Training session;
        session.title = "Réflexes";
        session.kind = training::Kind::Session;
        session.starts_at = parse_timestamp("2026-05-04T08:00:00Z");
        session.owner.email = {"claire@ville.example"};
        session.attendees = {{.id = "a", .name = "Ana", .email = {"ana@ville.example"}}, {.id = "b", .name = "Luc", .email = {"luc@ville.example"}}};
        auto const made = store.create(kind, {training::training_schema().pack(session)}, by());
        EXPECT_TRUE(made.ok());
        return made->head.id;
    }
    void change(RecordId id, std::function<void(training::Training&)> const& change)
    {
        auto const stored = store.find(kind, id);
        auto session = *training::training_schema().unpack(stored->row);
        change(session);
        EXPECT_TRUE(store.update(kind, {.id = id, .version = stored->head.version, .row = training::training_schema().pack(session)}, by()).ok());
    }
    std::int64_t send(RecordId id, Whom whom = Whom::Everybody)
    {
        auto const sent = invitations.send(kind, town, accounts::Sight::everything(), id, 0, whom, by());
        EXPECT_TRUE(sent.ok()) << sent.error().code;
        return sent.ok() ? sent->all() : -1;
    }
    std::int64_t letters()
    {
        auto session = database->read();
        auto count = session->query(SqlText{"SELECT count(*) FROM mail_outbox WHERE kind='training_invitation'"});
        count.next();
        return count.integer(0);
    }
    Invitee::Standing standing_of(RecordId id, std::string_view address)
    {
        auto const plan = invitations.plan(kind, town.id, accounts::Sight::everything(), id, clock);
        for (auto const& one : plan->people)
            if (one.address == address) return one.standing;
        return Invitee::Standing::Idle;
    }
};

INSTANTIATE_TEST_SUITE_P(Engines, TrainingSending, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

TEST_P(TrainingSending, invites_each_once_and_notes_the_day_in_the_record)
{
    auto const id = add();
    EXPECT_EQ(send(id), 2);
    EXPECT_EQ(letters(), 2);
    EXPECT_EQ(send(id), 0);
    auto const session = *training::training_schema().unpack(store.find(kind, id)->row);
    EXPECT_EQ(session.attendees[0].invited_on, parse_date("2026-03-02"));
    auto const plan = *invitations.plan(kind, town.id, accounts::Sight::everything(), id, clock);
    EXPECT_EQ(invitations.fates(plan, town.id).size(), 2U);
    EXPECT_EQ(invitations.fates(plan, town.id).begin()->second, mail::State::Waiting);
}

TEST_P(TrainingSending, tells_a_change_by_itself_once_it_has_settled_and_invites_nobody_new)
{
    auto const id = add();
    EXPECT_EQ(invitations.catch_up(clock + hours{1}), 0) << "nobody holds an invitation";
    send(id);
    clock += hours{1};
    change(id, [](auto& session) { session.place = "Médiathèque"; session.attendees.push_back({.id = "c", .name = "Ali", .email = {"ali@ville.example"}}); });
    EXPECT_EQ(invitations.catch_up(clock + minutes{9}), 0);
    EXPECT_EQ(invitations.catch_up(clock + time_to_mend), 2);
    EXPECT_EQ(invitations.catch_up(clock + hours{2}), 0);
    EXPECT_EQ(letters(), 4);
    EXPECT_EQ(standing_of(id, "ali@ville.example"), Invitee::Standing::Waiting);
}

TEST_P(TrainingSending, calls_off_whoever_is_taken_off_and_all_when_the_record_is_thrown_away)
{
    auto const id = add();
    send(id);
    clock += hours{1};
    change(id, [](auto& session) { session.attendees.pop_back(); });
    EXPECT_EQ(standing_of(id, "luc@ville.example"), Invitee::Standing::Leaving);
    EXPECT_EQ(invitations.catch_up(clock + time_to_mend), 1);
    EXPECT_EQ(standing_of(id, "luc@ville.example"), Invitee::Standing::Off);
    clock += hours{1};
    EXPECT_TRUE(store.remove(kind, id, store.find(kind, id)->head.version, by()).ok());
    EXPECT_EQ(invitations.catch_up(clock + time_to_mend), 1);
    EXPECT_EQ(invitations.catch_up(clock + hours{5}), 0);
    EXPECT_TRUE(store.restore(kind, id, by()).ok());
    EXPECT_EQ(standing_of(id, "ana@ville.example"), Invitee::Standing::Waiting) << "it takes place after all, and she was told that it does not";
}

TEST_P(TrainingSending, sends_nothing_from_an_older_page_or_without_a_way)
{
    auto const id = add();
    auto const stale = invitations.send(kind, town, accounts::Sight::everything(), id, 99, Whom::Everybody, by());
    ASSERT_FALSE(stale.ok());
    EXPECT_EQ(stale.error().code, "stale");
    mail::Outbox closed{*database, Secret<Bytes>(random_bytes(32)), mail::Outbox::Door::Closed};
    auto const refused = TrainingInvitations(machinery, closed).send(kind, town, accounts::Sight::everything(), id, 0, Whom::Everybody, by());
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "mail_not_set");
    change(id, [](auto& session) { session.owner.email = {}; });
    auto const nobody = invitations.send(kind, town, accounts::Sight::everything(), id, 0, Whom::Everybody, by());
    ASSERT_FALSE(nobody.ok());
    EXPECT_EQ(nobody.error().code, "invitation_organiser");
    EXPECT_EQ(letters(), 0);
}

}  // namespace
}  // namespace greffier::overview
