#include "registers/policy/register.hpp"

#include "registers/policy/panel.hpp"
#include "registers/policy/policy.hpp"

namespace greffier::policy {

records::Register const& policy_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "policies",
        .prefix = "POL",
        .icon = "book",
        .chapter = records::Chapter::Documents,
        .schema = &policy_schema().info(),
        .title_field = "name",
        .review_field = "next_review",
        .statuses = {"draft", "in_force", "ended", "archived"},
        .transitions = {
            {"draft", "in_force", Permission::DecideRecords},
            {"in_force", "draft", Permission::WriteRecords, true},
            {"in_force", "ended", Permission::DecideRecords},
            {"ended", "in_force", Permission::DecideRecords, true},
            {"draft", "archived", Permission::WriteRecords, true},
            {"ended", "archived", Permission::WriteRecords},
            {"archived", "draft", Permission::WriteRecords, true},
        },
        .settled = {"in_force"},
        .unsettled = "draft",
        .closed = {"archived"},
        .stamps = {{"in_force", "applies_from"}},
        .reviewed_field = "last_review",
        .reviewer_field = "reviewer",
        .panel = &write_panel,
        .common = true,
    };
    return kind;
}

}  // namespace greffier::policy
