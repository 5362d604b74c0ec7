#include "records/drafts.hpp"
#include "records/find_many.hpp"
#include "records/sealed_declaration.hpp"
#include "records/sealing_fixture.hpp"
#include "schema/json.hpp"

namespace greffier::records::sealed_testing {
namespace {

// storing and reading ---------------------------------------------------------------------------------------------

TEST_P(SealingTest, what_is_sealed_comes_back_in_clear_and_lies_nowhere_in_clear)
{
    auto const made = add();
    auto const found = records.find(kind, made.head.id);
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(found->row, made.row);
    EXPECT_EQ(text(found->row, "name"), "Jeanne Plantée");
    EXPECT_TRUE(found->destroyed.empty());
    EXPECT_EQ(found->head.title, "Demande d'accès");
    expect_nothing_in_clear();
    EXPECT_NE(everything().find("guichet"), std::string::npos) << "what is not sealed is found as ever";
}

TEST_P(SealingTest, every_way_of_reading_gives_the_same_row)
{
    auto const made = add();
    auto edited = request("Jeanne Autrement");
    ASSERT_TRUE(records.update(kind, {.id = made.head.id, .version = 1, .row = row(edited)}, by()).ok());
    auto const now = records.find(kind, made.head.id)->row;
    EXPECT_EQ(text(now, "name"), "Jeanne Autrement");

    ListQuery query;
    query.with_rows = true;
    auto const page = records.list(kind, query);
    ASSERT_TRUE(page.ok());
    ASSERT_EQ(page->items.size(), 1U);
    EXPECT_EQ(*page->items[0].row, now);
    query.fields = {"email"};
    EXPECT_EQ(text(*records.list(kind, query)->items[0].row, "email"), "jeanne.plantee@ville.example");

    int visited = 0;
    records.each(kind, std::nullopt, [&](Stored const& stored) { EXPECT_EQ(stored.row, now); ++visited; });
    records.each(kind, clock, [&](Stored const& stored) { EXPECT_EQ(stored.row, now); ++visited; });
    EXPECT_EQ(visited, 2);
    EXPECT_EQ(find_many(records, kind, {made.head.id}, std::nullopt).at(made.head.id).row, now);
    EXPECT_EQ(find_many(records, kind, {made.head.id}, clock).at(made.head.id).row, now);
    auto const some = find_some(records, kind, {made.head.id}, {"email"}).at(made.head.id).row;
    EXPECT_EQ(text(some, "email"), "jeanne.plantee@ville.example");
    EXPECT_EQ(text(some, "name"), "") << "what is not asked for is not opened";
    EXPECT_EQ(records.find_at(kind, made.head.id, made.head.created_at)->row, made.row);
    auto const versions = records.versions(kind, made.head.id);
    ASSERT_EQ(versions->size(), 2U);
    EXPECT_EQ(text((*versions)[0].row, "name"), "Jeanne Autrement");
    EXPECT_EQ(text((*versions)[1].row, "name"), "Jeanne Plantée");
    EXPECT_EQ(records.version(kind, made.head.id, 1)->row, made.row);
    expect_the_ledger_holds();
    expect_nothing_in_clear();
}

TEST_P(SealingTest, acts_bin_and_restoring_keep_what_is_sealed)
{
    auto const made = add();
    accounts::Actor dpo;
    dpo.role = accounts::Role::Dpo;
    dpo.roles = {accounts::Role::Dpo};
    ASSERT_TRUE(records.change_status(kind, {made.head.id, 1, "validated", "", {}}, by(), dpo).ok());
    ASSERT_TRUE(records.remove(kind, made.head.id, 2, by()).ok());
    ListQuery bin;
    bin.deleted = true;
    bin.text = "accès";
    EXPECT_EQ(records.list(kind, bin)->items.size(), 1U);
    bin.text = "Jeanne";
    EXPECT_EQ(records.list(kind, bin)->items.size(), 0U) << "what is sealed is not searched, in the bin neither";
    ASSERT_TRUE(records.restore(kind, made.head.id, by()).ok());
    EXPECT_EQ(text(records.find(kind, made.head.id)->row, "story"), "Zinzolin et topinambour");
    EXPECT_EQ(records.versions(kind, made.head.id)->size(), 4U);
    expect_the_ledger_holds();
    expect_nothing_in_clear();
}

TEST_P(SealingTest, saving_the_same_again_writes_nothing)
{
    auto const made = add();
    auto const again = records.update(kind, {.id = made.head.id, .version = 1, .row = made.row}, by());
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again->head.version, 1);
}

TEST_P(SealingTest, findings_are_the_same_at_the_write_and_afterwards)
{
    auto untold = request();
    untold.story.value.clear();
    auto const made = add(untold);
    auto const told = add();
    EXPECT_EQ(made.head.worst_finding, Severity::Major);
    EXPECT_EQ(examine_all(machinery, town, clock, "Europe/Paris"), 0) << "judged again by what is sealed too";
    EXPECT_TRUE(records.findings(told.head.id).empty());
}

TEST_P(SealingTest, a_record_without_personal_data_yet_has_a_key_all_the_same)
{
    Request bare;
    bare.subject = "Vide";
    bare.name = "X";
    auto const made = add(bare);
    EXPECT_TRUE(text(records.find(kind, made.head.id)->row, "email").empty());
}

// moved and changed seals -----------------------------------------------------------------------------------------

TEST_P(SealingTest, a_seal_moved_to_another_record_version_or_field_does_not_open)
{
    auto const one = add(), two = add(request("Autre"));
    std::string body;
    {
        auto session = database->read();
        auto rows = session->query(storage::SqlText{"SELECT b.body FROM record_body b JOIN record r ON r.rid=b.rid WHERE r.id=?"}, one.head.id);
        ASSERT_TRUE(rows.next());
        body = rows.text(0);
    }
    auto put = [&](RecordId id, std::string const& text) {
        write([&](storage::Session& session) { session.execute(storage::SqlText{"UPDATE record_body SET body=? WHERE rid=(SELECT rid FROM record WHERE id=?)"}, text, id); });
    };
    put(two.head.id, body);
    EXPECT_THROW((void)records.find(kind, two.head.id), std::runtime_error) << "another record";
    auto swapped = body;
    auto const name = swapped.find("\"name\":"), email = swapped.find("\"email\":");
    ASSERT_TRUE(name != std::string::npos && email != std::string::npos);
    swapped.replace(swapped.find("\"email\":"), 8, "\"other\":").replace(swapped.find("\"name\":"), 7, "\"email\":").replace(swapped.find("\"other\":"), 8, "\"name\":");
    put(one.head.id, swapped);
    EXPECT_THROW((void)records.find(kind, one.head.id), std::runtime_error) << "another field";
    put(one.head.id, body);
    EXPECT_TRUE(records.find(kind, one.head.id).ok());
    write([&](storage::Session& session) { session.execute(storage::SqlText{"UPDATE record SET version=2 WHERE id=?"}, one.head.id); });
    EXPECT_THROW((void)records.find(kind, one.head.id), std::runtime_error) << "another version";
}

TEST_P(SealingTest, a_list_of_records_written_by_an_older_program_opens_no_seal_it_does_not_show)
{
    auto const made = add();
    // The seal is bound to the version it was written by: were one opened, it would not open.
    write([](storage::Session& session) { session.execute(storage::SqlText{"UPDATE record_body SET schema_version=schema_version-1"}); });
    EXPECT_EQ(text(find_some(records, kind, {made.head.id}, {"subject"}).at(made.head.id).row, "subject"), made.head.title);
    EXPECT_ANY_THROW((void)find_some(records, kind, {made.head.id}, {"email"})) << "or this test tells nothing";
}

TEST_P(SealingTest, the_master_key_of_another_installation_opens_nothing)
{
    auto const made = add();
    OrganisationKeys others{*database, Secret<Bytes>(random_bytes(32))};
    Sealing theirs{others};
    Machinery elsewhere{*database, registers, judge, keeper, {}, nullptr, &theirs};
    EXPECT_THROW((void)Records(elsewhere, town, accounts::Sight::everything()).find(kind, made.head.id), std::runtime_error);
}

TEST_P(SealingTest, a_sealed_body_that_nobody_opened_is_never_taken_for_an_empty_one)
{
    auto const made = add();
    auto session = database->read();
    auto rows = session->query(storage::SqlText{"SELECT body FROM record_body"});
    ASSERT_TRUE(rows.next());
    EXPECT_THROW((void)schema::from_stored(*kind.schema, rows.view(0), 1), std::runtime_error);
}

// lookups ---------------------------------------------------------------------------------------------------------

TEST_P(SealingTest, a_record_is_found_by_what_a_sealed_field_holds)
{
    auto const made = add();
    std::vector<RecordId> const it{made.head.id};
    EXPECT_EQ(records.find_by_sealed(kind, "email", "jeanne.plantee@ville.example"), it);
    EXPECT_EQ(records.find_by_sealed(kind, "email", " JEANNE.PLANTEE@Ville.example "), it);
    EXPECT_EQ(records.find_by_sealed(kind, "name", "jeanne  plantee"), it) << "whatever case, accents and blanks";
    EXPECT_EQ(records.find_by_sealed(kind, "person.email", "oscar.r@ville.example"), it);
    EXPECT_EQ(records.find_by_sealed(kind, "person.name", "Oscar Représentant"), it);
    EXPECT_TRUE(records.find_by_sealed(kind, "name", "Jeanne").empty()) << "equality, not a beginning";
    EXPECT_TRUE(records.find_by_sealed(kind, "email", "Jeanne Plantée").empty()) << "another field";
    EXPECT_TRUE(Records(machinery, other_town, accounts::Sight::everything()).find_by_sealed(kind, "name", "Jeanne Plantée").empty()) << "another organisation";
    add();
    EXPECT_EQ(records.find_by_sealed(kind, "name", "Jeanne Plantée").size(), 2U);
}

TEST_P(SealingTest, a_lookup_follows_edits_bin_and_restoring)
{
    auto const made = add();
    ASSERT_TRUE(records.update(kind, {.id = made.head.id, .version = 1, .row = row(request("Nouveau nom"))}, by()).ok());
    EXPECT_TRUE(records.find_by_sealed(kind, "name", "Jeanne Plantée").empty());
    EXPECT_EQ(records.find_by_sealed(kind, "name", "nouveau nom").size(), 1U);
    ASSERT_TRUE(records.remove(kind, made.head.id, 2, by()).ok());
    EXPECT_TRUE(records.find_by_sealed(kind, "name", "nouveau nom").empty());
    ASSERT_TRUE(records.restore(kind, made.head.id, by()).ok());
    EXPECT_EQ(records.find_by_sealed(kind, "name", "nouveau nom").size(), 1U);
}

TEST_P(SealingTest, the_hash_of_a_name_is_another_in_another_organisation)
{
    add();
    ASSERT_TRUE(Records(machinery, other_town, accounts::Sight::everything()).create(kind, {.row = row(request())}, by()).ok());
    std::set<Bytes> hashes;
    auto session = database->read();
    auto rows = session->query(storage::SqlText{"SELECT hash FROM sealed_lookup WHERE field='name'"});
    while (rows.next()) hashes.insert(Bytes(rows.bytes(0).begin(), rows.bytes(0).end()));
    EXPECT_EQ(hashes.size(), 2U);
}

// destroying ------------------------------------------------------------------------------------------------------

TEST_P(SealingTest, a_destroyed_record_is_unreadable_in_every_version_and_still_proved)
{
    auto const made = add();
    ASSERT_TRUE(records.update(kind, {.id = made.head.id, .version = 1, .row = row(request("Jeanne Autrement"))}, by()).ok());
    auto const gone = records.destroy(kind, made.head.id, 2, "Durée de conservation écoulée", by());
    ASSERT_TRUE(gone.ok());
    EXPECT_EQ(gone->head.version, 3);

    auto const found = records.find(kind, made.head.id);
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(found->head.title, "Demande d'accès") << "what is not sealed stays";
    EXPECT_TRUE(text(found->row, "name").empty());
    EXPECT_TRUE(is_destroyed(*found, "name") && is_destroyed(*found, "calls"));
    EXPECT_FALSE(is_destroyed(*found, "notes"));
    auto const versions = records.versions(kind, made.head.id);
    ASSERT_EQ(versions->size(), 3U);
    EXPECT_EQ((*versions)[0].action, "destroy");
    EXPECT_EQ((*versions)[0].reason, "Durée de conservation écoulée");
    for (auto const& version : *versions) {
        EXPECT_TRUE(text(version.row, "name").empty()) << version.number;
        EXPECT_EQ(version.destroyed.size(), 7U) << version.number;
        EXPECT_EQ(text(version.row, "notes"), "Reçue au guichet");
    }
    expect_the_ledger_holds();
    EXPECT_TRUE(records.find_by_sealed(kind, "name", "Jeanne Autrement").empty());
    auto session = database->read();
    auto key = session->query(storage::SqlText{"SELECT wrapped, destroyed_at FROM record_key WHERE record_id=?"}, made.head.id);
    ASSERT_TRUE(key.next());
    EXPECT_TRUE(key.is_null(0));
    EXPECT_FALSE(key.is_null(1));
}

TEST_P(SealingTest, a_destroyed_record_lives_on_without_what_was_sealed)
{
    auto const made = add();
    ASSERT_TRUE(records.destroy(kind, made.head.id, 1, "terme échu", by()).ok());
    auto now = *records.find(kind, made.head.id);
    schema::set(*kind.schema, now.row, "notes", std::string{"Close"});
    auto const edited = records.update(kind, {.id = made.head.id, .version = 2, .row = now.row}, by());
    ASSERT_TRUE(edited.ok()) << "a name is no longer required";
    EXPECT_TRUE(is_destroyed(*edited, "name"));
    EXPECT_TRUE(is_destroyed(*records.find(kind, made.head.id), "name"));
    schema::set(*kind.schema, now.row, "name", std::string{"Revenante"});
    auto const refused = records.update(kind, {.id = made.head.id, .version = 3, .row = now.row}, by());
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fields.at(0).code, "key_destroyed");
    ASSERT_TRUE(records.remove(kind, made.head.id, 3, by()).ok());
    ASSERT_TRUE(records.restore(kind, made.head.id, by()).ok());
    EXPECT_TRUE(is_destroyed(*records.find(kind, made.head.id), "name"));
    expect_the_ledger_holds();
}

TEST_P(SealingTest, destroying_is_refused_twice_without_reason_and_where_nothing_is_sealed)
{
    auto const made = add();
    EXPECT_EQ(records.destroy(kind, made.head.id, 1, " ", by()).error().fields.at(0).field, "reason");
    EXPECT_EQ(records.destroy(kind, made.head.id, 7, "motif", by()).error().code, "stale");
    EXPECT_EQ(Records(machinery, other_town, accounts::Sight::everything()).destroy(kind, made.head.id, 1, "motif", by()).error().kind, ErrorKind::NotFound);
    ASSERT_TRUE(records.find(kind, made.head.id)->destroyed.empty()) << "what was refused destroyed nothing";
    ASSERT_TRUE(records.destroy(kind, made.head.id, 1, "motif", by()).ok());
    EXPECT_EQ(records.destroy(kind, made.head.id, 2, "motif", by()).error().code, "already_destroyed");
    auto open = kind;
    open.sealed = false;
    EXPECT_EQ(records.destroy(open, made.head.id, 2, "motif", by()).error().code, "not_sealed");
}

TEST_P(SealingTest, a_record_in_the_bin_is_taken_back_before_it_is_destroyed)
{
    auto const made = add();
    ASSERT_TRUE(records.remove(kind, made.head.id, 1, by()).ok());
    EXPECT_EQ(records.destroy(kind, made.head.id, 2, "motif", by()).error().kind, ErrorKind::NotFound);
    EXPECT_TRUE(records.find(kind, made.head.id, true)->destroyed.empty());
}

TEST_P(SealingTest, a_list_of_the_past_shows_a_destroyed_record_as_it_is_today)
{
    auto const made = add();
    auto const then = clock;
    ASSERT_TRUE(records.destroy(kind, made.head.id, 1, "motif", by()).ok());
    ListQuery query;
    query.at = then;
    query.with_rows = true;
    auto const page = records.list(kind, query);
    ASSERT_TRUE(page.ok());
    ASSERT_EQ(page->items.size(), 1U);
    EXPECT_FALSE(page->items[0].destroyed.empty());
    EXPECT_EQ(text(*page->items[0].row, "notes"), "Reçue au guichet");
    EXPECT_TRUE(is_destroyed(*records.find_at(kind, made.head.id, then), "name"));
}

TEST_P(SealingTest, another_record_of_the_organisation_keeps_its_key)
{
    auto const one = add(), two = add(request("Autre personne"));
    ASSERT_TRUE(records.destroy(kind, one.head.id, 1, "motif", by()).ok());
    EXPECT_EQ(text(records.find(kind, two.head.id)->row, "name"), "Autre personne");
}

// drafts and imports ----------------------------------------------------------------------------------------------

TEST_P(SealingTest, a_draft_is_sealed_and_goes_with_the_key_of_its_record)
{
    auto const claire = person("claire@town.example");
    auto const made = add();
    Drafts const drafts{*database, town, claire, accounts::Sight::everything(), &machinery};
    Draft draft{std::string{kind.slug}, made.head.id, Uuid::make(), 1, "Demande d'accès", clock, {}};
    draft.fields.add("name", "Jeanne Plantée au brouillon");
    ASSERT_TRUE(drafts.keep(draft).ok());
    auto const found = drafts.find(kind.slug, made.head.id);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->fields.get("name"), "Jeanne Plantée au brouillon");
    {
        auto session = database->read();
        auto rows = session->query(storage::SqlText{"SELECT codec, body, sealed FROM draft"});
        ASSERT_TRUE(rows.next());
        EXPECT_EQ(rows.integer(2), 1);
        EXPECT_THROW((void)unpack(static_cast<int>(rows.integer(0)), rows.bytes(1)), std::runtime_error);
    }
    ASSERT_TRUE(records.destroy(kind, made.head.id, 1, "motif", by()).ok());
    EXPECT_FALSE(drafts.find(kind.slug, made.head.id));
}

TEST_P(SealingTest, what_a_file_said_is_kept_sealed_and_read_again)
{
    auto const made = add();
    write([&](storage::Session& session) {
        Batch batch(machinery, town, session, by(), accounts::Sight::everything());
        batch.keep_import_base(kind, made.head.id, "fichier.csv", made.row);
        EXPECT_EQ(batch.import_base(kind, made.head.id, "fichier.csv"), made.row);
    });
    expect_nothing_in_clear();
}

INSTANTIATE_TEST_SUITE_P(Engines, SealingTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

// declaring -------------------------------------------------------------------------------------------------------

struct Leaky {
    std::string subject, name;
    schema::Country country;
    std::vector<schema::Attachment> proofs;
    std::string other;
};
schema::Schema<Leaky> const& schema_of(Leaky const*)
{
    static schema::Schema<Leaky> const schema("leaky", 1, {
        schema::Field("subject", &Leaky::subject).personal_data(),
        schema::Field("name", &Leaky::name).personal_data().searchable().in_list(),
        schema::Field("country", &Leaky::country).personal_data(),
        schema::Field("proofs", &Leaky::proofs).personal_data(),
        schema::Field("other", &Leaky::other).personal_data(),
    });
    return schema;
}

TEST(SealedDeclaration, a_register_that_would_show_what_it_seals_is_refused_at_the_start)
{
    Register kind{.slug = "leaky", .prefix = "L", .icon = "note", .schema = &schema_of(static_cast<Leaky const*>(nullptr)).info(), .title_field = "subject"};
    EXPECT_TRUE(what_would_leak(kind).empty()) << "it seals nothing";
    EXPECT_NO_THROW(Registers({&kind}));
    kind.sealed = true;
    auto const wrong = what_would_leak(kind);
    EXPECT_EQ(wrong, (std::vector<std::string>{"subject stands in the head of the record", "name is searchable", "name is a column of the list", "country is a facet",
                                               "proofs is a link or a file"}));
    EXPECT_THROW(Registers({&kind}), std::logic_error);
    EXPECT_TRUE(what_would_leak(sealed_register()).empty());
}

}  // namespace
}  // namespace greffier::records::sealed_testing
