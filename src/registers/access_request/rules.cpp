#include "registers/access_request/rules.hpp"

namespace greffier::access_request {
namespace {

using records::Circumstances;
using records::Report;
using records::Rule;
using enum records::Severity;

// Only the act of approval writes the day, and it refuses the one who asks.
void granted_without_another(AccessRequest const& request, Circumstances const& now, Report& report)
{
    if ((now.status == "agreed" || now.status == "granted") && !request.approved_on) report.at("approved_on");
}

void external_without_end(AccessRequest const& request, Circumstances const& now, Report& report)
{
    if (request.external && !request.ends_on && request.act != Act::Withdraw && now.status != "turned_down" && now.status != "taken_back") report.at("ends_on");
}

}  // namespace

std::span<Rule<AccessRequest> const> access_request_rules()
{
    static constexpr Rule<AccessRequest> rules[] = {
        {"SEC-030", Blocking, "32(4)", granted_without_another},
        {"SEC-031", Major, "32(4)", external_without_end},
    };
    return rules;
}

}  // namespace greffier::access_request
