#include "registers/audit/register.hpp"

#include "registers/audit/audit.hpp"
#include "registers/audit/panel.hpp"

namespace greffier::audit {

records::Register const& audit_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "audits",
        .prefix = "AUD",
        .icon = "zoom-check",
        .chapter = records::Chapter::Security,
        .schema = &audit_schema().info(),
        .title_field = "name",
        .statuses = {"to_come", "took_place", "settled", "archived"},
        .transitions = {
            {"to_come", "took_place"},
            {"took_place", "to_come", Permission::DecideRecords, true},
            {"took_place", "settled", Permission::DecideRecords},
            {"settled", "took_place", Permission::DecideRecords, true},
            {"to_come", "archived", Permission::DecideRecords, true},
            {"took_place", "archived", Permission::DecideRecords, true},
            {"settled", "archived", Permission::DecideRecords, true},
            {"archived", "took_place", Permission::DecideRecords, true},
        },
        .closed = {"archived"},
        .service_field = "service",
        .dues = &dues_of,
        .panel = &write_panel,
    };
    return kind;
}

}  // namespace greffier::audit
