#include "records/bulk_fixture.hpp"

namespace greffier::records::testing_bulk {

class UndoTest : public BulkTest {};

TEST_P(UndoTest, undoing_gives_each_record_back_as_it_was_with_a_version_and_a_leaf)
{
    auto const one = add("Une"), two = add("Deux");
    auto const act = run("edit", {one, two}, set_room("B12"), dpo);
    auto const undone = undo(act, dpo);
    ASSERT_TRUE(undone.ok());
    EXPECT_EQ(undone->undone, 2);
    EXPECT_EQ(room(one.head.id), "");
    EXPECT_EQ(find(one.head.id).head.version, 3) << "the history is kept";
    auto const versions = *records.versions(card_register(), one.head.id);
    EXPECT_EQ(versions.front().action, "undo");
    EXPECT_EQ(versions.front().reason, "annulation");
    EXPECT_EQ(acts.find(act.id)->undone_by, dpo.id);
    EXPECT_EQ(undo(act, dpo).error().code, "act_undone");
}

TEST_P(UndoTest, what_somebody_changed_since_stays_and_is_reported)
{
    auto const one = add("Une"), two = add("Deux");
    auto const act = run("edit", {one, two}, set_room("B12"), dpo);
    auto const now = find(one.head.id);
    auto row = now.row;
    schema::set(cards().info(), row, "text", std::string{"écrit depuis"});
    ASSERT_TRUE(records.update(card_register(), {now.head.id, now.head.version, row}, by(clerk)).ok());
    auto const undone = *undo(act, dpo);
    EXPECT_EQ(undone.undone, 1);
    EXPECT_EQ(undone.not_undone, 1);
    EXPECT_EQ(room(one.head.id), "B12");
    EXPECT_EQ(schema::text_of(cards().info(), find(one.head.id).row, "text"), "écrit depuis");
    for (auto const& step : acts.steps(act.id))
        if (step.record == one.head.id) {
            EXPECT_EQ(step.undo_code, "changed_since");
        }
}

TEST_P(UndoTest, a_status_a_deletion_and_a_restoration_are_undone)
{
    auto const one = add("Une");
    auto const settled = run("status", {one}, to_status("settled"), dpo);
    ASSERT_TRUE(undo(settled, dpo).ok());
    EXPECT_EQ(find(one.head.id).head.status, "draft");

    auto const deleted = run("delete", {find(one.head.id)}, {}, dpo);
    EXPECT_TRUE(find(one.head.id, true).head.deleted_at);
    ASSERT_TRUE(undo(deleted, dpo).ok());
    EXPECT_FALSE(find(one.head.id).head.deleted_at);
    EXPECT_EQ(records.versions(card_register(), one.head.id)->front().action, "restore");

    ASSERT_TRUE(records.remove(card_register(), one.head.id, 0, by(dpo)).ok());
    auto const restored = run("restore", {find(one.head.id, true)}, {}, dpo);
    EXPECT_FALSE(find(one.head.id).head.deleted_at);
    ASSERT_TRUE(undo(restored, dpo).ok());
    EXPECT_TRUE(find(one.head.id, true).head.deleted_at);
    EXPECT_FALSE(records.find_at(card_register(), one.head.id, clock).ok()) << "the past knows that it is gone";
}

TEST_P(UndoTest, a_bulk_review_says_that_nothing_changed_and_is_undone)
{
    auto const one = add("Une");
    BulkWish wish;
    wish.reviewer = "Claire Delmas";
    wish.next_review = *parse_date("2027-01-15");
    auto const act = run("review", {one}, wish, dpo);
    EXPECT_EQ(std::get<Date>(schema::get(cards().info(), find(one.head.id).row, "next_review")), *parse_date("2027-01-15"));
    ASSERT_TRUE(undo(act, dpo).ok());
    EXPECT_TRUE(schema::is_empty(schema::get(cards().info(), find(one.head.id).row, "next_review")));
}

TEST_P(UndoTest, only_its_author_or_who_is_in_charge_undoes_an_act_and_only_within_a_day)
{
    auto const act = run("edit", {add("Une")}, set_room("B12"), dpo);
    EXPECT_EQ(undo(act, clerk).error().kind, ErrorKind::Forbidden);
    auto const theirs = run("edit", {add("Deux")}, set_room("B12"), clerk);
    EXPECT_TRUE(undo(theirs, dpo).ok());
    clock += undo_period;
    EXPECT_EQ(undo(act, dpo).error().code, "act_too_old");
}

TEST_P(UndoTest, an_import_noted_step_by_step_is_undone_as_a_whole)
{
    auto const there = add("Déjà là");
    auto const id = ActId::make();
    RecordId made;
    for (int again = 0; again < 2; ++again)   // a group that was noted twice after a crash counts once
        ASSERT_TRUE(database->write([&](storage::Session& session) -> Status {
            Acts::open(session, town, {id, "cards", "import", dpo.id, clock, "{}"});
            Batch batch(machinery, town, session, by(dpo), accounts::Sight::everything());
            if (again == 0) {
                auto created = batch.create(card_register(), {.row = add_row("Neuve"), .action = "import", .import_key = "f:1"});
                made = created->head.id;
                Acts::note(session, id, {.record = made, .register_slug = "cards", .before = 0, .after = 1});
                Edit edit{there.head.id, 1, add_row("Déjà là, autrement")};
                edit.action = "import";
                EXPECT_TRUE(batch.update(card_register(), std::move(edit)).ok());
            }
            Acts::note(session, id, {.record = there.head.id, .register_slug = "cards", .before = 1, .after = 2});
            batch.finish();
            return Nothing{};
        }).ok());
    ASSERT_TRUE(database->write([&](storage::Session& session) -> Status {
        Acts::close(session, town, id, clock);
        return Nothing{};
    }).ok());
    auto const act = *acts.find(id);
    EXPECT_EQ(act.asked, 2);
    EXPECT_EQ(act.done, 2);
    EXPECT_EQ(undo(act, dpo)->undone, 2);
    EXPECT_TRUE(find(made, true).head.deleted_at);
    EXPECT_EQ(find(there.head.id).head.title, "Déjà là");
    EXPECT_TRUE(records.create(card_register(), {.row = add_row("Neuve"), .action = "import", .import_key = "f:1"}, by(dpo)).ok()) << "the same file may come again";
}

TEST_P(UndoTest, acts_never_confirmed_are_forgotten_after_a_day)
{
    auto const act = prepare("delete", {add("Une")}, dpo);
    EXPECT_EQ(acts.list(1, 10).total, 0) << "nobody did anything yet";
    EXPECT_EQ(forget_acts(*database, clock), 0);
    EXPECT_EQ(forget_acts(*database, clock + undo_period + std::chrono::minutes(1)), 1);
    EXPECT_FALSE(acts.find(act.id).ok());
}

INSTANTIATE_TEST_SUITE_P(Engines, UndoTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace greffier::records::testing_bulk
