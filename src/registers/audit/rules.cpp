#include "registers/audit/rules.hpp"

namespace greffier::audit {
namespace {

using records::Circumstances;
using records::Report;
using records::Rule;
using enum records::Severity;

void observation_late(Audit const& audit, Circumstances const& now, Report& report)
{
    for (auto const& one : audit.observations)
        if (one.is_open() && one.due && *one.due < now.today) report.at({"observations", one.id, "due"});
}

}  // namespace

std::span<Rule<Audit> const> audit_rules()
{
    static constexpr Rule<Audit> rules[] = {
        {"SEC-014", Major, "32(1)(d)", observation_late},
    };
    return rules;
}

}  // namespace greffier::audit
