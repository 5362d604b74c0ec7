#include "compliance/policy_rules.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <ranges>

#include "compliance/brief.hpp"
#include "schema/unpacked.hpp"

namespace greffier::compliance {
namespace {

using policy::Policy;
using policy::PolicyKind;
using profile::Profile;
using records::Report;
using enum records::Severity;

constexpr int review_months = 12;
std::array<std::string, 5> const asked_of_policies{"kind", "headings", "adopted_on", "applies_from", "last_review"};

using InForce = std::multimap<PolicyKind, Policy>;

InForce gather_in_force(Scene& scene)
{
    InForce found;
    scene.around().each_brief(policies_slug, asked_of_policies, [&](records::Surroundings::Neighbour const& neighbour) {
        if (neighbour.status != "in_force") return true;
        auto const& one = brief(neighbour, policy::policy_schema());
        if (one.kind) found.emplace(*one.kind, one);
        return true;
    });
    return found;
}

/// The policies of a kind that are in force.
auto in_force(Scene& scene, PolicyKind kind)
{
    auto const [first, last] = scene.once(gather_in_force).equal_range(kind);
    return std::views::values(std::ranges::subrange(first, last));
}

/// No charter at all, or one that leaves a heading out.
void it_charter(Profile const&, Scene& scene, Report& report)
{
    auto const charters = in_force(scene, PolicyKind::ItCharter);
    auto const complete = [](Policy const& charter) { return std::ranges::all_of(policy::all_headings(), [&](auto heading) { return std::ranges::find(charter.headings, heading) != charter.headings.end(); }); };
    if (std::ranges::none_of(charters, complete)) report.at(records::Place{}, {{"state", charters.empty() ? "missing" : "incomplete"}});
}

void no_breach_procedure(Profile const&, Scene& scene, Report& report)
{
    if (in_force(scene, PolicyKind::Breaches).empty()) report.at(records::Place{});
}

void no_inspection_procedure(Profile const&, Scene& scene, Report& report)
{
    if (in_force(scene, PolicyKind::Inspection).empty()) report.at(records::Place{});
}

/// Said on the profile, or kept as a policy: either will do, looked at within the year.
void security_policy(Profile const& p, Scene& scene, Report& report)
{
    auto const today = scene.subject().circumstances.today;
    auto const fresh = [&](std::optional<Date> const& day) { return day && today <= add_months(*day, review_months); };
    if (!p.pssi.empty() && fresh(p.pssi_reviewed_on)) return;
    auto const kept = in_force(scene, PolicyKind::Security);
    auto const latest = [](Policy const& one) { return std::max({one.last_review, one.applies_from, one.adopted_on}); };
    if (std::ranges::any_of(kept, [&](Policy const& one) { return fresh(latest(one)); })) return;
    report.at(p.pssi.empty() && kept.empty() ? "pssi" : "pssi_reviewed_on");
}

}  // namespace

Policy policy_of(schema::Row const& row) { return schema::unpacked(policy::policy_schema(), row); }
undertaking::Undertaking undertaking_of(schema::Row const& row) { return schema::unpacked(undertaking::undertaking_schema(), row); }
insurance::Insurance insurance_of(schema::Row const& row) { return schema::unpacked(insurance::insurance_schema(), row); }

std::span<CrossRule<Profile> const> policies_of_profile_rules()
{
    static constexpr CrossRule<Profile> rules[] = {
        {"GOV-010", Minor, "", it_charter, {policies_slug}},
        {"GOV-011", Major, "33(1), 24(1)", no_breach_procedure, {policies_slug}},
        {"GOV-012", Minor, "", no_inspection_procedure, {policies_slug}},
        {"SEC-015", Minor, "24(2)", security_policy, {policies_slug}},
    };
    return rules;
}

std::span<Reading const> policy_readings()
{
    static Reading const all[] = {{.judged = profile_slug, .read = policies_slug, .fields = asked_of_policies, .status = true}};
    return all;
}

}  // namespace greffier::compliance
