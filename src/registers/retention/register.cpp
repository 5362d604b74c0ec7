#include "registers/retention/register.hpp"

#include "registers/retention/panel.hpp"
#include "registers/retention/retention.hpp"

namespace greffier::retention {

records::Register const& retention_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "retention",
        .prefix = "PUR",
        .icon = "hourglass",
        .chapter = records::Chapter::Steering,
        .schema = &retention_run_schema().info(),
        .title_field = "name",
        .statuses = {"scheduled", "carried_out", "given_up", "closed"},
        // Whoever has it done says so; to keep what had to go, or to take back a proof, is the controller's.
        .transitions = {
            {"scheduled", "carried_out", Permission::WriteRecords},
            {"scheduled", "given_up", Permission::DecideRecords, true},
            {"carried_out", "closed", Permission::WriteRecords},
            {"carried_out", "scheduled", Permission::DecideRecords, true},
            {"given_up", "scheduled", Permission::WriteRecords},
            {"closed", "carried_out", Permission::DecideRecords, true},
        },
        .closed = {"given_up", "closed"},
        .stamps = {{"carried_out", "done_on"}},
        .service_field = "service",
        .dues = &dues_of,
        .panel = &write_panel,
    };
    return kind;
}

}  // namespace greffier::retention
