#include "registers/committee/register.hpp"

#include "registers/committee/committee.hpp"
#include "registers/committee/panel.hpp"

namespace greffier::committee {

records::Register const& committee_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "committees",
        .prefix = "COM",
        .icon = "messages",
        .chapter = records::Chapter::Governance,
        .schema = &committee_schema().info(),
        .title_field = "name",
        .statuses = {"to_come", "took_place", "archived"},
        .transitions = {
            {"to_come", "took_place"},
            {"took_place", "to_come", Permission::DecideRecords, true},
            {"to_come", "archived", Permission::DecideRecords, true},
            {"took_place", "archived", Permission::DecideRecords, true},
            {"archived", "took_place", Permission::DecideRecords, true},
        },
        .closed = {"archived"},
        .service_field = "service",
        .dues = &dues_of,
        .panel = &write_panel,
    };
    return kind;
}

}  // namespace greffier::committee
