#include "records/key_rotation.hpp"

#include "records/drafts.hpp"
#include "records/sealing_fixture.hpp"

namespace greffier::records::sealed_testing {
namespace {

class KeyRotationTest : public SealingTest {
protected:
    std::vector<int> generations() { return sealing.generations(*database->read(), town); }
};

TEST_P(KeyRotationTest, everything_is_read_and_found_after_a_rotation_and_the_old_key_is_gone)
{
    auto const claire = person("claire@town.example");
    auto const made = add();
    auto const destroyed = add(request("Détruite"));
    ASSERT_TRUE(records.destroy(kind, destroyed.head.id, 1, "motif", by()).ok());
    Drafts const drafts{*database, town, claire, accounts::Sight::everything(), &machinery};
    Draft draft{std::string{kind.slug}, std::nullopt, Uuid::make(), 0, "", clock, {}};
    draft.fields.add("name", "Au brouillon");
    ASSERT_TRUE(drafts.keep(draft).ok());
    EXPECT_EQ(generations(), std::vector<int>{1});

    auto const rotated = rotate_organisation_key(machinery, town);
    ASSERT_TRUE(rotated.ok());
    EXPECT_EQ(rotated->generation, 2);
    EXPECT_EQ(rotated->records, 1);
    EXPECT_EQ(rotated->drafts, 1);
    EXPECT_FALSE(rotated->resumed);
    EXPECT_EQ(generations(), std::vector<int>{2});
    EXPECT_EQ(records.find(kind, made.head.id)->row, made.row);
    EXPECT_EQ(records.find_by_sealed(kind, "name", "Jeanne Plantée").size(), 1U);
    EXPECT_EQ(drafts.find(kind.slug, std::nullopt)->fields.get("name"), "Au brouillon");
    EXPECT_TRUE(is_destroyed(*records.find(kind, destroyed.head.id), "name"));
    expect_the_ledger_holds();
    expect_nothing_in_clear();

    auto const counts = sealed_counts(*database->read());
    ASSERT_EQ(counts.size(), 2U);
    EXPECT_EQ(counts[0].generation, 0);
    EXPECT_EQ(counts[1].generation, 2);
    EXPECT_EQ(counts[1].records, 1);
    EXPECT_EQ(rotate_organisation_key(machinery, town)->generation, 3);
    EXPECT_EQ(records.find(kind, made.head.id)->row, made.row);
}

TEST_P(KeyRotationTest, a_rotation_that_was_stopped_goes_on_and_meanwhile_both_generations_are_read)
{
    auto const before = add();
    write([&](storage::Session& session) { sealing.make_generation(session, town, 2); });   // as if killed here
    auto const meanwhile = add(request("Entre-temps"));
    EXPECT_EQ(records.find(kind, before.head.id)->row, before.row);
    EXPECT_EQ(records.find(kind, meanwhile.head.id)->row, meanwhile.row);
    EXPECT_EQ(records.find_by_sealed(kind, "name", "Jeanne Plantée").size(), 1U) << "by the hash of the old generation";
    EXPECT_EQ(records.find_by_sealed(kind, "name", "Entre-temps").size(), 1U);

    auto const rotated = rotate_organisation_key(machinery, town);
    ASSERT_TRUE(rotated.ok());
    EXPECT_TRUE(rotated->resumed);
    EXPECT_EQ(rotated->generation, 2);
    EXPECT_EQ(rotated->records, 1) << "the other one was wrapped by the new key already";
    EXPECT_EQ(generations(), std::vector<int>{2});
    EXPECT_EQ(records.find(kind, before.head.id)->row, before.row);
    EXPECT_EQ(records.find_by_sealed(kind, "name", "Jeanne Plantée").size(), 1U);
}

TEST_P(KeyRotationTest, more_records_than_a_group_and_another_organisation_untouched)
{
    write([&](storage::Session& session) {
        Batch batch(machinery, town, session, by(), accounts::Sight::everything());
        for (int i = 0; i < 205; ++i) EXPECT_TRUE(batch.create(kind, {.row = row(request("Personne " + std::to_string(i)))}).ok());
        batch.finish();
    });
    auto const theirs = Records(machinery, other_town, accounts::Sight::everything()).create(kind, {.row = row(request())}, by());
    ASSERT_TRUE(theirs.ok());
    std::vector<std::int64_t> told;
    ASSERT_TRUE(rotate_organisation_key(machinery, town, [&](std::int64_t done) { told.push_back(done); }).ok());
    EXPECT_EQ(told, (std::vector<std::int64_t>{200, 205}));
    EXPECT_EQ(records.find_by_sealed(kind, "name", "Personne 204").size(), 1U);
    EXPECT_EQ(sealing.generations(*database->read(), other_town), std::vector<int>{1});
    EXPECT_EQ(Records(machinery, other_town, accounts::Sight::everything()).find(kind, theirs->head.id)->row, theirs->row);
}

TEST_P(KeyRotationTest, an_organisation_that_seals_nothing_has_nothing_to_rotate)
{
    EXPECT_EQ(rotate_organisation_key(machinery, town).error().code, "no_sealed_key");
}

TEST_P(KeyRotationTest, the_master_key_is_changed_for_all_organisations_at_once)
{
    auto const made = add();
    Secret<Bytes> const fresh(random_bytes(32));
    write([&](storage::Session& session) { EXPECT_EQ(rewrap_organisation_keys(session, master, fresh), 1); });
    OrganisationKeys now_keys{*database, fresh};
    Sealing now_sealing{now_keys};
    Machinery now{*database, registers, judge, keeper, {}, nullptr, &now_sealing};
    EXPECT_EQ(Records(now, town, accounts::Sight::everything()).find(kind, made.head.id)->row, made.row);
    EXPECT_THROW((void)records.find(kind, made.head.id), std::runtime_error) << "the old master key opens nothing";
    EXPECT_THROW(write([&](storage::Session& session) { rewrap_organisation_keys(session, master, fresh); }), std::runtime_error);
}

INSTANTIATE_TEST_SUITE_P(Engines, KeyRotationTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace
}  // namespace greffier::records::sealed_testing
