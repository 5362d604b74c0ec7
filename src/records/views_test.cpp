#include "records/views.hpp"

#include <atomic>
#include <barrier>
#include <thread>

#include "records/bulk_fixture.hpp"

namespace greffier::records::testing_bulk {

class ViewsTest : public BulkTest {
protected:
    Views views{*database, town, accounts::Sight::everything()};
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
    Views const elsewhere(*database, other_town, accounts::Sight::everything());
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

/// Eight at once, each with its own name or all with one; how many were kept.
template <class Name>
int kept_of_eight(Views const& views, accounts::Actor const& who, Timestamp now, Name const& name)
{
    std::barrier start(8);
    std::atomic<int> kept = 0;
    std::vector<std::jthread> all;
    for (int i = 0; i < 8; ++i)
        all.emplace_back([&, i] {
            start.arrive_and_wait();
            kept += views.create("cards", who, {name(i), "", false}, now).ok();
        });
    all.clear();
    return kept;
}

TEST_P(ViewsTest, of_two_who_take_one_name_at_once_one_gets_it)
{
    for (int round = 0; round < 10; ++round)
        ASSERT_EQ(kept_of_eight(views, dpo, clock, [&](int) { return "Vue " + std::to_string(round); }), 1);
}

TEST_P(ViewsTest, two_who_take_the_last_place_at_once_do_not_both_get_it)
{
    for (int i = 0; i < most_views - 1; ++i) save("Vue " + std::to_string(i), dpo);
    EXPECT_EQ(kept_of_eight(views, dpo, clock, [](int i) { return "Dernière " + std::to_string(i); }), 1);
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

TEST_P(ViewsTest, a_name_to_mend_does_not_hide_that_another_changed_the_view)
{
    save("Prise", dpo, true);
    auto const ours = save("Les nôtres", dpo, true);
    ASSERT_TRUE(views.update("cards", ours.id, dpo, {"Les nôtres", "status=draft", true}, ours.version, clock).ok());
    EXPECT_EQ(views.update("cards", ours.id, dpo, {"Prise", "", true}, ours.version, clock).error().code, "stale");
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

INSTANTIATE_TEST_SUITE_P(Engines, ViewsTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace greffier::records::testing_bulk
