#include "registers/activity/register.hpp"

#include "registers/activity/activity.hpp"

namespace greffier::activity {

records::Register const& activity_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "activity",
        .prefix = "JDP",
        .icon = "notebook",
        .chapter = records::Chapter::Governance,
        .schema = &activity_schema().info(),
        .title_field = "what",
        .statuses = {"current", "archived"},
        .transitions = {
            {"current", "archived", Permission::WriteRecords},
            {"archived", "current", Permission::WriteRecords},
        },
        .closed = {"archived"},
        .service_field = "service",
    };
    return kind;
}

}  // namespace greffier::activity
