#include "registers/contract/contract.hpp"

#include <set>

#include <gtest/gtest.h>

#include "registers/contract/register.hpp"
#include "registers/contract/rules.hpp"
#include "schema/check.hpp"
#include "schema/json.hpp"
#include "schema/test_bodies.hpp"

namespace greffier::contract {
namespace {

using namespace schema;

SchemaInfo const& info() { return contract_schema().info(); }
Date day(char const* text) { return *parse_date(text); }

std::vector<records::Finding> findings(Contract const& contract, std::string_view rule, std::string status = "signed")
{
    std::vector<records::Finding> all;
    records::Circumstances now;
    now.today = day("2026-11-22");
    now.status = std::move(status);
    for (auto const& one : contract_rules()) {
        records::Report report(all, one.id, one.severity);
        one.check(contract, now, report);
    }
    std::erase_if(all, [&](auto const& finding) { return finding.rule != rule; });
    return all;
}

Contract complete()
{
    Contract contract;
    contract.name = "Hébergement du portail";
    contract.subprocessor_mode = Subprocessing::General;
    for (auto const& clause : all_clauses()) contract.clauses.push_back({.id = std::string{clause.code}, .item = clause.item, .state = ClauseState::Present});
    return contract;
}

ClauseRow& clause(Contract& contract, std::string_view code) { return *std::ranges::find(contract.clauses, std::string{code}, &ClauseRow::id); }

TEST(ContractSchema, records_made_by_chance_pass_through_every_door_unchanged)
{
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        auto const row = RowMaker(seed, seed % 10 == 0 ? 100 : static_cast<int>(seed % 90)).make(info());
        ASSERT_TRUE(check(info(), row).empty()) << seed;
        ASSERT_EQ(from_stored(info(), to_stored(info(), row), info().version), row) << seed;
        ASSERT_TRUE(contract_schema().unpack(row).ok()) << seed;
    }
}

TEST(ContractSchema, bodies_of_released_versions_are_read_for_ever) { expect_old_bodies_read(info()); }

TEST(Clauses, twenty_five_in_order_fourteen_of_them_demanded)
{
    ASSERT_EQ(all_clauses().size(), static_cast<std::size_t>(clause_count));
    int demanded = 0, number = 0;
    for (auto const& clause : all_clauses()) {
        ++number;
        EXPECT_EQ(clause.code, (number < 10 ? "C0" : "C") + std::to_string(number));
        EXPECT_EQ(choices_of(Clause{}).code(clause.item), clause.code);
        EXPECT_EQ(clause.obligatory, number <= obligatory_clauses);
        demanded += clause.obligatory;
        EXPECT_TRUE(!clause.obligatory || !clause.article.empty()) << clause.code;
    }
    EXPECT_EQ(demanded, obligatory_clauses);
}

TEST(ContractRegister, a_new_contract_has_the_twenty_five_lines_ready)
{
    auto const contract = contract_schema().unpack(contract_register().blank());
    ASSERT_TRUE(contract.ok());
    ASSERT_EQ(contract->clauses.size(), static_cast<std::size_t>(clause_count));
    std::set<Clause> items;
    for (auto const& row : contract->clauses) items.insert(row.item);
    EXPECT_EQ(items.size(), static_cast<std::size_t>(clause_count));
    EXPECT_EQ(coverage_of(*contract).unseen, clause_count);
}

TEST(Coverage, counts_what_is_settled_and_names_what_is_missing)
{
    auto contract = complete();
    clause(contract, "C03").state = ClauseState::Partial;
    clause(contract, "C09").state = ClauseState::NotApplicable;
    clause(contract, "C15").state = ClauseState::Absent;
    std::erase_if(contract.clauses, [](auto const& row) { return row.id == "C14"; });
    auto const coverage = coverage_of(contract);
    EXPECT_EQ(coverage.settled(), 22);
    EXPECT_EQ(coverage.obligatory_settled, 12);
    EXPECT_EQ(coverage.unseen, 1) << "a line that was taken away";
    ASSERT_EQ(coverage.missing_obligatory.size(), 2U);
    EXPECT_EQ(coverage.missing_obligatory[0]->code, "C03");
    EXPECT_EQ(coverage.missing_obligatory[1]->code, "C14");
    ASSERT_EQ(coverage.missing_recommended.size(), 1U);
    EXPECT_EQ(coverage.missing_recommended[0]->code, "C15");
}

TEST(ContractRules, missing_clauses_are_told_in_two_findings)
{
    auto contract = complete();
    EXPECT_TRUE(findings(contract, "PRO-003").empty());
    EXPECT_TRUE(findings(contract, "PRO-004").empty());
    clause(contract, "C03").state = ClauseState::Partial;
    clause(contract, "C12").state.reset();
    clause(contract, "C20").state = ClauseState::Absent;
    auto const demanded = findings(contract, "PRO-003");
    ASSERT_EQ(demanded.size(), 1U);
    EXPECT_EQ(demanded[0].place.text(), "clauses");
    EXPECT_EQ(demanded[0].arguments, (Arguments{{"count", "2"}, {"clauses", "C03, C12"}}));
    ASSERT_EQ(findings(contract, "PRO-004").size(), 1U);
    EXPECT_EQ(findings(contract, "PRO-004")[0].arguments, (Arguments{{"count", "1"}, {"clauses", "C20"}}));
    EXPECT_TRUE(findings(contract, "PRO-003", "terminated").empty());
}

TEST(ContractRules, the_contract_says_how_sub_processors_are_authorised)
{
    auto contract = complete();
    EXPECT_TRUE(findings(contract, "PRO-005").empty());
    contract.subprocessor_mode.reset();
    EXPECT_EQ(findings(contract, "PRO-005").size(), 1U);
    EXPECT_TRUE(findings(contract, "PRO-005", "archived").empty());
}

TEST(ContractRules, an_instruction_is_shown_by_something)
{
    auto contract = complete();
    contract.instructions = {{.id = "a", .text = {"Masquer les adresses"}, .kind = InstructionKind::Instruction}, {.id = "b", .text = {"Ouvrir une copie"}, .kind = InstructionKind::Amendment}};
    auto const found = findings(contract, "PRO-018");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].place.text(), "instructions[a].place");
    EXPECT_EQ(found[1].place.text(), "instructions[b].amendment");
    EXPECT_EQ(findings(contract, "PRO-018", "terminated").size(), 2U) << "what was asked while it ran is still to be proved";
    EXPECT_TRUE(findings(contract, "PRO-018", "archived").empty());
    contract.instructions[0].place = "Dossier 12";
    contract.instructions[1].evidence = EvidenceId{};
    EXPECT_TRUE(findings(contract, "PRO-018").empty());
}

TEST(ContractEnd, a_tacit_renewal_carries_the_end_on)
{
    Contract contract;
    auto const today = day("2026-11-22");
    EXPECT_EQ(end_of(contract, today), std::nullopt);
    contract.end_date = day("2024-08-31");
    EXPECT_EQ(end_of(contract, today), day("2024-08-31"));
    contract.renewal = Renewal::Tacit;
    EXPECT_EQ(end_of(contract, today), std::nullopt) << "carried on, nobody knows how long";
    contract.renewal_period = Duration{.months = 6};
    EXPECT_EQ(end_of(contract, today), day("2027-02-28")) << "August 31 plus thirty months";
    EXPECT_EQ(end_of(contract, day("2025-08-31")), day("2025-08-31")) << "the last day still binds";
    contract.renewal = Renewal::Express;
    EXPECT_EQ(end_of(contract, today), day("2024-08-31"));
    contract.ended_on = day("2025-01-15");
    EXPECT_EQ(end_of(contract, today), day("2025-01-15"));
}

TEST(ContractEnd, what_is_signed_binds_until_it_ends)
{
    Contract contract;
    auto const today = day("2026-11-22");
    EXPECT_FALSE(is_signed(contract, "signed", today)) << "no day of signature";
    contract.signature_date = today;
    EXPECT_TRUE(is_signed(contract, "signed", today));
    EXPECT_TRUE(is_in_force(contract, "signed", today));
    EXPECT_FALSE(is_signed(contract, "terminated", today));
    contract.end_date = day("2026-11-21");
    EXPECT_TRUE(is_signed(contract, "signed", today));
    EXPECT_FALSE(is_in_force(contract, "signed", today));
    contract.signature_date = day("2026-11-23");
    EXPECT_FALSE(is_signed(contract, "signed", today)) << "to be signed tomorrow";
}

}  // namespace
}  // namespace greffier::contract
