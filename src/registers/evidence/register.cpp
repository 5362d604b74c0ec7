#include "registers/evidence/register.hpp"

#include "registers/evidence/evidence.hpp"
#include "registers/evidence/panel.hpp"

namespace greffier::evidence {

records::Register const& evidence_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "evidence",
        .prefix = "PRV",
        .icon = "file-certificate",
        .chapter = records::Chapter::Documents,
        .schema = &evidence_schema().info(),
        .title_field = "name",
        .statuses = {"proving", "replaced"},
        .transitions = {
            {"proving", "replaced", Permission::WriteRecords, true},
            {"replaced", "proving", Permission::DecideRecords, true},
        },
        .closed = {"replaced"},
        .service_field = "service",
        .dues = &dues_of,
        .panel = &write_panel,
    };
    return kind;
}

}  // namespace greffier::evidence
