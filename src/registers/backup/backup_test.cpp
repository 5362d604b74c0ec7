#include "registers/backup/backup.hpp"

#include <gtest/gtest.h>

#include "records/rule_fixture.hpp"
#include "registers/backup/rules.hpp"
#include "schema/test_bodies.hpp"
#include "schema/test_doors.hpp"

namespace greffier::backup {
namespace {

using namespace schema;
using records::day;
using records::Places;

Places of(std::string_view id, Backup const& record, std::string status = "operational") { return records::places_found(backup_rules(), id, record, std::move(status)); }

TEST(BackupSchema, records_made_by_chance_pass_through_every_door_unchanged) { expect_every_door_open(backup_schema().info()); }

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
