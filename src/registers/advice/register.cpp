#include "registers/advice/register.hpp"

#include "registers/advice/advice.hpp"

namespace greffier::advice {

namespace {

std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    std::vector<records::Due> dues;
    auto const advice = advice_schema().unpack(row);
    if (!advice.ok() || context.status != "asked") return dues;
    if (auto const due = answer_due(*advice)) dues.push_back(context.on("advice.answer", *due, false, {advice->wanted_by ? "wanted_by" : "asked_on"}));
    return dues;
}

}  // namespace

records::Register const& advice_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "advice",
        .prefix = "AVI",
        .icon = "message-question",
        .chapter = records::Chapter::Governance,
        .schema = &advice_schema().info(),
        .title_field = "subject",
        .statuses = {"asked", "advised", "decided", "dropped"},
        // Anybody who writes asks; the officer answers; whether it is followed is the controller's to say, and to sign.
        .transitions = {
            {"asked", "advised", Permission::WriteRecords},
            {"asked", "dropped", Permission::WriteRecords, true},
            {"advised", "asked", Permission::WriteRecords, true},
            {"advised", "decided", Permission::DecideRecords, false, true},
            {"decided", "advised", Permission::DecideRecords, true},
            {"dropped", "asked", Permission::WriteRecords},
        },
        .closed = {"dropped"},
        .stamps = {{"advised", "answered_on"}, {"decided", "decided_on"}},
        .service_field = "service",
        .dues = &dues_of,
    };
    return kind;
}

}  // namespace greffier::advice
