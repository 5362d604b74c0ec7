#include "compliance/breach_rules.hpp"

#include <array>

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

}  // namespace

std::span<CrossRule<breach::Breach> const> cross_breach_rules()
{
    static constexpr CrossRule<breach::Breach> rules[] = {
        {"BRE-005", records::Severity::Major, "33(3)", nobody_answers},
    };
    return rules;
}

std::span<Reading const> breach_readings()
{
    static std::array<std::string, 1> const of_profile{"dpo"};
    static Reading const all[] = {
        {.judged = breaches_slug, .read = profile_slug, .fields = of_profile},
        {.judged = breaches_slug, .read = profile_slug, .fields = says_where()},
    };
    return all;
}

}  // namespace greffier::compliance
