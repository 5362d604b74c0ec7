#include "records/comments.hpp"

#include <gtest/gtest.h>

#include "accounts/memberships.hpp"
#include "records/api_fixture.hpp"
#include "records/favourites.hpp"
#include "records/notifications.hpp"
#include "records/recent.hpp"

namespace greffier::records {
namespace {

using accounts::Role;
using api_testing::sheet_register;
using storage::Session;
using storage::SqlText;

struct Somebody {
    PersonId person;
    accounts::Actor actor;
};

/// A town with its people, and a record they talk about.
class TalkTest : public ::testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    Registers registers{{&sheet_register()}};
    api_testing::Judge judge;
    LedgerKeeper keeper{*database, SigningKey::from_seed(Secret<Bytes>(random_bytes(32))), database.directory() / "checkpoints"};
    Machinery machinery{*database, registers, judge, keeper};
    accounts::Organisations organisations{*database};
    accounts::Memberships memberships{*database};
    Timestamp clock = *parse_timestamp("2026-03-14T08:00:00Z");
    OrganisationId town = organisation("ville"), other = organisation("autre");
    Somebody claire = somebody("Claire Delmas", Role::Dpo, town), karim = somebody("Karim Benali", Role::Contributor, town), reader = somebody("Nadia Roche", Role::Reader, town),
             stranger = somebody("Zoé Ailleurs", Role::Dpo, other);
    RecordId record = add_record(town, "Restauration scolaire");
    Comments talk{*database, town, accounts::Sight::everything()};

    OrganisationId organisation(std::string slug) { return organisations.add({.slug = slug, .name = slug, .kind = "commune"}, clock)->id; }
    Somebody somebody(std::string name, Role role, OrganisationId where)
    {
        auto const id = PersonId::make();
        (void)database->write([&](Session& session) -> Status {
            session.execute(SqlText{"INSERT INTO person(id, email, email_shown, name, created_at) VALUES(?,?,?,?,?)"}, id, id.text() + "@x.example", id.text() + "@x.example", name, clock);
            return Nothing{};
        });
        EXPECT_TRUE(memberships.grant(id, where, role, clock).ok());
        return {id, accounts::make_actor(*memberships.of(id, where))};
    }
    By by(Somebody const& who)
    {
        clock += std::chrono::minutes(1);
        return {who.actor.id, clock};
    }
    schema::Row row(std::string name, std::string text = "texte")
    {
        api_testing::Sheet sheet;
        sheet.name = std::move(name);
        sheet.text.value = std::move(text);
        return api_testing::schema_of(static_cast<api_testing::Sheet const*>(nullptr)).pack(sheet);
    }
    RecordId add_record(OrganisationId where, std::string name) { return Records(machinery, where, accounts::Sight::everything()).create(sheet_register(), {row(std::move(name))}, by(karim))->head.id; }
    Comment say(Somebody const& who, std::string body, std::optional<CommentId> thread = {})
    {
        clock += std::chrono::minutes(1);
        auto said = talk.add(sheet_register(), record, {std::move(body), thread, {}}, who.actor, clock);
        EXPECT_TRUE(said.ok());
        return *said;
    }
    std::vector<std::string> told(Somebody const& who)
    {
        std::vector<std::string> kinds;
        auto session = database->read();
        auto rows = session->query(SqlText{"SELECT kind, detail FROM notification WHERE person_id=? ORDER BY created_at, id"}, who.person);
        while (rows.next()) kinds.push_back(rows.text(0) + (rows.text(1).empty() ? "" : ":" + rows.text(1)));
        return kinds;
    }
    std::int64_t versions() { return static_cast<std::int64_t>(Records(machinery, town, accounts::Sight::everything()).versions(sheet_register(), record)->size()); }
};
using Words = std::vector<std::string>;

TEST_P(TalkTest, a_thread_holds_what_is_said_and_answered_and_is_no_part_of_the_record)
{
    auto const ledger_before = keeper.head(town).size;
    auto const first = say(karim, "Faut-il garder le nom du médecin ?\r\n\r\nJe ne crois pas.");
    EXPECT_EQ(first.body, "Faut-il garder le nom du médecin ?\n\nJe ne crois pas.");
    auto const second = say(claire, "Non.", first.id);
    say(karim, "Autre chose.");
    auto const threads = talk.threads(record);
    ASSERT_EQ(threads.size(), 2u);
    ASSERT_EQ(threads[0].comments.size(), 2u);
    EXPECT_EQ(threads[0].comments[1].id, second.id);
    EXPECT_EQ(second.thread, first.id);
    EXPECT_EQ(talk.count(record).comments, 3);
    EXPECT_EQ(talk.count(record).open_threads, 2);
    EXPECT_EQ(versions(), 1);
    EXPECT_EQ(keeper.head(town).size, ledger_before);
}

TEST_P(TalkTest, nothing_and_too_much_are_refused)
{
    EXPECT_EQ(talk.add(sheet_register(), record, {" \n\t ", {}, {}}, karim.actor, clock).error().fields.at(0).code, "required");
    EXPECT_EQ(talk.add(sheet_register(), record, {std::string(5001, 'a'), {}, {}}, karim.actor, clock).error().fields.at(0).code, "too_long");
    EXPECT_EQ(talk.add(sheet_register(), record, {"x", CommentId::make(), {}}, karim.actor, clock).error().fields.at(0).field, "thread");
    EXPECT_EQ(say(karim, "a\x01" "b\x7f c\xc2\x85" "d").body, "ab cd");
}

TEST_P(TalkTest, whoever_is_called_hears_of_it_once_and_the_others_of_the_answer)
{
    auto const first = say(karim, "@Claire Delmas et @claire delmas, un avis ? @Zoé Ailleurs aussi, et moi @Karim Benali.");
    ASSERT_EQ(first.mentions.size(), 2u);
    EXPECT_EQ(told(claire), Words{"mention"});
    EXPECT_TRUE(told(stranger).empty()) << "she cannot read this town";
    EXPECT_TRUE(told(karim).empty()) << "he called himself";
    say(claire, "Oui @Nadia Roche.", first.id);
    EXPECT_EQ(told(karim), Words{"reply"});
    EXPECT_EQ(told(reader), Words{"mention"});
    say(karim, "Merci @Claire Delmas", first.id);
    EXPECT_EQ(told(claire), (Words{"mention", "mention"})) << "called and answered is told once";
}

TEST_P(TalkTest, someone_chosen_from_the_list_is_called_in_front)
{
    auto const said = talk.add(sheet_register(), record, {"Un avis ?", {}, {claire.person, stranger.person}}, karim.actor, clock);
    EXPECT_EQ(said->body, "@Claire Delmas Un avis ?");
    EXPECT_EQ(told(claire), Words{"mention"});
    EXPECT_TRUE(told(stranger).empty());
}

TEST_P(TalkTest, an_edit_leaves_a_mark_after_a_quarter_of_an_hour_and_tells_the_newly_called)
{
    auto const said = say(karim, "Un avis @Claire Delmas ?");
    auto early = talk.edit(sheet_register(), record, said.id, {"Un avis @Claire Delmas, @Nadia Roche ?"}, karim.actor, said.created_at + std::chrono::minutes(14));
    EXPECT_FALSE(early->edited_at);
    EXPECT_EQ(told(claire), Words{"mention"});
    EXPECT_EQ(told(reader), Words{"mention"});
    auto late = talk.edit(sheet_register(), record, said.id, {"Rien."}, karim.actor, said.created_at + std::chrono::minutes(15));
    EXPECT_EQ(late->edited_at, said.created_at + std::chrono::minutes(15));
    EXPECT_TRUE(talk.find(record, said.id)->mentions.empty());
    EXPECT_EQ(talk.edit(sheet_register(), record, said.id, {"Non."}, claire.actor, clock).error().kind, ErrorKind::Forbidden) << "a DPO takes back, and does not put words in a mouth";
}

TEST_P(TalkTest, ones_own_words_and_anybodys_for_a_dpo_can_be_taken_back)
{
    auto const first = say(karim, "Bonjour @Claire Delmas");
    auto const answer = say(claire, "Oui", first.id);
    EXPECT_EQ(talk.remove(record, answer.id, karim.actor, clock).error().kind, ErrorKind::Forbidden);
    EXPECT_TRUE(talk.remove(record, first.id, claire.actor, clock).ok());
    EXPECT_TRUE(talk.find(record, first.id)->body.empty());
    EXPECT_TRUE(talk.find(record, first.id)->deleted_at);
    EXPECT_TRUE(told(claire).empty()) << "what called her is gone";
    EXPECT_EQ(talk.count(record).comments, 1);
    EXPECT_TRUE(talk.remove(record, answer.id, claire.actor, clock).ok());
    EXPECT_TRUE(talk.threads(record).empty()) << "nothing is left of a thread without words";
    EXPECT_EQ(talk.remove(record, answer.id, claire.actor, clock).error().kind, ErrorKind::NotFound);
}

TEST_P(TalkTest, an_edit_calls_whoever_was_chosen_and_not_their_namesake)
{
    auto const namesake = somebody("Claire Delmas", Role::Reader, town);
    auto const said = talk.add(sheet_register(), record, {"@Claire Delmas, un avis ?", {}, {claire.person}}, karim.actor, clock);
    ASSERT_TRUE(talk.edit(sheet_register(), record, said->id, {"@Claire Delmas, un avis ce soir ?", {reader.person}}, karim.actor, clock).ok());
    EXPECT_EQ(talk.find(record, said->id)->body, "@Nadia Roche @Claire Delmas, un avis ce soir ?");
    EXPECT_EQ(told(claire), Words{"mention"});
    EXPECT_EQ(told(reader), Words{"mention"});
    EXPECT_TRUE(told(namesake).empty());
}

TEST_P(TalkTest, a_thread_whose_beginning_was_taken_back_is_still_open_and_still_one)
{
    auto const first = say(karim, "A");
    clock -= std::chrono::hours(1);   // another server's clock
    say(claire, "B", first.id);
    ASSERT_EQ(talk.threads(record).size(), 1u);
    EXPECT_EQ(talk.threads(record).front().id(), first.id);
    ASSERT_TRUE(talk.remove(record, first.id, karim.actor, clock).ok());
    EXPECT_EQ(talk.count(record).comments, 1);
    EXPECT_EQ(talk.count(record).open_threads, 1);
}

TEST_P(TalkTest, a_settled_thread_stands_last_and_an_answer_opens_it_again)
{
    auto const first = say(karim, "A");
    say(karim, "B");
    EXPECT_TRUE(talk.resolve(record, first.id, true, claire.actor, clock).ok());
    EXPECT_EQ(talk.threads(record).back().id(), first.id);
    EXPECT_EQ(talk.threads(record).back().resolved_by, claire.actor.id);
    EXPECT_EQ(talk.count(record).open_threads, 1);
    say(karim, "encore", first.id);
    EXPECT_EQ(talk.count(record).open_threads, 2);
}

TEST_P(TalkTest, another_towns_record_and_comment_do_not_exist)
{
    auto const said = say(karim, "A");
    Comments const elsewhere{*database, other, accounts::Sight::everything()};
    EXPECT_EQ(elsewhere.add(sheet_register(), record, {"x", {}, {}}, stranger.actor, clock).error().kind, ErrorKind::NotFound);
    EXPECT_FALSE(elsewhere.find(record, said.id).ok());
    EXPECT_EQ(elsewhere.remove(record, said.id, stranger.actor, clock).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(elsewhere.resolve(record, said.id, true, stranger.actor, clock).error().kind, ErrorKind::NotFound);
    EXPECT_TRUE(elsewhere.threads(record).empty());
    auto const second = add_record(town, "Autre fiche");
    EXPECT_FALSE(talk.find(second, said.id).ok()) << "a comment is found under its own record";
}

TEST_P(TalkTest, the_bin_keeps_what_was_said_and_hears_no_more)
{
    say(karim, "A @Claire Delmas");
    ASSERT_TRUE(Records(machinery, town, accounts::Sight::everything()).remove(sheet_register(), record, 1, by(karim)).ok());
    EXPECT_EQ(talk.threads(record).size(), 1u);
    EXPECT_EQ(talk.add(sheet_register(), record, {"x", {}, {}}, karim.actor, clock).error().code, "deleted_record");
}

TEST_P(TalkTest, an_answer_stays_in_its_thread_though_the_clock_was_set_back)
{
    auto const first = say(karim, "A");
    clock -= std::chrono::hours(3);
    ASSERT_TRUE(talk.add(sheet_register(), record, {"B", first.id, {}}, claire.actor, clock).ok());
    ASSERT_TRUE(talk.add(sheet_register(), record, {"C", first.id, {}}, karim.actor, clock).ok());
    auto const threads = talk.threads(record);
    ASSERT_EQ(threads.size(), 1u);
    EXPECT_EQ(threads[0].id(), first.id);
    EXPECT_EQ(threads[0].comments.size(), 3u);
}

TEST_P(TalkTest, the_last_author_hears_that_a_record_came_back_or_became_final)
{
    auto const move = [&](std::string status, Somebody const& who, std::string reason = {}) {
        auto const now = Records(machinery, town, accounts::Sight::everything()).find(sheet_register(), record);
        auto done = Records(machinery, town, accounts::Sight::everything()).change_status(sheet_register(), {record, now->head.version, status, std::move(reason), {status == "archived" ? "Le maire" : "", local_date(clock, "Europe/Paris")}}, by(who), who.actor);
        EXPECT_TRUE(done.ok()) << (done.ok() ? "" : done.error().code);
    };
    move("settled", claire);
    EXPECT_EQ(told(karim), Words{"validated:settled"});
    EXPECT_TRUE(told(claire).empty());
    move("archived", claire, "finie");
    EXPECT_EQ(told(karim).size(), 1u) << "the end of a life is no news for its author";
}

TEST_P(TalkTest, an_edit_that_unsettles_a_record_sends_nothing_back)
{
    ASSERT_TRUE(Records(machinery, town, accounts::Sight::everything()).change_status(sheet_register(), {record, 1, "settled", {}, {}}, by(claire), claire.actor).ok());
    Edit edit{record, 2, row("Restauration scolaire", "autre texte")};
    edit.changes_validated = true;
    edit.reason = "Nouveau prestataire";
    ASSERT_EQ(Records(machinery, town, accounts::Sight::everything()).update(sheet_register(), std::move(edit), by(claire))->head.status, "draft");
    EXPECT_EQ(told(karim), Words{"validated:settled"});
}

TEST_P(TalkTest, taking_up_a_suspended_record_again_sends_nothing_back)
{
    static Register const kind = [] {
        auto life = sheet_register();
        life.statuses = {"draft", "settled", "suspended"};
        life.transitions = {{"draft", "suspended", web::Permission::DecideRecords}, {"suspended", "settled", web::Permission::DecideRecords}, {"suspended", "draft", web::Permission::DecideRecords}};
        return life;
    }();
    auto const move = [&](std::int64_t version, std::string status) {
        EXPECT_TRUE(Records(machinery, town, accounts::Sight::everything()).change_status(kind, {record, version, std::move(status), "Le service reprend", {}}, by(claire), claire.actor).ok());
    };
    move(1, "suspended");
    EXPECT_TRUE(told(karim).empty());
    move(2, "settled");
    EXPECT_EQ(told(karim), Words{"validated:settled"});
}

TEST_P(TalkTest, nobody_is_told_who_can_no_longer_read)
{
    ASSERT_TRUE(memberships.revoke(karim.person, town, {}, clock).ok());
    ASSERT_TRUE(Records(machinery, town, accounts::Sight::everything()).change_status(sheet_register(), {record, 1, "settled", {}, {}}, by(claire), claire.actor).ok());
    EXPECT_TRUE(told(karim).empty());
    auto session = database->read();
    EXPECT_EQ(reader_behind(*session, town, claire.actor.id), claire.person);
    EXPECT_FALSE(reader_behind(*session, town, karim.actor.id));
    EXPECT_FALSE(reader_behind(*session, other, claire.actor.id));
}

TEST_P(TalkTest, notifications_are_read_by_their_owner_and_go_after_ninety_days)
{
    say(karim, "@Claire Delmas");
    NotificationId id;
    {
        auto session = database->read();
        auto rows = session->query(SqlText{"SELECT id FROM notification"});
        ASSERT_TRUE(rows.next());
        id = rows.id<Told>(0);
    }
    Notifications const all_of{*database};
    auto notifications = Notifications{*database};
    EXPECT_EQ(notifications.mark_read(karim.person, id, clock).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(notifications.mark_read(claire.person, id, clock, other).error().kind, ErrorKind::NotFound) << "a token reaches its own organisation";
    EXPECT_TRUE(notifications.mark_read(claire.person, id, clock).ok());
    EXPECT_EQ(forget_old_notifications(*database, clock + std::chrono::days(89)), 0);
    EXPECT_EQ(forget_old_notifications(*database, clock + std::chrono::days(91)), 1);
}

TEST_P(TalkTest, the_last_twenty_records_opened_are_kept_for_each_organisation)
{
    Recent recent{*database};
    std::vector<RecordId> opened;
    for (int i = 0; i < 25; ++i) {
        opened.push_back(RecordId::make());
        recent.opened(karim.person, town, opened.back(), clock + std::chrono::minutes(i));
    }
    recent.opened(karim.person, other, record, clock);
    recent.opened(PersonId::make(), town, record, clock);   // nobody's: erased meanwhile
    recent.flush(clock + std::chrono::hours(2));
    recent.opened(karim.person, town, opened[5], clock + std::chrono::hours(1));
    recent.flush(clock + std::chrono::hours(2));
    auto session = database->read();
    auto rows = session->query(SqlText{"SELECT record_id FROM record_opened WHERE person_id=? AND organisation_id=? ORDER BY opened_at DESC"}, karim.person, town);
    std::vector<RecordId> kept;
    while (rows.next()) kept.push_back(rows.id<Record>(0));
    ASSERT_EQ(kept.size(), 20u);
    EXPECT_EQ(kept[0], opened[5]);
    EXPECT_EQ(kept[1], opened[24]);
    auto count = session->query(SqlText{"SELECT count(*) FROM record_opened"});
    count.next();
    EXPECT_EQ(count.integer(0), 21);
}

TEST_P(TalkTest, a_clock_set_back_does_not_drop_what_was_opened_last)
{
    Recent recent{*database};
    std::vector<RecordId> opened;
    auto open_some = [&](int count, Timestamp from) {
        for (int i = 0; i < count; ++i) {
            opened.push_back(RecordId::make());
            recent.opened(karim.person, town, opened.back(), from + std::chrono::seconds(i));
        }
    };
    open_some(recent_kept, clock);
    recent.flush(clock + std::chrono::minutes(1));
    open_some(2, clock - std::chrono::hours(3));
    recent.flush(clock - std::chrono::hours(2));
    open_some(1, clock - std::chrono::hours(1));
    open_some(1, clock - std::chrono::hours(5));   // set back again before they are written
    recent.flush(clock - std::chrono::hours(4));
    auto session = database->read();
    auto rows = session->query(SqlText{"SELECT record_id FROM record_opened WHERE person_id=? AND organisation_id=? ORDER BY opened_at DESC"}, karim.person, town);
    std::vector<RecordId> kept;
    while (rows.next()) kept.push_back(rows.id<Record>(0));
    EXPECT_EQ(kept, (std::vector<RecordId>{opened.rbegin(), opened.rbegin() + recent_kept}));
}

TEST_P(TalkTest, what_another_process_wrote_first_keeps_its_place)
{
    Recent here{*database}, there{*database};
    auto const earlier = RecordId::make(), later = RecordId::make();
    here.opened(karim.person, town, earlier, clock);
    there.opened(karim.person, town, later, clock + std::chrono::seconds(20));
    there.flush(clock + std::chrono::seconds(21));
    here.flush(clock + std::chrono::seconds(30));
    auto session = database->read();
    auto rows = session->query(SqlText{"SELECT record_id FROM record_opened WHERE person_id=? ORDER BY opened_at DESC"}, karim.person);
    std::vector<RecordId> kept;
    while (rows.next()) kept.push_back(rows.id<Record>(0));
    EXPECT_EQ(kept, (std::vector<RecordId>{later, earlier}));
}

TEST_P(TalkTest, a_favourite_is_kept_once_and_only_in_its_own_town)
{
    Favourites const here{*database, town, accounts::Sight::everything()}, there{*database, other, accounts::Sight::everything()};
    EXPECT_TRUE(here.keep(karim.person, sheet_register(), record, clock).ok());
    EXPECT_TRUE(here.keep(karim.person, sheet_register(), record, clock).ok());
    EXPECT_EQ(here.of(karim.person), std::set<RecordId>{record});
    EXPECT_TRUE(here.has(karim.person, record));
    EXPECT_FALSE(here.has(claire.person, record));
    EXPECT_EQ(there.keep(stranger.person, sheet_register(), record, clock).error().kind, ErrorKind::NotFound);
    EXPECT_TRUE(here.drop(karim.person, sheet_register(), record).ok());
    EXPECT_FALSE(here.has(karim.person, record));
}

INSTANTIATE_TEST_SUITE_P(Engines, TalkTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace
}  // namespace greffier::records
