#include "records/importing.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "records/exporting.hpp"
#include "records/import_merge.hpp"
#include "records/import_runs.hpp"
#include "records/silent_examiner.hpp"
#include "schema/schema.hpp"
#include "storage/test_database.hpp"

// A register of the tests: a name, a text and owned rows.
namespace greffier::records::importing_register {

struct Line {
    std::string id, what, ours_alone;
};
struct Note {
    std::string name;
    schema::Text text;
    std::vector<Line> lines;
    std::optional<Date> settled_on;
};
schema::Schema<Line> const& schema_of(Line const*)
{
    static schema::Schema<Line> const schema("import_line", 1, {schema::Field("what", &Line::what), schema::Field("ours_alone", &Line::ours_alone)});
    return schema;
}
schema::Schema<Note> const& schema_of(Note const*)
{
    static schema::Schema<Note> const schema("import_note", 1, {
        schema::Field("name", &Note::name).required().max_length(20),
        schema::Field("text", &Note::text).material(),
        schema::Field("lines", &Note::lines),
        schema::Field("settled_on", &Note::settled_on).read_only(),
    });
    return schema;
}
schema::Schema<Note> const& notes() { return schema_of(static_cast<Note const*>(nullptr)); }

Register const& note_register()
{
    static Register const kind{.slug = "notes", .prefix = "NOTE", .icon = "note", .schema = &notes().info(), .title_field = "name",
                               .statuses = {"draft", "settled", "archived"},
                               .transitions = {{"draft", "settled"}, {"settled", "archived"}},
                               .settled = {"settled"}, .unsettled = "draft", .closed = {"archived"}};
    return kind;
}

// ---- the merge, case by case -------------------------------------------------------------------------------

schema::Row row(Note note) { return notes().pack(note); }
std::vector<std::string> const everything{"name", "text", "lines"};
std::vector<Carried> const carried{{"lines", {"what"}, {}, {}, {}}};

Merged merge(std::optional<Note> base, Note const& ours, Note const& theirs)
{
    std::function<schema::Row(schema::Row const&)> const none;
    auto const before = base ? std::optional{row(*base)} : std::nullopt;
    auto const here = row(ours);
    return merge_import({notes().info(), carried, everything, before, here, row(theirs), none});
}
std::string words(Merged const& merged)
{
    auto const note = *notes().unpack(merged.row);
    std::string out = note.text.value;
    for (auto const& line : note.lines) out += "|" + line.id + ":" + line.what + (line.ours_alone.empty() ? "" : "+" + line.ours_alone);
    return out;
}

struct Case {
    char const* what;
    std::optional<Note> base;
    Note ours, theirs;
    char const* becomes;
    std::size_t differences;
};

TEST(ImportMerge, every_case_of_the_three_ways)
{
    auto text = [](char const* words) { return Note{"n", {words}, {}, {}}; };
    auto lines = [](std::vector<Line> rows) { return Note{"n", {}, std::move(rows), {}}; };
    Case const cases[] = {
        {"nothing changed", text("a"), text("a"), text("a"), "a", 0},
        {"changed in the file alone", text("a"), text("a"), text("b"), "b", 0},
        {"changed here alone", text("a"), text("b"), text("a"), "b", 1},
        {"changed on both sides the same way", text("a"), text("b"), text("b"), "b", 0},
        {"changed on both sides differently", text("a"), text("b"), text("c"), "b", 1},
        {"emptied in the file", text("a"), text("a"), text(""), "", 0},
        {"never imported, empty here", {}, text(""), text("b"), "b", 0},
        {"never imported, filled here", {}, text("a"), text("b"), "a", 1},
        {"never imported, absent from the file", {}, text("a"), text(""), "a", 0},
        {"rows the same, ids kept", lines({{"1", "one"}, {"2", "two"}}), lines({{"1", "one"}, {"2", "two"}}), lines({{"", "one"}, {"", "two"}}), "|1:one|2:two", 0},
        {"a row moved in the file", lines({{"1", "one"}, {"2", "two"}}), lines({{"1", "one"}, {"2", "two"}}), lines({{"", "two"}, {"", "one"}}), "|1:one|2:two", 0},
        {"a row completed here", lines({{"1", "one"}}), lines({{"1", "one", "mine"}}), lines({{"", "one"}}), "|1:one+mine", 0},
        {"a row reworded in the file keeps what is ours", lines({{"1", "calculer la paie"}}), lines({{"1", "calculer la paie", "mine"}}), lines({{"", "calculer les paies"}}), "|1:calculer les paies+mine", 0},
        {"a row reworded here", lines({{"1", "calculer la paie"}}), lines({{"1", "calculer les paies"}}), lines({{"", "calculer la paie"}}), "|1:calculer les paies", 1},
        {"a row taken out of the file", lines({{"1", "one"}, {"2", "two"}}), lines({{"1", "one"}, {"2", "two"}}), lines({{"", "one"}}), "|1:one", 0},
        {"a row taken out of the file and completed here", lines({{"1", "one"}, {"2", "two"}}), lines({{"1", "one"}, {"2", "two", "mine"}}), lines({{"", "one"}}), "|1:one|2:two+mine", 1},
        {"a row taken out here", lines({{"1", "one"}, {"2", "two"}}), lines({{"1", "one"}}), lines({{"", "one"}, {"", "two"}}), "|1:one", 0},
        {"a row added here", lines({{"1", "one"}}), lines({{"1", "one"}, {"9", "mine"}}), lines({{"", "one"}}), "|1:one|9:mine", 0},
    };
    for (auto const& c : cases) {
        auto const merged = merge(c.base, c.ours, c.theirs);
        EXPECT_EQ(words(merged), c.becomes) << c.what;
        EXPECT_EQ(merged.differences.size(), c.differences) << c.what;
    }
}

TEST(ImportMerge, a_row_added_in_the_file_stands_after_the_row_before_it)
{
    auto const base = Note{"n", {}, {{"1", "one"}, {"2", "two"}}, {}};
    auto const merged = merge(base, base, Note{"n", {}, {{"", "one"}, {"7", "between"}, {"", "two"}}, {}});
    EXPECT_EQ(words(merged), "|1:one|7:between|2:two");
}

TEST(ImportMerge, what_was_said_carries_our_ids_for_next_time)
{
    auto const base = Note{"n", {}, {{"1", "one"}}, {}};
    auto const said = *notes().unpack(merge(base, base, Note{"n", {}, {{"", "one"}}, {}}).said);
    EXPECT_EQ(said.lines.at(0).id, "1");
}

// ---- the run -----------------------------------------------------------------------------------------------

class ImportTest : public ::testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    Registers registers{{&note_register()}};
    Silent examiner;
    LedgerKeeper keeper{*database, SigningKey::from_seed(Secret<Bytes>(random_bytes(32))), database.directory() / "checkpoints"};
    Machinery machinery{*database, registers, examiner, keeper};
    Timestamp clock = *parse_timestamp("2026-03-01T08:00:00Z");
    accounts::OrganisationInfo town = organisation("town"), other = organisation("other");

    accounts::OrganisationInfo organisation(char const* slug)
    {
        accounts::OrganisationInfo info;
        info.id = OrganisationId::make();
        info.slug = info.name = slug;
        auto done = database->write([&](storage::Session& session) -> Status {
            session.execute(storage::SqlText{"INSERT INTO organisation(id, slug, name, kind, language, zone, created_at) VALUES(?,?,?,'commune','fr','Europe/Paris',0)"}, info.id, slug, slug);
            return Nothing{};
        });
        EXPECT_TRUE(done.ok());
        return info;
    }
    By by()
    {
        clock += std::chrono::hours(1);
        return {Uuid::make(), clock, "Europe/Paris"};
    }
    Records records(accounts::OrganisationInfo const& where) const { return {machinery, where.id, accounts::Sight::everything()}; }
    ImportReport import(accounts::OrganisationInfo const& where, std::string const& json, ImportOptions const& options = {})
    {
        auto file = read_json_import(note_register(), json, "notes.json");
        EXPECT_TRUE(file.ok());
        auto report = run_import(records(where), note_register(), *file, by(), options);
        EXPECT_TRUE(report.ok());
        return std::move(report).value();
    }
    std::string exported(accounts::OrganisationInfo const& where, std::optional<Timestamp> at = {}) const
    {
        auto const store = records(where);
        ExportJob const job{store, note_register(), where, {{}, std::nullopt, at}, Locale(Language::French), clock};
        return *export_text(common_export_formats()[0], job);
    }
    static std::string many(int count)
    {
        std::string json = "[";
        for (int i = 0; i < count; ++i) json += (i ? "," : "") + std::string(R"({"reference":"N-)") + std::to_string(i) + R"(","name":"note )" + std::to_string(i) + R"("})";
        return json + "]";
    }
    std::int64_t count(accounts::OrganisationInfo const& where) const { return records(where).list(note_register(), {})->total; }
};

TEST_P(ImportTest, two_exports_of_one_state_are_the_same_bytes_and_come_back_unchanged)
{
    import(town, R"([{"reference":"B","name":"é \"b\"","lines":[{"what":"x"}]},{"reference":"A","name":"=1+1"}])");
    auto const first = exported(town);
    EXPECT_EQ(first, exported(town));
    EXPECT_LT(first.find("\"A\""), first.find("\"B\""));
    EXPECT_NE(first.find("é"), std::string::npos);
    auto const then = clock;
    auto const again = import(town, first);
    EXPECT_EQ(again.count(Outcome::Unchanged), 2);
    EXPECT_EQ(exported(town), first);
    EXPECT_EQ(exported(town, then), exported(town, clock).replace(exported(town, clock).find(to_text(clock)), to_text(clock).size(), to_text(then)));
}

TEST_P(ImportTest, another_organisation_gets_the_same_records_as_drafts)
{
    import(town, R"([{"reference":"A","name":"a","text":"t","lines":[{"what":"x","ours_alone":"y"}]}])");
    auto const report = import(other, exported(town));
    EXPECT_EQ(report.count(Outcome::Created), 1);
    auto const stored = records(other).find_by_reference(note_register(), "A");
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->head.status, "draft");
    EXPECT_EQ(stored->row.values, records(town).find_by_reference(note_register(), "A")->row.values);
}

TEST_P(ImportTest, refused_records_say_where_and_never_stop_the_others)
{
    auto const report = import(town, R"([{"reference":"A","name":"a"},{"reference":"B"},{"reference":"C","name":"c","colour":"red"},
        {"reference":"D","name":"far too long a name for this","text":3},17,{"reference":"E","name":"e"}])");
    EXPECT_EQ(report.count(Outcome::Created), 2);
    EXPECT_EQ(report.count(Outcome::Refused), 4);
    EXPECT_EQ(report.exit_code(), 1);
    EXPECT_EQ(count(town), 2);
    for (auto const* place : {"[1]", "[2].colour", "[3].text", "[4]"})
        EXPECT_TRUE(std::ranges::any_of(report.entries, [&](auto const& entry) { return entry.outcome == Outcome::Refused && entry.place == place; })) << place;
}

TEST_P(ImportTest, a_stopped_import_goes_on_where_it_stopped)
{
    auto const file = *read_json_import(note_register(), many(25), "notes.json");
    ImportOptions stopped;
    stopped.group = 10;
    stopped.progress = [](std::size_t done, std::size_t) { if (done == 10) throw std::runtime_error("the machine stopped"); };
    EXPECT_THROW((void)run_import(records(town), note_register(), file, by(), stopped), std::runtime_error);
    EXPECT_EQ(count(town), 10);
    ImportOptions again;
    again.group = 10;
    std::vector<std::size_t> seen;
    again.progress = [&](std::size_t done, std::size_t) { seen.push_back(done); };
    auto const report = run_import(records(town), note_register(), file, by(), again);
    ASSERT_TRUE(report.ok());
    EXPECT_TRUE(report->resumed);
    EXPECT_EQ(seen, (std::vector<std::size_t>{20, 25}));
    EXPECT_EQ(report->count(Outcome::Created), 25);
    EXPECT_EQ(count(town), 25);
    EXPECT_FALSE(import(town, many(25)).resumed);
}

TEST_P(ImportTest, a_dry_run_writes_nothing_and_says_the_same)
{
    ImportOptions dry;
    dry.dry_run = true;
    auto const rehearsed = import(town, many(3), dry);
    EXPECT_EQ(count(town), 0);
    auto const done = import(town, many(3));
    EXPECT_EQ(rehearsed.entries.size(), done.entries.size());
    EXPECT_EQ(rehearsed.count(Outcome::Created), 3);
}

TEST_P(ImportTest, an_edited_export_updates_and_what_was_edited_here_since_stays)
{
    import(town, R"([{"reference":"A","name":"a","text":"first"}])");
    auto file = exported(town);
    auto stored = *records(town).find_by_reference(note_register(), "A");
    auto note = *notes().unpack(stored.row);
    note.name = "mine";
    ASSERT_TRUE(records(town).update(note_register(), {stored.head.id, stored.head.version, notes().pack(note)}, by()).ok());
    file.replace(file.find("first"), 5, "later");
    auto const report = import(town, file);
    EXPECT_EQ(report.count(Outcome::Updated), 1);
    EXPECT_EQ(report.count(Outcome::Differing), 1);
    auto const after = *notes().unpack(records(town).find_by_reference(note_register(), "A")->row);
    EXPECT_EQ(after.text.value, "later");
    EXPECT_EQ(after.name, "mine");
}

TEST_P(ImportTest, a_changed_record_that_was_settled_goes_back_to_draft)
{
    import(town, R"([{"reference":"A","name":"a","text":"first"}])");
    auto const stored = *records(town).find_by_reference(note_register(), "A");
    accounts::Actor const actor{town.id, Uuid::make(), accounts::Role::Dpo, {accounts::Role::Dpo}, {}, false};
    ASSERT_TRUE(records(town).change_status(note_register(), {stored.head.id, 0, "settled", "", {}}, by(), actor).ok());
    EXPECT_EQ(import(town, R"([{"reference":"A","name":"a","text":"first"}])").count(Outcome::Unchanged), 1);
    EXPECT_EQ(records(town).find_by_reference(note_register(), "A")->head.status, "settled");
    EXPECT_EQ(import(town, R"([{"reference":"A","name":"a","text":"other"}])").count(Outcome::Updated), 1);
    EXPECT_EQ(records(town).find_by_reference(note_register(), "A")->head.status, "draft");
}

TEST_P(ImportTest, a_report_read_back_is_the_same)
{
    auto const report = import(town, R"([{"reference":"A","name":"a"},{"reference":"B"},{"reference":"A","name":"a"}])");
    EXPECT_EQ(to_json(parse_report(to_json(report))), to_json(report));
    EXPECT_EQ(report.count(Outcome::Skipped), 1);
    EXPECT_TRUE(stored_report(records(town), note_register(), *Uuid::parse(report.run)));
    EXPECT_FALSE(stored_report(records(other), note_register(), *Uuid::parse(report.run)));
}

// ---- the runs and their undo -------------------------------------------------------------------------------

accounts::Actor administrator(accounts::OrganisationInfo const& where)
{
    return {where.id, Uuid::make(), accounts::Role::Administrator, {accounts::Role::Administrator}};
}

TEST_P(ImportTest, an_import_is_undone_and_the_same_file_brings_it_again)
{
    import(town, R"([{"reference":"A","name":"a","text":"one"},{"reference":"B","name":"b"}])");
    std::string const edited = R"([{"reference":"A","name":"a","text":"two"},{"reference":"B","name":"b"},{"reference":"C","name":"c"}])";
    auto const run = *Uuid::parse(import(town, edited).run);
    auto const runs = import_runs(records(town), "notes", 1, 50);
    ASSERT_EQ(runs.total, 2);
    EXPECT_EQ(runs.items.front().id, run);
    EXPECT_EQ(runs.items.front().act->done, 2) << "what did not change is not in it";
    auto const undone = undo_import(records(town), run, by(), administrator(town), "mistake");
    ASSERT_TRUE(undone.ok()) << undone.error().code;
    EXPECT_EQ(undone->undone, 2);
    EXPECT_EQ(count(town), 2);
    EXPECT_EQ(schema::text_of(notes().info(), records(town).find_by_reference(note_register(), "A")->row, "text"), "one");
    auto const again = import(town, edited);
    EXPECT_EQ(again.count(Outcome::Created), 1);
    EXPECT_EQ(again.count(Outcome::Updated), 1) << "as if the undone import had never told its news";
}

TEST_P(ImportTest, what_was_changed_since_stays_when_an_import_is_undone)
{
    auto const run = *Uuid::parse(import(town, R"([{"reference":"A","name":"a"},{"reference":"B","name":"b"}])").run);
    auto stored = *records(town).find_by_reference(note_register(), "A");
    schema::set(notes().info(), stored.row, "text", std::string{"mine"});
    ASSERT_TRUE(records(town).update(note_register(), {stored.head.id, stored.head.version, stored.row}, by()).ok());
    auto const undone = undo_import(records(town), run, by(), administrator(town), "");
    ASSERT_TRUE(undone.ok());
    EXPECT_EQ(undone->undone, 1);
    EXPECT_EQ(undone->not_undone, 1);
    auto const left = not_undone(records(town), run);
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left.front().record, stored.head.id);
    EXPECT_EQ(left.front().undo_code, "changed_since");
}

TEST_P(ImportTest, an_import_is_not_undone_twice_too_late_or_from_elsewhere)
{
    auto const run = *Uuid::parse(import(town, R"([{"reference":"A","name":"a"}])").run);
    EXPECT_EQ(undo_import(records(other), run, by(), administrator(other), "").error().kind, ErrorKind::NotFound);
    auto late = by();
    late.now += std::chrono::hours(48);
    EXPECT_EQ(undo_import(records(town), run, late, administrator(town), "").error().code, "act_too_old");
    ASSERT_TRUE(undo_import(records(town), run, by(), administrator(town), "").ok());
    EXPECT_EQ(undo_import(records(town), run, by(), administrator(town), "").error().code, "act_undone");
    EXPECT_EQ(count(town), 0);
}

TEST_P(ImportTest, a_long_import_stops_where_asked_and_goes_on)
{
    ImportOptions options;
    options.group = 2;
    options.most_records = 3;
    auto const first = import(town, many(7), options);
    EXPECT_EQ(first.remaining, 3) << "whole groups: four of seven";
    EXPECT_EQ(count(town), 4);
    auto const second = import(town, many(7), options);
    EXPECT_EQ(second.remaining, 0);
    EXPECT_EQ(second.run, first.run);
    EXPECT_EQ(count(town), 7);
    EXPECT_TRUE(undo_import(records(town), *Uuid::parse(first.run), by(), administrator(town), "").ok());
    EXPECT_EQ(count(town), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, ImportTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

TEST(JsonImport, what_is_not_json_is_unreadable)
{
    for (auto const* text : {"", "nonsense", "12", "{\"items\":3}", "\xff\xfe"}) EXPECT_FALSE(read_json_import(note_register(), text, "x").ok()) << text;
    EXPECT_FALSE(read_json_import(note_register(), R"({"register":"others","items":[]})", "x").ok());
    EXPECT_FALSE(read_json_import(note_register(), std::string(5000, '['), "x").ok());
}

}  // namespace greffier::records::importing_register
