#include "overview/reminders.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "accounts/calendar_feeds.hpp"
#include "accounts/memberships.hpp"
#include "accounts/organisation.hpp"
#include "overview/agenda.hpp"
#include "records/notifications.hpp"
#include "records/silent_examiner.hpp"
#include "registers/processing/processing.hpp"
#include "registers/processing/register.hpp"
#include "storage/test_database.hpp"

namespace greffier::overview {
namespace {

using accounts::Role;
using namespace std::chrono;
using storage::Session;
using storage::SqlText;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// A processing that is also a breach: of the day of its last review, at 8:20 where it is, it is known.
std::vector<records::Due> known_at(schema::Row const& row, records::DueContext const& context)
{
    auto const* day = std::get_if<Date>(&schema::get(processing::processing_schema().info(), row, "last_review"));
    if (!day) return {};
    return {{"breach.notification", start_of_day(*day, context.where.zone) + hours{8} + minutes{20} + hours{72}, {}, true, {"last_review"}}};
}

class RemindersTest : public ::testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    records::Register kind = [] {
        auto made = processing::processing_register();
        made.dues = &known_at;
        return made;
    }();
    records::Registers registers{{&kind}};
    records::Silent judge;
    records::LedgerKeeper keeper{*database, SigningKey::from_seed(Secret<Bytes>(random_bytes(32))), database.directory() / "checkpoints"};
    records::Machinery machinery{*database, registers, judge, keeper};
    mail::Outbox outbox{*database, Secret<Bytes>(random_bytes(32)), mail::Outbox::Door::Open};
    accounts::Organisations organisations{*database};
    accounts::Memberships memberships{*database};
    Timestamp clock = *parse_timestamp("2026-03-01T08:00:00Z");
    accounts::OrganisationInfo town = *organisations.add({.slug = "ville", .name = "Ville", .kind = "commune"}, clock);
    records::Records store{machinery, town.id, accounts::Sight::everything()};
    Reminders reminders{machinery, outbox, nullptr, "https://rgpd.example/"};

    PersonId add_person(std::string const& email, std::optional<Role> role)
    {
        auto const id = PersonId::make();
        (void)database->write([&](Session& session) -> Status {
            session.execute(SqlText{"INSERT INTO person(id, email, email_shown, name, created_at) VALUES(?,?,?,?,?)"}, id, email, email, email, clock);
            return Nothing{};
        });
        if (role) {
            EXPECT_TRUE(memberships.grant(id, town.id, *role, clock).ok());
        }
        return id;
    }
    records::By by() { return {Uuid::make(), clock, "Europe/Paris"}; }
    schema::Row row(std::string name, std::optional<Date> known, std::optional<Date> review = {}, std::string owner = {})
    {
        processing::Processing record;
        record.name = std::move(name);
        record.last_review = known;
        record.next_review = review;
        record.owner.email.value = std::move(owner);
        return processing::processing_schema().pack(record);
    }
    records::Stored add(schema::Row content)
    {
        auto made = store.create(kind, {std::move(content)}, by());
        EXPECT_TRUE(made.ok());
        return *made;
    }
    void at(char const* instant) { clock = *parse_timestamp(instant); }
    int remind() { return reminders.remind(clock); }
    std::vector<std::string> rungs()
    {
        std::vector<std::string> all;
        auto session = database->read();
        auto rows = session->query(SqlText{"SELECT rung FROM reminder_sent ORDER BY sent_at, rung"});
        while (rows.next()) all.push_back(rows.text(0));
        return all;
    }
    std::vector<std::string> told(PersonId person)
    {
        std::vector<std::string> all;
        auto session = database->read();
        auto rows = session->query(SqlText{"SELECT detail, record_id FROM notification WHERE person_id=? AND kind='reminder' ORDER BY created_at, detail"}, person);
        while (rows.next()) all.push_back(rows.is_null(1) ? "+" + rows.text(0) : rows.text(0).substr(0, rows.text(0).find(' ')));
        return all;
    }
    std::int64_t mails(std::string_view of_kind)
    {
        auto session = database->read();
        auto count = session->query(SqlText{"SELECT count(*) FROM mail_outbox WHERE kind=?"}, of_kind);
        count.next();
        return count.integer(0);
    }
};

Date day(char const* text) { return *parse_date(text); }

TEST_P(RemindersTest, each_step_of_a_breach_is_told_once_whatever_the_clock_does)
{
    auto const dpo = add_person("dpo@x.example", Role::Dpo);
    at("2026-03-03T07:25:00Z");
    add(row("A", day("2026-03-03")));
    EXPECT_EQ(remind(), 1);
    EXPECT_EQ(remind(), 0);
    at("2026-03-04T07:19:59Z");
    EXPECT_EQ(remind(), 0);
    at("2026-03-04T07:20:00Z");
    EXPECT_EQ(remind(), 1);
    at("2026-03-03T10:00:00Z");   // somebody sets the clock back
    EXPECT_EQ(remind(), 0);
    at("2026-03-06T06:30:00Z");   // the server was down for two days: 48 and 60 hours are passed over
    EXPECT_EQ(remind(), 1);
    at("2026-03-06T07:20:00Z");
    EXPECT_EQ(remind(), 1);
    at("2027-03-06T07:20:00Z");
    EXPECT_EQ(remind(), 1);
    EXPECT_EQ(remind(), 0);
    EXPECT_THAT(rungs(), ElementsAre("start+0h", "start+24h", "start+71h", "due+0h", "due+7d"));
    EXPECT_EQ(told(dpo).size(), 5U);
    EXPECT_EQ(mails("reminder"), 5) << "hours do not wait for a letter that gathers";
}

TEST_P(RemindersTest, a_deadline_that_moves_begins_anew_and_what_is_closed_is_silent)
{
    add_person("dpo@x.example", Role::Dpo);
    at("2026-03-04T07:25:00Z");
    auto stored = add(row("A", day("2026-03-03")));
    EXPECT_EQ(remind(), 1);
    auto changed = store.update(kind, {stored.head.id, 1, row("A", day("2026-03-04"))}, by());
    ASSERT_TRUE(changed.ok());
    EXPECT_EQ(remind(), 1);
    EXPECT_THAT(rungs(), ElementsAre("start+0h", "start+24h"));
    ASSERT_TRUE(store.remove(kind, stored.head.id, 2, by()).ok());
    at("2026-03-09T07:25:00Z");
    EXPECT_EQ(remind(), 0);
}

TEST_P(RemindersTest, the_owner_is_told_of_days_and_others_when_nothing_moves)
{
    auto const dpo = add_person("dpo@x.example", Role::Dpo), owner = add_person("owner@x.example", Role::Contributor), mayor = add_person("mayor@x.example", Role::Representative);
    at("2026-03-01T08:00:00Z");
    auto const stored = add(row("A", {}, day("2026-04-10"), "owner@x.example"));
    EXPECT_EQ(remind(), 0);
    at("2026-03-11T06:00:00Z");
    EXPECT_EQ(remind(), 1);
    EXPECT_EQ(told(owner).size(), 1U);
    EXPECT_TRUE(told(dpo).empty());
    at("2026-04-10T05:00:00Z");
    remind();
    at("2026-04-17T05:00:00Z");
    remind();
    EXPECT_EQ(told(owner).size(), 3U);
    EXPECT_EQ(told(dpo).size(), 1U);
    EXPECT_TRUE(told(mayor).empty());
    at("2026-05-10T05:00:00Z");
    remind();
    EXPECT_EQ(told(mayor).size(), 1U) << "nothing moved since the step before";
    EXPECT_EQ(mails("reminder"), 0);
}

TEST_P(RemindersTest, whoever_takes_it_in_hand_spares_the_next_person)
{
    add_person("dpo@x.example", Role::Dpo);
    auto const mayor = add_person("mayor@x.example", Role::Representative);
    at("2026-04-17T05:00:00Z");
    auto const stored = add(row("A", {}, day("2026-04-10")));
    remind();
    at("2026-05-01T05:00:00Z");
    DueName const due{stored.head.id, "review", "next_review", end_of_day(day("2026-04-10"), "Europe/Paris")};
    EXPECT_FALSE(take_due(*database, town.id, accounts::Sight{}, due, Uuid::make(), clock).ok()) << "who does not see it takes nothing";
    EXPECT_TRUE(take_due(*database, town.id, accounts::Sight::everything(), due, Uuid::make(), clock).ok());
    at("2026-05-10T05:00:00Z");
    EXPECT_EQ(remind(), 1);
    EXPECT_TRUE(told(mayor).empty());
}

TEST_P(RemindersTest, an_absent_owner_is_stood_in_for_and_nobody_hears_of_what_they_do_not_see)
{
    auto const owner = add_person("owner@x.example", Role::Reader);
    at("2026-03-11T06:00:00Z");
    add(row("A", {}, day("2026-04-10"), "owner@x.example"));
    remind();
    EXPECT_EQ(told(owner).size(), 1U);
    ASSERT_TRUE(memberships.revoke(owner, town.id, {}, clock).ok());
    auto const administrator = add_person("admin@x.example", Role::Administrator);
    at("2026-04-10T05:00:00Z");
    remind();
    EXPECT_EQ(told(owner).size(), 1U);
    EXPECT_EQ(told(administrator).size(), 1U) << "there is no DPO: somebody who answers for the file";
    (void)database->write([&](Session& session) -> Status {
        session.execute(SqlText{"UPDATE record SET restricted=1"});
        return Nothing{};
    });
    at("2026-04-17T05:00:00Z");
    EXPECT_EQ(remind(), 1);
    EXPECT_EQ(told(administrator).size(), 1U) << "an administrator does not see what is restricted";
}

TEST_P(RemindersTest, many_at_once_become_one_line_and_one_letter)
{
    auto const dpo = add_person("dpo@x.example", Role::Dpo);
    at("2026-04-12T05:00:00Z");
    for (int i = 0; i < 300; ++i) add(row("R" + std::to_string(i), {}, day("2026-04-10")));
    EXPECT_EQ(remind(), 300);
    auto const lines = told(dpo);
    EXPECT_LE(lines.size(), 12U);
    EXPECT_EQ(reminders.send_digests(*parse_timestamp("2026-04-12T05:30:00Z")), 0) << "before eight";
    EXPECT_EQ(reminders.send_digests(*parse_timestamp("2026-04-12T06:30:00Z")), 1);
    EXPECT_EQ(reminders.send_digests(*parse_timestamp("2026-04-12T07:30:00Z")), 0);
    EXPECT_EQ(mails("reminder_digest"), 1);
}

TEST_P(RemindersTest, who_wants_it_weekly_gets_it_on_monday_and_not_of_what_was_done_meanwhile)
{
    auto const dpo = add_person("dpo@x.example", Role::Dpo);
    (void)database->write([&](Session& session) -> Status {
        accounts::keep_digest_pace(session, dpo, accounts::DigestPace::Weekly);
        return Nothing{};
    });
    at("2026-04-08T09:00:00Z");   // a Wednesday
    auto const done = add(row("A", {}, day("2026-04-08")));
    remind();
    EXPECT_EQ(reminders.send_digests(clock), 0);
    ASSERT_TRUE(store.remove(kind, done.head.id, 1, by()).ok());
    EXPECT_EQ(reminders.send_digests(*parse_timestamp("2026-04-13T09:00:00Z")), 0) << "nothing is left to say";
    at("2026-04-14T09:00:00Z");
    add(row("B", {}, day("2026-04-14")));
    remind();
    EXPECT_EQ(reminders.send_digests(*parse_timestamp("2026-04-19T09:00:00Z")), 0);
    EXPECT_EQ(reminders.send_digests(*parse_timestamp("2026-04-20T09:00:00Z")), 1);
}

TEST_P(RemindersTest, a_house_adds_steps_and_leaves_none_of_the_law_out)
{
    auto const mayor = add_person("mayor@x.example", Role::Representative);
    auto rung = *law::parse_rung("due-3d");
    rung.told = {law::Told::Controller};
    EXPECT_TRUE(keep_rung(*database, town.id, "review", rung, clock).ok());
    EXPECT_TRUE(leave_out_rung(*database, town.id, "review", "due-30d", clock).ok());
    EXPECT_EQ(leave_out_rung(*database, town.id, "breach.notification", "start+71h", clock).error().code, "legal_rung");
    EXPECT_FALSE(leave_out_rung(*database, town.id, "review", "due-31d", clock).ok());
    EXPECT_FALSE(keep_rung(*database, town.id, "unknown", rung, clock).ok());
    at("2026-04-01T05:00:00Z");
    add(row("A", {}, day("2026-04-10")));
    EXPECT_EQ(remind(), 0) << "thirty days before was left out";
    at("2026-04-07T05:00:00Z");
    EXPECT_EQ(remind(), 1);
    EXPECT_EQ(told(mayor).size(), 1U);
    EXPECT_TRUE(forget_rung(*database, town.id, "review", "due-30d", clock).ok());
    EXPECT_EQ(remind(), 0) << "a step that another one followed is not told afterwards";
}

TEST_P(RemindersTest, the_agenda_shows_what_is_due_soonest_first_and_as_its_reader_may_see_it)
{
    auto const dpo = add_person("dpo@x.example", Role::Dpo);
    auto const reader = add_person("reader@x.example", Role::Reader);
    add(row("B", {}, day("2026-05-10"), "dpo@x.example"));
    auto const first = add(row("A", day("2026-03-01"), day("2026-04-10")));
    auto const actor = accounts::make_actor(*memberships.of(dpo, town.id));
    Agenda const agenda{*database, actor, {.only = town.id}};
    auto const items = agenda.items(10);
    ASSERT_EQ(items.size(), 3U);
    EXPECT_EQ(items[0].kind, "breach.notification");
    EXPECT_TRUE(items[0].legal);
    EXPECT_EQ(items[1].day, day("2026-04-10"));
    EXPECT_EQ(items[2].owner, dpo);
    EXPECT_EQ(agenda.tally(*parse_timestamp("2026-05-01T00:00:00Z")).late, 2);
    EXPECT_EQ(agenda.owners(10).size(), 1U);
    EXPECT_EQ((Agenda{*database, actor, {.only = town.id, .legal = true}}.items(10).size()), 1U);
    EXPECT_EQ((Agenda{*database, actor, {.owner = dpo}}.items(10).size()), 1U) << "over all organisations";
    (void)database->write([&](Session& session) -> Status {
        session.execute(SqlText{"UPDATE record SET restricted=1 WHERE id=?"}, first.head.id);
        return Nothing{};
    });
    auto const guest = accounts::make_actor(*memberships.of(reader, town.id));
    EXPECT_EQ((Agenda{*database, guest, {.only = town.id}}.items(10).size()), 1U);
    EXPECT_EQ((Agenda{*database, guest, {}}.items(10).size()), 1U);
    EXPECT_EQ((Agenda{*database, guest, {}}.tally(clock).total), 1);
}

TEST_P(RemindersTest, a_feed_is_found_by_its_token_until_it_is_revoked)
{
    auto const dpo = add_person("dpo@x.example", Role::Dpo);
    accounts::CalendarFeeds feeds{*database};
    EXPECT_FALSE(feeds.make(dpo, "  ", {}, clock).ok());
    auto const token = feeds.make(dpo, "Bureau", {town.id}, clock);
    ASSERT_TRUE(token.ok());
    auto const feed = feeds.find(*token);
    ASSERT_TRUE(feed);
    EXPECT_EQ(feed->person, dpo);
    EXPECT_THAT(feed->organisations, ElementsAre(town.id));
    EXPECT_FALSE(feeds.find(std::string(32, 'a')));
    EXPECT_FALSE(feeds.find(""));
    EXPECT_FALSE(feeds.revoke(PersonId::make(), feed->id, clock).ok()) << "another's";
    EXPECT_TRUE(feeds.revoke(dpo, feed->id, clock).ok());
    EXPECT_FALSE(feeds.find(*token));
}

// ---- against a slow reference ---------------------------------------------------------------------------

/// What ought to have been told, found out the long way: every step of every deadline, one after the other, by arithmetic of its own.
struct Slow {
    struct Live {
        std::optional<Date> known, review;
        bool alive = true;
    };
    std::map<std::string, Live> records;
    std::set<std::string> told;

    static std::int64_t day_at_seven(Date of, int more)
    {
        // March to October in Paris: two hours east of Greenwich from the last Sunday of March to the last of October.
        auto const on = sys_days{of} + days{more};
        auto const ymd = year_month_day{on};
        auto const begins = sys_days{ymd.year() / March / Sunday[last]}, ends = sys_days{ymd.year() / October / Sunday[last]};
        return duration_cast<milliseconds>((on + hours{7} - (on >= begins && on < ends ? hours{2} : hours{1})).time_since_epoch()).count();
    }
    void step(std::int64_t now)
    {
        for (auto const& [id, live] : records) {
            if (!live.alive) continue;
            std::vector<std::pair<std::int64_t, std::string>> steps;
            auto const tell = [&](std::string const& name) {
                std::string const* last = nullptr;
                std::int64_t best = 0;
                for (auto const& [at, rung] : steps)
                    if (at <= now && (!last || at >= best)) best = at, last = &rung;
                if (last) told.insert(id + " " + name + " " + *last);
                steps.clear();
            };
            if (live.known) {
                auto const start = day_at_seven(*live.known, 0) + (60 + 20) * 60'000;
                for (auto const& [name, after] : {std::pair{"start+0h", 0}, {"start+24h", 24}, {"start+48h", 48}, {"start+60h", 60}, {"start+71h", 71}, {"due+0h", 72}, {"due+24h", 96}})
                    steps.emplace_back(start + after * 3'600'000LL, name);
                steps.emplace_back(day_at_seven(year_month_day{sys_days{*live.known} + days{3}}, 7), "due+7d");
                tell("breach.notification " + std::to_string(start + 72 * 3'600'000LL));
            }
            if (live.review) {
                for (auto const& [name, after] : {std::pair{"due-30d", -30}, {"due+0d", 0}, {"due+7d", 7}, {"due+30d", 30}}) steps.emplace_back(day_at_seven(*live.review, after), name);
                tell("review " + std::to_string(to_millis(end_of_day(*live.review, "Europe/Paris"))));
            }
        }
    }
};

TEST_P(RemindersTest, nothing_is_told_twice_or_never_in_any_order_of_writes_and_clocks)
{
    add_person("dpo@x.example", Role::Dpo);
    for (unsigned seed = 1; seed <= 6; ++seed) {
        std::mt19937 random{seed};
        auto const pick = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)); };
        Slow slow;
        std::map<std::string, std::pair<RecordId, std::int64_t>> known;
        at("2026-02-20T09:00:00Z");
        auto const some_day = [&]() -> std::optional<Date> {
            if (pick(4) == 0) return std::nullopt;
            return year_month_day{floor<days>(clock) + days{pick(60) - 20}};
        };
        std::int64_t sum = 0;
        for (int i = 0; i < 60; ++i) {
            auto const what = pick(6);
            if (what == 0 || known.empty()) {
                auto const a = some_day(), b = some_day();
                auto const stored = add(row("R" + std::to_string(i), a, b));
                known[stored.head.id.text()] = {stored.head.id, 1};
                slow.records[stored.head.id.text()] = {a, b, true};
            } else if (what <= 3) {
                auto& [text, one] = *std::next(known.begin(), pick(static_cast<int>(known.size())));
                auto& live = slow.records[text];
                if (what == 3) {
                    auto const done = live.alive ? store.remove(kind, one.first, 0, by()) : store.restore(kind, one.first, by());
                    ASSERT_TRUE(done.ok());
                    live.alive = !live.alive;
                } else if (live.alive) {
                    if (what == 1) live.known = some_day();
                    else live.review = some_day();
                    ASSERT_TRUE(store.update(kind, {one.first, 0, row("R", live.known, live.review)}, by()).ok());
                }
            } else {
                static constexpr int minutes_of[]{1, 30, 61, 600, 1440, 3000, 10'000, 43'200};
                clock += minutes{minutes_of[pick(8)]};
            }
            if (pick(3) > 0) {
                slow.step(to_millis(clock));
                Reminders other{machinery, outbox, nullptr, ""};   // a program that was just started
                sum += other.remind(clock);
                EXPECT_EQ(remind(), 0) << "another program at the same time";
            }
            if (pick(12) == 0) records::examine_all(machinery, town.id, clock, "Europe/Paris");
        }
        std::set<std::string> found;
        auto session = database->read();
        auto rows = session->query(SqlText{"SELECT record_id, kind, due_at, rung FROM reminder_sent"});
        while (rows.next())
            if (auto const id = rows.id<Record>(0).text(); known.contains(id)) found.insert(id + " " + rows.text(1) + " " + std::to_string(rows.integer(2)) + " " + rows.text(3));
        EXPECT_EQ(found, slow.told) << "seed " << seed;
        EXPECT_EQ(sum, static_cast<std::int64_t>(slow.told.size())) << "seed " << seed;
        for (auto const& [text, one] : known)   // the next seed begins with nothing due
            if (slow.records[text].alive) {
                ASSERT_TRUE(store.remove(kind, one.first, 0, by()).ok());
            }
    }
}

INSTANTIATE_TEST_SUITE_P(Engines, RemindersTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace
}  // namespace greffier::overview
