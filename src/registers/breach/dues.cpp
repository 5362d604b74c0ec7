#include "registers/breach/clocks.hpp"
#include "registers/breach/panel.hpp"

namespace greffier::breach {

namespace {

using records::Due;

void add_clocks(std::vector<Due>& dues, Breach const& b, records::DueContext const& context)
{
    if (context.status == "reported" && !b.aware_at) {
        if (auto const known = b.reported_at ? b.reported_at : b.detected_at; known && b.personal_data.value_or(true))
            dues.push_back({"breach.judging", judging_clock(*known, context.where).strict_due, {}, false, {"personal_data"}});
    }
    if (auto const clock = notification_clock(b, context.where); clock && !b.first_notification() && is_to_be_notified(b)) {
        dues.push_back({"breach.notification", clock->strict_due, {}, true, {"notifications"}});
        dues.push_back({"breach.legal_limit", clock->legal_due, {}, true, {"notifications"}});
    }
    if (auto const clock = complement_clock(b, context.where)) dues.push_back({"breach.complement", clock->strict_due, {}, false, {"notifications"}});
    if (auto const clock = persons_clock(b, context.where)) dues.push_back({"breach.persons", clock->strict_due, {}, false, {"persons_informed_at"}});
}

void add_clients(std::vector<Due>& dues, Breach const& b, records::DueContext const& context)
{
    if (b.role != Role::Processor || !b.aware_at || !b.personal_data.value_or(true)) return;
    bool named = false;
    for (auto const& party : b.parties) {
        if (party.role != PartyRole::Controller) continue;
        named = true;
        if (!party.we_told_at) dues.push_back({"breach.client", client_clock(b, &party, context.where).strict_due, {}, false, {"parties", party.id, "we_told_at"}});
    }
    if (!named) dues.push_back({"breach.client", client_clock(b, nullptr, context.where).strict_due, {}, false, {"parties"}});
}

}  // namespace

std::vector<Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    std::vector<Due> dues;
    auto const b = breach_of(row);
    add_clocks(dues, b, context);
    add_clients(dues, b, context);
    for (auto const& measure : b.measures)
        if (measure.stage != MeasureStage::Before && measure.due && !measure.done_on) dues.push_back(context.on("breach.measure", *measure.due, false, {"measures", measure.id, "due"}));
    return dues;
}

}  // namespace greffier::breach
