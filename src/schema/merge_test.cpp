#include "schema/merge.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "schema/test_rows.hpp"
#include "schema/test_sample.hpp"

namespace greffier::schema {
namespace {

using namespace sample;
using What = Conflict::What;

Row with(std::string_view field, Value value, Row row = Row(info()))
{
    set(info(), row, field, std::move(value));
    return row;
}

Row part(std::string id, std::string what, Value colour = {})
{
    auto const& parts = *info().find("parts")->rows;
    Row row(parts);
    row.id = std::move(id);
    set(parts, row, "what", std::move(what));
    set(parts, row, "colour", std::move(colour));
    return row;
}

Row parts(Rows rows) { return with("parts", std::move(rows)); }

Row owner(char const* name, char const* city)
{
    Row row(contact_info());
    set(contact_info(), row, "name", std::string{name});
    set(contact_info(), row, "city", std::string{city});
    return with("owner", Rows{row});
}

std::vector<std::string> whats(Row const& row)
{
    std::vector<std::string> out;
    if (auto const* rows = std::get_if<Rows>(&get(info(), row, "parts")))
        for (auto const& one : *rows) out.push_back(text_of(*info().find("parts")->rows, one, "what"));
    return out;
}

std::vector<std::string> paths(Merged const& merged)
{
    std::vector<std::string> out;
    for (auto const& conflict : merged.conflicts) out.push_back(conflict.path());
    return out;
}

/// Owned rows in the order of their ids: who leads an order says nothing.
Row without_order(Row row)
{
    for (auto& value : row.values) {
        if (auto* texts = std::get_if<Texts>(&value)) std::ranges::sort(*texts);
        auto* rows = std::get_if<Rows>(&value);
        if (!rows) continue;
        for (auto& owned : *rows) owned = without_order(std::move(owned));
        std::ranges::sort(*rows, {}, &Row::id);
    }
    return row;
}

/// `row` as somebody may have changed it: some answers others, some rows gone, one moved or added.
Row changed(Row row, std::uint64_t seed)
{
    auto const other = RowMaker(seed, 60).make(info());
    std::mt19937_64 random(seed);
    for (std::size_t i = 0; i < row.values.size(); ++i) {
        auto* rows = std::get_if<Rows>(&row.values[i]);
        auto const* others = std::get_if<Rows>(&other.values[i]);
        bool const owned = info().fields[i].kind == Kind::Rows && rows && others && !rows->empty() && !others->empty();
        auto const dice = random() % 6;
        if (info().fields[i].read_only) continue;
        if (owned && dice == 0) rows->push_back(others->front());
        else if (owned && dice == 1) rows->erase(rows->begin());
        else if (owned && dice == 2) std::ranges::reverse(*rows);
        else if (owned && dice == 3) rows->front().values = others->front().values;
        else if (!owned && dice < 2) row.values[i] = other.values[i];
    }
    normalise(info(), row);
    return row;
}

TEST(Merge, what_one_of_us_changed_is_taken)
{
    auto const base = with("name", std::string{"cantine"}, with("text", std::string{"repas"}));
    auto const merged = merge(info(), base, with("name", std::string{"cantines"}, base), with("text", std::string{"repas et goûters"}, base));
    EXPECT_TRUE(merged.conflicts.empty());
    EXPECT_EQ(merged.row, with("name", std::string{"cantines"}, with("text", std::string{"repas et goûters"}, base)));
    ASSERT_EQ(merged.theirs.size(), 1U);
    EXPECT_EQ(merged.theirs[0].field->name, "name");
    ASSERT_EQ(merged.mine.size(), 1U);
    EXPECT_EQ(merged.mine[0].field->name, "text");
}

TEST(Merge, what_both_changed_differently_is_asked_and_stays_mine_meanwhile)
{
    auto const base = with("name", std::string{"a"});
    auto const merged = merge(info(), base, with("name", std::string{"b"}), with("name", std::string{"c"}));
    ASSERT_EQ(paths(merged), std::vector<std::string>{"name"});
    auto const& conflict = merged.conflicts[0];
    EXPECT_EQ(conflict.what, What::Changed);
    EXPECT_EQ(conflict.base, Value{std::string{"a"}});
    EXPECT_EQ(conflict.theirs, Value{std::string{"b"}});
    EXPECT_EQ(conflict.mine, Value{std::string{"c"}});
    EXPECT_EQ(text_of(info(), merged.row, "name"), "c");
    EXPECT_TRUE(merged.theirs.empty() && merged.mine.empty());   // asked, not told
}

TEST(Merge, what_both_changed_alike_is_neither_asked_nor_told)
{
    auto const same = with("name", std::string{"b"});
    auto const merged = merge(info(), with("name", std::string{"a"}), same, same);
    EXPECT_TRUE(merged.conflicts.empty() && merged.theirs.empty() && merged.mine.empty());
}

TEST(Merge, an_answer_taken_away_against_one_changed_is_asked)
{
    auto const base = with("name", std::string{"a"});
    EXPECT_EQ(paths(merge(info(), base, Row(info()), with("name", std::string{"b"}))), std::vector<std::string>{"name"});
    EXPECT_EQ(paths(merge(info(), base, with("name", std::string{"b"}), Row(info()))), std::vector<std::string>{"name"});
}

TEST(Merge, ticked_codes_and_links_come_together_one_by_one)
{
    auto const base = with("animals", Texts{"cat", "cow"}), theirs = with("animals", Texts{"cow", "dodo"}), mine = with("animals", Texts{"cat", "cow", "hen"});
    auto const merged = merge(info(), base, theirs, mine);
    EXPECT_TRUE(merged.conflicts.empty());
    EXPECT_EQ(get(info(), merged.row, "animals"), (Value{Texts{"cow", "dodo", "hen"}}));
    EXPECT_EQ(merged.theirs.size(), 1U);
    EXPECT_EQ(merged.mine.size(), 1U);
    // Lines of free text have an order that means something: they are one answer.
    EXPECT_EQ(paths(merge(info(), with("lines", Texts{"a"}), with("lines", Texts{"a", "b"}), with("lines", Texts{"a", "c"}))), std::vector<std::string>{"lines"});
}

TEST(Merge, the_parts_of_a_contact_are_answers_of_their_own)
{
    auto const merged = merge(info(), owner("Anne", "Ici"), owner("Anne", "Là"), owner("Anna", "Ici"));
    EXPECT_TRUE(merged.conflicts.empty());
    EXPECT_EQ(merged.row, owner("Anna", "Là"));
    EXPECT_EQ(paths(merge(info(), owner("Anne", "Ici"), owner("Anne", "Là"), owner("Anne", "Ailleurs"))), std::vector<std::string>{"owner.city"});
    EXPECT_EQ(paths(merge(info(), Row(info()), owner("Anne", "Là"), owner("Anne", "Ici"))), std::vector<std::string>{"owner.city"});
}

TEST(Merge, an_attached_file_is_never_half_of_one_and_half_of_another)
{
    auto file = [](char const* name, char const* sha) {
        Row row(attachment_info());
        set(attachment_info(), row, "name", std::string{name});
        set(attachment_info(), row, "sha256", std::string{sha});
        return with("proof", Rows{row});
    };
    EXPECT_EQ(paths(merge(info(), file("a", "1"), file("b", "1"), file("a", "2"))), std::vector<std::string>{"proof"});
}

TEST(Merge, rows_are_followed_by_their_id_and_merged_part_by_part)
{
    auto const base = parts({part("a", "un"), part("b", "deux")});
    auto const theirs = parts({part("a", "un", std::string{"red"}), part("b", "deux")});
    auto const mine = parts({part("a", "un bis"), part("b", "deux")});
    auto const merged = merge(info(), base, theirs, mine);
    EXPECT_TRUE(merged.conflicts.empty());
    EXPECT_EQ(merged.row, parts({part("a", "un bis", std::string{"red"}), part("b", "deux")}));
    auto const asked = merge(info(), base, parts({part("a", "un ter"), part("b", "deux")}), mine);
    ASSERT_EQ(paths(asked), std::vector<std::string>{"parts.a.what"});
    EXPECT_EQ(asked.conflicts[0].row_id, "a");
    EXPECT_EQ(asked.conflicts[0].part->name, "what");
}

TEST(Merge, rows_added_by_both_are_all_kept_where_each_put_them)
{
    auto const base = parts({part("a", "1"), part("b", "2")});
    auto const theirs = parts({part("a", "1"), part("t", "leur"), part("b", "2")});
    auto const mine = parts({part("a", "1"), part("b", "2"), part("m", "mien"), part("n", "mien aussi")});
    auto const merged = merge(info(), base, theirs, mine);
    EXPECT_TRUE(merged.conflicts.empty());
    EXPECT_EQ(whats(merged.row), (std::vector<std::string>{"1", "leur", "2", "mien", "mien aussi"}));
    EXPECT_EQ(merged.theirs.size(), 1U);
    EXPECT_EQ(merged.mine.size(), 2U);
    auto const nameless = merge(info(), base, theirs, parts({part("a", "1"), part("", "x"), part("", "y"), part("b", "2")}));
    EXPECT_EQ(whats(nameless.row), (std::vector<std::string>{"1", "leur", "x", "y", "2"}));
}

TEST(Merge, a_row_only_one_of_us_removed_is_gone)
{
    auto const base = parts({part("a", "1"), part("b", "2"), part("c", "3")});
    auto const merged = merge(info(), base, parts({part("b", "2"), part("c", "3")}), parts({part("a", "1"), part("b", "2 bis")}));
    EXPECT_TRUE(merged.conflicts.empty());
    EXPECT_EQ(whats(merged.row), std::vector<std::string>{"2 bis"});
}

TEST(Merge, a_row_one_removed_and_the_other_changed_is_asked)
{
    auto const base = parts({part("a", "1"), part("b", "2")});
    auto const theirs = parts({part("a", "1 bis")});        // changed a, removed b
    auto const mine = parts({part("b", "2 bis")});          // removed a, changed b
    auto merged = merge(info(), base, theirs, mine);
    ASSERT_EQ(paths(merged), (std::vector<std::string>{"parts.b", "parts.a"}));
    EXPECT_EQ(merged.conflicts[0].what, What::TheyRemoved);
    EXPECT_EQ(merged.conflicts[0].mine, Value{Rows{part("b", "2 bis")}});
    EXPECT_TRUE(is_empty(merged.conflicts[0].theirs));
    EXPECT_EQ(merged.conflicts[1].what, What::IRemoved);
    EXPECT_EQ(merged.conflicts[1].theirs, Value{Rows{part("a", "1 bis")}});
    EXPECT_EQ(whats(merged.row), std::vector<std::string>{"2 bis"});
    EXPECT_TRUE(merged.theirs.empty() && merged.mine.empty());

    settle(info(), merged.row, merged.conflicts[0], merged.conflicts[0].theirs);
    settle(info(), merged.row, merged.conflicts[1], merged.conflicts[1].theirs);
    EXPECT_EQ(merged.row, theirs);
}

TEST(Merge, moved_rows_stay_moved_whoever_moved_them)
{
    auto const base = parts({part("a", "1"), part("b", "2"), part("c", "3")});
    auto const moved = parts({part("c", "3"), part("a", "1"), part("b", "2")});
    auto const edited = parts({part("a", "1"), part("b", "2 bis"), part("c", "3")});
    EXPECT_EQ(whats(merge(info(), base, moved, edited).row), (std::vector<std::string>{"3", "1", "2 bis"}));
    EXPECT_EQ(whats(merge(info(), base, edited, moved).row), (std::vector<std::string>{"3", "1", "2 bis"}));
}

TEST(Merge, what_only_acts_set_is_never_a_forms)
{
    auto const base = with("stamp", std::string{"hier"});
    auto const merged = merge(info(), base, with("stamp", std::string{"aujourd’hui"}), with("stamp", std::string{"demain"}));
    EXPECT_TRUE(merged.conflicts.empty());
    EXPECT_EQ(text_of(info(), merged.row, "stamp"), "aujourd’hui");
}

TEST(Merge, a_text_that_could_not_be_read_is_an_answer_like_another)
{
    Date const day{std::chrono::year{2026} / 3 / 1};
    auto const base = with("on", day);
    EXPECT_EQ(get(info(), merge(info(), base, base, with("on", std::string{"31/02/2026"})).row, "on"), Value{std::string{"31/02/2026"}});
    EXPECT_EQ(paths(merge(info(), base, with("on", add_days(day, 1)), with("on", std::string{"31/02/2026"}))), std::vector<std::string>{"on"});
}

TEST(Merge, a_conflict_is_settled_by_either_side_or_by_a_third_answer)
{
    auto const base = with("name", std::string{"a"}, owner("Anne", "Ici"));
    auto const theirs = with("name", std::string{"b"}, owner("Anne", "Là"));
    auto const mine = with("name", std::string{"c"}, owner("Anne", "Ailleurs"));
    auto merged = merge(info(), base, theirs, mine);
    ASSERT_EQ(merged.conflicts.size(), 2U);
    settle(info(), merged.row, merged.conflicts[0], std::string{"b et c"});
    settle(info(), merged.row, merged.conflicts[1], merged.conflicts[1].theirs);
    EXPECT_EQ(merged.row, with("name", std::string{"b et c"}, owner("Anne", "Là")));
}

// ---- properties, on records made by chance --------------------------------------------------------------------

class MergeOfAnyRecords : public testing::TestWithParam<int> {
protected:
    std::uint64_t seed = static_cast<std::uint64_t>(GetParam());
    Row base = RowMaker(seed, 50).make(info());
    Row a = changed(base, seed * 3 + 1), b = changed(base, seed * 7 + 2);
};

TEST_P(MergeOfAnyRecords, who_is_alone_is_right)
{
    EXPECT_EQ(merge(info(), base, base, a).row, a);
    EXPECT_EQ(merge(info(), base, a, base).row, a);
    EXPECT_EQ(merge(info(), base, a, a).row, a);
    EXPECT_TRUE(merge(info(), base, base, a).conflicts.empty());
    EXPECT_TRUE(merge(info(), base, a, base).conflicts.empty());
    EXPECT_TRUE(merge(info(), base, a, a).conflicts.empty());
}

TEST_P(MergeOfAnyRecords, it_does_not_matter_who_is_who)
{
    auto one = merge(info(), base, a, b), other = merge(info(), base, b, a);
    ASSERT_EQ(one.conflicts.size(), other.conflicts.size());
    for (auto const& conflict : one.conflicts) {
        auto const twin = std::ranges::find_if(other.conflicts, [&](Conflict const& c) { return c.path() == conflict.path(); });
        ASSERT_NE(twin, other.conflicts.end()) << conflict.path();
        EXPECT_EQ(twin->base, conflict.base);
        EXPECT_EQ(twin->theirs, conflict.mine);
        EXPECT_EQ(twin->mine, conflict.theirs);
        EXPECT_EQ(twin->what, conflict.what == What::Changed ? What::Changed : conflict.what == What::IRemoved ? What::TheyRemoved : What::IRemoved);
    }
    for (auto const& conflict : one.conflicts) settle(info(), one.row, conflict, conflict.theirs);
    for (auto const& conflict : other.conflicts) settle(info(), other.row, conflict, conflict.mine);
    EXPECT_TRUE(diff(info(), without_order(one.row), without_order(other.row)).empty());
}

TEST_P(MergeOfAnyRecords, merging_again_what_was_merged_asks_the_same_and_changes_nothing)
{
    auto const first = merge(info(), base, a, b);
    auto const again = merge(info(), base, a, first.row);
    EXPECT_EQ(again.row, first.row);
    auto asked = paths(first), asked_again = paths(again);
    std::ranges::sort(asked);
    std::ranges::sort(asked_again);
    EXPECT_EQ(asked_again, asked);
}

TEST_P(MergeOfAnyRecords, nobody_loses_a_change_that_no_question_is_asked_about)
{
    auto const merged = merge(info(), base, a, b);
    auto const asked = paths(merged);
    for (auto const& side : {a, b})
        for (auto const& change : diff(info(), base, side)) {
            if (change.what != Change::What::Changed && change.what != Change::What::Set) continue;
            if (change.part || info().fields[static_cast<std::size_t>(info().index_of(change.field->name))].kind == Kind::Rows) continue;
            if (std::ranges::find(asked, change.field->name) != asked.end()) continue;
            auto const& now = get(info(), merged.row, change.field->name);
            if (auto const* texts = std::get_if<Texts>(&change.after); texts && change.field->kind != Kind::Strings) {
                auto const* was = std::get_if<Texts>(&change.before);
                for (auto const& one : *texts) {
                    if (was && std::ranges::find(*was, one) != was->end()) continue;
                    EXPECT_NE(std::ranges::find(std::get<Texts>(now), one), std::get<Texts>(now).end());
                }
            } else {
                EXPECT_EQ(now, change.after) << change.field->name;
            }
        }
}

INSTANTIATE_TEST_SUITE_P(ByChance, MergeOfAnyRecords, testing::Range(1, 60));

// ---- one text, word by word -----------------------------------------------------------------------------------

TEST(MergeText, brings_changes_at_different_places_together)
{
    EXPECT_EQ(merge_text("Inscrire les enfants aux repas de midi et facturer les familles.", "Inscrire tous les enfants aux repas de midi et facturer les familles.",
                         "Inscrire les enfants aux repas de midi et facturer chaque famille."),
              "Inscrire tous les enfants aux repas de midi et facturer chaque famille.");
    EXPECT_EQ(merge_text("un\n\ndeux", "un\n\ndeux\n\ntrois", "zéro\n\nun\n\ndeux"), "zéro\n\nun\n\ndeux\n\ntrois");
}

TEST(MergeText, keeps_two_insertions_at_one_place)
{
    auto const both = merge_text("repas de midi", "repas de midi, menus adaptés", "repas de midi, goûters");
    EXPECT_FALSE(both) << *both;   // "midi" itself became "midi," on both sides: alike
    EXPECT_EQ(merge_text("a b", "a x b", "a y b"), "a x y b");
    EXPECT_EQ(merge_text("", "Un mot", "Deux mots"), "Un mot\nDeux mots") << "an empty answer filled by two people is two lines";
}

TEST(MergeText, does_not_guess_where_both_changed_the_same_words)
{
    EXPECT_EQ(merge_text("cinq ans", "deux ans", "dix ans"), std::nullopt);
    EXPECT_EQ(merge_text("cinq ans", "deux ans", "deux ans"), "deux ans");
    EXPECT_EQ(merge_text("", "a", ""), "a");
    std::string const long_text(20'000, ' ');
    std::string many;
    for (int i = 0; i < 2500; ++i) many += "mot ";
    EXPECT_EQ(merge_text(many, many + "a", "b " + many), std::nullopt);
    EXPECT_TRUE(merge_text(long_text, long_text + "a", long_text));
}

}  // namespace
}  // namespace greffier::schema
