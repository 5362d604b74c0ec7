#include "records/terms.hpp"

#include <gtest/gtest.h>

#include "core/crypto.hpp"
#include "records/link_words.hpp"
#include "records/silent_examiner.hpp"
#include "records/store.hpp"
#include "records/vocabulary.hpp"
#include "schema/extend.hpp"
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

class TermsTest : public ::testing::TestWithParam<storage::Engine> {
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
    Terms terms(OrganisationId where) { return {*database, registers, where}; }
    OfferedTerm add(OrganisationId where, NewTerm term)
    {
        auto added = terms(where).add("animal", std::move(term));
        EXPECT_TRUE(added.ok()) << added.error().fields.at(0).code;
        return added.ok() ? added.value() : OfferedTerm{};
    }
    static std::string problem(Result<OfferedTerm> const& result)
    {
        if (result.ok()) return "none";
        return result.error().fields.empty() ? result.error().code : result.error().fields[0].field + ":" + result.error().fields[0].code;
    }
    Vocabulary::Held known(OrganisationId where) { return known_registers(machinery, where); }
    Row row(OrganisationId where, char const* animal)
    {
        auto const held = known(where);
        Row row(*held->find("samples")->schema);
        auto const& info = *held->find("samples")->schema;
        set(info, row, "name", std::string{"Fiche"});
        set(info, row, "base", std::string{"red"});
        set(info, row, "animal", std::string{animal});
        return row;
    }
    /// As a caller who knows the shipped register alone would ask.
    Result<Stored> create(OrganisationId where, char const* animal) { return Records(machinery, where, accounts::Sight::everything()).create(samples(), {schema::carry(*known(where)->find("samples")->schema, row(where, animal), *samples().schema)}, by); }
    std::size_t found(OrganisationId where, char const* text)
    {
        ListQuery query;
        query.text = text;
        return Records(machinery, where, accounts::Sight::everything()).list(samples(), query)->items.size();
    }
};

TEST_P(TermsTest, before_anyone_adds_anything_everyone_knows_the_shipped_registers)
{
    EXPECT_EQ(known(town)->find("samples"), &samples());
    EXPECT_TRUE(terms(town).offered().empty());
    ASSERT_EQ(terms(town).lists().size(), 1U) << "closed lists take no term";
    EXPECT_EQ(terms(town).lists()[0]->name, "animal");
}

TEST_P(TermsTest, an_added_term_can_be_written_and_reads_by_its_labels)
{
    EXPECT_FALSE(create(town, "poule_d_eau").ok());
    auto const term = add(town, {"", "  Poule d’eau ", "Moorhen"});
    EXPECT_EQ(term.code, "poule_d_eau");
    EXPECT_EQ(term.label_fr, "Poule d’eau");
    auto const made = create(town, "poule_d_eau");
    ASSERT_TRUE(made.ok());
    auto const held = known(town);
    auto const& kind = *held->find("samples");
    auto const stored = Records(machinery, town, accounts::Sight::everything()).find(kind, made->head.id);
    EXPECT_EQ(schema::show(*kind.schema->find("animal"), get(*kind.schema, stored->row, "animal"), english), "Moorhen");
    EXPECT_EQ(found(town, "poule"), 1U);
    EXPECT_EQ(found(town, "moorh"), 1U);
}

TEST_P(TermsTest, another_organisation_neither_knows_nor_changes_it)
{
    add(town, {"hen", "Poule d’eau", ""});
    EXPECT_FALSE(create(other, "hen").ok());
    EXPECT_TRUE(terms(other).offered("animal").empty());
    EXPECT_EQ(problem(terms(other).change("animal", "hen", {"Volée", {}, {}})), "not_found");
    EXPECT_EQ(known(other)->find("samples"), &samples());
}

TEST_P(TermsTest, what_a_parent_adds_is_offered_below_and_changed_by_the_parent_alone)
{
    add(union_, {"hen", "Poule d’eau", ""});
    EXPECT_TRUE(create(town, "hen").ok());
    EXPECT_TRUE(create(union_, "hen").ok());
    ASSERT_EQ(terms(town).offered("animal").size(), 1U);
    EXPECT_EQ(terms(town).offered("animal")[0].owner, TermOwner::Above);
    EXPECT_EQ(problem(terms(town).change("animal", "hen", {{}, {}, true})), "not_found");
    add(town, {"frog", "Grenouille", ""});
    EXPECT_FALSE(create(union_, "frog").ok()) << "a town's words are not its parent's";
}

TEST_P(TermsTest, what_the_installation_adds_everyone_is_offered)
{
    ASSERT_TRUE(database->write([&](storage::Session& session) -> Status {
        session.execute(SqlText{"INSERT INTO term(organisation_id, list, code, label_fr, label_en) VALUES(NULL,'animal','bat','Chauve-souris','Bat')"});
        Vocabulary::changed(session);
        return Nothing{};
    }).ok());
    EXPECT_TRUE(create(other, "bat").ok());
    EXPECT_EQ(terms(other).offered()[0].owner, TermOwner::Installation);
    EXPECT_EQ(known(other).get(), known(town).get()) << "equal registers are shared";
}

TEST_P(TermsTest, a_retired_term_stays_in_the_records_that_hold_it)
{
    add(town, {"hen", "Poule d’eau", "Moorhen"});
    auto const made = create(town, "hen");
    ASSERT_TRUE(terms(town).change("animal", "hen", {{}, {}, true}).ok());
    auto const held = known(town);
    auto const& kind = *held->find("samples");
    auto stored = Records(machinery, town, accounts::Sight::everything()).find(kind, made->head.id);
    EXPECT_EQ(schema::show(*kind.schema->find("animal"), get(*kind.schema, stored->row, "animal"), french), "Poule d’eau");
    set(*kind.schema, stored->row, "text", std::string{"encore"});
    EXPECT_TRUE(Records(machinery, town, accounts::Sight::everything()).update(kind, {stored->head.id, 1, stored->row}, by).ok());
    EXPECT_TRUE(kind.schema->find("animal")->list->find("hen")->retired);
    ASSERT_TRUE(terms(town).change("animal", "hen", {{}, {}, false}).ok());
    EXPECT_FALSE(known(town)->find("samples")->schema->find("animal")->list->find("hen")->retired);
}

TEST_P(TermsTest, a_new_label_finds_the_records_that_hold_the_term_also_below)
{
    add(union_, {"hen", "Poule d’eau", "Moorhen"});
    ASSERT_TRUE(create(town, "hen").ok());
    ASSERT_TRUE(create(union_, "hen").ok());
    ASSERT_TRUE(create(town, "cat").ok());
    ASSERT_TRUE(terms(union_).change("animal", "hen", {"Gallinule", {}, {}}).ok());
    EXPECT_EQ(reword(machinery, union_, "animal", "hen", by.now), 2);
    EXPECT_EQ(found(town, "gallinule"), 1U);
    EXPECT_EQ(found(union_, "gallinule"), 1U);
    EXPECT_EQ(found(town, "poule"), 0U);
}

TEST_P(TermsTest, codes_and_labels_that_would_be_a_trap_are_refused)
{
    EXPECT_EQ(problem(terms(town).add("animal", {"cat", "Autre", ""})), "code:term_exists");
    EXPECT_EQ(problem(terms(town).add("animal", {"Hen house", "Poule", ""})), "code:bad_code");
    EXPECT_EQ(problem(terms(town).add("animal", {"hen", "", ""})), "label_fr:required");
    EXPECT_EQ(problem(terms(town).add("animal", {"hen", std::string(121, 'a'), ""})), "label_fr:too_long");
    EXPECT_EQ(problem(terms(town).add("animal", {"hen", "\xff", ""})), "label_fr:bad_utf8");
    EXPECT_EQ(problem(terms(town).add("animal", {"hen", "a\x01z", ""})), "label_fr:control_characters");
    EXPECT_EQ(problem(terms(town).add("colour", {"pink", "Rose", ""})), "unknown_list") << "a closed list is the law's";
    add(town, {"hen", "Poule d’eau", ""});
    EXPECT_EQ(problem(terms(town).add("animal", {"hen", "Poulette", ""})), "code:term_exists");
    EXPECT_EQ(problem(terms(town).add("animal", {"", "POULE D'EAU", ""})), "label_fr:term_exists");
    EXPECT_EQ(add(town, {"", "Poule d’eau douce", ""}).code, "poule_d_eau_douce");
    EXPECT_EQ(add(town, {"", "Poule ; d’eau douce", ""}).code, "poule_d_eau_douce_2");
    EXPECT_EQ(add(town, {"", "3 souris", ""}).code, "t_3_souris");
}

TEST_P(TermsTest, a_page_whose_stamp_is_old_is_served_what_is_known_now)
{
    add(town, {"hen", "Poule d’eau", ""});
    auto const before = vocabulary.of(town, "a stamp nobody wrote");
    EXPECT_TRUE(before->find("samples")->schema->find("animal")->list->find("hen"));
    Vocabulary elsewhere{*database, registers};   // another process on the same database
    EXPECT_TRUE(elsewhere.of(town)->find("samples")->schema->find("animal")->list->find("hen"));
    add(town, {"frog", "Grenouille", ""});
    EXPECT_TRUE(elsewhere.of(town)->find("samples")->schema->find("animal")->list->find("frog"));
    EXPECT_FALSE(before->find("samples")->schema->find("animal")->list->find("frog")) << "who began with it goes on with it";
}

TEST_P(TermsTest, a_write_is_judged_by_the_terms_its_transaction_sees)
{
    auto const before = known(town);   // as a form that was opened before the term came
    Vocabulary elsewhere{*database, registers};
    ASSERT_TRUE(Terms(*database, registers, town).add("animal", {"hen", "Poule d’eau", ""}).ok());
    auto const& old = *before->find("samples");
    Row row(*old.schema);
    set(*old.schema, row, "name", std::string{"Fiche"});
    set(*old.schema, row, "base", std::string{"red"});
    set(*old.schema, row, "animal", std::string{"hen"});
    EXPECT_TRUE(Records(machinery, town, accounts::Sight::everything()).create(old, {row}, by).ok());
}

TEST_P(TermsTest, links_lead_to_live_records_of_the_same_organisation)
{
    Records const here{machinery, town, accounts::Sight::everything()}, there{machinery, other, accounts::Sight::everything()};
    auto const target = create(town, "cat"), foreign = create(other, "cat");
    auto linked = [&](std::string const& see, schema::Texts links) {
        auto fresh = row(town, "cat");
        set(*samples().schema, fresh, "see", see);
        set(*samples().schema, fresh, "links", std::move(links));
        return here.create(samples(), {fresh}, by);
    };
    auto const good = linked(target->head.id.text(), {target->head.id.text()});
    ASSERT_TRUE(good.ok());
    auto const bad = linked(foreign->head.id.text(), {target->head.id.text(), Uuid::make().text()});
    ASSERT_FALSE(bad.ok());
    ASSERT_EQ(bad.error().fields.size(), 2U);
    EXPECT_EQ(bad.error().fields[0].field + " " + bad.error().fields[0].code, "see unknown_link");
    EXPECT_EQ(bad.error().fields[1].field, "links[1]");
    // What was linked before its record was thrown away does not stand in the way of an edit.
    ASSERT_TRUE(here.remove(samples(), target->head.id, 0, by).ok());
    auto edited = good->row;
    set(*samples().schema, edited, "text", std::string{"encore"});
    EXPECT_TRUE(here.update(samples(), {good->head.id, good->head.version, edited}, by).ok());
    EXPECT_FALSE(linked(target->head.id.text(), {}).ok());
}

TEST_P(TermsTest, a_link_reads_as_reference_and_title_then_and_now)
{
    Records const here{machinery, town, accounts::Sight::everything()};
    auto const target = create(town, "cat");
    auto renamed = target->row;
    set(*samples().schema, renamed, "name", std::string{"Autre nom"});
    By later = by;
    later.now += std::chrono::hours{1};
    ASSERT_TRUE(here.update(samples(), {target->head.id, 1, renamed}, later).ok());
    auto const id = target->head.id.text();
    EXPECT_EQ(link_words(here, {id}).at(id), "S-0001 Autre nom");
    EXPECT_EQ(link_words(here, {id}, by.now + std::chrono::minutes{1}).at(id), "S-0001 Fiche");
    EXPECT_TRUE(link_words(Records(machinery, other, accounts::Sight::everything()), {id}).empty());
    Row row(*samples().schema);
    set(*samples().schema, row, "links", schema::Texts{id});
    auto const shown = with_link_words(*samples().schema, row, link_words(here, *samples().schema, row));
    EXPECT_EQ(schema::show(*samples().schema->find("links"), get(*samples().schema, shown, "links"), french), "S-0001 Autre nom");
}

INSTANTIATE_TEST_SUITE_P(Engines, TermsTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace
}  // namespace greffier::records
