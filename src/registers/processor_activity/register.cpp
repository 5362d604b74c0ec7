#include "registers/processor_activity/register.hpp"

#include "registers/processor_activity/panel.hpp"
#include "registers/processor_activity/processor_activity.hpp"

namespace greffier::processor_activity {

namespace {

/// One line of what the law asks for first, ready to be filled.
schema::Row blank_activity()
{
    auto row = activity_schema().pack({});
    auto const& info = activity_schema().info();
    for (auto const* field : {"clients", "operations", "measures"}) schema::set(info, row, field, schema::Rows{schema::Row(*info.find(field)->rows)});
    return row;
}

/// The contracts with clients: what is held for them is returned or deleted then.
std::vector<records::Due> contracts_that_end(schema::Row const& row, records::DueContext const& context)
{
    auto const read = activity_schema().unpack(row);
    std::vector<records::Due> dues;
    if (!read.ok() || read->direction != Direction::WeProcessForClient) return dues;
    for (auto const& client : read->clients)
        if (client.contract_ends_on && !client.end_executed_on) dues.push_back(context.on("activity.contract", *client.contract_ends_on, false, {"clients", client.id, "contract_ends_on"}));
    return dues;
}

}  // namespace

records::Register const& activity_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "processor-activities",
        .prefix = "ACT",
        .icon = "briefcase",
        .schema = &activity_schema().info(),
        .title_field = "name",
        .review_field = "next_review",
        .statuses = {"draft", "in_force", "ended"},
        .transitions = {
            {"draft", "in_force", Permission::DecideRecords, false, false, true},
            {"in_force", "draft", Permission::DecideRecords, true},
            {"in_force", "ended", Permission::DecideRecords, true},
            {"draft", "ended", Permission::DecideRecords, true},
            {"ended", "draft", Permission::DecideRecords, true},
        },
        .closed = {"ended"},
        .blank = &blank_activity,
        .reviewed_field = "last_review",
        .reviewer_field = "reviewer",
        .service_field = "service",
        .dues = &contracts_that_end,
        .panel = &write_panel,
    };
    return kind;
}

}  // namespace greffier::processor_activity
