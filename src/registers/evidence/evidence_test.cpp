#include "registers/evidence/evidence.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "registers/evidence/map.hpp"
#include "schema/check.hpp"
#include "schema/json.hpp"
#include "schema/test_bodies.hpp"

namespace greffier::evidence {
namespace {

using namespace schema;

SchemaInfo const& info() { return evidence_schema().info(); }
Date day(char const* text) { return *parse_date(text); }

TEST(EvidenceSchema, records_made_by_chance_pass_through_every_door_unchanged)
{
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        auto const row = RowMaker(seed, seed % 10 == 0 ? 100 : static_cast<int>(seed % 90)).make(info());
        ASSERT_TRUE(check(info(), row).empty()) << seed;
        ASSERT_EQ(from_stored(info(), to_stored(info(), row), info().version), row) << seed;
        ASSERT_TRUE(evidence_schema().unpack(row).ok()) << seed;
    }
}

TEST(EvidenceSchema, bodies_of_released_versions_are_read_for_ever) { expect_old_bodies_read(info()); }

MapLine const& line(std::vector<MapLine> const& lines, std::string_view code)
{
    return *std::ranges::find_if(lines, [&](MapLine const& one) { return one.expected->code == code; });
}

Piece piece(Document document, char const* until, std::string status = "proving")
{
    Piece one;
    one.head.status = std::move(status);
    one.evidence.document = document;
    if (*until) one.evidence.valid_until = day(until);
    return one;
}

TEST(EvidenceMap, a_document_is_there_expired_or_missing)
{
    std::vector<Piece> pieces;
    pieces.push_back(piece(Document::ItCharter, ""));
    pieces.push_back(piece(Document::SecurityPolicy, "2026-11-21"));
    pieces.push_back(piece(Document::DpoDesignation, "2020-01-01"));
    pieces.push_back(piece(Document::DpoDesignation, "2026-11-22"));
    pieces.push_back(piece(Document::BreachProcedure, "", "replaced"));
    auto const lines = map_of(pieces, [](Expected const&) { return 0; }, day("2026-11-22"));
    EXPECT_EQ(lines.size(), all_expected().size());
    EXPECT_EQ(line(lines, "it_charter").found, Found::There);
    EXPECT_EQ(line(lines, "security_policy").found, Found::Expired);
    EXPECT_EQ(line(lines, "dpo_designation").found, Found::There) << "one of two still holds, on its last day";
    EXPECT_EQ(line(lines, "dpo_designation").pieces.front(), &pieces[3]) << "the valid one first";
    EXPECT_EQ(line(lines, "breach_procedure").found, Found::Missing) << "replaced";
}

TEST(EvidenceMap, a_register_that_was_begun_is_its_own_proof)
{
    auto const lines = map_of({}, [](Expected const& one) { return one.register_slug == "processings" ? 12 : 0; }, day("2026-11-22"));
    EXPECT_EQ(line(lines, "controller_register").found, Found::There);
    EXPECT_EQ(line(lines, "controller_register").records, 12);
    EXPECT_EQ(line(lines, "breach_register").found, Found::Missing);
}

TEST(EvidenceMap, each_family_expects_something_and_each_thing_can_be_shown)
{
    for (auto const family : {Family::Processings, Family::Information, Family::Contracts, Family::Rights, Family::Security, Family::Governance})
        EXPECT_TRUE(std::ranges::any_of(all_expected(), [&](Expected const& one) { return one.family == family; }));
    for (auto const& one : all_expected()) EXPECT_TRUE(one.document || !one.register_slug.empty()) << one.code;
}

}  // namespace
}  // namespace greffier::evidence
