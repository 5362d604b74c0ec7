#include "registers/project/register.hpp"

#include "registers/project/project.hpp"

namespace greffier::project {

namespace {

/// The seven principles and the eight defaults, ready to be gone through.
schema::Row blank_project()
{
    Project project;
    for (auto const item : all_principles()) project.by_design.emplace_back().item = item;
    for (auto const item : all_defaults()) project.by_default.emplace_back().item = item;
    return project_schema().pack(project);
}

}  // namespace

records::Register const& project_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "projects",
        .prefix = "PRJ",
        .icon = "rocket",
        .chapter = records::Chapter::Governance,
        .schema = &project_schema().info(),
        .title_field = "name",
        .statuses = {"draft", "in_design", "live", "abandoned", "archived"},
        // While it is designed it is a project; once live it is run and maintained. To go live is the controller's.
        .transitions = {
            {"draft", "in_design"},
            {"in_design", "draft", Permission::DecideRecords, true},
            {"in_design", "live", Permission::DecideRecords, false, true},
            {"live", "in_design", Permission::DecideRecords, true},
            {"draft", "abandoned", Permission::DecideRecords, true},
            {"in_design", "abandoned", Permission::DecideRecords, true},
            {"abandoned", "draft", Permission::DecideRecords, true},
            {"live", "archived", Permission::DecideRecords, true},
            {"archived", "live", Permission::DecideRecords, true},
        },
        .closed = {"abandoned", "archived"},
        .blank = &blank_project,
        .stamps = {{"live", "went_live_on"}},
        .service_field = "service",
        .dues = &dues_of,
    };
    return kind;
}

}  // namespace greffier::project
