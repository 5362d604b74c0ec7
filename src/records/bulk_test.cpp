#include "records/bulk_fixture.hpp"

namespace greffier::records::testing_bulk {

TEST_P(BulkTest, each_record_follows_its_own_rules_and_nobody_stops_the_others)
{
    auto const good = add("Bonne"), blocked = add("Bloquée", ""), already = add("Déjà");
    ASSERT_TRUE(records.change_status(card_register(), {already.head.id, 0, "settled", {}, {}}, by(dpo), dpo).ok());
    auto const act = run("status", {good, blocked, find(already.head.id)}, to_status("settled"), dpo);
    EXPECT_EQ(act.state, ActState::Done);
    EXPECT_EQ(act.asked, 3);
    EXPECT_EQ(act.done, 1);
    EXPECT_EQ(act.refused, 1);
    EXPECT_EQ(find(good.head.id).head.status, "settled");
    EXPECT_EQ(find(blocked.head.id).head.status, "draft");
    EXPECT_EQ(outcome(act, blocked.head.id), "refused blocked_by_findings");
    EXPECT_EQ(outcome(act, already.head.id), "same");
}

TEST_P(BulkTest, a_status_needs_the_right_of_its_step_for_every_record)
{
    auto const one = add("Une");
    auto const act = run("status", {one}, to_status("settled"), clerk);
    EXPECT_EQ(act.done, 0);
    EXPECT_EQ(outcome(act, one.head.id), "refused transition_forbidden");
}

TEST_P(BulkTest, a_step_that_wants_a_reason_is_refused_without_one)
{
    auto const one = add("Une");
    ASSERT_TRUE(records.change_status(card_register(), {one.head.id, 0, "settled", {}, {}}, by(dpo), dpo).ok());
    EXPECT_EQ(outcome(run("status", {find(one.head.id)}, to_status("archived"), dpo), one.head.id), "refused bulk_reason_required");
    EXPECT_EQ(run("status", {find(one.head.id)}, to_status("archived", "abandonnée"), dpo).done, 1);
}

TEST_P(BulkTest, a_decision_that_no_record_could_take_is_refused_before_any_of_them)
{
    auto const act = prepare("status", {add("Une")}, dpo);
    auto const problem = [&](std::string who, std::optional<Date> on) {
        auto wish = to_status("settled");
        wish.decision = {std::move(who), on};
        auto const asked = bulk.ask(act.id, wish, by(dpo));
        return asked.ok() ? std::string{} : asked.error().fields.front().field + " " + asked.error().fields.front().code;
    };
    EXPECT_EQ(problem("Le maire", {}), "decided_on required");
    EXPECT_EQ(problem("  ", clock_day()), "decided_by required");
    EXPECT_EQ(problem("Le maire", add_months(clock_day(), 1)), "decided_on in_the_future");
    EXPECT_EQ(problem("Le maire", clock_day()), "");
    EXPECT_EQ(problem("", {}), "");
}

TEST_P(BulkTest, the_forecast_says_what_the_run_then_does)
{
    auto const good = add("Bonne"), blocked = add("Bloquée", "");
    auto const prepared = prepare("status", {good, blocked}, dpo);
    auto const act = *bulk.ask(prepared.id, to_status("settled"), by(dpo));
    auto const outlook = bulk.forecast(act, dpo, by(dpo).today());
    EXPECT_EQ(outlook.done, 1);
    EXPECT_EQ(outlook.refused, 1);
    EXPECT_EQ(outlook.refusals.at("blocked_by_findings"), 1);
    EXPECT_EQ(find(good.head.id).head.status, "draft") << "nothing is written yet";
    ASSERT_TRUE(bulk.confirm(act.id, by(dpo)).ok());
    auto const done = *bulk.run(act.id, by(dpo), dpo);
    EXPECT_EQ(done.done, outlook.done);
    EXPECT_EQ(done.refused, outlook.refused);
}

TEST_P(BulkTest, a_record_changed_since_it_was_seen_is_left_alone)
{
    auto const one = add("Une"), two = add("Deux");
    auto const prepared = prepare("edit", {one, two}, dpo);
    ASSERT_TRUE(bulk.ask(prepared.id, set_room("B12"), by(dpo)).ok());
    auto row = one.row;
    schema::set(cards().info(), row, "room", std::string{"C3"});
    ASSERT_TRUE(records.update(card_register(), {one.head.id, one.head.version, row}, by(clerk)).ok());
    ASSERT_TRUE(bulk.confirm(prepared.id, by(dpo)).ok());
    auto const act = *bulk.run(prepared.id, by(dpo), dpo);
    EXPECT_EQ(outcome(act, one.head.id), "refused changed_since");
    EXPECT_EQ(room(one.head.id), "C3") << "nobody loses a word";
    EXPECT_EQ(room(two.head.id), "B12");
}

TEST_P(BulkTest, a_field_is_set_added_to_removed_from_and_cleared)
{
    auto one = add("Une");
    BulkWish wish;
    wish.field = "words";
    wish.value = schema::Texts{"rouge", "bleu"};
    run("edit", {one}, wish, dpo);
    wish.how = How::Add;
    wish.value = schema::Texts{"bleu", "vert"};
    run("edit", {find(one.head.id)}, wish, dpo);
    auto words = [&] { return std::get<schema::Texts>(schema::get(cards().info(), find(one.head.id).row, "words")); };
    EXPECT_EQ(words(), (schema::Texts{"rouge", "bleu", "vert"}));
    wish.how = How::Remove;
    wish.value = schema::Texts{"rouge"};
    run("edit", {find(one.head.id)}, wish, dpo);
    EXPECT_EQ(words(), (schema::Texts{"bleu", "vert"}));
    wish.how = How::Clear;
    run("edit", {find(one.head.id)}, wish, dpo);
    EXPECT_TRUE(schema::is_empty(schema::get(cards().info(), find(one.head.id).row, "words")));
    EXPECT_EQ(run("edit", {find(one.head.id)}, wish, dpo).done, 0) << "what is so already makes no version";
}

TEST_P(BulkTest, what_a_field_cannot_hold_is_refused_before_any_record)
{
    auto const act = prepare("edit", {add("Une")}, dpo);
    EXPECT_EQ(bulk.ask(act.id, set_room("plus de vingt caractères"), by(dpo)).error().fields.front().code, "too_long");
    BulkWish wish;
    wish.field = "name";
    wish.value = std::string{"Toutes pareilles"};
    EXPECT_EQ(bulk.ask(act.id, wish, by(dpo)).error().fields.front().code, "unknown_choice") << "titles are not set in bulk";
    wish = set_room("B1");
    wish.how = How::Add;
    EXPECT_EQ(bulk.ask(act.id, wish, by(dpo)).error().fields.front().field, "how");
}

TEST_P(BulkTest, the_question_about_what_was_validated_is_asked_once)
{
    auto const draft = add("Brouillon"), settled = add("Validée");
    ASSERT_TRUE(records.change_status(card_register(), {settled.head.id, 0, "settled", {}, {}}, by(dpo), dpo).ok());
    auto const prepared = prepare("edit", {draft, find(settled.head.id)}, dpo);
    BulkWish wish;
    wish.field = "text";
    wish.value = std::string{"autre"};
    EXPECT_EQ(bulk.forecast(*bulk.ask(prepared.id, wish, by(dpo)), dpo, clock_day()).asks, 1);
    wish.changes_validated = true;
    EXPECT_EQ(bulk.forecast(*bulk.ask(prepared.id, wish, by(dpo)), dpo, clock_day()).done, 2);
    ASSERT_TRUE(bulk.confirm(prepared.id, by(dpo)).ok());
    EXPECT_EQ(bulk.run(prepared.id, by(dpo), dpo)->done, 2);
    EXPECT_EQ(find(settled.head.id).head.status, "draft");
}

TEST_P(BulkTest, a_second_confirmation_does_nothing_more)
{
    auto const one = add("Une");
    auto const act = run("edit", {one}, set_room("B1"), dpo);
    EXPECT_EQ(bulk.confirm(act.id, by(dpo)).error().code, "act_confirmed");
    EXPECT_FALSE(*bulk.run_group(act.id, by(dpo), dpo));
    EXPECT_EQ(find(one.head.id).head.version, 2);
}

TEST_P(BulkTest, a_prepared_act_is_its_authors_alone_and_an_act_its_organisations)
{
    auto const act = prepare("edit", {add("Une")}, dpo);
    EXPECT_EQ(bulk.ask(act.id, set_room("B1"), by(clerk)).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(Acts(machinery, other_town, accounts::Sight::everything()).find(act.id).error().kind, ErrorKind::NotFound);
    EXPECT_TRUE(Acts(machinery, other_town, accounts::Sight::everything()).steps(act.id).empty());
    Bulk const elsewhere(machinery, other_town, accounts::Sight::everything(), card_register());
    EXPECT_EQ(elsewhere.prepare("delete", {{add("Deux").head.id, 1}}, by(dpo)).error().kind, ErrorKind::NotFound);
}

TEST_P(BulkTest, all_of_a_filter_is_what_the_filter_shows_at_that_moment)
{
    for (int i = 0; i < 5; ++i) add("Cantine " + std::to_string(i));
    add("Crèche");
    ListQuery query;
    query.text = "cantine";
    query.per_page = 2;
    EXPECT_EQ(bulk.prepare("delete", query, by(dpo))->asked, 5);
    query.text = "piscine";
    EXPECT_EQ(bulk.prepare("delete", query, by(dpo)).error().fields.front().code, "nothing_selected");
}

TEST_P(BulkTest, more_than_one_group_is_done_piece_by_piece_and_can_be_stopped_and_resumed)
{
    std::vector<Stored> all;
    for (int i = 0; i < act_group + 5; ++i) all.push_back(add("Fiche " + std::to_string(i)));
    auto const act = prepare("edit", all, dpo);
    ASSERT_TRUE(bulk.ask(act.id, set_room("B1"), by(dpo)).ok());
    ASSERT_TRUE(bulk.confirm(act.id, by(dpo)).ok());
    EXPECT_TRUE(*bulk.run_group(act.id, by(dpo), dpo));
    EXPECT_EQ(acts.find(act.id)->done, act_group);
    EXPECT_EQ(acts.find(act.id)->state, ActState::Running) << "here a crash would leave it";
    EXPECT_FALSE(*bulk.run_group(act.id, by(dpo), dpo));
    EXPECT_EQ(acts.find(act.id)->done, act_group + 5);
    for (auto const& one : all) ASSERT_EQ(find(one.head.id).head.version, 2) << "each exactly once";
    auto const undone = *undo(*acts.find(act.id), dpo);
    EXPECT_EQ(undone.undone, act_group + 5);
    EXPECT_EQ(undone.state, ActState::Undone);
}

TEST_P(BulkTest, a_cancelled_act_keeps_what_is_done_and_that_can_be_undone)
{
    std::vector<Stored> all;
    for (int i = 0; i < act_group + 1; ++i) all.push_back(add("Fiche " + std::to_string(i)));
    auto const act = prepare("delete", all, dpo);
    ASSERT_TRUE(bulk.confirm(act.id, by(dpo)).ok());
    EXPECT_TRUE(*bulk.run_group(act.id, by(dpo), dpo));
    EXPECT_EQ(bulk.cancel(act.id, by(dpo))->state, ActState::Cancelled);
    EXPECT_FALSE(*bulk.run_group(act.id, by(dpo), dpo));
    EXPECT_EQ(undo(*acts.find(act.id), dpo)->undone, act_group);
    for (auto const& one : all) ASSERT_FALSE(find(one.head.id, true).head.deleted_at);
}

INSTANTIATE_TEST_SUITE_P(Engines, BulkTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace greffier::records::testing_bulk
