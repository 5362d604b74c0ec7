#include "registers/continuity/register.hpp"

#include "registers/continuity/continuity.hpp"

namespace greffier::continuity {
namespace {

std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    auto const plan = plan_schema().unpack(row);
    if (!plan.ok() || !plan->next_test) return {};
    return {context.on("continuity.test", *plan->next_test, false, {"next_test"})};
}

}  // namespace

records::Register const& continuity_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "continuity",
        .prefix = "PCA",
        .icon = "lifebuoy",
        .chapter = records::Chapter::Security,
        .schema = &plan_schema().info(),
        .title_field = "name",
        .review_field = "next_review",
        .statuses = {"draft", "applicable", "retired"},
        // What may be lost, and for how long, is the controller's to accept.
        .transitions = {
            {"draft", "applicable", Permission::DecideRecords},
            {"applicable", "draft", Permission::WriteRecords, true},
            {"draft", "retired", Permission::DecideRecords, true},
            {"applicable", "retired", Permission::DecideRecords, true},
            {"retired", "draft", Permission::DecideRecords, true},
        },
        .settled = {"applicable"},
        .unsettled = "draft",
        .closed = {"retired"},
        .reviewed_field = "last_review",
        .reviewer_field = "reviewer",
        .service_field = "service",
        .dues = &dues_of,
    };
    return kind;
}

}  // namespace greffier::continuity
