#include "registers/consent/rules.hpp"

#include "core/text.hpp"

namespace greffier::consent {
namespace {

using records::Circumstances;
using records::Report;
using records::Rule;
using enum records::Severity;

bool is_over(Circumstances const& now) { return now.status == "archived"; }

void pre_ticked(Point const& point, Circumstances const& now, Report& report)
{
    if (point.is_pre_ticked() && !is_over(now)) report.at(point.pre_ticked ? "pre_ticked" : "acts");
}

void bundled(Point const& point, Circumstances const& now, Report& report)
{
    if (point.purposes.size() > 1 && !point.granular && !is_over(now)) report.at("granular", {{"count", std::to_string(point.purposes.size())}});
}

void harder_to_withdraw(Point const& point, Circumstances const& now, Report& report)
{
    if (is_over(now)) return;
    if (point.give_steps && point.withdraw_steps && *point.withdraw_steps > *point.give_steps) report.at("withdraw_steps");
    else if (point.withdraw_login && !point.give_login) report.at("withdraw_login");
}

void terms_as_consent(Point const& point, Circumstances const& now, Report& report)
{
    if (point.kind == PointKind::Cgv && !is_over(now)) report.at("kind");
}

/// The form was looked at, and something on it is not as it should be.
void form_fails(Point const& point, Circumstances const& now, Report& report)
{
    if (is_over(now)) return;
    for (auto const& [answer, field] : {std::pair{point.form_unticked, "form_unticked"}, {point.form_objection, "form_objection"}, {point.form_marked, "form_marked"}, {point.form_notice, "form_notice"}})
        if (answer == false) report.at(field);
}

void wording_not_kept(Consent const& consent, Circumstances const& now, Report& report)
{
    if (is_blank(consent.wording_version) && now.status != "refused") report.at("wording_version");
}

void used_after_withdrawal(Consent const& consent, Circumstances const&, Report& report)
{
    if (consent.withdrawn_at && consent.last_use && *consent.last_use > *consent.withdrawn_at) report.at("last_use");
}

/// A proof whose dates cannot be true proves nothing.
void dates_contradict(Consent const& consent, Circumstances const& now, Report& report)
{
    if (consent.given_at && *consent.given_at > now.now) report.at("given_at");
    if (consent.given_at && consent.withdrawn_at && *consent.withdrawn_at < *consent.given_at) report.at("withdrawn_at");
}

}  // namespace

std::span<Rule<Point> const> point_rules()
{
    static constexpr Rule<Point> rules[] = {
        {"CON-001", Blocking, "4(11)", pre_ticked},
        {"CON-002", Major, "7(2)", bundled},
        {"CON-004", Major, "7(3)", harder_to_withdraw},
        {"CON-007", Major, "7(2)", terms_as_consent},
        {"CON-008", Major, "13(1), 13(2)(e), 21(2)", form_fails},
    };
    return rules;
}

std::span<Rule<Consent> const> consent_rules()
{
    static constexpr Rule<Consent> rules[] = {
        {"CON-003", Major, "7(1)", wording_not_kept},
        {"CON-005", Blocking, "7(3)", used_after_withdrawal},
        {"CON-009", Major, "7(1)", dates_contradict},
    };
    return rules;
}

}  // namespace greffier::consent
