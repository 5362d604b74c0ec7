#include "registers/backup/backup.hpp"

#include <gtest/gtest.h>

#include "registers/backup/rules.hpp"
#include "schema/check.hpp"
#include "schema/json.hpp"
#include "schema/test_bodies.hpp"

namespace greffier::backup {
namespace {

using namespace schema;
using Places = std::vector<std::string>;

Date day(char const* text) { return *parse_date(text); }

Places of(std::string_view id, Backup const& record, std::string status = "operational")
{
    std::vector<records::Finding> all;
    records::Circumstances now;
    now.today = day("2026-11-22");
    now.status = std::move(status);
    for (auto const& rule : backup_rules())
        if (rule.id == id) {
            records::Report report(all, rule.id, rule.severity);
            rule.check(record, now, report);
        }
    Places found;
    for (auto const& one : all) found.push_back(one.place.text());
    return found;
}

TEST(BackupSchema, records_made_by_chance_pass_through_every_door_unchanged)
{
    auto const& info = backup_schema().info();
    for (std::uint64_t seed = 0; seed < 150; ++seed) {
        auto const row = RowMaker(seed, seed % 10 == 0 ? 100 : static_cast<int>(seed % 90)).make(info);
        ASSERT_TRUE(check(info, row).empty()) << seed;
        ASSERT_EQ(from_stored(info, to_stored(info, row), info.version), row) << seed;
    }
}

TEST(BackupSchema, bodies_of_released_versions_are_read_for_ever) { expect_old_bodies_read(backup_schema().info()); }

TEST(BackupRules, a_restore_that_worked_within_the_year)
{
    Backup backup;
    EXPECT_EQ(of("SEC-008", backup), Places{"last_restore_test"});
    backup.last_restore_test = day("2025-11-22");
    EXPECT_TRUE(of("SEC-008", backup).empty());
    backup.restore_result = RestoreResult::Failed;
    EXPECT_EQ(of("SEC-008", backup).size(), 1U);
    backup.restore_result.reset();
    backup.last_restore_test = day("2025-11-21");
    EXPECT_EQ(of("SEC-008", backup).size(), 1U);
    EXPECT_TRUE(of("SEC-008", backup, "retired").empty());
}

TEST(BackupRules, one_copy_off_site_and_one_off_line)
{
    Backup backup;
    EXPECT_EQ(of("SEC-009", backup), (Places{"offsite", "offline"}));
    backup.offsite = true;
    EXPECT_EQ(of("SEC-009", backup), Places{"offline"});
    backup.offline = true;
    EXPECT_TRUE(of("SEC-009", backup).empty());
}

TEST(BackupDues, the_test_that_is_planned_else_a_year_after_the_last)
{
    Backup backup;
    EXPECT_EQ(restore_test_due(backup, day("2026-11-22")), std::nullopt);
    backup.last_restore_test = day("2026-02-28");
    EXPECT_EQ(restore_test_due(backup, day("2026-11-22")), day("2027-02-28"));
    backup.next_restore_test = day("2026-12-01");
    EXPECT_EQ(restore_test_due(backup, day("2026-11-22")), day("2026-12-01"));
}

}  // namespace
}  // namespace greffier::backup
