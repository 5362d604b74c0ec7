#include "records/store.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "ledger/ledger.hpp"
#include "schema/schema.hpp"
#include "storage/test_database.hpp"

// A register of the tests: small, with everything the machinery must carry.
namespace greffier::records::testing_register {

struct Line {
    std::string id, what;
    std::int64_t amount = 0;
};
struct Note {
    std::string name;
    schema::Text text;
    std::vector<Line> lines;
    std::optional<Date> next_review, last_review, settled_on;
    std::string reviewer;
    std::optional<Id<Note>> see;
};
schema::Schema<Line> const& schema_of(Line const*)
{
    static schema::Schema<Line> const schema("line", 1, {schema::Field("what", &Line::what).searchable().material(), schema::Field("amount", &Line::amount)});
    return schema;
}
schema::Schema<Note> const& schema_of(Note const*)
{
    static schema::Schema<Note> const schema("note", 1, {
        schema::Field("name", &Note::name).required().searchable(),
        schema::Field("text", &Note::text).searchable().material(),
        schema::Field("lines", &Note::lines),
        schema::Field("next_review", &Note::next_review),
        schema::Field("last_review", &Note::last_review),
        schema::Field("settled_on", &Note::settled_on).read_only(),
        schema::Field("reviewer", &Note::reviewer),
        schema::Field("see", &Note::see),
    });
    return schema;
}
schema::Schema<Note> const& notes() { return schema_of(static_cast<Note const*>(nullptr)); }

Register const& note_register()
{
    static Register const kind{
        .slug = "notes", .prefix = "NOTE", .icon = "note", .schema = &notes().info(), .title_field = "name", .review_field = "next_review",
        .statuses = {"draft", "settled", "archived"},
        .transitions = {{"draft", "settled", web::Permission::DecideRecords, false, false, true}, {"settled", "archived", web::Permission::DecideRecords, true}},
        .settled = {"settled"}, .unsettled = "draft", .closed = {"archived"}, .stamps = {{"settled", "settled_on"}},
        .reviewed_field = "last_review", .reviewer_field = "reviewer"};
    return kind;
}

/// Finds every empty text blocking; fails on demand.
struct Judge final : Examiner {
    bool fails = false;
    std::vector<Finding> examine(Subject const& subject, Surroundings&) const override
    {
        if (fails) throw std::runtime_error("the examiner failed");
        if (schema::is_empty(schema::get(*subject.schema, *subject.row, "text"))) return {{"NOTE-1", Severity::Blocking, {"text"}, {}}};
        return {};
    }
};

class RecordsTest : public ::testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    Registers registers{{&note_register()}};
    Judge judge;
    LedgerKeeper keeper{*database, SigningKey::from_seed(Secret<Bytes>(random_bytes(32))), database.directory() / "checkpoints"};
    Machinery machinery{*database, registers, judge, keeper};
    OrganisationId town = organisation("town"), other_town = organisation("other");
    Records records{machinery, town, accounts::Sight::everything()};
    Timestamp clock = *parse_timestamp("2026-03-01T08:00:00Z");

    OrganisationId organisation(char const* slug)
    {
        auto const id = OrganisationId::make();
        auto done = database->write([&](storage::Session& session) -> Status {
            session.execute(storage::SqlText{"INSERT INTO organisation(id, slug, name, kind, language, zone, created_at) VALUES(?,?,?,'commune','fr','Europe/Paris',0)"}, id, slug, slug);
            return Nothing{};
        });
        EXPECT_TRUE(done.ok());
        return id;
    }
    By by()
    {
        clock += std::chrono::hours(1);
        return {Uuid::make(), clock, "Europe/Paris"};
    }
    static schema::Row note(std::string name, std::string text = "texte", std::vector<Line> lines = {})
    {
        return notes().pack(Note{std::move(name), {std::move(text)}, std::move(lines), {}, {}, {}, {}, {}});
    }
    Stored add(std::string name, std::string text = "texte", std::vector<Line> lines = {})
    {
        auto made = records.create(note_register(), {note(std::move(name), std::move(text), std::move(lines))}, by());
        EXPECT_TRUE(made.ok());
        return made.value();
    }
    std::vector<std::string> titles(ListQuery const& query)
    {
        std::vector<std::string> out;
        auto page = records.list(note_register(), query);
        EXPECT_TRUE(page.ok());
        for (auto const& item : page->items) out.push_back(item.head.title);
        return out;
    }
    static accounts::Actor dpo()
    {
        accounts::Actor actor;
        actor.role = accounts::Role::Dpo;
        if constexpr (requires { actor.roles; }) actor.roles = {accounts::Role::Dpo};
        return actor;
    }
};

TEST_P(RecordsTest, a_new_record_gets_the_next_reference_and_comes_back_whole)
{
    auto const first = add("Restauration", "repas", {{"", "pain", 3}});
    auto const second = add("Paie");
    EXPECT_EQ(first.head.reference, "NOTE-0001");
    EXPECT_EQ(second.head.reference, "NOTE-0002");
    auto const found = records.find(note_register(), first.head.id);
    ASSERT_TRUE(found.ok());
    auto const back = notes().unpack(found->row).value();
    EXPECT_EQ(back.lines.at(0).what, "pain");
    EXPECT_FALSE(back.lines.at(0).id.empty());
    EXPECT_EQ(found->head.status, "draft");
}

TEST_P(RecordsTest, another_organisation_finds_nothing)
{
    auto const mine = add("Secret");
    Records const theirs(machinery, other_town, accounts::Sight::everything());
    EXPECT_EQ(theirs.find(note_register(), mine.head.id).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(theirs.update(note_register(), {mine.head.id, 1, note("x")}, by()).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(theirs.remove(note_register(), mine.head.id, 1, by()).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(theirs.restore(note_register(), mine.head.id, by()).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(theirs.versions(note_register(), mine.head.id).error().kind, ErrorKind::NotFound);
    ListQuery search;
    EXPECT_EQ(theirs.list(note_register(), search)->total, 0);
    search.text = "secret";
    EXPECT_EQ(theirs.list(note_register(), search)->total, 0);
}

TEST_P(RecordsTest, a_save_over_someone_elses_save_is_a_conflict)
{
    auto const made = add("Original");
    ASSERT_TRUE(records.update(note_register(), {made.head.id, 1, note("Le sien")}, by()).ok());
    auto const mine = records.update(note_register(), {made.head.id, 1, note("Le mien")}, by());
    ASSERT_FALSE(mine.ok());
    EXPECT_EQ(mine.error().code, "stale");
    EXPECT_EQ(records.find(note_register(), made.head.id)->head.title, "Le sien");
}

TEST_P(RecordsTest, saving_nothing_new_writes_no_version_and_no_entry)
{
    auto const made = add("Rien");
    auto const before = keeper.head(town).size;
    auto const same = records.update(note_register(), {made.head.id, 1, made.row}, by());
    ASSERT_TRUE(same.ok());
    EXPECT_EQ(same->head.version, 1);
    EXPECT_EQ(keeper.head(town).size, before);
}

TEST_P(RecordsTest, five_edits_give_six_versions_each_state_and_one_entry_a_write)
{
    auto made = add("État 0");
    std::vector<Timestamp> moments{clock};
    for (int i = 1; i <= 5; ++i) {
        auto edited = records.update(note_register(), {made.head.id, i, note("État " + std::to_string(i))}, by());
        ASSERT_TRUE(edited.ok());
        moments.push_back(clock);
    }
    auto const versions = records.versions(note_register(), made.head.id);
    ASSERT_EQ(versions->size(), 6u);
    EXPECT_EQ(versions->front().title, "État 5");
    for (int i = 0; i <= 5; ++i) EXPECT_EQ(records.find_at(note_register(), made.head.id, moments[static_cast<std::size_t>(i)])->head.title, "État " + std::to_string(i));
    EXPECT_EQ(records.find_at(note_register(), made.head.id, moments[0] - std::chrono::milliseconds(1)).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(keeper.head(town).size, 6u);
    EXPECT_EQ(keeper.recompute(town), keeper.head(town).root);
    auto const proof = keeper.entry_of(town, made.head.id, 3);
    ASSERT_TRUE(proof.has_value());
    EXPECT_EQ(ledger::leaf_hash(proof->entry), proof->leaf);
}

TEST_P(RecordsTest, a_failing_examiner_rolls_the_write_back)
{
    judge.fails = true;
    EXPECT_THROW((void)records.create(note_register(), {note("Perdu")}, by()), std::runtime_error);
    judge.fails = false;
    EXPECT_EQ(records.list(note_register(), {})->total, 0);
    EXPECT_EQ(keeper.head(town).size, 0u);
}

TEST_P(RecordsTest, findings_follow_the_record)
{
    auto const made = add("Sans texte", "");
    EXPECT_EQ(made.head.worst_finding, Severity::Blocking);
    ASSERT_EQ(records.findings(made.head.id).size(), 1u);
    ASSERT_TRUE(records.update(note_register(), {made.head.id, 1, note("Avec", "un texte")}, by()).ok());
    EXPECT_TRUE(records.findings(made.head.id).empty());
    EXPECT_EQ(records.find(note_register(), made.head.id)->head.worst_finding, std::nullopt);
}

TEST_P(RecordsTest, a_blocking_finding_forbids_settling_unless_the_controller_decided)
{
    auto const made = add("Bloqué", "");
    auto const refused = records.change_status(note_register(), {made.head.id, 0, "settled", "", {}}, by(), dpo());
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "blocked_by_findings");
    auto const decided = records.change_status(note_register(), {made.head.id, 0, "settled", "", {"La maire", parse_date("2026-02-01")}}, by(), dpo());
    ASSERT_TRUE(decided.ok());
    EXPECT_EQ(decided->head.status, "settled");
    EXPECT_TRUE(notes().unpack(decided->row)->settled_on.has_value());
    EXPECT_EQ(records.version(note_register(), made.head.id, 2)->decision.by, "La maire");
}

TEST_P(RecordsTest, a_material_edit_of_a_settled_record_asks_and_sends_it_back_on_yes)
{
    auto const made = add("Réglé", "texte");
    ASSERT_TRUE(records.change_status(note_register(), {made.head.id, 0, "settled", "", {}}, by(), dpo()).ok());
    auto current = *records.find(note_register(), made.head.id);
    auto changed = current.row;
    schema::set(notes().info(), changed, "text", std::string{"autre"});
    Edit edit{made.head.id, current.head.version, changed};
    EXPECT_EQ(records.update(note_register(), edit, by()).error().code, "changes_validated_unanswered");
    edit.changes_validated = false;
    auto kept = records.update(note_register(), edit, by());
    ASSERT_TRUE(kept.ok());
    EXPECT_EQ(kept->head.status, "settled");
    schema::set(notes().info(), changed, "text", std::string{"encore"});
    auto back = records.update(note_register(), {made.head.id, kept->head.version, changed, {}, true}, by());
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(back->head.status, "draft");
}

TEST_P(RecordsTest, a_list_reads_only_the_fields_it_shows)
{
    add("Restauration", "repas", {{"", "pain", 3}});
    ListQuery query;
    query.with_rows = true;
    EXPECT_EQ(notes().unpack(*records.list(note_register(), query)->items[0].row)->lines.size(), 1U);
    query.fields = {"name"};
    auto const shown = *records.list(note_register(), query)->items[0].row;
    EXPECT_EQ(notes().unpack(shown)->name, "Restauration");
    EXPECT_TRUE(notes().unpack(shown)->lines.empty());
}

TEST_P(RecordsTest, a_total_that_is_known_is_not_counted_again)
{
    add("Un");
    ListQuery query;
    query.known_total = 7;
    EXPECT_EQ(records.list(note_register(), query)->total, 7);
    query.known_total = total_cap + 1;
    EXPECT_EQ(records.list(note_register(), query)->total, total_cap);
    EXPECT_TRUE(records.list(note_register(), query)->total_capped);
}

TEST_P(RecordsTest, a_deleted_record_leaves_lists_and_searches_and_comes_back)
{
    auto const made = add("Éphémère");
    ASSERT_TRUE(records.remove(note_register(), made.head.id, 1, by()).ok());
    EXPECT_TRUE(titles({}).empty());
    ListQuery bin;
    bin.deleted = true;
    EXPECT_EQ(titles(bin), std::vector<std::string>{"Éphémère"});
    ASSERT_TRUE(records.restore(note_register(), made.head.id, by()).ok());
    EXPECT_EQ(titles({}), std::vector<std::string>{"Éphémère"});
    ListQuery search;
    search.text = "éphém";
    EXPECT_EQ(titles(search).size(), 1u);
    EXPECT_EQ(records.versions(note_register(), made.head.id)->size(), 3u);
}

TEST_P(RecordsTest, search_takes_any_typed_text)
{
    add("Gérer l’accès aux données", "L'Œuvre complète");
    add("Autre chose");
    auto found = [&](std::string text) {
        ListQuery query;
        query.text = std::move(text);
        return titles(query).size();
    };
    EXPECT_EQ(found("l'accès \"données"), 1u);
    EXPECT_EQ(found("ACCES"), 1u);
    EXPECT_EQ(found("donn"), 1u);
    EXPECT_EQ(found("oeuvre"), 1u);
    EXPECT_EQ(found("au"), 2u);          // "aux", "Autre"
    EXPECT_EQ(found("NEAR( AND * ^ - :"), 0u);
    EXPECT_EQ(found("   "), 2u);
    EXPECT_EQ(found("scope:o"), 0u);
    EXPECT_EQ(found("note-0002"), 1u);
}

TEST_P(RecordsTest, pages_neither_repeat_nor_skip_in_any_order)
{
    for (int i = 0; i < 23; ++i) add("Titre " + std::to_string(i % 4), i % 2 ? "texte" : "");
    for (auto const* sort : {"title", "reference", "status", "updated", "created", "review", "completeness", "findings"})
        for (bool descending : {false, true}) {
            std::set<std::string> by_page, by_cursor;
            ListQuery query;
            query.sort = sort;
            query.descending = descending;
            query.per_page = 5;
            for (query.page = 1; query.page <= 5; ++query.page) {
                auto const page = records.list(note_register(), query);
                for (auto const& item : page->items) by_page.insert(item.head.id.text());
            }
            query.page = 1;
            for (int guard = 0; guard < 10; ++guard) {
                auto const page = records.list(note_register(), query);
                ASSERT_TRUE(page.ok());
                EXPECT_EQ(page->total, 23);
                for (auto const& item : page->items) EXPECT_TRUE(by_cursor.insert(item.head.id.text()).second) << sort;
                if (page->next.empty()) break;
                query.after = page->next;
            }
            EXPECT_EQ(by_page.size(), 23u) << sort;
            EXPECT_EQ(by_cursor.size(), 23u) << sort;
        }
}

TEST_P(RecordsTest, a_list_of_the_past_shows_titles_as_they_stood)
{
    auto const made = add("Avant");
    auto const then = clock;
    ASSERT_TRUE(records.update(note_register(), {made.head.id, 1, note("Après")}, by()).ok());
    add("Plus tard");
    ListQuery past;
    past.at = then;
    EXPECT_EQ(titles(past), std::vector<std::string>{"Avant"});
}

TEST_P(RecordsTest, links_hold_now_and_say_who_points_here)
{
    auto const target = add("Cible");
    auto row = note("Source");
    schema::set(notes().info(), row, "see", target.head.id.text());
    auto const source = records.create(note_register(), {row}, by());
    ASSERT_TRUE(source.ok());
    ASSERT_EQ(records.links_to(target.head.id).size(), 1u);
    EXPECT_EQ(records.links_to(target.head.id)[0].title, "Source");
    ASSERT_TRUE(records.update(note_register(), {source->head.id, 1, note("Source")}, by()).ok());
    EXPECT_TRUE(records.links_to(target.head.id).empty());
}

TEST_P(RecordsTest, a_review_sets_the_next_one_a_year_later_and_keeps_the_status)
{
    auto const made = add("À relire");
    auto const reviewed = records.review(note_register(), made.head.id, 1, "Claire", std::nullopt, by());
    ASSERT_TRUE(reviewed.ok());
    auto const back = notes().unpack(reviewed->row).value();
    EXPECT_EQ(back.last_review, parse_date("2026-03-01"));
    EXPECT_EQ(back.next_review, parse_date("2027-03-01"));
    EXPECT_TRUE(reviewed->head.review_at.has_value());
}

TEST_P(RecordsTest, checkpoints_are_signed_once_per_head_and_appended)
{
    add("Un");
    EXPECT_EQ(keeper.checkpoint(clock), 1);
    EXPECT_EQ(keeper.checkpoint(clock), 0);
    auto const head = keeper.head(town);
    ASSERT_TRUE(head.checkpoint.has_value());
    auto const opened = ledger::open_checkpoint(*head.checkpoint, keeper.public_key());
    ASSERT_TRUE(opened.has_value());
    EXPECT_EQ(opened->root, head.root);
    EXPECT_TRUE(std::filesystem::exists(database.directory() / "checkpoints" / (town.text() + ".txt")));
}

TEST_P(RecordsTest, a_checkpoint_is_never_older_than_what_it_signs)
{
    add("Hier");
    auto const written = clock;
    clock -= std::chrono::hours(48);
    ASSERT_EQ(keeper.checkpoint(clock), 1);
    EXPECT_EQ(ledger::open_checkpoint(*keeper.head(town).checkpoint, keeper.public_key())->time, written);
}

TEST_P(RecordsTest, a_clock_set_back_is_kept_from_the_log_and_said)
{
    auto const made = add("Hier");
    clock -= std::chrono::hours(48);
    ASSERT_TRUE(records.update(note_register(), {made.head.id, 1, note("Aujourd'hui")}, by()).ok());
    auto const versions = *records.versions(note_register(), made.head.id);
    EXPECT_EQ(versions[0].recorded_at, versions[1].recorded_at);
}

TEST_P(RecordsTest, bad_values_are_refused_with_their_place)
{
    auto const refused = records.create(note_register(), {note("", "texte")}, by());
    ASSERT_FALSE(refused.ok());
    ASSERT_EQ(refused.error().fields.size(), 1u);
    EXPECT_EQ(refused.error().fields[0].field, "name");
    EXPECT_EQ(refused.error().fields[0].code, "required");
}

INSTANTIATE_TEST_SUITE_P(Engines, RecordsTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace greffier::records::testing_register
