#include "records/find_many.hpp"

#include "records/bulk_fixture.hpp"
#include "records/exporting.hpp"
#include "records/link_words.hpp"
#include "storage/test_counting.hpp"

namespace greffier::records::testing_bulk {

/// Two hundred and fifty records, and a store that counts what it asks.
class FindManyTest : public BulkTest {
protected:
    storage::CountingDatabase counting{*database};
    Machinery counted{counting, registers, judge, keeper};
    Records counted_records{counted, town, accounts::Sight::everything()};
    std::vector<Stored> all;
    std::vector<RecordId> ids;

    void SetUp() override
    {
        for (int i = 0; i < 250; ++i) {
            all.push_back(add("Fiche " + std::to_string(i)));
            ids.push_back(all.back().head.id);
        }
        counting.statements = 0;
    }
};

TEST_P(FindManyTest, many_records_are_read_by_the_hundred)
{
    auto const found = find_many(counted_records, card_register(), ids);
    EXPECT_EQ(counting.statements, 3);
    ASSERT_EQ(found.size(), ids.size());
    EXPECT_EQ(found.at(ids[249]).head.title, "Fiche 249");
    EXPECT_EQ(found.at(ids[249]).row, all[249].row);
    EXPECT_TRUE(find_many(Records(counted, other_town, accounts::Sight::everything()), card_register(), ids).empty());
}

TEST_P(FindManyTest, the_bin_and_the_past_are_read_when_asked_for)
{
    auto const then = clock;
    ASSERT_TRUE(records.remove(card_register(), ids[0], 0, by(dpo)).ok());
    std::vector<RecordId> const two{ids[0], ids[1]};
    EXPECT_EQ(find_many(records, card_register(), two).size(), 1U);
    EXPECT_EQ(find_many(records, card_register(), two, {}, Deleted::Too).size(), 2U);
    EXPECT_EQ(find_many(records, card_register(), two, then).at(ids[0]).head.title, "Fiche 0");
    EXPECT_EQ(find_many(records, card_register(), two, clock).size(), 1U);
    EXPECT_EQ(heads_of(records, two).size(), 1U);
    EXPECT_TRUE(heads_of(records, two, Deleted::Too).at(ids[0]).head.deleted_at);
}

TEST_P(FindManyTest, preparing_a_bulk_act_does_not_ask_once_a_record)
{
    std::vector<Chosen> chosen;
    for (auto const& id : ids) chosen.push_back({id, 0});
    auto const act = Bulk(counted, town, accounts::Sight::everything(), card_register()).prepare("delete", chosen, by(dpo));
    ASSERT_TRUE(act.ok());
    EXPECT_EQ(act->asked, 250);
    EXPECT_LE(counting.statements, 5);
    EXPECT_EQ(acts.steps(act->id).front().seen, 1) << "the version that stands";
}

TEST_P(FindManyTest, an_export_of_chosen_records_does_not_ask_once_a_record)
{
    ExportQuery query;
    query.ids = ids;
    std::size_t visited = 0;
    ASSERT_TRUE(each_selected(counted_records, card_register(), query, [&](Stored const&) { ++visited; }).ok());
    EXPECT_EQ(visited, 250U);
    EXPECT_LE(counting.statements, 3);
    query.ids.push_back(RecordId::make());
    EXPECT_EQ(each_selected(counted_records, card_register(), query, [](Stored const&) {}).error().kind, ErrorKind::NotFound);
    query.at = clock - std::chrono::hours(24);
    EXPECT_EQ(each_selected(counted_records, card_register(), query, [](Stored const&) {}).error().code, "not_there_then");
}

TEST_P(FindManyTest, the_words_of_past_links_are_read_by_sets)
{
    std::vector<std::string> wanted;
    for (std::size_t i = 0; i < 32; ++i) wanted.push_back(ids[i].text());
    auto const words = link_words(counted_records, wanted, clock);
    EXPECT_EQ(words.size(), 32U);
    EXPECT_EQ(words.at(wanted[3]), all[3].head.reference + " Fiche 3");
    EXPECT_EQ(counting.statements, 2);
}

INSTANTIATE_TEST_SUITE_P(Engines, FindManyTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace greffier::records::testing_bulk
