#include "compliance/breach_rules.hpp"

#include <array>

#include "registers/advice/advice.hpp"
#include "registers/breach/clocks.hpp"

namespace greffier::compliance {
namespace {

/// The part of the notification that another record holds: who answers questions (art. 33(3)(b)).
void nobody_answers(breach::Breach const& b, Scene& scene, records::Report& report)
{
    auto const& status = scene.subject().circumstances.status;
    if (status != "breach" && status != "notified") return;
    if (!breach::is_to_be_notified(b) || b.is_withdrawn() || !b.contact_point.empty()) return;
    auto const& dpo = scene.profile().dpo;
    if (!dpo.exists() && dpo.published_contact.empty()) report.at("contact_point");
}

/// Where there is an officer, what they think is asked before the authority is told; the 72 hours wait for nobody, so it holds nothing back.
void notified_without_advice(breach::Breach const& b, Scene& scene, records::Report& report)
{
    auto const& status = scene.subject().circumstances.status;
    if ((status != "breach" && status != "notified") || !breach::is_to_be_notified(b) || b.has_advice() || !scene.profile().dpo.exists()) return;
    bool advised = false;
    scene.around().each("advice", [&](records::Surroundings::Neighbour const& one) {
        auto const& info = advice::advice_schema().info();
        auto const* about = std::get_if<std::string>(&schema::get(info, one.row, "breach"));
        advised = about && *about == scene.subject().id.text() && (one.status == "advised" || one.status == "decided");
        return !advised;
    });
    if (!advised) report.at("dpo_advice");
}

}  // namespace

std::span<CrossRule<breach::Breach> const> cross_breach_rules()
{
    static constexpr CrossRule<breach::Breach> rules[] = {
        {"BRE-005", records::Severity::Major, "33(3)", nobody_answers},
        {"BRE-014", records::Severity::Minor, "39(1)(a)", notified_without_advice},
    };
    return rules;
}

std::span<Reading const> breach_readings()
{
    static std::array<std::string, 1> const of_profile{"dpo"}, of_advice{"breach"};
    static Reading const all[] = {
        {.judged = breaches_slug, .read = "advice", .fields = of_advice, .status = true, .through = "breach"},
        {.judged = breaches_slug, .read = profile_slug, .fields = of_profile},
        {.judged = breaches_slug, .read = profile_slug, .fields = says_where()},
    };
    return all;
}

}  // namespace greffier::compliance
