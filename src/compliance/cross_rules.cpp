#include "compliance/cross_rules.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <vector>

#include "compliance/breach_rules.hpp"
#include "compliance/governance_rules.hpp"
#include "compliance/notice_rules.hpp"
#include "compliance/consent_rules.hpp"
#include "compliance/policy_rules.hpp"
#include "compliance/processor_rules.hpp"
#include "compliance/request_rules.hpp"
#include "compliance/security_rules.hpp"
#include "compliance/steering_rules.hpp"
#include "compliance/transfer_rules.hpp"
#include "core/text.hpp"

namespace greffier::compliance {
namespace {

using processing::LegalBasis;
using processing::Processing;
using profile::Profile;
using records::Place;
using records::Report;
using enum records::Severity;
using Neighbour = records::Surroundings::Neighbour;

constexpr double alike = 0.9;                    // share of letter pairs two purposes have in common
constexpr std::int64_t headcount_of_exemption = 250;   // art. 30(5)

// Texts whose lengths differ by more cannot reach `alike`: most pairs are settled without comparing them.
bool could_be_alike(std::string const& a, std::string const& b)
{
    auto const shorter = static_cast<double>(std::min(a.size(), b.size()));
    return 2 * shorter / static_cast<double>(a.size() + b.size()) > alike - 0.05;
}

bool are_alike(std::string const& a, std::string const& b) { return could_be_alike(a, b) && similarity(a, b) > alike; }

void duplicate_purpose(Processing const& p, Scene& scene, Report& report)
{
    auto const* main = p.main_purpose();
    if (!main || is_blank(main->text.value)) return;
    auto const purpose = fold(squeeze(main->text.value));
    auto const service = fold(squeeze(p.service));
    scene.each_other([&](RecordId id, Scene::Other const& other) {
        if (other.service != service || !are_alike(other.purpose, purpose)) return true;
        report.at({"purposes", main->id, "text"}, {{"record", id.text()}});
        return false;
    });
}

void reference_missing_or_taken(Processing const&, Scene& scene, Report& report)
{
    auto const reference = fold(squeeze(scene.subject().circumstances.reference));
    if (reference.empty()) {
        report.at("reference");
        return;
    }
    scene.each_other([&](RecordId id, Scene::Other const& other) {
        if (other.reference != reference) return true;
        report.at("reference", {{"record", id.text()}});
        return false;
    });
}

void no_advice_before_start(Processing const& p, Scene& scene, Report& report)
{
    if (!p.start_date) return;
    auto const& dpo = scene.profile().dpo;
    if (!dpo.exists() || !dpo.designated_on || *p.start_date < *dpo.designated_on) return;
    if (!p.dpo_advice_date || *p.dpo_advice_date > *p.start_date) report.at("dpo_advice_date");
}

void authority_relies_on_interest(Processing const& p, Scene& scene, Report& report)
{
    if (!p.public_task || !scene.profile().public_body) return;
    for (auto const& purpose : p.purposes)
        if (purpose.basis == LegalBasis::F) report.at({"purposes", purpose.id, "basis"});
}

void empty_register(Profile const&, Scene& scene, Report& report)
{
    if (scene.around().count(processings_slug) == 0) report.at(Place{});
}

void no_staff_processing(Profile const& profile, Scene& scene, Report& report)
{
    if (profile.headcount.value_or(0) <= 0) return;
    if (!scene.any_about_staff()) report.at("headcount");
}

/// The processings that this one doubles, or did, by its reference or by its purpose (REG-005, REG-019).
void find_doubles(records::Change const& change, records::Surroundings& around, records::Concerned& concerned)
{
    if (around.count(processings_slug) > most_compared_in_a_write) return;
    for (auto const* face : {&change.before, &change.after}) {
        if (!*face) continue;
        auto const one = sketch((*face)->reference, *(*face)->row);
        each_processing(around, [&](RecordId id, Scene::Other const& other) {
            if (id != change.id && (other.reference == one.reference || (other.service == one.service && are_alike(other.purpose, one.purpose)))) concerned.records.push_back(id);
            return true;
        });
    }
}

bool must_be_recorded(Processing const& p) { return !p.occasional || p.risk() || p.has_art9() || p.has_art10(); }

// A draft is not in the register yet: left there by an organisation that claims the exemption, it is left out.
void exemption_misused(Profile const& profile, Scene& scene, Report& report)
{
    if (!profile.claims_30_5) return;
    std::int64_t left_out = 0;
    scene.around().each(processings_slug, [&](Neighbour const& neighbour) {
        left_out += neighbour.status == "draft" && must_be_recorded(processing_of(neighbour.row));
        return true;
    });
    if (left_out > 0 || profile.headcount.value_or(0) >= headcount_of_exemption) report.at("claims_30_5", {{"count", std::to_string(left_out)}});
}

/// Rules over one register that stand in several files.
template <class T>
std::vector<CrossRule<T>> gathered(std::initializer_list<std::span<CrossRule<T> const>> parts)
{
    std::vector<CrossRule<T>> all;
    for (auto const part : parts) all.insert(all.end(), part.begin(), part.end());
    return all;
}

}  // namespace

std::span<CrossRule<Processing> const> cross_processing_rules()
{
    static constexpr CrossRule<Processing> own[] = {
        {"REG-005", Advice, "5(2)", duplicate_purpose},
        {"REG-019", Minor, "", reference_missing_or_taken},
        {"REG-022", Minor, "38(1)", no_advice_before_start},
        {"LAW-005", Major, "6(1)", authority_relies_on_interest},
    };
    static auto const all = gathered<Processing>({own, transfer_rules_of_processings(), notices_of_processing_rules(), processors_of_processing_rules(), security_rules_of_processings(), consents_of_processing_rules()});
    return all;
}

std::span<CrossRule<Profile> const> cross_profile_rules()
{
    static constexpr CrossRule<Profile> own[] = {
        {"REG-025", Blocking, "30(1)", empty_register, {processings_slug}},
        {"REG-026", Advice, "30(1)", no_staff_processing, {processings_slug}},
        {"REG-027", Major, "30(5)", exemption_misused, {processings_slug}},
    };
    static auto const all = gathered<Profile>({own, activity_rules_of_profile(), governance_rules_of_profile(), notices_of_profile_rules(), policies_of_profile_rules(), steering_rules_of_profile()});
    return all;
}

std::vector<Reading> const& all_readings()
{
    static std::array<std::string, 2> const doubles{"purposes", "service"};
    static std::array<std::string, 2> const of_profile{"dpo", "public_body"};
    // Who is about staff, and what must be recorded: Processing::has_art9(), has_art10() and risk().
    static std::array<std::string, 15> const of_processing{"name", "tags", "occasional", "data_categories", "subject_categories", "sensitive_or_personal", "vulnerable_people", "scoring",
                                                           "automated_effects", "automated_decision", "systematic_monitoring", "large_scale", "matching", "innovative_use", "exclusion"};
    static auto const all = [] {
        std::vector<Reading> gathered{
            {.judged = processings_slug, .read = processings_slug, .fields = doubles, .reference = true, .found = find_doubles},
            {.judged = processings_slug, .read = profile_slug, .fields = of_profile},
            {.judged = profile_slug, .read = processings_slug, .fields = of_processing, .status = true},
        };
        for (auto const& part : {processor_readings(), transfer_readings(), notice_readings(), security_readings(), consent_readings(), policy_readings(), governance_readings(), steering_readings(),
                                 request_readings(), breach_readings()})
            gathered.insert(gathered.end(), part.begin(), part.end());
        return gathered;
    }();
    return all;
}

}  // namespace greffier::compliance
