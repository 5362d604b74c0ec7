#include "registers/processor/rules.hpp"

#include "core/text.hpp"

namespace greffier::processor {
namespace {

using records::Circumstances;
using records::Report;
using records::Rule;
using enum records::Severity;

bool is_chosen(Circumstances const& now) { return now.status == "approved" || now.status == "in_use"; }
bool is_over(Circumstances const& now) { return now.status == "terminated" || now.status == "archived"; }

void subprocessor_not_authorised(Processor const& p, Circumstances const& now, Report& report)
{
    if (is_over(now)) return;
    for (auto const& one : p.subprocessors)
        if (one.active && one.mode == AuthorisationMode::Specific && one.state != ChainState::Authorised) report.at({"subprocessors", one.id, "state"});
}

void objection_window_open(Processor const& p, Circumstances const& now, Report& report)
{
    if (is_over(now)) return;
    for (auto const& one : p.subprocessors)
        if (one.may_be_opposed(now.today)) report.at({"subprocessors", one.id, "state"});
}

void guarantees_not_assessed(Processor const& p, Circumstances const& now, Report& report)
{
    if (is_chosen(now) && p.falls_under_28() && !p.assessment) report.at("assessment");
}

void assessment_old(Processor const& p, Circumstances const& now, Report& report)
{
    if (!is_chosen(now) || !p.falls_under_28() || !p.assessment) return;
    if (!p.assessment_date || now.today > add_months(*p.assessment_date, months_between_assessments))
        report.at("assessment_date", {{"months", std::to_string(months_between_assessments)}});
}

void compliance_never_asked(Processor const& p, Circumstances const& now, Report& report)
{
    if (is_chosen(now) && p.falls_under_28() && !p.compliance_request_date) report.at("compliance_request_date");
}

void not_qualified(Processor const& p, Circumstances const& now, Report& report)
{
    if (is_chosen(now) && p.qualification == Qualification::NotQualified) report.at("qualification");
}

void qualification_against_answers(Processor const& p, Circumstances const& now, Report& report)
{
    auto const suggested = suggested_qualification(p);
    bool const reasoned = !is_blank(p.qualification_reason.value);
    if (!is_over(now) && !reasoned && p.qualification != Qualification::NotQualified && suggested != Qualification::NotQualified && suggested != p.qualification)
        report.at("qualification_reason");
}

void certificate_expired(Processor const& p, Circumstances const& now, Report& report)
{
    if (is_over(now)) return;
    for (auto const& one : p.certificates)
        if (one.expires_on && *one.expires_on < now.today) report.at({"certificates", one.id, "expires_on"});
}

}  // namespace

std::span<Rule<Processor> const> processor_rules()
{
    static constexpr Rule<Processor> rules[] = {
        {"PRO-006", Blocking, "28(2)", subprocessor_not_authorised},
        {"PRO-007", Advice, "28(2)", objection_window_open},
        {"PRO-008", Major, "28(1)", guarantees_not_assessed},
        {"PRO-009", Minor, "28(1)", assessment_old},
        {"PRO-010", Minor, "", compliance_never_asked},
        {"PRO-015", Major, "4(8)", not_qualified},
        {"PRO-016", Minor, "28(5)", certificate_expired},
        {"PRO-017", Minor, "4(8)", qualification_against_answers},
    };
    return rules;
}

}  // namespace greffier::processor
