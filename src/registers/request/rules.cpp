#include "registers/request/rules.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "registers/request/clock.hpp"

namespace greffier::request {
namespace {

using records::Circumstances;
using records::Report;
using records::Rule;
using enum records::Severity;

/// A register file that no organisation holds is read by the metropolitan calendar.
law::Place const& place_of(Circumstances const& now)
{
    static law::Place const metropolitan;
    return now.where ? *now.where : metropolitan;
}

std::optional<TimeLimit> limit_of(Request const& request, Circumstances const& now) { return time_limit(request, now.today, place_of(now)); }

bool is_older(Request const& request, Circumstances const& now, std::string_view delay)
{
    return request.received_at && now.today > house_delay(delay, local_date(*request.received_at, place_of(now).zone));
}

void overdue(Request const& request, Circumstances const& now, Report& report)
{
    if (!is_open(now.status) || request.answered_on) return;
    auto const limit = limit_of(request, now);
    if (limit && now.today > limit->deadline.answer.due) report.at("answered_on", {{"due", to_text(limit->deadline.answer.due)}});
}

void extension_not_announced(Request const& request, Circumstances const& now, Report& report)
{
    auto const limit = request.extended ? limit_of(request, now) : std::nullopt;
    if (limit && !limit->extension_holds) report.at("extension_told_on", {{"due", to_text(limit->deadline.extension_notice.due)}});
}

void extension_without_reason(Request const& request, Circumstances const&, Report& report)
{
    if (request.extended && request.extension_reasons.empty()) report.at("extension_reasons");
}

/// A ground that belongs to none of the rights asked grounds nothing.
bool is_grounded(Request const& request)
{
    return std::ranges::any_of(request.refusal_grounds, [&](RefusalGround ground) {
        return request.rights.empty() || std::ranges::any_of(request.rights, [&](Right right) { return may_refuse(ground, right); });
    });
}

void refusal_incomplete(Request const& request, Circumstances const&, Report& report)
{
    if (!request.refused()) return;
    bool const ground_in_decision = request.decision != Decision::Refused && request.decision != Decision::Partial;
    if (!is_grounded(request) && !ground_in_decision) report.at("refusal_grounds");
    if (!request.remedies_stated) report.at("remedies_stated");
}

void identity_without_doubt(Request const& request, Circumstances const&, Report& report)
{
    bool const asked = request.identity_asked_on || std::ranges::any_of(request.pauses, [](Pause const& pause) { return pause.reason == PauseReason::Identity; });
    if (asked && is_blank(request.identity_doubt.value)) report.at("identity_doubt");
}

void fee_without_ground(Request const& request, Circumstances const&, Report& report)
{
    if (request.fee && request.fee->cents > 0 && !request.fee_reason) report.at("fee_reason");
}

void marketing_goes_on(Request const& request, Circumstances const& now, Report& report)
{
    if (request.asks(Right::MarketingObjection) && is_open(now.status) && is_older(request, now, "request.objection")) report.at("rights");
}

void not_acknowledged(Request const& request, Circumstances const& now, Report& report)
{
    if (!request.acknowledged_on && is_open(now.status) && is_older(request, now, "request.acknowledgement")) report.at("acknowledged_on");
}

/// The days a person is answered, and the pauses, are counted from these: a slip of the pen would say "in time" of anything.
void dates_contradict(Request const& request, Circumstances const& now, Report& report)
{
    auto const received = request.received_at ? std::optional{local_date(*request.received_at, place_of(now).zone)} : std::nullopt;
    auto const before = [](std::optional<Date> const& one, std::optional<Date> const& other) { return one && other && *one < *other; };
    if (received && *received > now.today) report.at("received_at");
    if (before(request.acknowledged_on, received)) report.at("acknowledged_on");
    if (before(request.identity_asked_on, received)) report.at("identity_asked_on");
    if (before(request.identity_received_on, request.identity_asked_on)) report.at("identity_received_on");
    for (auto const& pause : request.pauses) {
        if (before(pause.asked_on, received)) report.at({"pauses", pause.id, "asked_on"});
        if (before(pause.answered_on, pause.asked_on)) report.at({"pauses", pause.id, "answered_on"});
    }
    if (before(request.extension_told_on, received)) report.at("extension_told_on");
    if (before(request.answered_on, received) || (request.answered_on && *request.answered_on > now.today)) report.at("answered_on");
}

}  // namespace

std::span<Rule<Request> const> request_rules()
{
    static constexpr Rule<Request> rules[] = {
        {"RIG-001", Blocking, "12(3)", overdue},
        {"RIG-002", Major, "12(3)", extension_not_announced},
        {"RIG-003", Major, "12(3)", extension_without_reason},
        {"RIG-004", Blocking, "12(4)", refusal_incomplete},
        {"RIG-005", Minor, "12(6)", identity_without_doubt},
        {"RIG-006", Major, "12(5)", fee_without_ground},
        {"RIG-009", Major, "21(3)", marketing_goes_on},
        {"RIG-011", Advice, "", not_acknowledged},
        {"RIG-013", Major, "12(3)", dates_contradict},
    };
    return rules;
}

}  // namespace greffier::request
