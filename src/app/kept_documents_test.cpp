// The five registers of documents: policies, undertakings, delegations, insurance, archives.
#include <gtest/gtest.h>

#include "registers/archival/archived_file.hpp"
#include "registers/archival/register.hpp"
#include "registers/delegation/delegation.hpp"
#include "registers/delegation/register.hpp"
#include "registers/insurance/insurance.hpp"
#include "registers/insurance/register.hpp"
#include "registers/insurance/rules.hpp"
#include "registers/policy/policy.hpp"
#include "registers/policy/register.hpp"
#include "registers/undertaking/register.hpp"
#include "registers/undertaking/rules.hpp"
#include "registers/undertaking/undertaking.hpp"
#include "schema/check.hpp"
#include "schema/json.hpp"
#include "schema/test_bodies.hpp"

namespace greffier {
namespace {

using namespace schema;

Date day(char const* text) { return *parse_date(text); }
Date const today = day("2026-11-22");

template <class T>
void expect_every_door(Schema<T> const& schema)
{
    auto const& info = schema.info();
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        auto const row = RowMaker(seed, static_cast<int>(seed)).make(info);
        ASSERT_TRUE(check(info, row).empty()) << info.name << seed;
        ASSERT_EQ(from_stored(info, to_stored(info, row), info.version), row) << info.name << seed;
        ASSERT_TRUE(schema.unpack(row).ok()) << info.name << seed;
    }
}

template <class T>
std::vector<std::string> places(T const& record, std::span<records::Rule<T> const> rules, std::string status)
{
    std::vector<records::Finding> findings;
    records::Circumstances now;
    now.today = today;
    now.status = std::move(status);
    for (auto const& rule : rules) {
        records::Report report(findings, rule.id, rule.severity);
        rule.check(record, now, report);
    }
    std::vector<std::string> found;
    for (auto const& finding : findings) found.push_back(finding.rule + " " + finding.place.text());
    return found;
}

std::vector<std::string> due_kinds(records::Register const& kind, Row const& row, std::string_view status)
{
    law::Place const paris;
    std::vector<std::string> kinds;
    for (auto const& due : kind.dues(row, {status, start_of_day(today, paris.zone), today, paris})) kinds.push_back(std::string{due.kind} + " " + (due.day ? to_text(*due.day) : ""));
    return kinds;
}

TEST(KeptDocuments, made_by_chance_pass_through_every_door_unchanged)
{
    expect_every_door(policy::policy_schema());
    expect_every_door(undertaking::undertaking_schema());
    expect_every_door(delegation::delegation_schema());
    expect_every_door(insurance::insurance_schema());
    expect_every_door(archival::archive_schema());
}

TEST(KeptDocuments, bodies_of_released_versions_are_read_for_ever)
{
    expect_old_bodies_read(policy::policy_schema().info());
    expect_old_bodies_read(undertaking::undertaking_schema().info());
    expect_old_bodies_read(delegation::delegation_schema().info());
    expect_old_bodies_read(insurance::insurance_schema().info());
    expect_old_bodies_read(archival::archive_schema().info());
}

TEST(Undertaking, access_without_a_signature_is_found_and_a_clause_of_the_contract_stands_for_one)
{
    undertaking::Undertaking one;
    one.access_from = day("2026-11-01");
    EXPECT_EQ(places(one, undertaking::undertaking_rules(), "to_sign"), std::vector<std::string>{"GOV-009 signed_on"});
    EXPECT_TRUE(places(one, undertaking::undertaking_rules(), "signed").empty());
    auto clause = one;
    clause.form = undertaking::UndertakingForm::ContractClause;
    EXPECT_TRUE(places(clause, undertaking::undertaking_rules(), "to_sign").empty());
    auto later = one;
    later.access_from = day("2026-12-01");
    EXPECT_TRUE(places(later, undertaking::undertaking_rules(), "to_sign").empty()) << "there is time until the first day";
    auto gone = one;
    gone.ends_on = day("2026-11-10");
    EXPECT_TRUE(places(gone, undertaking::undertaking_rules(), "to_sign").empty()) << "no access is left";
}

TEST(Undertaking, what_was_lent_is_due_on_the_last_day_until_it_is_back)
{
    undertaking::Undertaking one;
    one.access_from = day("2026-12-01");
    one.ends_on = day("2027-03-31");
    auto row = undertaking::undertaking_schema().pack(one);
    EXPECT_EQ(due_kinds(undertaking::undertaking_register(), row, "to_sign"), (std::vector<std::string>{"undertaking.signature 2026-12-01", "undertaking.return 2027-03-31"}));
    one.returned_on = day("2027-03-30");
    row = undertaking::undertaking_schema().pack(one);
    EXPECT_TRUE(due_kinds(undertaking::undertaking_register(), row, "signed").empty());
}

TEST(Delegation, its_end_is_due_while_it_is_in_force)
{
    delegation::Delegation one;
    one.end_date = day("2027-06-30");
    auto const row = delegation::delegation_schema().pack(one);
    EXPECT_EQ(due_kinds(delegation::delegation_register(), row, "in_force"), std::vector<std::string>{"delegation.end 2027-06-30"});
    EXPECT_TRUE(due_kinds(delegation::delegation_register(), row, "draft").empty());
    EXPECT_EQ(delegation::delegation_register().transition("draft", "in_force")->permission, web::Permission::DecideRecords) << "nobody gives themselves a power";
}

TEST(Insurance, a_new_policy_asks_every_line_of_the_three_grids)
{
    auto const policy = insurance::insurance_schema().unpack(insurance::insurance_register().blank());
    ASSERT_TRUE(policy.ok());
    EXPECT_EQ(policy->causes.size(), 13u);
    EXPECT_EQ(policy->persons.size(), 9u) << "seven persons and two degrees of a claim";
    EXPECT_EQ(policy->damages.size(), 17u);
}

TEST(Insurance, a_policy_nobody_looked_at_is_found)
{
    insurance::Insurance policy;
    EXPECT_EQ(places(policy, insurance::insurance_rules(), "in_force"), (std::vector<std::string>{"GOV-014 last_review", "GOV-014 damages"}));
    EXPECT_TRUE(places(policy, insurance::insurance_rules(), "ended").empty());
    policy.last_review = today;
    policy.damages.push_back({.id = "a", .item = insurance::Damage::GroupAction, .cover = insurance::Cover::Excluded});
    EXPECT_TRUE(places(policy, insurance::insurance_rules(), "in_force").empty()) << "no is an answer";
}

TEST(Insurance, the_last_day_to_give_notice_is_counted_back_from_the_end)
{
    insurance::Insurance policy;
    policy.end_date = day("2026-12-31");
    policy.notice_period = Duration{.months = 1};
    auto const row = insurance::insurance_schema().pack(policy);
    EXPECT_EQ(due_kinds(insurance::insurance_register(), row, "in_force"), (std::vector<std::string>{"insurance.end 2026-12-31", "insurance.notice 2026-11-30"}));
}

TEST(Archives, their_destruction_is_due_and_needs_a_decision)
{
    archival::ArchivedFile file;
    file.fate = archival::Fate::Destroy;
    file.destroy_on = day("2027-01-01");
    EXPECT_EQ(due_kinds(archival::archive_register(), archival::archive_schema().pack(file), "kept"), std::vector<std::string>{"archive.destruction 2027-01-01"});
    EXPECT_TRUE(due_kinds(archival::archive_register(), archival::archive_schema().pack(file), "destroyed").empty());
    file.fate = archival::Fate::KeepForEver;
    EXPECT_TRUE(due_kinds(archival::archive_register(), archival::archive_schema().pack(file), "kept").empty());
    EXPECT_TRUE(archival::archive_register().transition("kept", "destroyed")->needs_decision);
}

TEST(Policy, an_edition_counts_its_own_readers)
{
    policy::Policy charter;
    charter.edition = "2";
    charter.readings = {{.id = "a", .reader = "A. Durand", .edition = "1", .account = "x"}, {.id = "b", .reader = "B. Petit", .edition = "2", .account = "y"}};
    EXPECT_EQ(charter.readers(), 1);
    EXPECT_FALSE(charter.read_by_account("x")) << "a new edition is to be read again";
    EXPECT_TRUE(charter.read_by_account("y"));
}

}  // namespace
}  // namespace greffier
