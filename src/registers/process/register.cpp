#include "registers/process/register.hpp"

#include "registers/process/panel.hpp"
#include "registers/process/process.hpp"

namespace greffier::process {

records::Register const& process_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "processes",
        .prefix = "PCS",
        .icon = "route",
        .chapter = records::Chapter::Mapping,
        .schema = &business_process_schema().info(),
        .title_field = "name",
        .review_field = "next_review",
        .statuses = {"draft", "described", "archived"},
        .transitions = {
            {"draft", "described", Permission::WriteRecords},
            {"described", "draft", Permission::WriteRecords},
            {"described", "archived", Permission::WriteRecords, true},
            {"archived", "draft", Permission::WriteRecords, true},
        },
        .closed = {"archived"},
        .reviewed_field = "last_review",
        .service_field = "service",
        .panel = &write_panel,
    };
    return kind;
}

}  // namespace greffier::process
