#include "registers/breach/rules.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "law/parameters.hpp"
#include "registers/breach/clocks.hpp"

namespace greffier::breach {
namespace {

using records::Circumstances;
using records::Report;
using records::Rule;
using enum records::Severity;

law::Place const& place_of(Circumstances const& c)
{
    static law::Place const paris;
    return c.where ? *c.where : paris;
}

bool is_live(Circumstances const& c) { return c.status != "incident" && c.status != "closed"; }
bool is_breach(Circumstances const& c) { return c.status == "breach" || c.status == "notified" || c.status == "closed"; }

void without_reasons(Breach const& b, Circumstances const& c, Report& report, Timeliness when)
{
    auto const clock = notification_clock(b, place_of(c));
    auto const* first = b.first_notification();
    if (clock && first && is_blank(b.delay_reasons.value) && timeliness(*clock, *first->sent_at) == when) report.at("delay_reasons");
}
void late_without_reasons(Breach const& b, Circumstances const& c, Report& report) { without_reasons(b, c, report, Timeliness::Late); }
void disputed_without_reasons(Breach const& b, Circumstances const& c, Report& report) { without_reasons(b, c, report, Timeliness::Disputed); }

void clock_nearly_over(Breach const& b, Circumstances const& c, Report& report)
{
    auto const clock = notification_clock(b, place_of(c));
    if (!clock || !is_live(c) || b.first_notification() || !is_to_be_notified(b)) return;
    if (c.now > clock->strict_due - std::chrono::hours{24}) report.at("notifications");
}

/// What is closed without having been notified was decided too, answered or not.
void silence_not_justified(Breach const& b, Circumstances const& c, Report& report)
{
    if (b.role == Role::Processor || !is_breach(c) || b.first_notification()) return;
    if (b.notify == false && is_blank(b.notify_reason.value)) report.at("notify_reason");
    else if (!b.notify && c.status == "closed") report.at("notify");
}

void persons_not_informed(Breach const& b, Circumstances const& c, Report& report)
{
    if (b.risk == Risk::High && !b.persons_informed_at && !b.art34_exemption && b.role != Role::Processor && c.status != "incident") report.at("persons_informed_at");
}

void content_incomplete(Breach const& b, Circumstances const& c, Report& report)
{
    if (!is_breach(c) || !is_to_be_notified(b) || b.is_withdrawn()) return;
    if (b.nature.empty()) report.at("nature");
    if (b.subject_categories.empty()) report.at("subject_categories");
    if (!b.people_count) report.at("people_count");
    if (b.data_categories.empty()) report.at("data_categories");
    if (!b.records_count) report.at("records_count");
    if (is_blank(b.consequences.value)) report.at("consequences");
    if (!b.has_remedial_measures()) report.at("measures");
}

void never_completed(Breach const& b, Circumstances const& c, Report& report)
{
    auto const* first = b.first_notification();
    if (!first || first->type != NotificationType::Initial || b.is_completed() || c.status == "incident") return;
    auto const sent = local_date(*first->sent_at, place_of(c).zone);
    auto const end = law::days_after(sent, law::parameter("breach.completion", sent).number(), place_of(c).calendar).nominal;
    if (c.today > end) report.at("notifications");
}

void awareness_missing(Breach const& b, Circumstances const& c, Report& report)
{
    if (is_breach(c) && !b.aware_at) report.at("aware_at");
}

void closed_without_measures(Breach const& b, Circumstances const& c, Report& report)
{
    if (c.status == "closed" && !b.has_remedial_measures()) report.at("measures");
}

/// What nobody learnt from comes again.
void closed_without_review(Breach const& b, Circumstances const& c, Report& report)
{
    if (c.status == "closed" && !b.is_reviewed()) report.at("lessons");
}

void processor_late(Breach const& b, Circumstances const& c, Report& report)
{
    for (auto const& party : b.parties) {
        if (party.role != PartyRole::Processor || !party.aware_at || !party.told_us_at || !party.contract_hours) continue;
        auto const hours = static_cast<int>(std::clamp<std::int64_t>(*party.contract_hours, 0, 24 * 365));
        if (*party.told_us_at > law::hours_after(*party.aware_at, hours, place_of(c)).strict_due) report.at({"parties", party.id, "told_us_at"}, {{"hours", std::to_string(hours)}});
    }
}

/// Before the contract's hour it is a matter of care; behind it, of the contract and of the law.
void client_waits(Breach const& b, Circumstances const& c, Report& report, bool behind_contract)
{
    if (b.role != Role::Processor || !b.aware_at || !is_live(c) || b.personal_data == false) return;
    auto const careful = client_clock(b, nullptr, place_of(c)).strict_due;
    bool named = false;
    for (auto const& party : b.parties) {
        if (party.role != PartyRole::Controller) continue;
        named = true;
        if (party.we_told_at) continue;
        auto const due = client_clock(b, &party, place_of(c)).strict_due;
        if (behind_contract ? c.now > due : c.now > careful && c.now <= due) report.at({"parties", party.id, "we_told_at"});
    }
    if (!named && behind_contract && c.now > careful) report.at("parties");
}
void client_not_told(Breach const& b, Circumstances const& c, Report& report) { client_waits(b, c, report, true); }
void client_not_told_yet(Breach const& b, Circumstances const& c, Report& report) { client_waits(b, c, report, false); }

void not_judged(Breach const& b, Circumstances const& c, Report& report)
{
    auto const known = b.reported_at ? b.reported_at : b.detected_at;
    if (c.status != "reported" || !known || b.personal_data == false) return;
    if (c.now > judging_clock(*known, place_of(c)).strict_due) report.at(b.personal_data ? "nature" : "personal_data");
}

void dates_contradict(Breach const& b, Circumstances const& c, Report& report)
{
    auto before = [&](std::optional<Timestamp> const& one, std::optional<Timestamp> const& other, char const* field) {
        if (one && other && *one < *other) report.at(field);
    };
    before(b.ended_at, b.started_at, "ended_at");
    before(b.detected_at, b.started_at, "detected_at");
    before(b.aware_at, b.started_at, "aware_at");
    before(b.persons_informed_at, b.started_at, "persons_informed_at");
    if (b.aware_at && *b.aware_at > c.now) report.at("aware_at");
    if (b.detected_at && *b.detected_at > c.now) report.at("detected_at");
    for (auto const& sent : b.notifications)
        if (sent.sent_at && (*sent.sent_at > c.now || (b.aware_at && *sent.sent_at < *b.aware_at))) report.at({"notifications", sent.id, "sent_at"});
}

void notified_without_sending(Breach const& b, Circumstances const& c, Report& report)
{
    if (c.status == "notified" && !b.first_notification()) report.at("notifications");
}

}  // namespace

std::span<Rule<Breach> const> breach_rules()
{
    // A rule whose severity depends on the case stands here once for each.
    static constexpr Rule<Breach> rules[] = {
        {"BRE-001", Blocking, "33(1)", late_without_reasons},
        {"BRE-001", Major, "33(1)", disputed_without_reasons},
        {"BRE-002", Blocking, "33(1)", clock_nearly_over},
        {"BRE-003", Major, "33(5)", silence_not_justified},
        {"BRE-004", Blocking, "34(1)", persons_not_informed},
        {"BRE-005", Major, "33(3)", content_incomplete},
        {"BRE-006", Major, "33(4)", never_completed},
        {"BRE-007", Blocking, "33(1)", awareness_missing},
        {"BRE-008", Major, "33(5)", closed_without_measures},
        {"BRE-009", Minor, "33(2)", processor_late},
        {"BRE-010", Blocking, "33(2)", client_not_told},
        {"BRE-010", Major, "33(2)", client_not_told_yet},
        {"BRE-011", Major, "33(5)", not_judged},
        {"BRE-012", Major, "33(1)", dates_contradict},
        {"BRE-013", Major, "33(1)", notified_without_sending},
        {"BRE-015", Minor, "32(1)(d)", closed_without_review},
    };
    return rules;
}

}  // namespace greffier::breach
