#include "registers/complaint/register.hpp"

#include "registers/complaint/complaint.hpp"

namespace greffier::complaint {

namespace {

std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    std::vector<records::Due> dues;
    auto const complaint = complaint_schema().unpack(row);
    if (!complaint.ok()) return dues;
    bool const open = context.status == "lodged" || context.status == "in_progress";
    if (auto const due = answer_due(*complaint); due && open && !complaint->answered_on)
        dues.push_back(context.on("complaint.answer", *due, false, {complaint->answer_by ? "answer_by" : "received_on"}));
    for (auto const& exchange : complaint->exchanges)
        if (exchange.answer_by && !exchange.answered_on) dues.push_back(context.on("complaint.exchange", *exchange.answer_by, false, {"exchanges", exchange.id, "answer_by"}));
    return dues;
}

}  // namespace

records::Register const& complaint_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "complaints",
        .prefix = "PLN",
        .icon = "flag",
        .schema = &complaint_schema().info(),
        .title_field = "subject",
        .sealed = true,
        .statuses = {"lodged", "in_progress", "answered", "closed"},
        .transitions = {
            {"lodged", "in_progress", Permission::WriteRecords},
            {"lodged", "answered", Permission::WriteRecords},
            {"in_progress", "answered", Permission::WriteRecords},
            {"answered", "in_progress", Permission::WriteRecords, true},
            {"answered", "closed", Permission::DecideRecords},
            {"in_progress", "closed", Permission::DecideRecords, true},
            {"closed", "in_progress", Permission::DecideRecords, true},
        },
        .closed = {"closed"},
        .stamps = {{"answered", "answered_on"}, {"closed", "closed_on"}},
        .service_field = "service",
        .dues = &dues_of,
    };
    return kind;
}

}  // namespace greffier::complaint
