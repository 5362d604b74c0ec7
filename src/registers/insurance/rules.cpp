#include "registers/insurance/rules.hpp"

namespace greffier::insurance {
namespace {

/// Nobody has looked at what it pays, or nobody knows what it says of group actions.
void cover_unchecked(Insurance const& policy, records::Circumstances const& now, records::Report& report)
{
    if (now.status != "in_force") return;
    if (!policy.last_review) report.at("last_review");
    if (!policy.cover_of(Damage::GroupAction)) report.at("damages");
}

}  // namespace

std::span<records::Rule<Insurance> const> insurance_rules()
{
    static constexpr records::Rule<Insurance> rules[] = {{"GOV-014", records::Severity::Advice, "", cover_unchecked}};
    return rules;
}

}  // namespace greffier::insurance
