#include "compliance/steering_rules.hpp"

#include <algorithm>
#include <array>

#include "compliance/brief.hpp"
#include "registers/committee/committee.hpp"
#include "schema/unpacked.hpp"

namespace greffier::compliance {
namespace {

using records::Place;
using records::Report;
using enum records::Severity;
using Neighbour = records::Surroundings::Neighbour;

constexpr int days_between_committees = 45;

std::array<std::string, 1> const of_audit{"held_on"};
std::array<std::string, 1> const of_committee{"meeting_on"};
std::array<std::string, 1> const of_action{"due_date"};

// An organisation that has not begun the register of audits is not told that it audits too seldom.
void infrastructure_not_audited(profile::Profile const&, Scene& scene, Report& report)
{
    auto const today = scene.subject().circumstances.today;
    bool begun = false, recent = false;
    scene.around().each_brief(audits_slug, of_audit, [&](Neighbour const& neighbour) {
        begun = true;
        auto const held = brief(neighbour, audit::audit_schema()).held_on;
        recent = held && *held <= today && add_months(*held, audit::months_between_audits) >= today;
        return !recent;
    });
    if (begun && !recent) report.at(Place{}, {{"months", std::to_string(audit::months_between_audits)}});
}

bool plan_is_active(Scene& scene)
{
    bool active = false;
    scene.around().each_brief(actions_slug, of_action, [&](Neighbour const& neighbour) {
        active = action::is_open(neighbour.status);
        return !active;
    });
    return active;
}

void committee_not_held(profile::Profile const&, Scene& scene, Report& report)
{
    auto const today = scene.subject().circumstances.today;
    bool recent = false;
    scene.around().each_brief(committees_slug, of_committee, [&](Neighbour const& neighbour) {
        auto const held = neighbour.status == "to_come" ? std::nullopt : brief(neighbour, committee::committee_schema()).meeting_on;
        recent = held && *held <= today && add_days(*held, days_between_committees) >= today;
        return !recent;
    });
    if (!recent && plan_is_active(scene)) report.at(Place{}, {{"days", std::to_string(days_between_committees)}});
}

}  // namespace

action::Action action_of(schema::Row const& row) { return schema::unpacked(action::action_schema(), row); }
audit::Audit audit_of(schema::Row const& row) { return schema::unpacked(audit::audit_schema(), row); }
project::Project project_of(schema::Row const& row) { return schema::unpacked(project::project_schema(), row); }

std::span<CrossRule<profile::Profile> const> steering_rules_of_profile()
{
    static constexpr CrossRule<profile::Profile> rules[] = {
        {"SEC-013", Minor, "32(1)(d)", infrastructure_not_audited, {audits_slug}},
        {"GOV-017", Advice, "", committee_not_held, {committees_slug}},
    };
    return rules;
}

std::span<Reading const> steering_readings()
{
    static Reading const all[] = {
        {.judged = profile_slug, .read = audits_slug, .fields = of_audit},
        {.judged = profile_slug, .read = committees_slug, .fields = of_committee, .status = true},
        {.judged = profile_slug, .read = actions_slug, .status = true},
    };
    return all;
}

}  // namespace greffier::compliance
