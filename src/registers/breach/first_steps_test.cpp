#include "registers/breach/first_steps.hpp"

#include <gtest/gtest.h>

#include <set>

namespace greffier::breach {
namespace {

TEST(FirstSteps, every_step_stands_in_one_group_once)
{
    std::set<FirstStepKind> seen;
    for (auto const& group : first_step_groups())
        for (auto const kind : group.steps) EXPECT_TRUE(seen.insert(kind).second);
    EXPECT_EQ(seen.size(), choices_of(FirstStepKind{}).values.size());
}

TEST(FirstSteps, a_step_is_done_when_a_row_says_so)
{
    Breach breach;
    EXPECT_EQ(done_step(breach, FirstStepKind::Police), nullptr);
    breach.first_steps.push_back({.id = {}, .step = FirstStepKind::Police, .done_at = {}, .done_by = "Claire", .note = {}});
    ASSERT_NE(done_step(breach, FirstStepKind::Police), nullptr);
    EXPECT_EQ(done_step(breach, FirstStepKind::Police)->done_by, "Claire");
    EXPECT_EQ(done_step(breach, FirstStepKind::Alert), nullptr);
}

}  // namespace
}  // namespace greffier::breach
