#include "registers/transfer/register.hpp"

#include "registers/transfer/panel.hpp"
#include "registers/transfer/transfer.hpp"

namespace greffier::transfer {

records::Register const& transfer_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "transfers",
        .prefix = "TRA",
        .icon = "world",
        .chapter = records::Chapter::Mapping,
        .schema = &transfer_schema().info(),
        .title_field = "name",
        .review_field = "next_review",
        .statuses = {"draft", "allowed", "in_force", "suspended", "ended"},
        // The contributor describes. What a blocking finding forbids, only the controller may let through; suspending is his too.
        .transitions = {
            {"draft", "allowed", Permission::DecideRecords, false, false, true},
            {"allowed", "draft", Permission::DecideRecords, true},
            {"allowed", "in_force", Permission::DecideRecords, false, false, true},
            {"in_force", "suspended", Permission::DecideRecords, true, true},
            {"suspended", "in_force", Permission::DecideRecords, true, false, true},
            {"draft", "ended", Permission::DecideRecords, true},
            {"allowed", "ended", Permission::DecideRecords, true},
            {"in_force", "ended", Permission::DecideRecords, true},
            {"suspended", "ended", Permission::DecideRecords, true},
            {"ended", "draft", Permission::DecideRecords, true},
        },
        .settled = {"allowed", "in_force"},
        .unsettled = "draft",
        .closed = {"ended"},
        .reviewed_field = "last_review",
        .reviewer_field = "reviewer",
        .dues = &transfer_dues,
        .panel = &write_panel,
    };
    return kind;
}

}  // namespace greffier::transfer
