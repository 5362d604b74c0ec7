#include "compliance/consent_rules.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <set>

#include "core/text.hpp"
#include "schema/unpacked.hpp"

namespace greffier::compliance {
namespace {

using consent::Consent;
using processing::Art9Condition;
using processing::LegalBasis;
using processing::Processing;
using records::Place;
using records::Report;
using enum records::Severity;
using Neighbour = records::Surroundings::Neighbour;

void stale(Consent const& given, Scene& scene, Report& report)
{
    auto const& now = scene.subject().circumstances;
    if (now.status != "given" || !given.point || !given.given_at) return;
    scene.around().each(points_slug, [&](Neighbour const& neighbour) {
        if (neighbour.id.uuid != given.point->uuid) return true;
        auto const point = point_of(neighbour.row);
        auto const zone = now.where ? now.where->zone : law::Place{}.zone;
        auto const until = point.refresh_months ? consent::fresh_until(given, *point.refresh_months, zone) : std::nullopt;
        if (until && now.today > *until) report.at("confirmed_on", {{"due", to_text(*until)}});
        return false;
    });
}

std::array<std::string, 2> const looked_at{"point", "explicit"};
std::array<std::string, 2> const asked_of_points{"processing", "refresh_months"};

/// Whether a consent is kept here for this processing: one that still holds, given at one of its points.
bool any_kept(Scene& scene, bool explicit_only)
{
    std::set<std::string> points;
    auto const processing = scene.subject().id.text();
    auto const& info = consent::point_schema().info();
    scene.around().each(points_slug, [&](Neighbour const& neighbour) {
        if (schema::text_of(info, neighbour.row, "processing") == processing) points.insert(neighbour.id.text());
        return true;
    });
    if (points.empty()) return false;
    bool found = false;
    auto const& given = consent::consent_schema().info();
    for (auto point = points.begin(); point != points.end() && !found; ++point)
        scene.around().each_naming(consents_slug, "point", *Uuid::parse(*point), [&](Neighbour const& neighbour) {
            found = neighbour.status == "given" && schema::text_of(given, neighbour.row, "point") == *point && (!explicit_only || schema::truth_of(given, neighbour.row, "explicit"));
            return !found;
        });
    return found;
}

/// A consent is given at a point, which is one of a processing's.
void find_processings_of_consent(records::Change const& change, records::Surroundings& around, records::Concerned& concerned)
{
    for (auto const* face : {&change.before, &change.after})
        for (auto const& id : named_in(change, *face, "point"))
            if (auto const point = around.find(points_slug, {id}))
                if (auto const processing = Uuid::parse(schema::text_of(consent::point_schema().info(), point->row, "processing"))) concerned.records.push_back({*processing});
}

void no_explicit_consent(Processing const& p, Scene& scene, Report& report)
{
    if (!is_blank(p.external_consent_store)) return;
    std::vector<processing::Purpose const*> resting;
    for (auto const& purpose : p.purposes)
        if (purpose.art9_condition == Art9Condition::A) resting.push_back(&purpose);
    if (resting.empty() || any_kept(scene, true)) return;
    for (auto const* purpose : resting) report.at({"purposes", purpose->id, "art9_condition"});
}

void no_consent_kept(Processing const& p, Scene& scene, Report& report)
{
    if (scene.subject().circumstances.status != "production" || !is_blank(p.external_consent_store)) return;
    bool const rests = std::ranges::any_of(p.purposes, [](processing::Purpose const& purpose) { return purpose.basis == LegalBasis::A; });
    if (rests && !any_kept(scene, false)) report.at("external_consent_store");
}

}  // namespace

consent::Point point_of(schema::Row const& row) { return schema::unpacked(consent::point_schema(), row); }
consent::Consent consent_of(schema::Row const& row) { return schema::unpacked(consent::consent_schema(), row); }

std::span<CrossRule<Consent> const> cross_consent_rules()
{
    static constexpr CrossRule<Consent> rules[] = {{"CON-006", Advice, "7", stale}};
    return rules;
}

std::span<CrossRule<Processing> const> consents_of_processing_rules()
{
    static constexpr CrossRule<Processing> rules[] = {
        {"LAW-007", Blocking, "9(2)(a), 7(1)", no_explicit_consent},
        {"LAW-011", Major, "7(1)", no_consent_kept},
    };
    return rules;
}

std::span<Reading const> consent_readings()
{
    static Reading const all[] = {
        {.judged = consents_slug, .read = points_slug, .fields = asked_of_points, .naming = "point"},
        {.judged = consents_slug, .read = profile_slug, .fields = says_where()},
        {.judged = processings_slug, .read = points_slug, .fields = asked_of_points, .through = "processing"},
        {.judged = processings_slug, .read = consents_slug, .fields = looked_at, .status = true, .found = find_processings_of_consent},
    };
    return all;
}

}  // namespace greffier::compliance
