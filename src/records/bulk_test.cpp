#include "records/bulk.hpp"

#include <gtest/gtest.h>

#include "accounts/memberships.hpp"
#include "records/views.hpp"
#include "schema/schema.hpp"
#include "storage/test_database.hpp"

// A register of the tests: one status to decide, one list, one material field.
namespace greffier::records::testing_bulk {

struct Card {
    std::string name;
    schema::Text text;
    std::vector<std::string> words;
    std::optional<Date> next_review, last_review;
    std::string reviewer, room;
};
schema::Schema<Card> const& schema_of(Card const*)
{
    static schema::Schema<Card> const schema("card", 1, {
        schema::Field("name", &Card::name).required().searchable(),
        schema::Field("text", &Card::text).searchable().material(),
        schema::Field("words", &Card::words).searchable(),
        schema::Field("next_review", &Card::next_review),
        schema::Field("last_review", &Card::last_review),
        schema::Field("reviewer", &Card::reviewer),
        schema::Field("room", &Card::room).max_length(20).in_list(),
    });
    return schema;
}
schema::Schema<Card> const& cards() { return schema_of(static_cast<Card const*>(nullptr)); }

Register const& card_register()
{
    static Register const kind{
        .slug = "cards", .prefix = "CARD", .icon = "note", .schema = &cards().info(), .title_field = "name", .review_field = "next_review",
        .statuses = {"draft", "settled", "archived"},
        .transitions = {{"draft", "settled", web::Permission::DecideRecords, false, false, true}, {"settled", "archived", web::Permission::WriteRecords, true}},
        .settled = {"settled"}, .unsettled = "draft", .closed = {"archived"}, .stamps = {},
        .reviewed_field = "last_review", .reviewer_field = "reviewer"};
    return kind;
}

struct Judge final : Examiner {
    std::vector<Finding> examine(Subject const& subject, Surroundings&) const override
    {
        if (schema::is_empty(schema::get(*subject.schema, *subject.row, "text"))) return {{"CARD-1", Severity::Blocking, {"text"}, {}}};
        return {};
    }
    std::vector<std::string> also_concerned(std::string_view) const override { return {}; }
};

class BulkTest : public ::testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    Registers registers{{&card_register()}};
    Judge judge;
    LedgerKeeper keeper{*database, SigningKey::from_seed(Secret<Bytes>(random_bytes(32))), database.directory() / "checkpoints"};
    Machinery machinery{*database, registers, judge, keeper};
    OrganisationId town = organisation("town"), other_town = organisation("other");
    Records records{machinery, town};
    Bulk bulk{machinery, town, card_register()};
    Acts acts{machinery, town};
    Timestamp clock = *parse_timestamp("2026-03-01T08:00:00Z");
    accounts::Actor dpo = actor(accounts::Role::Dpo), clerk = actor(accounts::Role::Contributor);

    OrganisationId organisation(char const* slug)
    {
        auto const id = OrganisationId::make();
        EXPECT_TRUE(database->write([&](storage::Session& session) -> Status {
            session.execute(storage::SqlText{"INSERT INTO organisation(id, slug, name, kind, language, zone, created_at) VALUES(?,?,?,'commune','fr','Europe/Paris',0)"}, id, slug, slug);
            return Nothing{};
        }).ok());
        return id;
    }
    accounts::Actor actor(accounts::Role role)
    {
        accounts::Actor one;
        one.organisation = town;
        one.id = Uuid::make();
        one.role = role;
        one.roles = {role};
        return one;
    }
    By by(accounts::Actor const& who)
    {
        clock += std::chrono::minutes(1);
        return {who.id, clock, "Europe/Paris"};
    }
    Stored add(std::string name, std::string text = "texte")
    {
        Card card;
        card.name = std::move(name);
        card.text = {std::move(text)};
        return *records.create(card_register(), {cards().pack(card)}, by(dpo));
    }
    Stored find(RecordId id, bool deleted_too = false) { return *records.find(card_register(), id, deleted_too); }
    Date clock_day() const { return local_date(clock, "Europe/Paris"); }
    static schema::Row add_row(std::string name)
    {
        Card card;
        card.name = std::move(name);
        card.text = {"texte"};
        return cards().pack(card);
    }
    std::string room(RecordId id) { return schema::text_of(cards().info(), find(id).row, "room"); }

    Act prepare(std::string const& kind, std::vector<Stored> const& stored, accounts::Actor const& who)
    {
        std::vector<Chosen> chosen;
        for (auto const& one : stored) chosen.push_back({one.head.id, one.head.version});
        auto act = bulk.prepare(kind, chosen, by(who));
        EXPECT_TRUE(act.ok());
        return *act;
    }
    Act run(std::string const& kind, std::vector<Stored> const& stored, BulkWish const& wish, accounts::Actor const& who)
    {
        auto const act = prepare(kind, stored, who);
        auto const asked = bulk.ask(act.id, wish, by(who));
        EXPECT_TRUE(asked.ok()) << (asked.ok() ? "" : asked.error().fields.front().code);
        EXPECT_TRUE(bulk.confirm(act.id, by(who)).ok());
        auto done = bulk.run(act.id, by(who), who);
        EXPECT_TRUE(done.ok());
        return *done;
    }
    static BulkWish set_room(std::string value)
    {
        BulkWish wish;
        wish.field = "room";
        wish.value = std::move(value);
        return wish;
    }
    static BulkWish to_status(std::string status, std::string reason = {})
    {
        BulkWish wish;
        wish.status = std::move(status);
        wish.reason = std::move(reason);
        return wish;
    }
    Result<Act> undo(Act const& act, accounts::Actor const& who) { return acts.undo(act.id, by(who), who, "annulation"); }
    std::string outcome(Act const& act, RecordId id)
    {
        for (auto const& step : acts.steps(act.id))
            if (step.record == id) return step.outcome + (step.code.empty() ? "" : " " + step.code);
        return "absent";
    }
};

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
    EXPECT_EQ(Acts(machinery, other_town).find(act.id).error().kind, ErrorKind::NotFound);
    EXPECT_TRUE(Acts(machinery, other_town).steps(act.id).empty());
    Bulk const elsewhere(machinery, other_town, card_register());
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

// ---- going back -------------------------------------------------------------------------------------------

TEST_P(BulkTest, undoing_gives_each_record_back_as_it_was_with_a_version_and_a_leaf)
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

TEST_P(BulkTest, what_somebody_changed_since_stays_and_is_reported)
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

TEST_P(BulkTest, a_status_a_deletion_and_a_restoration_are_undone)
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

TEST_P(BulkTest, a_bulk_review_says_that_nothing_changed_and_is_undone)
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

TEST_P(BulkTest, only_its_author_or_who_is_in_charge_undoes_an_act_and_only_within_a_day)
{
    auto const act = run("edit", {add("Une")}, set_room("B12"), dpo);
    EXPECT_EQ(undo(act, clerk).error().kind, ErrorKind::Forbidden);
    auto const theirs = run("edit", {add("Deux")}, set_room("B12"), clerk);
    EXPECT_TRUE(undo(theirs, dpo).ok());
    clock += undo_period;
    EXPECT_EQ(undo(act, dpo).error().code, "act_too_old");
}

TEST_P(BulkTest, an_import_noted_step_by_step_is_undone_as_a_whole)
{
    auto const there = add("Déjà là");
    auto const id = ActId::make();
    RecordId made;
    for (int again = 0; again < 2; ++again)   // a group that was noted twice after a crash counts once
        ASSERT_TRUE(database->write([&](storage::Session& session) -> Status {
            Acts::open(session, town, {id, "cards", "import", dpo.id, clock, "{}"});
            Batch batch(machinery, town, session, by(dpo));
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

TEST_P(BulkTest, acts_never_confirmed_are_forgotten_after_a_day)
{
    auto const act = prepare("delete", {add("Une")}, dpo);
    EXPECT_EQ(acts.list(1, 10).total, 0) << "nobody did anything yet";
    EXPECT_EQ(forget_acts(*database, clock), 0);
    EXPECT_EQ(forget_acts(*database, clock + undo_period + std::chrono::minutes(1)), 1);
    EXPECT_FALSE(acts.find(act.id).ok());
}

// ---- views ------------------------------------------------------------------------------------------------

class ViewsTest : public BulkTest {
protected:
    Views views{*database, town};
    SavedView save(std::string name, accounts::Actor const& who, bool shared = false, std::string state = "status=draft")
    {
        auto made = views.create("cards", who, {std::move(name), std::move(state), shared}, clock);
        EXPECT_TRUE(made.ok());
        return *made;
    }
};

TEST_P(ViewsTest, a_private_view_is_seen_by_its_owner_and_a_shared_one_by_all_of_the_organisation)
{
    save("Les miennes", dpo);
    auto const ours = save("Les nôtres", dpo, true);
    EXPECT_EQ(views.all("cards", dpo.id).size(), 2u);
    ASSERT_EQ(views.all("cards", clerk.id).size(), 1u);
    EXPECT_EQ(views.all("cards", clerk.id).front().name, "Les nôtres");
    Views const elsewhere(*database, other_town);
    EXPECT_TRUE(elsewhere.all("cards", dpo.id).empty());
    EXPECT_EQ(elsewhere.find("cards", ours.id, dpo.id).error().kind, ErrorKind::NotFound);
}

TEST_P(ViewsTest, who_is_not_in_charge_shares_nothing_and_changes_no_shared_view)
{
    EXPECT_EQ(views.create("cards", clerk, {"Pour tous", "", true}, clock).error().kind, ErrorKind::Forbidden);
    auto const ours = save("Les nôtres", dpo, true), mine = save("La mienne", dpo);
    EXPECT_EQ(views.update("cards", ours.id, clerk, {"Autre", "", true}, 0, clock).error().kind, ErrorKind::Forbidden);
    EXPECT_EQ(views.remove("cards", ours.id, clerk).error().kind, ErrorKind::Forbidden);
    EXPECT_EQ(views.remove("cards", mine.id, clerk).error().kind, ErrorKind::NotFound);
    EXPECT_TRUE(views.remove("cards", ours.id, dpo).ok());
}

TEST_P(ViewsTest, two_who_change_one_view_do_not_overwrite_each_other)
{
    auto const ours = save("Les nôtres", dpo, true);
    ASSERT_TRUE(views.update("cards", ours.id, dpo, {"Les nôtres", "status=settled", true}, ours.version, clock).ok());
    EXPECT_EQ(views.update("cards", ours.id, dpo, {"Les nôtres", "status=archived", true}, ours.version, clock).error().code, "stale");
    EXPECT_EQ(views.find("cards", ours.id, dpo.id)->state, "status=settled");
}

TEST_P(ViewsTest, a_name_is_given_once_by_one_person_in_one_register)
{
    save("Les miennes", dpo);
    EXPECT_EQ(views.create("cards", dpo, {" les MIENNES ", "", false}, clock).error().fields.front().code, "not_unique");
    EXPECT_EQ(views.create("cards", dpo, {"   ", "", false}, clock).error().fields.front().code, "required");
    EXPECT_TRUE(views.create("cards", clerk, {"Les miennes", "", false}, clock).ok());
}

TEST_P(ViewsTest, columns_and_the_default_view_are_remembered_per_person_and_register)
{
    auto const mine = save("La mienne", clerk);
    ASSERT_TRUE(views.choose_columns("cards", clerk.id, "room,status").ok());
    ASSERT_TRUE(views.choose_default("cards", clerk.id, mine.id).ok());
    EXPECT_EQ(views.choice("cards", clerk.id).columns, "room,status");
    EXPECT_EQ(views.choice("cards", clerk.id).default_view, mine.id);
    EXPECT_EQ(views.choice("cards", dpo.id).columns, "");
    EXPECT_FALSE(views.choose_default("cards", dpo.id, mine.id).ok()) << "a view one does not see";
    ASSERT_TRUE(views.remove("cards", mine.id, clerk).ok());
    EXPECT_FALSE(views.choice("cards", clerk.id).default_view);
}

TEST_P(ViewsTest, a_list_no_longer_opens_with_a_view_that_is_shared_no_more)
{
    auto const ours = save("Les nôtres", dpo, true);
    ASSERT_TRUE(views.choose_default("cards", clerk.id, ours.id).ok());
    EXPECT_EQ(views.above(card_register(), clerk.id).choice.default_view, ours.id);
    ASSERT_TRUE(views.update("cards", ours.id, dpo, {"Les miennes", "status=draft", false}, 0, clock).ok());
    EXPECT_FALSE(views.above(card_register(), clerk.id).choice.default_view);
}

TEST_P(ViewsTest, one_statement_tells_all_that_stands_above_a_list)
{
    add("Une");
    add("Deux");
    save("Les nôtres", dpo, true);
    ASSERT_TRUE(views.choose_columns("cards", clerk.id, "room").ok());
    auto const above = views.above(card_register(), clerk.id);
    EXPECT_EQ(above.by_status.front(), (std::pair<std::string, std::int64_t>{"draft", 2}));
    ASSERT_EQ(above.views.size(), 1u);
    EXPECT_TRUE(above.views.front().shared);
    EXPECT_EQ(above.choice.columns, "room");
}

INSTANTIATE_TEST_SUITE_P(Engines, BulkTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);
INSTANTIATE_TEST_SUITE_P(Engines, ViewsTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace greffier::records::testing_bulk
