#include "registers/request/clock.hpp"

#include <algorithm>

#include "law/parameters.hpp"

namespace greffier::request {

namespace {

std::vector<law::Pause> counted_pauses(Request const& request)
{
    std::vector<law::Pause> pauses;
    for (auto const& pause : request.all_pauses()) pauses.push_back({*pause.asked_on, pause.answered_on});
    return pauses;
}

void add_waiting(std::vector<records::Due>& dues, Request const& request, records::DueContext const& context)
{
    // Again and again as long as nothing comes: one that stays late would hide what the law wants.
    auto remind = [&](Date asked, records::Place place) {
        auto const between = law::parameter("request.reminder", asked).number();
        auto next = law::days_after(asked, between, context.where.calendar).nominal;
        while (next < context.today) next = law::days_after(next, between, context.where.calendar).nominal;
        dues.push_back(context.on("request.reminder", next, false, std::move(place)));
    };
    if (request.identity_asked_on && !request.identity_received_on) remind(*request.identity_asked_on, {"identity_received_on"});
    for (auto const& pause : request.pauses)
        if (pause.asked_on && !pause.answered_on) remind(*pause.asked_on, {"pauses", pause.id, "answered_on"});
}

void add_open(std::vector<records::Due>& dues, Request const& request, TimeLimit const& limit, Date received, records::DueContext const& context)
{
    // While the clock stands still the day moves on with the calendar: under another name, of which nobody is reminded.
    bool const suspended = request.is_waiting() && !limit.pauses_contradict;
    if (!request.answered_on) dues.push_back(context.on(suspended ? "request.suspended" : "request.answer", limit.deadline.answer.due, true, {"answered_on"}));
    if (request.extended && !request.extension_told_on) dues.push_back(context.on("request.extension_notice", limit.deadline.extension_notice.due, true, {"extension_told_on"}));
    // Good practice, not law: once late, its finding says so, and it hides no deadline.
    if (auto const acknowledge = house_delay("request.acknowledgement", received); !request.acknowledged_on && acknowledge >= context.today)
        dues.push_back(context.on("request.acknowledgement", acknowledge, false, {"acknowledged_on"}));
    if (request.asks(Right::MarketingObjection)) dues.push_back(context.on("request.objection", house_delay("request.objection", received), false, {"rights"}));
    for (auto const& one : request.assignments)
        if (one.due_on && !one.answered_on) dues.push_back(context.on("request.assignment", *one.due_on, false, {"assignments", one.id, "answered_on"}));
    add_waiting(dues, request, context);
}

}  // namespace

std::optional<TimeLimit> time_limit(Request const& request, Date today, law::Place const& place)
{
    if (!request.received_at) return std::nullopt;
    law::RequestFacts facts{local_date(*request.received_at, place.zone), false, counted_pauses(request), request.answered_on.value_or(today)};
    TimeLimit limit;
    auto first = law::request_deadline(facts, place);
    if (!first.ok()) {
        limit.pauses_contradict = true;
        facts.pauses.clear();
        first = law::request_deadline(facts, place);
    }
    limit.deadline = std::move(first).value();
    limit.extension_holds = request.extended && request.extension_told_on && *request.extension_told_on <= limit.deadline.extension_notice.due;
    if (limit.extension_holds) {
        facts.extended = true;
        limit.deadline = law::request_deadline(facts, place).value();
    }
    return limit;
}

std::optional<Date> kept_until(Request const& request)
{
    if (!request.closed_on) return std::nullopt;
    return law::months_after_unmoved(*request.closed_on, law::parameter("request.retention", *request.closed_on).number()).nominal;
}

Date house_delay(std::string_view parameter, Date received)
{
    return law::days_after(received, law::parameter(parameter, received).number(), law::Calendar{}).nominal;
}

std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    std::vector<records::Due> dues;
    auto const request = request_schema().unpack(row);
    auto const limit = request.ok() ? time_limit(*request, context.today, context.where) : std::nullopt;
    if (!limit) return dues;
    if (is_open(context.status)) add_open(dues, *request, *limit, local_date(*request->received_at, context.where.zone), context);
    if (request->identity_means == IdentityMeans::IdentityDocument && request->identity_received_on && !request->document_destroyed_on)
        dues.push_back(context.on("request.document", *request->identity_received_on, true, {"document_destroyed_on"}));
    return dues;
}

}  // namespace greffier::request
