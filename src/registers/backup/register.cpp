#include "registers/backup/register.hpp"

#include "registers/backup/backup.hpp"

namespace greffier::backup {
namespace {

std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    auto const backup = backup_schema().unpack(row);
    auto const due = backup.ok() ? restore_test_due(*backup, context.today) : std::nullopt;
    if (!due) return {};
    return {context.on("backup.restore_test", *due, false, {"last_restore_test"})};
}

}  // namespace

records::Register const& backup_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "backups",
        .prefix = "SAV",
        .icon = "device-floppy",
        .chapter = records::Chapter::Security,
        .schema = &backup_schema().info(),
        .title_field = "name",
        .statuses = {"operational", "retired"},
        .transitions = {
            {"operational", "retired", Permission::WriteRecords, true},
            {"retired", "operational", Permission::WriteRecords, true},
        },
        .closed = {"retired"},
        .service_field = "service",
        .dues = &dues_of,
    };
    return kind;
}

}  // namespace greffier::backup
