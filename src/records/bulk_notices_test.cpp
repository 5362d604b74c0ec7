// Whom a bulk act tells of what, and that its end is told once whatever dies meanwhile.
#include <gtest/gtest.h>

#include "accounts/memberships.hpp"
#include "records/api_fixture.hpp"
#include "records/bulk_job.hpp"
#include "records/notifications.hpp"

namespace greffier::records {
namespace {

using accounts::Role;
using storage::Session;
using storage::SqlText;

Register const& kind()
{
    static Register const kind = [] {
        auto life = api_testing::sheet_register();
        life.transitions = {{"draft", "settled", web::Permission::DecideRecords}, {"settled", "draft", web::Permission::DecideRecords, true}};
        return life;
    }();
    return kind;
}

struct Somebody {
    PersonId person;
    accounts::Actor actor;
};

class BulkNoticesTest : public ::testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    Registers registers{{&kind()}};
    api_testing::Judge judge;
    LedgerKeeper keeper{*database, SigningKey::from_seed(Secret<Bytes>(random_bytes(32))), database.directory() / "checkpoints"};
    Machinery machinery{*database, registers, judge, keeper};
    accounts::Organisations organisations{*database};
    accounts::Memberships memberships{*database};
    Timestamp clock = *parse_timestamp("2026-03-14T08:00:00Z");
    OrganisationId town = organisations.add({.slug = "ville", .name = "Ville", .kind = "commune"}, clock)->id;
    Somebody claire = somebody("Claire Delmas", Role::Dpo), karim = somebody("Karim Benali", Role::Contributor), nadia = somebody("Nadia Roche", Role::Contributor);
    Records records{machinery, town, accounts::Sight::everything()};
    Bulk bulk{machinery, town, accounts::Sight::everything(), kind()};

    Somebody somebody(std::string name, Role role)
    {
        auto const id = PersonId::make();
        (void)database->write([&](Session& session) -> Status {
            session.execute(SqlText{"INSERT INTO person(id, email, email_shown, name, created_at) VALUES(?,?,?,?,?)"}, id, id.text() + "@x.example", id.text() + "@x.example", name, clock);
            return Nothing{};
        });
        EXPECT_TRUE(memberships.grant(id, town, role, clock).ok());
        return {id, accounts::make_actor(*memberships.of(id, town))};
    }
    By by(Somebody const& who)
    {
        clock += std::chrono::seconds(1);
        return {who.actor.id, clock};
    }
    Chosen add(Somebody const& who, std::string name)
    {
        api_testing::Sheet sheet;
        sheet.name = std::move(name);
        sheet.text.value = "texte";
        return {records.create(kind(), {api_testing::schema_of(static_cast<api_testing::Sheet const*>(nullptr)).pack(sheet)}, by(who))->head.id, 0};
    }
    Act confirmed(std::vector<Chosen> const& chosen, std::string status, std::string reason = {})
    {
        auto const act = bulk.prepare("status", chosen, by(claire));
        BulkWish wish;
        wish.status = std::move(status);
        wish.reason = std::move(reason);
        EXPECT_TRUE(bulk.ask(act->id, wish, by(claire)).ok());
        auto running = bulk.confirm(act->id, by(claire), [&](Session& session) { hand_over(session, *act, claire.actor, Direction::There, clock); });
        EXPECT_TRUE(running.ok());
        return *running;
    }
    /// "validated 12 of the act"
    std::vector<std::string> told(Somebody const& who, ActId act)
    {
        std::vector<std::string> all;
        auto session = database->read();
        auto rows = session->query(SqlText{"SELECT kind, detail, about_id, record_id FROM notification WHERE person_id=? ORDER BY created_at, id"}, who.person);
        while (rows.next()) all.push_back(rows.text(0) + " " + rows.text(1) + (!rows.is_null(2) && rows.uuid(2) == act.uuid && rows.is_null(3) ? " of the act" : ""));
        return all;
    }
    /// A process that dies as soon as the work is done: it notes nothing of the job's end.
    void work_and_die(jobs::Job const& job)
    {
        jobs::Lease lease(*database, job, owner, [this] { return clock; }, {});
        EXPECT_TRUE(bulk_workers(machinery, organisations).at(job.kind)(lease).ok());
    }
    Uuid owner = Uuid::make();
};
using Words = std::vector<std::string>;

TEST_P(BulkNoticesTest, one_bulk_act_tells_each_person_once_however_many_groups_it_takes)
{
    std::vector<Chosen> chosen;
    for (int i = 0; i < act_group + 2; ++i) chosen.push_back(add(karim, "Fiche " + std::to_string(i)));
    chosen.push_back(add(nadia, "Une de Nadia"));
    chosen.push_back(add(claire, "Une de Claire"));
    auto const act = confirmed(chosen, "settled");
    ASSERT_TRUE(*bulk.run_group(act.id, by(claire), claire.actor));
    EXPECT_EQ(told(karim, act.id), Words{"validated 200 of the act"});
    ASSERT_FALSE(*bulk.run_group(act.id, by(claire), claire.actor));
    EXPECT_EQ(told(karim, act.id), Words{"validated 202 of the act"});
    EXPECT_EQ(told(nadia, act.id), Words{"validated 1 of the act"});
    EXPECT_TRUE(told(claire, act.id).empty()) << "nobody is told of what they did themselves";
}

TEST_P(BulkNoticesTest, what_was_read_of_a_first_group_is_news_again_with_the_second)
{
    auto const act = ActId::make();
    auto tell = [&](std::int64_t count) {
        ASSERT_TRUE(database->write([&](Session& session) -> Status {
            notify_of_many(session, {karim.person, town, NotificationKind::Returned, claire.actor.id, clock, "sheets", RecordId::make(), 2}, act.uuid, count);
            return Nothing{};
        }).ok());
    };
    tell(3);
    ASSERT_TRUE(Notifications{*database}.mark_all_read(karim.person, clock).ok());
    tell(4);
    EXPECT_EQ(told(karim, act), Words{"returned 7 of the act"});
    auto session = database->read();
    EXPECT_TRUE(session->query(SqlText{"SELECT 1 FROM notification WHERE person_id=? AND read_at IS NULL"}, karim.person).next());
}

TEST_P(BulkNoticesTest, the_end_is_told_once_when_the_process_dies_before_its_job_is_noted_as_done)
{
    std::vector<Chosen> chosen{add(karim, "Une"), add(karim, "Deux")};
    auto const act = confirmed(chosen, "settled");
    jobs::Jobs jobs(*database);
    work_and_die(*jobs.take(owner, clock));
    EXPECT_EQ(told(claire, act.id), Words{"act_done 2 of the act"});
    EXPECT_EQ(jobs.give_back_all(clock), 1) << "the restart finds it as it was left";
    work_and_die(*jobs.take(owner, clock));
    EXPECT_EQ(told(claire, act.id), Words{"act_done 2 of the act"});
}

TEST_P(BulkNoticesTest, the_end_is_told_when_the_process_dies_right_after_the_last_group)
{
    auto const act = confirmed({add(karim, "Une")}, "settled");
    jobs::Jobs jobs(*database);
    auto const job = *jobs.take(owner, clock);
    struct Killed {};
    int asked = 0;
    // The clock is read once for each step: the process dies at the first one after the group was written.
    jobs::Lease lease(*database, job, owner, [&] {
        ++asked;
        if (bulk.acts().find(act.id)->state == ActState::Done) throw Killed{};
        return clock;
    }, {});
    try {
        (void)bulk_workers(machinery, organisations).at(job.kind)(lease);
    } catch (Killed const&) {
    }
    EXPECT_GT(asked, 0);
    jobs.give_back_all(clock);
    work_and_die(*jobs.take(owner, clock));
    EXPECT_EQ(told(claire, act.id), Words{"act_done 1 of the act"});
}

TEST_P(BulkNoticesTest, the_end_of_an_undo_is_told_with_it)
{
    auto const act = confirmed({add(karim, "Une")}, "settled");
    ASSERT_TRUE(bulk.run(act.id, by(claire), claire.actor).ok());
    ASSERT_TRUE(bulk.acts().begin_undo(act.id, by(claire), claire.actor).ok());
    std::int64_t count = -1;
    GroupHooks hooks;
    hooks.at_end = [&](Session&, std::int64_t done) { count = done; };
    EXPECT_FALSE(*bulk.acts().undo_group(act.id, by(claire), "annulation", hooks));
    EXPECT_EQ(count, 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, BulkNoticesTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace
}  // namespace greffier::records
