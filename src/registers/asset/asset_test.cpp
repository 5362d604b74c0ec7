#include "registers/asset/asset.hpp"

#include <map>

#include <gtest/gtest.h>

#include "records/rule_fixture.hpp"
#include "registers/asset/register.hpp"
#include "registers/asset/rules.hpp"
#include "schema/test_bodies.hpp"
#include "schema/test_doors.hpp"

namespace greffier::asset {
namespace {

using namespace schema;
using records::day;
using records::Places;

Places of(std::string_view id, Asset const& record, std::string status = "operational") { return records::places_found(asset_rules(), id, record, std::move(status)); }

TEST(AssetSchema, records_made_by_chance_pass_through_every_door_unchanged) { expect_every_door_open(asset_schema().info()); }

TEST(AssetSchema, bodies_of_released_versions_are_read_for_ever) { expect_old_bodies_read(asset_schema().info()); }

Asset application()
{
    Asset asset;
    asset.name = "Portail famille";
    asset.family = Family::Software;
    asset.type = Term<AssetTypes>{"application"};
    asset.inventory_date = day("2026-10-01");
    return asset;
}

TEST(AssetRules, a_password_rule_is_held_against_the_authoritys_thresholds)
{
    using enum Characters;
    auto asset = application();
    EXPECT_TRUE(of("SEC-005", asset).empty()) << "nothing said";
    asset.password_case = PasswordCase::Alone;
    EXPECT_TRUE(of("SEC-005", asset).empty()) << "not described yet";
    asset.password_length = 8;
    asset.password_characters = {Lower, Upper, Digit, Special};
    EXPECT_EQ(of("SEC-005", asset), Places{"password_length"});
    asset.password_case = PasswordCase::Restricted;
    EXPECT_TRUE(of("SEC-005", asset).empty()) << "fifty bits are enough where attempts are limited";
    asset.password_case = PasswordCase::Alone;
    asset.password_length = 12;
    EXPECT_TRUE(of("SEC-005", asset).empty());
    asset.password_length = 4;
    asset.password_case = PasswordCase::None;
    EXPECT_TRUE(of("SEC-005", asset).empty());
}

TEST(AssetRules, what_keeps_data_is_logged_and_what_nobody_described_is_left_alone)
{
    auto asset = application();
    EXPECT_TRUE(of("SEC-006", asset).empty());
    asset.holds_data = true;
    EXPECT_EQ(of("SEC-006", asset), Places{"logging"});
    asset.logging = true;
    EXPECT_TRUE(of("SEC-006", asset).empty());
    asset.logging = false;
    EXPECT_EQ(of("SEC-006", asset), Places{"logging"});
    asset.holds_data = false;
    EXPECT_TRUE(of("SEC-006", asset).empty());
}

TEST(AssetRules, logs_are_kept_from_six_months_to_a_year_unless_a_reason_is_written)
{
    auto asset = application();
    asset.logging = true;
    for (auto const& [period, wrong] : {std::pair{Duration{.months = 5}, true}, {Duration{.months = 6}, false}, {Duration{.days = 180}, false}, {Duration{.years = 1}, false}, {Duration{.months = 13}, true}}) {
        asset.log_retention = period;
        EXPECT_EQ(!of("SEC-007", asset).empty(), wrong) << period.text();
    }
    asset.log_retention_reason = {"Contrôle interne"};
    EXPECT_TRUE(of("SEC-007", asset).empty());
}

TEST(AssetRules, a_device_that_leaves_the_premises_is_encrypted)
{
    Asset laptop;
    laptop.family = Family::Hardware;
    laptop.type = Term<AssetTypes>{"laptop"};
    EXPECT_EQ(of("SEC-011", laptop), Places{"encrypted"}) << "its type says that it travels";
    laptop.encrypted = true;
    EXPECT_TRUE(of("SEC-011", laptop).empty());
    laptop.encrypted = false;
    EXPECT_TRUE(of("SEC-011", laptop, "retired").empty());
    laptop.type = Term<AssetTypes>{"workstation"};
    EXPECT_TRUE(of("SEC-011", laptop).empty());
    laptop.mobile = true;
    EXPECT_EQ(of("SEC-011", laptop).size(), 1U);
}

TEST(AssetRules, an_inventory_holds_for_a_quarter)
{
    auto asset = application();
    asset.inventory_date = day("2026-08-22");
    EXPECT_TRUE(of("SEC-016", asset).empty());
    asset.inventory_date = day("2026-08-21");
    EXPECT_EQ(of("SEC-016", asset), Places{"inventory_date"});
    asset.inventory_date.reset();
    EXPECT_EQ(of("SEC-016", asset), Places{"inventory_date"});
    EXPECT_TRUE(of("SEC-016", asset, "retired").empty());
}

TEST(AssetDues, the_quarterly_inventory_the_end_of_support_and_the_certificate_of_the_last_check)
{
    law::Place const place;
    auto asset = application();
    asset.end_of_support = day("2027-06-30");
    asset.tls_checks = {{.id = "a", .checked_on = day("2026-01-01"), .certificate_until = day("2026-02-01")}, {.id = "b", .checked_on = day("2026-09-01"), .certificate_until = day("2026-12-15")}};
    std::map<std::string, Date> due;
    for (auto const& one : asset_register().dues(asset_schema().pack(asset), {"operational", {}, day("2026-11-22"), place})) due[std::string{one.kind}] = *one.day;
    EXPECT_EQ(due["asset.inventory"], day("2027-01-01"));
    EXPECT_EQ(due["asset.end_of_support"], day("2027-06-30"));
    EXPECT_EQ(due["asset.certificate"], day("2026-12-15"));
}

}  // namespace
}  // namespace greffier::asset
