#include "registers/continuity/rules.hpp"

namespace greffier::continuity {
namespace {

using records::Circumstances;
using records::Report;
using records::Rule;
using enum records::Severity;

void no_aims(Plan const& plan, Circumstances const& now, Report& report)
{
    if (now.status == "retired") return;
    if (!plan.rto) report.at("rto");
    if (!plan.rpo) report.at("rpo");
}

}  // namespace

std::span<Rule<Plan> const> plan_rules()
{
    static constexpr Rule<Plan> rules[] = {
        {"SEC-010", Minor, "", no_aims},
    };
    return rules;
}

}  // namespace greffier::continuity
