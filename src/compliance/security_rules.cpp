#include "compliance/security_rules.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include "core/text.hpp"
#include "law/software_names.hpp"
#include "registers/measure/measure.hpp"
#include "registers/standing_measures.hpp"
#include "compliance/brief.hpp"
#include "schema/unpacked.hpp"

namespace greffier::compliance {
namespace {

using asset::Asset;
using measure::Measure;
using processing::Processing;
using records::Report;
using enum records::Severity;
using Neighbour = records::Surroundings::Neighbour;

// What is looked at in a neighbour, unpacked once however many records ask.
std::array<std::string, 4> const of_asset{"name", "family", "type", "country"};
std::array<std::string, 2> const what_names_an_asset{"name", "family"};
std::array<std::string, 3> const of_measure{"kinds", "everywhere", "processings"};
std::array<std::string, 1> const of_backup{"applications"};
std::array<std::string, 1> const of_plan{"applications"};

// --- processings ----------------------------------------------------------------------------------------------

/// Every measure that is there, at least partly, and protects the processing, until `visit` returns false.
void each_measure(Processing const& p, Scene& scene, std::function<bool(Measure const&)> const& visit)
{
    auto const id = scene.subject().id.uuid;
    scene.around().each_brief(measures_slug, of_measure, [&](Neighbour const& neighbour) {
        if (!is_there(neighbour.status)) return true;
        auto const& one = brief(neighbour, measure::measure_schema());
        bool const covers = one.everywhere || std::ranges::any_of(one.processings, [&](ProcessingId const& linked) { return linked.uuid == id; }) ||
                            std::ranges::any_of(p.applied_measures, [&](MeasureId const& linked) { return linked.uuid == neighbour.id.uuid; });
        return !covers || visit(one);
    });
}

void named_after_an_asset(Processing const& p, Scene& scene, Report& report)
{
    if (law::is_named_after_software(p.name)) return;   // said already
    bool found = false;
    scene.around().each_brief(assets_slug, of_asset, [&](Neighbour const& neighbour) {
        auto const& one = brief(neighbour, asset::asset_schema());
        found = one.family == asset::Family::Software && law::is_named_after(p.name, one.name);
        return !found;
    });
    if (found) report.at("name");
}

// A measure only planned protects nobody: the sheet that names it alone still lacks one.
void security_missing(Processing const& p, Scene& scene, Report& report)
{
    if (!p.measures.empty() || !is_blank(p.security_description.value)) return;
    bool found = false;
    each_measure(p, scene, [&](Measure const&) { return !(found = true); });
    if (!found) report.at("measures");
}

void hosting_unknown(Processing const& p, Scene& scene, Report& report)
{
    std::int64_t unknown = 0;
    each_asset(p, scene, [&](Asset const& one) { unknown += one.is_hosted() && one.country.empty(); });
    if (unknown > 0) report.at("assets", {{"count", std::to_string(unknown)}});
}

/// The processings whose name is, or was, that of the asset.
void find_named_after(records::Change const& change, records::Surroundings& around, records::Concerned& concerned)
{
    for (auto const* face : {&change.before, &change.after}) {
        if (!*face || schema::text_of(*change.schema, *(*face)->row, "family") != asset::choices_of(asset::Family{}).code(asset::Family::Software)) continue;
        auto const& name = schema::text_of(*change.schema, *(*face)->row, "name");
        each_processing(around, [&](RecordId id, Scene::Other const& other) {
            if (law::is_named_after(other.name, name)) concerned.records.push_back(id);
            return true;
        });
    }
}

/// A measure that holds everywhere protects every processing.
void find_everybody_protected(records::Change const& change, records::Surroundings&, records::Concerned& concerned)
{
    for (auto const* face : {&change.before, &change.after}) concerned.everyone = concerned.everyone || (*face && schema::truth_of(*change.schema, *(*face)->row, "everywhere"));
}

template <class M>
bool hides(M const& type) { return type.has_flag("encryption") || type.has_flag("pseudonymisation"); }

void special_data_in_clear(Processing const& p, Scene& scene, Report& report)
{
    if (!p.has_art9() || !is_blank(p.encryption_reason.value)) return;
    bool hidden = std::ranges::any_of(p.measures, [](processing::Measure const& row) { return row.type && hides(*row.type); });
    if (!hidden)
        each_measure(p, scene, [&](Measure const& one) {
            hidden = std::ranges::any_of(one.kinds, [](auto const& kind) { return hides(kind); });
            return !hidden;
        });
    if (!hidden) report.at("encryption_reason");
}

// --- assets ---------------------------------------------------------------------------------------------------

bool names(std::vector<AssetId> const& applications, Scene const& scene)
{
    return std::ranges::any_of(applications, [&](AssetId const& linked) { return linked.uuid == scene.subject().id.uuid; });
}

bool must_come_back(Asset const& one, Scene const& scene) { return one.is_critical() && one.is_system() && scene.subject().circumstances.status == "operational"; }

// Only what the organisation itself calls critical: an inventory holds much that nobody needs to copy.
void critical_without_backup(Asset const& one, Scene& scene, Report& report)
{
    if (!must_come_back(one, scene)) return;
    bool found = false;
    scene.around().each_brief(backups_slug, of_backup, [&](Neighbour const& neighbour) {
        found = neighbour.status == "operational" && names(brief(neighbour, backup::backup_schema()).applications, scene);
        return !found;
    });
    if (!found) report.at("criticality");
}

void critical_without_plan(Asset const& one, Scene& scene, Report& report)
{
    if (!must_come_back(one, scene)) return;
    bool found = false;
    scene.around().each_brief(continuity_slug, of_plan, [&](Neighbour const& neighbour) {
        found = neighbour.status != "retired" && names(brief(neighbour, continuity::plan_schema()).applications, scene);
        return !found;
    });
    if (!found) report.at("criticality");
}

}  // namespace

Asset asset_of(schema::Row const& row) { return schema::unpacked(asset::asset_schema(), row); }
backup::Backup backup_of(schema::Row const& row) { return schema::unpacked(backup::backup_schema(), row); }
continuity::Plan plan_of(schema::Row const& row) { return schema::unpacked(continuity::plan_schema(), row); }

void each_asset(Processing const& p, Scene& scene, std::function<void(Asset const&)> const& visit)
{
    if (p.assets.empty()) return;
    scene.around().each_brief(assets_slug, of_asset, [&](Neighbour const& neighbour) {
        if (neighbour.status != "retired" && std::ranges::any_of(p.assets, [&](AssetId const& linked) { return linked.uuid == neighbour.id.uuid; })) visit(brief(neighbour, asset::asset_schema()));
        return true;
    });
}

std::span<CrossRule<Processing> const> security_rules_of_processings()
{
    static constexpr CrossRule<Processing> rules[] = {
        {"REG-001", Major, "30(1)(b)", named_after_an_asset},
        {"REG-016", Major, "30(1)(g)", security_missing},
        {"REG-024", Minor, "44", hosting_unknown},
        {"SEC-012", Major, "32(1)(a)", special_data_in_clear},
    };
    return rules;
}

std::span<CrossRule<Asset> const> cross_asset_rules()
{
    static constexpr CrossRule<Asset> rules[] = {
        {"SEC-008", Major, "32(1)(c)", critical_without_backup, {backups_slug}},
        {"SEC-010", Minor, "", critical_without_plan, {continuity_slug}},
    };
    return rules;
}

std::span<Reading const> security_readings()
{
    static Reading const all[] = {
        {.judged = processings_slug, .read = assets_slug, .fields = of_asset, .status = true, .naming = "assets"},
        {.judged = processings_slug, .read = assets_slug, .fields = what_names_an_asset, .found = find_named_after},
        {.judged = processings_slug, .read = measures_slug, .fields = of_measure, .status = true, .through = "processings"},
        {.judged = processings_slug, .read = measures_slug, .fields = of_measure, .status = true, .naming = "applied_measures"},
        {.judged = processings_slug, .read = measures_slug, .fields = of_measure, .status = true, .found = find_everybody_protected},
        {.judged = assets_slug, .read = backups_slug, .fields = of_backup, .status = true, .through = "applications"},
        {.judged = assets_slug, .read = continuity_slug, .fields = of_plan, .status = true, .through = "applications"},
    };
    return all;
}

}  // namespace greffier::compliance
