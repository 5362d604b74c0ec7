#include "records/custom_fields.hpp"

#include <gtest/gtest.h>

#include "core/crypto.hpp"
#include "records/reword.hpp"
#include "records/silent_examiner.hpp"
#include "records/store.hpp"
#include "records/vocabulary.hpp"
#include "schema/json.hpp"
#include "schema/show.hpp"
#include "schema/test_sample.hpp"
#include "storage/test_database.hpp"

namespace greffier::records {
namespace {

using schema::get;
using schema::Row;
using schema::set;
using storage::SqlText;

Register const& samples()
{
    static Register const kind{.slug = "samples", .prefix = "S", .icon = "note", .schema = &schema::sample::info(), .title_field = "name", .statuses = {"draft"}};
    return kind;
}

Locale const french{Language::French}, english{Language::English};

class CustomFieldsTest : public ::testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    Registers registers{{&samples()}};
    Silent examiner;
    LedgerKeeper keeper{*database, SigningKey::from_seed(Secret<Bytes>(random_bytes(32))), database.directory() / "checkpoints"};
    Vocabulary vocabulary{*database, registers};
    Machinery machinery{*database, registers, examiner, keeper, {}, &vocabulary};
    By const by{Uuid::make(), *parse_timestamp("2026-03-01T08:00:00Z")};
    OrganisationId union_ = organisation("union"), town = organisation("town", union_), other = organisation("other");

    OrganisationId organisation(char const* slug, std::optional<OrganisationId> parent = {})
    {
        auto const id = OrganisationId::make();
        EXPECT_TRUE(database->write([&](storage::Session& session) -> Status {
            session.execute(SqlText{"INSERT INTO organisation(id, slug, name, kind, parent_id, language, zone, created_at) VALUES(?,?,?,'commune',?,'fr','Europe/Paris',0)"}, id, slug, slug, parent);
            return Nothing{};
        }).ok());
        return id;
    }
    CustomFields fields(OrganisationId where) { return {*database, registers, where}; }
    static CustomField asking(char const* label, char const* kind = "string")
    {
        CustomField field;
        field.register_slug = "samples";
        field.label_fr = label;
        field.kind = kind;
        return field;
    }
    CustomField add(OrganisationId where, CustomField field)
    {
        auto added = fields(where).add(std::move(field));
        EXPECT_TRUE(added.ok()) << (added.ok() ? "" : added.error().fields.empty() ? added.error().code : added.error().fields[0].field + " " + added.error().fields[0].code);
        return added.ok() ? added.value() : CustomField{};
    }
    static std::string problem(Result<CustomField> const& result)
    {
        if (result.ok()) return "none";
        return result.error().fields.empty() ? result.error().code : result.error().fields[0].field + ":" + result.error().fields[0].code;
    }
    Vocabulary::Held known(OrganisationId where) { return known_registers(machinery, where); }
    Register const& kind_of(Vocabulary::Held const& held) { return *held->find("samples"); }
    static Row row(Register const& kind)
    {
        Row row(*kind.schema);
        set(*kind.schema, row, "name", std::string{"Fiche"});
        set(*kind.schema, row, "base", std::string{"red"});
        return row;
    }
    std::size_t found(OrganisationId where, char const* text)
    {
        auto const held = known(where);
        ListQuery query;
        query.text = text;
        return Records(machinery, where, accounts::Sight::everything()).list(kind_of(held), query)->items.size();
    }
};

TEST_P(CustomFieldsTest, an_added_field_is_answered_kept_and_read_again)
{
    auto const added = add(town, asking("Budget annuel", "money"));
    EXPECT_EQ(added.code, "budget_annuel");
    EXPECT_EQ(added.section, "several") << "the last section when none is said";
    auto const held = known(town);
    auto const& kind = kind_of(held);
    auto fresh = row(kind);
    set(*kind.schema, fresh, "custom.budget_annuel", std::int64_t{125000});
    auto const made = Records(machinery, town, accounts::Sight::everything()).create(kind, {fresh}, by);
    ASSERT_TRUE(made.ok());
    auto const stored = Records(machinery, town, accounts::Sight::everything()).find(kind, made->head.id);
    EXPECT_EQ(get(*kind.schema, stored->row, "custom.budget_annuel"), schema::Value{std::int64_t{125000}});
    EXPECT_EQ(schema::custom_json(*kind.schema, stored->row), R"({"budget_annuel":125000})");
    EXPECT_EQ(schema::label(*kind.schema, *kind.schema->find("custom.budget_annuel"), english), "Budget annuel");
}

TEST_P(CustomFieldsTest, every_kind_there_is_can_be_asked)
{
    for (auto const& one : custom_kinds()) {
        auto field = asking(("Question " + std::string{one.name}).c_str(), std::string{one.name}.c_str());
        if (one.name == "choice" || one.name == "choices") field.options = {{"", "Oui, souvent", "", false}};
        if (one.name == "link") field.target = "samples";
        add(town, field);
    }
    auto const held = known(town);
    EXPECT_EQ(kind_of(held).schema->fields.size(), samples().schema->fields.size() + custom_kinds().size());
    EXPECT_TRUE(Records(machinery, town, accounts::Sight::everything()).create(kind_of(held), {row(kind_of(held))}, by).ok());
}

TEST_P(CustomFieldsTest, answers_are_checked_by_the_kind_and_named_by_their_path)
{
    add(town, asking("Mis en service", "date"));
    auto choice = asking("Site", "choice");
    choice.options = {{"north", "Nord", "North", false}};
    add(town, choice);
    auto const held = known(town);
    auto const& kind = kind_of(held);
    auto wrong = row(kind);
    set(*kind.schema, wrong, "custom.mis_en_service", std::string{"31/02/2026"});
    set(*kind.schema, wrong, "custom.site", std::string{"south"});
    auto const refused = Records(machinery, town, accounts::Sight::everything()).create(kind, {wrong}, by);
    ASSERT_FALSE(refused.ok());
    ASSERT_EQ(refused.error().fields.size(), 2U);
    EXPECT_EQ(refused.error().fields[0].field + " " + refused.error().fields[0].code, "custom.mis_en_service not_a_date");
    EXPECT_EQ(refused.error().fields[1].field + " " + refused.error().fields[1].code, "custom.site unknown_choice");
}

TEST_P(CustomFieldsTest, a_needed_answer_is_needed_but_of_imports)
{
    auto field = asking("Service instructeur");
    field.required = true;
    add(town, field);
    auto const held = known(town);
    auto const& kind = kind_of(held);
    auto const refused = Records(machinery, town, accounts::Sight::everything()).create(kind, {row(kind)}, by);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fields[0].field, "custom.service_instructeur");
    NewRecord imported{row(kind)};
    imported.action = "import";
    EXPECT_TRUE(Records(machinery, town, accounts::Sight::everything()).create(kind, imported, by).ok());
}

TEST_P(CustomFieldsTest, a_parents_question_is_asked_below_and_changed_above)
{
    add(union_, asking("Délégué de secteur"));
    add(town, asking("Adjoint en charge"));
    auto const offered = fields(town).offered("samples");
    ASSERT_EQ(offered.size(), 2U);
    EXPECT_EQ(offered[0].owner, TermOwner::Above);
    EXPECT_EQ(offered[1].owner, TermOwner::Own);
    EXPECT_EQ(fields(union_).offered().size(), 1U) << "a town's questions are its own";
    EXPECT_TRUE(fields(other).offered().empty());
    EXPECT_EQ(problem(fields(town).change("samples", "delegue_de_secteur", {})), "not_found");
    EXPECT_EQ(problem(fields(other).change("samples", "adjoint_en_charge", {})), "not_found");
}

TEST_P(CustomFieldsTest, one_code_means_one_thing_along_a_branch_of_the_tree)
{
    auto named = [](char const* code) { auto field = asking("Question"); field.code = code; return field; };
    add(town, named("budget"));
    EXPECT_EQ(problem(fields(union_).add(named("budget"))), "code:field_exists");
    EXPECT_EQ(problem(fields(town).add(named("budget"))), "code:field_exists");
    add(other, named("budget"));
    add(union_, named("quartier"));
    EXPECT_EQ(problem(fields(town).add(named("quartier"))), "code:field_exists");
}

TEST_P(CustomFieldsTest, what_cannot_be_a_field_is_refused_in_words)
{
    auto with = [](auto change) { auto field = asking("Question"); change(field); return field; };
    EXPECT_EQ(problem(fields(town).add(with([](auto& f) { f.register_slug = "nothing"; }))), "unknown_register");
    EXPECT_EQ(problem(fields(town).add(with([](auto& f) { f.label_fr = " "; }))), "code:bad_code");
    EXPECT_EQ(problem(fields(town).add(with([](auto& f) { f.code = "a"; f.label_fr = ""; }))), "label_fr:required");
    EXPECT_EQ(problem(fields(town).add(with([](auto& f) { f.code = "Pas un code"; }))), "code:bad_code");
    EXPECT_EQ(problem(fields(town).add(with([](auto& f) { f.kind = "rows"; }))), "kind:unknown_choice");
    EXPECT_EQ(problem(fields(town).add(with([](auto& f) { f.section = "nowhere"; }))), "section:unknown_choice");
    EXPECT_EQ(problem(fields(town).add(with([](auto& f) { f.kind = "link"; }))), "target:unknown_choice");
    EXPECT_EQ(problem(fields(town).add(with([](auto& f) { f.kind = "choice"; }))), "options:required");
    EXPECT_EQ(problem(fields(town).add(with([](auto& f) { f.options = {{"a", "A", "", false}}; }))), "options:options_elsewhere");
    EXPECT_EQ(problem(fields(town).add(with([](auto& f) { f.kind = "choice"; f.options = {{"a", "A", "", false}, {"a", "B", "", false}}; }))), "options[1].code:duplicate");
    EXPECT_EQ(problem(fields(town).add(with([](auto& f) { f.kind = "choice"; f.options = {{"a", "", "", false}}; }))), "options[0].label_fr:required");
    EXPECT_TRUE(fields(town).offered().empty());
}

TEST_P(CustomFieldsTest, a_retired_field_stays_readable_in_every_version_and_keeps_its_answer)
{
    add(town, asking("Ancien numéro"));
    RecordId id;
    {
        auto const held = known(town);
        auto const& kind = kind_of(held);
        auto fresh = row(kind);
        set(*kind.schema, fresh, "custom.ancien_numero", std::string{"12-B"});
        id = Records(machinery, town, accounts::Sight::everything()).create(kind, {fresh}, by)->head.id;
    }
    CustomFieldEdit retire;
    retire.retired = true;
    ASSERT_TRUE(fields(town).change("samples", "ancien_numero", retire).ok());
    auto const held = known(town);
    auto const& kind = kind_of(held);
    EXPECT_TRUE(kind.schema->find("custom.ancien_numero")->retired);
    auto stored = Records(machinery, town, accounts::Sight::everything()).find(kind, id);
    EXPECT_EQ(schema::text_of(*kind.schema, stored->row, "custom.ancien_numero"), "12-B");
    set(*kind.schema, stored->row, "text", std::string{"encore"});
    ASSERT_TRUE(Records(machinery, town, accounts::Sight::everything()).update(kind, {id, 1, stored->row}, by).ok());
    EXPECT_EQ(schema::text_of(*kind.schema, Records(machinery, town, accounts::Sight::everything()).version(kind, id, 1)->row, "custom.ancien_numero"), "12-B");
    EXPECT_EQ(schema::text_of(*kind.schema, Records(machinery, town, accounts::Sight::everything()).version(kind, id, 2)->row, "custom.ancien_numero"), "12-B");
}

TEST_P(CustomFieldsTest, who_edits_without_knowing_a_field_does_not_lose_its_answer)
{
    add(town, asking("Budget"));
    auto const held = known(town);
    auto const& kind = kind_of(held);
    auto fresh = row(kind);
    set(*kind.schema, fresh, "custom.budget", std::string{"12 000"});
    auto const made = Records(machinery, town, accounts::Sight::everything()).create(kind, {fresh}, by);
    auto shipped = Records(machinery, town, accounts::Sight::everything()).find(samples(), made->head.id);   // by the shipped declaration alone
    set(*samples().schema, shipped->row, "text", std::string{"modifié"});
    auto const saved = Records(machinery, town, accounts::Sight::everything()).update(samples(), {made->head.id, 1, shipped->row}, by);
    ASSERT_TRUE(saved.ok());
    EXPECT_EQ(saved->row.values.size(), samples().schema->fields.size());
    auto const stored = Records(machinery, town, accounts::Sight::everything()).find(kind, made->head.id);
    EXPECT_EQ(schema::text_of(*kind.schema, stored->row, "custom.budget"), "12 000");
    EXPECT_EQ(schema::text_of(*kind.schema, stored->row, "text"), "modifié");
    ASSERT_TRUE(Records(machinery, town, accounts::Sight::everything()).remove(samples(), made->head.id, 0, by).ok());
    ASSERT_TRUE(Records(machinery, town, accounts::Sight::everything()).restore(samples(), made->head.id, by).ok());
    EXPECT_EQ(schema::text_of(*kind.schema, Records(machinery, town, accounts::Sight::everything()).find(kind, made->head.id)->row, "custom.budget"), "12 000");
}

TEST_P(CustomFieldsTest, an_edit_made_from_what_stands_no_more_is_refused)
{
    auto choice = asking("Site", "choice");
    choice.options = {{"north", "Nord", "North", false}};
    add(town, choice);
    auto const seen = mark_of(fields(town).offered()[0]);
    CustomFieldEdit first;
    first.help_fr = "Où cela se passe";
    first.seen = seen;
    ASSERT_TRUE(fields(town).change("samples", "site", first).ok());
    CustomFieldEdit second;
    second.label_fr = "Lieu";
    second.seen = seen;
    EXPECT_EQ(problem(fields(town).change("samples", "site", second)), "stale_field");
    EXPECT_EQ(fields(town).offered()[0].label_fr, "Site");
    second.seen = mark_of(fields(town).offered()[0]);
    EXPECT_TRUE(fields(town).change("samples", "site", second).ok());
    CustomFieldEdit unaware;   // the API says nothing of what it saw
    unaware.label_fr = "Endroit";
    EXPECT_TRUE(fields(town).change("samples", "site", unaware).ok());
    auto const before = mark_of(fields(town).offered()[0]);
    CustomFieldEdit moved;
    moved.position = 4;
    ASSERT_TRUE(fields(town).change("samples", "site", moved).ok());
    EXPECT_EQ(mark_of(fields(town).offered()[0]), before) << "its place is no part of the question";
    CustomFieldEdit option;
    option.options = std::vector<CustomOption>{{"north", "Nord", "North", true}, {"south", "Sud", "South", false}};
    ASSERT_TRUE(fields(town).change("samples", "site", option).ok());
    EXPECT_NE(mark_of(fields(town).offered()[0]), before);
}

TEST_P(CustomFieldsTest, options_left_out_are_retired_and_new_labels_are_found)
{
    auto choice = asking("Site", "choice");
    choice.options = {{"north", "Nord", "North", false}, {"south", "Sud", "South", false}};
    add(town, choice);
    auto const before = fields(town).offered()[0];
    {
        auto const held = known(town);
        auto const& kind = kind_of(held);
        auto fresh = row(kind);
        set(*kind.schema, fresh, "custom.site", std::string{"south"});
        ASSERT_TRUE(Records(machinery, town, accounts::Sight::everything()).create(kind, {fresh}, by).ok());
    }
    EXPECT_EQ(found(town, "south"), 1U);
    CustomFieldEdit edit;
    edit.options = std::vector<CustomOption>{{"", "Est", "", false}, {"south", "Midi", "Midday", false}};
    auto const after = fields(town).change("samples", "site", edit);
    ASSERT_TRUE(after.ok());
    ASSERT_EQ(after->options.size(), 3U);
    EXPECT_EQ(after->options[0].code, "est");
    EXPECT_EQ(after->options[2].code, "north");
    EXPECT_TRUE(after->options[2].retired);
    EXPECT_EQ(reword_options(machinery, town, before, *after, by.now), 1);
    EXPECT_EQ(found(town, "midi"), 1U);
    ListQuery query;
    query.facets = {"custom.site:south"};
    auto const held = known(town);
    EXPECT_EQ(Records(machinery, town, accounts::Sight::everything()).list(kind_of(held), query)->items.size(), 1U);
}

TEST_P(CustomFieldsTest, answers_travel_as_one_object_custom_and_strangers_are_refused)
{
    add(town, asking("Budget", "integer"));
    auto const held = known(town);
    auto const& info = *kind_of(held).schema;
    auto const read = schema::read_json(info, R"({"name":"a","custom":{"budget":12}})", schema::ReadMode::Replace);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(get(info, read->row, "custom.budget"), schema::Value{std::int64_t{12}});
    EXPECT_EQ(read->present, (std::vector<std::string>{"name", "custom.budget"}));
    auto code = [&](char const* json) {
        auto const refused = schema::read_json(info, json, schema::ReadMode::Replace);
        return refused.ok() ? std::string{"none"} : refused.error().fields[0].field + ":" + refused.error().fields[0].code;
    };
    EXPECT_EQ(code(R"({"custom":{"inconnu":1}})"), "custom.inconnu:unknown_field");
    EXPECT_EQ(code(R"({"custom":[1]})"), "custom:wrong_kind");
    EXPECT_EQ(code(R"({"custom":{"budget":"douze"}})"), "custom.budget:not_a_number");
    // A merge patch keeps what it does not name, and null removes.
    EXPECT_EQ(get(info, schema::read_json(info, R"({"name":"b"})", schema::ReadMode::Merge, read->row)->row, "custom.budget"), schema::Value{std::int64_t{12}});
    EXPECT_EQ(get(info, schema::read_json(info, R"({"custom":{"budget":null}})", schema::ReadMode::Merge, read->row)->row, "custom.budget"), schema::Value{});
    EXPECT_EQ(get(info, schema::read_json(info, R"({"custom":null})", schema::ReadMode::Merge, read->row)->row, "custom.budget"), schema::Value{});
    auto whole = read->row;
    schema::normalise(info, whole);
    auto const stored = schema::to_stored(info, whole);
    EXPECT_NE(stored.find(R"("custom":{"budget":12})"), std::string::npos);
    EXPECT_EQ(schema::from_stored(info, stored, info.version), whole);
    std::vector<std::string> const wanted{"custom.budget"};
    auto const some = schema::from_stored(info, stored, info.version, wanted);   // as a list reads its columns
    EXPECT_EQ(get(info, some, "custom.budget"), schema::Value{std::int64_t{12}});
    EXPECT_TRUE(schema::is_empty(get(info, some, "name")));
}

INSTANTIATE_TEST_SUITE_P(Engines, CustomFieldsTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace
}  // namespace greffier::records
