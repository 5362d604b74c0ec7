#include "registers/breach/register.hpp"

#include "registers/breach/breach.hpp"
#include "registers/breach/panel.hpp"

namespace greffier::breach {

records::Register const& breach_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "breaches",
        .prefix = "VIO",
        .icon = "alarm",
        .schema = &breach_schema().info(),
        .title_field = "title",
        .sealed = true,
        .statuses = {"reported", "breach", "notified", "incident", "closed"},
        // Anybody reports; whether it is a breach is judged by who may decide. To notify, and to close, is the controller's:
        // who decided is recorded, and the officer's advice stands beside it.
        .transitions = {
            {"reported", "breach", Permission::DecideRecords},
            {"reported", "incident", Permission::DecideRecords, true},
            {"breach", "notified", Permission::DecideRecords, false, true},
            {"breach", "closed", Permission::DecideRecords, true, true, true},
            {"breach", "incident", Permission::DecideRecords, true, true},
            {"notified", "closed", Permission::DecideRecords, false, true, true},
            {"notified", "incident", Permission::DecideRecords, true, true},
            {"incident", "reported", Permission::DecideRecords, true},
            {"closed", "breach", Permission::DecideRecords, true},
            {"closed", "notified", Permission::DecideRecords, true},
        },
        .closed = {"incident", "closed"},
        .stamps = {{"closed", "closed_on"}},
        .service_field = "service",
        .dues = &dues_of,
        .panel = &write_panel,
    };
    return kind;
}

}  // namespace greffier::breach
