#include "registers/action/action.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "registers/action/plan.hpp"
#include "registers/action/register.hpp"
#include "registers/action/rules.hpp"
#include "registers/action/templates.hpp"
#include "schema/check.hpp"
#include "schema/json.hpp"
#include "schema/test_bodies.hpp"

namespace greffier::action {
namespace {

using namespace schema;

SchemaInfo const& info() { return action_schema().info(); }
Date day(char const* text) { return *parse_date(text); }

bool is_found_late(Action const& action, std::string status)
{
    std::vector<records::Finding> all;
    records::Circumstances now;
    now.today = day("2026-11-22");
    now.status = std::move(status);
    for (auto const& one : action_rules()) {
        records::Report report(all, one.id, one.severity);
        one.check(action, now, report);
    }
    return std::ranges::count(all, "GOV-013", &records::Finding::rule) == 1;
}

Planned planned(char const* due, std::optional<Step> step, std::string status = "to_do")
{
    Planned one;
    one.head.id = RecordId::make();
    one.head.reference = due;
    one.head.status = std::move(status);
    if (*due) one.action.due_date = day(due);
    one.action.step = step;
    return one;
}

TEST(ActionSchema, records_made_by_chance_pass_through_every_door_unchanged)
{
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        auto const row = RowMaker(seed, seed % 10 == 0 ? 100 : static_cast<int>(seed % 90)).make(info());
        ASSERT_TRUE(check(info(), row).empty()) << seed;
        ASSERT_EQ(from_stored(info(), to_stored(info(), row), info().version), row) << seed;
        ASSERT_TRUE(action_schema().unpack(row).ok()) << seed;
    }
}

TEST(ActionSchema, bodies_of_released_versions_are_read_for_ever) { expect_old_bodies_read(info()); }

TEST(ActionRules, an_open_action_is_late_from_the_day_after)
{
    Action action;
    EXPECT_FALSE(is_found_late(action, "to_do")) << "no day was given";
    action.due_date = day("2026-11-22");
    EXPECT_FALSE(is_found_late(action, "to_do"));
    action.due_date = day("2026-11-21");
    EXPECT_TRUE(is_found_late(action, "to_do"));
    EXPECT_TRUE(is_found_late(action, "under_way"));
    for (auto const* over : {"done", "checked", "abandoned"}) EXPECT_FALSE(is_found_late(action, over)) << over;
}

TEST(ActionDues, what_is_open_falls_due_and_what_is_done_does_not)
{
    Action action;
    action.due_date = day("2026-12-01");
    law::Place const place;
    auto const dues = [&](std::string_view status) { return action_register().dues(action_schema().pack(action), {status, {}, day("2026-11-22"), place}); };
    ASSERT_EQ(dues("to_do").size(), 1U);
    EXPECT_EQ(dues("to_do")[0].day, day("2026-12-01"));
    EXPECT_FALSE(dues("to_do")[0].legal);
    EXPECT_TRUE(dues("done").empty());
}

TEST(Plan, half_years_are_written_and_read)
{
    EXPECT_EQ(HalfYear::of(day("2026-06-30")), (HalfYear{2026, 1}));
    EXPECT_EQ(HalfYear::of(day("2026-07-01")), (HalfYear{2026, 2}));
    EXPECT_EQ((HalfYear{2026, 2}).text(), "2026-2");
    EXPECT_EQ(HalfYear::parse("2026-2"), (HalfYear{2026, 2}));
    for (auto const* wrong : {"", "2026", "2026-3", "26-1", "abcd-1", "2026-10", "-026-1x"}) EXPECT_FALSE(HalfYear::parse(wrong)) << wrong;
}

TEST(Plan, parts_are_half_years_in_order_each_by_step_and_what_has_no_day_comes_last)
{
    std::vector<Planned> all;
    all.push_back(planned("", Step::Further));
    all.push_back(planned("2027-02-01", Step::Governance));
    all.push_back(planned("2026-12-01", std::nullopt));
    all.push_back(planned("2026-10-01", Step::Governance));
    all.push_back(planned("2026-11-01", Step::Responsibilities, "checked"));
    all[3].action.cost_planned = Money{120'000};
    auto const parts = parts_of(all, day("2026-11-22"));
    ASSERT_EQ(parts.size(), 3U);
    EXPECT_EQ(parts[0].half, (HalfYear{2026, 2}));
    EXPECT_EQ(parts[1].half, (HalfYear{2027, 1}));
    EXPECT_FALSE(parts[2].half);
    ASSERT_EQ(parts[0].actions.size(), 3U);
    EXPECT_EQ(parts[0].actions[0].action.step, Step::Responsibilities);
    EXPECT_EQ(parts[0].actions[1].action.step, Step::Governance);
    EXPECT_FALSE(parts[0].actions[2].action.step);
    EXPECT_EQ(parts[0].done, 1);
    EXPECT_EQ(parts[0].open, 2);
    EXPECT_EQ(parts[0].late, 1);
    EXPECT_EQ(parts[0].cost_planned, 120'000);
}

TEST(Plan, what_was_given_up_counts_as_neither_done_nor_open_and_costs_nothing)
{
    std::vector<Planned> all;
    all.push_back(planned("2026-10-01", Step::Further, "abandoned"));
    all[0].action.cost_planned = Money{5000};
    auto const parts = parts_of(all, day("2026-11-22"));
    ASSERT_EQ(parts.size(), 1U);
    EXPECT_EQ(parts[0].given_up, 1);
    EXPECT_EQ(parts[0].open + parts[0].done + parts[0].late, 0);
    EXPECT_EQ(parts[0].cost_planned, 0);
}

TEST(Templates, six_steps_seven_to_begin_with_and_works_that_come_back)
{
    std::set<std::string_view> codes;
    std::set<Step> steps;
    for (auto const& one : all_templates()) {
        EXPECT_TRUE(codes.insert(one.code).second) << one.code;
        EXPECT_GT(one.months, 0) << one.code;
        EXPECT_EQ(one.repeat_months > 0, one.set == Set::Recurring) << one.code;
        if (one.set == Set::Steps) steps.insert(one.step);
    }
    EXPECT_EQ(steps.size(), 6U);
    EXPECT_EQ(size_of(Set::Starter), 7);
    EXPECT_EQ(size_of(Set::Recurring), 6);
    for (auto const set : all_sets()) EXPECT_EQ(parse_set(code_of(set)), set);
    EXPECT_FALSE(parse_set("everything"));
}

}  // namespace
}  // namespace greffier::action
