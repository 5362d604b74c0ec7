#include "registers/delegation/register.hpp"

#include "registers/delegation/delegation.hpp"

namespace greffier::delegation {

namespace {

std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    auto const delegation = delegation_schema().unpack(row);
    if (!delegation.ok() || context.status != "in_force" || !delegation->end_date) return {};
    return {context.on("delegation.end", *delegation->end_date, false, {"end_date"})};
}

}  // namespace

records::Register const& delegation_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "delegations",
        .prefix = "DEL",
        .icon = "user-share",
        .chapter = records::Chapter::Documents,
        .schema = &delegation_schema().info(),
        .title_field = "name",
        .review_field = "next_review",
        .statuses = {"draft", "in_force", "ended", "archived"},
        // Nobody gives themselves a power: what binds the organisation is the controller's to put in force and to end.
        .transitions = {
            {"draft", "in_force", Permission::DecideRecords},
            {"in_force", "draft", Permission::DecideRecords, true},
            {"in_force", "ended", Permission::DecideRecords, true},
            {"ended", "in_force", Permission::DecideRecords, true},
            {"draft", "archived", Permission::DecideRecords, true},
            {"ended", "archived", Permission::DecideRecords},
            {"archived", "draft", Permission::DecideRecords, true},
        },
        .settled = {"in_force"},
        .unsettled = "draft",
        .closed = {"archived"},
        .reviewed_field = "last_review",
        .reviewer_field = "reviewer",
        .service_field = "service",
        .dues = &dues_of,
    };
    return kind;
}

}  // namespace greffier::delegation
