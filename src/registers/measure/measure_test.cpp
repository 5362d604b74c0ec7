#include "registers/measure/measure.hpp"

#include <gtest/gtest.h>

#include "law/security_guide.hpp"
#include "registers/measure/assessment.hpp"
#include "registers/measure/register.hpp"
#include "schema/check.hpp"
#include "schema/json.hpp"
#include "schema/test_bodies.hpp"

namespace greffier::measure {
namespace {

using namespace schema;

SchemaInfo const& info() { return measure_schema().info(); }
Date day(char const* text) { return *parse_date(text); }
Answer answer(char const* point, char const* status) { return {RecordId::make(), "MES-1", "Mesure", status, point}; }

SheetState const& sheet(Assessment const& all, std::string_view code) { return *std::ranges::find(all.sheets, code, &SheetState::sheet); }

TEST(MeasureSchema, records_made_by_chance_pass_through_every_door_unchanged)
{
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        auto const row = RowMaker(seed, seed % 10 == 0 ? 100 : static_cast<int>(seed % 90)).make(info());
        ASSERT_TRUE(check(info(), row).empty()) << seed;
        ASSERT_EQ(from_stored(info(), to_stored(info(), row), info().version), row) << seed;
        ASSERT_TRUE(measure_schema().unpack(row).ok()) << seed;
    }
}

TEST(MeasureSchema, bodies_of_released_versions_are_read_for_ever) { expect_old_bodies_read(info()); }

TEST(MeasureSchema, each_sheet_kind_and_risk_of_the_guide_is_a_code_of_its_lists)
{
    for (auto const code : law::security_sheets()) EXPECT_TRUE(SecuritySheets::list().find(code)) << code;
    EXPECT_EQ(SecuritySheets::list().entries.size(), law::security_sheets().size());
    for (auto const& point : law::security_points()) {
        for (auto const& kind : point.kinds) EXPECT_TRUE(MeasureTypes::list().find(kind)) << point.code << " " << kind;
        for (auto const& risk : point.risks) EXPECT_TRUE(choices_of(Risk{}).find(risk)) << point.code << " " << risk;
        EXPECT_LE(point.text_fr.size(), 300U) << "becomes the name of a measure";
    }
}

TEST(MeasureRegister, any_state_leads_to_any_other_and_only_not_applicable_asks_why)
{
    auto const& kind = measure_register();
    for (auto const from : {"absent", "planned", "partial", "in_place", "tested", "not_applicable"})
        for (auto const to : {"absent", "planned", "partial", "in_place", "tested", "not_applicable"})
            if (std::string_view{from} != to) {
                auto const* step = kind.transition(from, to);
                ASSERT_TRUE(step) << from << " " << to;
                EXPECT_EQ(step->needs_reason, std::string_view{to} == "not_applicable");
            }
}

TEST(MeasureDues, a_planned_measure_and_a_test_are_reminded_of_and_what_does_not_apply_is_not)
{
    law::Place const place;
    Measure measure;
    measure.planned_for = day("2026-12-01");
    measure.next_test = day("2027-01-15");
    auto const row = measure_schema().pack(measure);
    auto kinds = [&](std::string_view status) {
        std::vector<std::string> all;
        for (auto const& due : measure_register().dues(row, {status, {}, day("2026-11-22"), place})) all.emplace_back(due.kind);
        return all;
    };
    EXPECT_EQ(kinds("planned"), (std::vector<std::string>{"measure.planned", "measure.test"}));
    EXPECT_EQ(kinds("in_place"), (std::vector<std::string>{"measure.test"}));
    EXPECT_TRUE(kinds("not_applicable").empty());
}

TEST(Assessment, of_nothing_has_every_point_unseen_and_a_score_of_nothing)
{
    auto const all = assess({}, day("2026-11-22"));
    EXPECT_EQ(all.sheets.size(), 26U);
    EXPECT_EQ(all.tally.score(), 0);
    EXPECT_EQ(all.tally.unseen, all.tally.counted());
    EXPECT_EQ(static_cast<std::size_t>(all.tally.counted()), law::security_points().size());
}

TEST(Assessment, counts_a_whole_for_what_is_there_a_half_for_a_part_and_leaves_out_what_does_not_apply)
{
    std::vector<Answer> const answers{answer("02.1", "tested"), answer("02.2", "partial"), answer("02.3", "not_applicable"), answer("03.1", "planned")};
    auto const all = assess(answers, day("2026-11-22"));
    auto const& charter = sheet(all, "02").tally;
    EXPECT_EQ(charter.counted(), 2);
    EXPECT_EQ(charter.score(), 75);
    EXPECT_EQ(charter.gaps(), 1);
    EXPECT_EQ(sheet(all, "03").tally.planned, 1);
    EXPECT_EQ(sheet(all, "03").tally.score(), 0);
}

TEST(Assessment, takes_the_best_of_several_measures_and_none_that_is_out_of_service)
{
    std::vector<Answer> const answers{answer("01.1", "absent"), answer("01.1", "in_place"), answer("01.1", "planned"), answer("01.2", "retired")};
    auto const all = assess(answers, day("2026-11-22"));
    EXPECT_EQ(sheet(all, "01").points[0].answer->status, "in_place");
    EXPECT_EQ(sheet(all, "01").points[1].answer, nullptr);
}

TEST(Assessment, of_a_day_before_the_guide_has_only_what_older_editions_asked)
{
    auto const all = assess({}, day("2020-01-01"));
    EXPECT_TRUE(sheet(all, "24").points.empty());
    EXPECT_FALSE(sheet(all, "archive").points.empty());
}

}  // namespace
}  // namespace greffier::measure
