#include "registers/action/register.hpp"

#include "registers/action/action.hpp"
#include "registers/action/panel.hpp"

namespace greffier::action {

records::Register const& action_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "actions",
        .prefix = "PLA",
        .icon = "list-check",
        .chapter = records::Chapter::Steering,
        .schema = &action_schema().info(),
        .title_field = "name",
        .statuses = {"to_do", "under_way", "done", "checked", "abandoned"},
        // Who does it says that it is done; somebody else looks whether it is. To give up is decided, and says why.
        .transitions = {
            {"to_do", "under_way"},
            {"to_do", "done"},
            {"under_way", "done"},
            {"under_way", "to_do"},
            {"done", "checked", Permission::DecideRecords},
            {"done", "under_way", Permission::DecideRecords, true},
            {"to_do", "abandoned", Permission::DecideRecords, true},
            {"under_way", "abandoned", Permission::DecideRecords, true},
            {"abandoned", "to_do", Permission::DecideRecords, true},
            {"checked", "under_way", Permission::DecideRecords, true},
        },
        .closed = {"checked", "abandoned"},
        .stamps = {{"done", "done_on"}, {"checked", "checked_on"}},
        .service_field = "service",
        .dues = &dues_of,
        .panel = &write_panel,
    };
    return kind;
}

}  // namespace greffier::action
