#include "registers/audit/audit.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "registers/audit/rules.hpp"
#include "schema/check.hpp"
#include "schema/json.hpp"
#include "schema/test_bodies.hpp"

namespace greffier::audit {
namespace {

using namespace schema;

SchemaInfo const& info() { return audit_schema().info(); }
Date day(char const* text) { return *parse_date(text); }

Audit with_gap(char const* due, std::optional<State> state)
{
    Audit audit;
    audit.name = "Audit annuel";
    audit.observations.push_back({.id = "o1", .title = "Serveur sans correctif", .due = day(due), .state = state});
    return audit;
}

std::vector<std::string> late(Audit const& audit)
{
    std::vector<records::Finding> all;
    records::Circumstances now;
    now.today = day("2026-11-22");
    now.status = "took_place";
    for (auto const& one : audit_rules()) {
        records::Report report(all, one.id, one.severity);
        one.check(audit, now, report);
    }
    std::vector<std::string> places;
    for (auto const& one : all) places.push_back(one.place.text());
    return places;
}

TEST(AuditSchema, records_made_by_chance_pass_through_every_door_unchanged)
{
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        auto const row = RowMaker(seed, seed % 10 == 0 ? 100 : static_cast<int>(seed % 90)).make(info());
        ASSERT_TRUE(check(info(), row).empty()) << seed;
        ASSERT_EQ(from_stored(info(), to_stored(info(), row), info().version), row) << seed;
        ASSERT_TRUE(audit_schema().unpack(row).ok()) << seed;
    }
}

TEST(AuditSchema, bodies_of_released_versions_are_read_for_ever) { expect_old_bodies_read(info()); }

TEST(AuditRisk, grows_with_gravity_and_with_likelihood)
{
    using enum Level;
    for (auto const gravity : {Negligible, Limited, Important, Maximal})
        for (auto const likelihood : {Negligible, Limited, Important}) {
            auto const next = static_cast<Level>(static_cast<int>(likelihood) + 1);
            EXPECT_LE(risk_of(gravity, likelihood), risk_of(gravity, next));
            EXPECT_LE(risk_of(likelihood, gravity), risk_of(next, gravity));
        }
    EXPECT_EQ(risk_of(Negligible, Negligible), Risk::Low);
    EXPECT_EQ(risk_of(Maximal, Negligible), Risk::Medium) << "the gravest harm is never a low risk";
    EXPECT_EQ(risk_of(Important, Limited), Risk::High);
    EXPECT_EQ(risk_of(Maximal, Maximal), Risk::Critical);
    EXPECT_FALSE((Observation{.gravity = Maximal}.risk())) << "half a judgement is none";
}

TEST(AuditRules, a_gap_is_late_while_nobody_mended_or_accepted_it)
{
    EXPECT_EQ(late(with_gap("2026-11-21", State::Open)), std::vector<std::string>{"observations[o1].due"});
    EXPECT_EQ(late(with_gap("2026-11-21", std::nullopt)).size(), 1U) << "unsaid is open";
    EXPECT_EQ(late(with_gap("2026-11-21", State::UnderWay)).size(), 1U);
    EXPECT_TRUE(late(with_gap("2026-11-21", State::Mended)).empty());
    EXPECT_TRUE(late(with_gap("2026-11-21", State::Accepted)).empty());
    EXPECT_TRUE(late(with_gap("2026-11-22", State::Open)).empty()) << "due today is not late";
}

TEST(AuditDues, each_open_gap_the_audit_to_hold_and_the_next)
{
    auto audit = with_gap("2026-12-31", State::Open);
    audit.planned_on = day("2026-12-01");
    audit.next_on = day("2027-12-01");
    law::Place const place;
    auto const kinds = [&](std::string_view status, char const* today) {
        std::vector<std::string_view> all;
        for (auto const& due : dues_of(audit_schema().pack(audit), {status, {}, day(today), place})) all.push_back(due.kind);
        return all;
    };
    EXPECT_EQ(kinds("to_come", "2026-11-22"), (std::vector<std::string_view>{"audit.planned", "audit.observation", "audit.next"}));
    EXPECT_EQ(kinds("took_place", "2026-11-22"), (std::vector<std::string_view>{"audit.observation", "audit.next"}));
    audit.observations[0].state = State::Mended;
    EXPECT_TRUE(kinds("took_place", "2028-01-01").empty()) << "the next audit is a record of its own by then";
}

}  // namespace
}  // namespace greffier::audit
