#include "records/related.hpp"

#include <gmock/gmock.h>

#include "records/bulk_fixture.hpp"
#include "storage/test_counting.hpp"

namespace greffier::records::testing_bulk {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

/// Cards about other cards, cards for everything, and a hundred that concern nobody.
class RelatedTest : public BulkTest {
protected:
    RecordId subject = add("Paie").head.id, other = add("Cantine").head.id;
    RecordId linked = card("Coffre", {subject}, false), general = card("Charte", {}, true), elsewhere = card("Badge", {other}, false);

    RecordId card(std::string name, std::vector<RecordId> const& about, bool everywhere)
    {
        Card card;
        card.name = std::move(name);
        card.text = {"texte"};
        card.everywhere = everywhere;
        for (auto const& id : about) card.about.push_back({id.uuid});
        return records.create(card_register(), {cards().pack(card)}, by(dpo))->head.id;
    }
    void change(RecordId id, std::string const& field, schema::Value value)
    {
        auto row = find(id).row;
        row.values[static_cast<std::size_t>(cards().info().index_of(field))] = std::move(value);
        auto const edited = records.update(card_register(), {.id = id, .version = find(id).head.version, .row = std::move(row)}, by(dpo));
        ASSERT_TRUE(edited.ok());
    }
    std::vector<RecordId> wanted(Related const& what, std::optional<Timestamp> at = {}, std::size_t most = 50) { return related(records, card_register(), what, at, most); }
};

TEST_P(RelatedTest, each_way_finds_its_own_and_each_is_named_once)
{
    EXPECT_THAT(wanted({}), IsEmpty());
    EXPECT_THAT(wanted({.links_to = {subject}}), ElementsAre(linked));
    EXPECT_THAT(wanted({.facet = "everywhere:yes"}), ElementsAre(general));
    EXPECT_THAT(wanted({.named = {linked, elsewhere}, .links_to = {subject, other}, .facet = "everywhere:yes"}), ElementsAre(linked, elsewhere, general));
    EXPECT_THAT(wanted({.named = {linked, elsewhere}, .facet = "everywhere:yes"}, {}, 2), ElementsAre(linked, elsewhere)) << "no more than asked for";
    EXPECT_THAT(related(Records(machinery, other_town, accounts::Sight::everything()), card_register(), {.links_to = {subject}, .facet = "everywhere:yes"}, {}, 50), IsEmpty());
}

TEST_P(RelatedTest, what_speaks_of_a_reference_is_found_by_its_words)
{
    auto const one = card("Suite de TRT-9707", {}, false), more = card("Suites de TRT-9708 et du reste", {}, false);
    card("TRT-97071 est une autre", {}, false);
    EXPECT_THAT(wanted({.speaking_of = {"TRT-9707", "TRT-9708"}}), ElementsAre(one, more));
    EXPECT_THAT(wanted({.speaking_of = {"", "  "}}), IsEmpty());
}

TEST_P(RelatedTest, the_past_leaves_out_nobody_who_was_related_then)
{
    auto const then = clock;
    change(general, "everywhere", false);
    change(linked, "about", schema::Texts{});
    auto const late = card("Trop tard", {subject}, true);
    ASSERT_TRUE(records.remove(card_register(), elsewhere, 0, by(dpo)).ok());
    EXPECT_THAT(wanted({.links_to = {subject}, .facet = "everywhere:yes"}), ElementsAre(late)) << "today";
    auto const ids = wanted({.links_to = {subject, other}, .facet = "everywhere:yes"}, then);
    EXPECT_THAT(ids, testing::IsSupersetOf({linked, general, elsewhere}));
    EXPECT_THAT(ids, testing::Not(testing::Contains(other))) << "untouched since, and never related";
}

TEST_P(RelatedTest, others_are_not_read_however_many_they_are)
{
    for (int i = 0; i < 120; ++i) add("Fiche " + std::to_string(i));
    storage::CountingDatabase counting{*database};
    Machinery counted{counting, registers, judge, keeper};
    EXPECT_THAT(related(Records(counted, town, accounts::Sight::everything()), card_register(), {.links_to = {subject}, .facet = "everywhere:yes"}, {}, 50), UnorderedElementsAre(linked, general));
    EXPECT_EQ(counting.statements, 2);
}

INSTANTIATE_TEST_SUITE_P(Engines, RelatedTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace greffier::records::testing_bulk
