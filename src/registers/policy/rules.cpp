#include "registers/policy/rules.hpp"

#include "core/text.hpp"

namespace greffier::policy {
namespace {

using records::Circumstances;
using records::Report;
using enum records::Severity;

/// Whoever depends on the one that asks can seldom say no: a paper that asks it says why they could.
void agreement_asked_of_staff(Policy const& policy, Circumstances const& now, Report& report)
{
    bool const over = now.status == "ended" || now.status == "archived";
    if (!over && policy.asks_agreement == true && is_blank(policy.agreement_reason.value)) report.at("asks_agreement");
}

}  // namespace

std::span<records::Rule<Policy> const> policy_rules()
{
    static constexpr records::Rule<Policy> rules[] = {{"LAW-020", Minor, "7(4), 88", agreement_asked_of_staff}};
    return rules;
}

}  // namespace greffier::policy
