#include "law/retention.hpp"

#include <set>
#include <stdexcept>

#include <gtest/gtest.h>

#include "law/duration_text.hpp"

namespace greffier::law {
namespace {

Date day(char const* text) { return *parse_date(text); }

TEST(CsvTable, reads_quotes_and_line_ends_inside_cells)
{
    CsvTable const table("a,b\r\n1,\"x, \"\"y\"\"\nz\"\n\n2,\n");
    ASSERT_EQ(table.size(), 2U);
    EXPECT_EQ(table.at(0, "b"), "x, \"y\"\nz");
    EXPECT_EQ(table.at(1, "b"), "");
    EXPECT_THROW((void)table.at(0, "c"), std::runtime_error);
}

TEST(CsvTable, refuses_a_row_of_another_width_and_a_wrong_date)
{
    EXPECT_THROW(CsvTable("a,b\n1\n"), std::runtime_error);
    EXPECT_THROW((void)CsvTable("a\n2026-02-30\n").date_at(0, "a"), std::runtime_error);
}

TEST(Retention, holds_a_reference_for_every_row_of_the_open_list)
{
    std::set<std::string> ids;
    for (auto const& rule : retention_rules()) {
        ids.insert(rule.id);
        EXPECT_FALSE(rule.label_fr.empty() || rule.label_en.empty() || rule.source.empty()) << rule.id;
        for (auto const& period : {rule.active_period, rule.archive_period})
            EXPECT_TRUE(period.empty() || parse_period(period)) << rule.id;
        EXPECT_EQ(rule.verified, rule.checked_on.has_value()) << rule.id << ": what was checked says when";
    }
    EXPECT_EQ(ids.size(), 25U);
}

TEST(Retention, judges_at_the_day)
{
    EXPECT_EQ(retention_rule("RT12", day("2021-10-13")), nullptr);
    ASSERT_NE(retention_rule("RT12", day("2021-10-14")), nullptr);
    EXPECT_EQ(retention_rule("RT01", day("2026-01-01"))->active_period, "P3Y");
    EXPECT_EQ(retention_rule("RT99", day("2026-01-01")), nullptr);
}

}  // namespace
}  // namespace greffier::law
