#include "compliance/governance_rules.hpp"

#include "law/parameters.hpp"
#include "registers/activity/activity.hpp"
#include "registers/training/training.hpp"

namespace greffier::compliance {
namespace {

using profile::Profile;
using records::Place;
using records::Report;
using enum records::Severity;
using Neighbour = records::Surroundings::Neighbour;

Arguments figures(int percent, int threshold) { return {{"percent", std::to_string(percent)}, {"threshold", std::to_string(threshold)}}; }

/// A service is judged once its headcount is known, or somebody of it stands in the register: an organisation that says
/// neither is not told that nobody is trained.
void trained_too_long_ago(Profile const& profile, Scene& scene, Report& report)
{
    auto const today = scene.subject().circumstances.today;
    training::Coverage coverage(today, profile::place_of(profile::profile_schema().pack(profile)).zone);
    scene.around().each("trainings", [&](Neighbour const& neighbour) {
        if (auto const read = training::training_schema().unpack(neighbour.row); read.ok()) coverage.add(*read, neighbour.status);
        return true;
    });
    auto const threshold = law::parameter("training.share", today).number();
    for (auto const& service : profile.services)
        if (auto const percent = training::percent_of(coverage.of(service.name), service.headcount); percent && *percent < threshold)
            report.at(Place{"services", service.id, "headcount"}, figures(*percent, threshold));
}

void report_missing(Profile const& profile, Scene& scene, Report& report)
{
    auto const last_year = static_cast<int>(scene.subject().circumstances.today.year()) - 1;
    auto const& dpo = profile.dpo;
    if (!dpo.exists() || !dpo.designated_on || static_cast<int>(dpo.designated_on->year()) > last_year) return;
    bool found = false;
    scene.around().each("activity", [&](Neighbour const& neighbour) {
        auto const read = activity::activity_schema().unpack(neighbour.row);
        found = read.ok() && read->task == activity::Task::AnnualReport && read->report_year.value_or(0) == last_year;
        return !found;
    });
    if (!found) report.at("dpo", {{"year", std::to_string(last_year)}});
}

}  // namespace

std::span<CrossRule<Profile> const> governance_rules_of_profile()
{
    static constexpr CrossRule<Profile> rules[] = {
        {"GOV-008", Minor, "39(1)(b)", trained_too_long_ago, {"trainings"}},
        {"GOV-016", Advice, "38(3)", report_missing, {"activity"}},
    };
    return rules;
}

std::span<Reading const> governance_readings()
{
    static std::array<std::string, 2> const of_activity{"task", "report_year"};
    static std::vector<std::string> const of_training = [] {
        std::vector<std::string> all;
        for (auto const& field : training::training_schema().info().fields) all.push_back(field.name);
        return all;
    }();
    static Reading const all[] = {
        {.judged = profile_slug, .read = "trainings", .fields = of_training, .status = true},
        {.judged = profile_slug, .read = "activity", .fields = of_activity},
    };
    return all;
}

}  // namespace greffier::compliance
