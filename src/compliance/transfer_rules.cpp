#include "compliance/transfer_rules.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include "compliance/processor_rules.hpp"
#include "compliance/security_rules.hpp"
#include "law/countries.hpp"
#include "registers/transfer/decision.hpp"
#include "schema/unpacked.hpp"

namespace greffier::compliance {
namespace {

using processing::Processing;
using processor_activity::Activity;
using profile::Profile;
using records::Place;
using records::Report;
using transfer::Transfer;
using enum records::Severity;
using Neighbour = records::Surroundings::Neighbour;

// --- processings beside the register of transfers --------------------------------------------------------

// What a processing asks of the transfers that name it; the rest of those records is not read.
std::array<std::string, 12> const asked_of_transfers{"processings", "importer_country", "exporter_in_scope", "made_available", "separate_importer", "tool",
                                                     "covered_by_decision", "scope_checked_on", "hr_data", "covers_hr", "clauses_version", "valid_until"};

// A thousand processings judged in one go ask the same transfers: unpacked once a transfer.
Transfer const& digest_of(Neighbour const& neighbour)
{
    if (!neighbour.digest) neighbour.digest = std::make_shared<Transfer const>(transfer_of(neighbour.row));
    return *static_cast<Transfer const*>(neighbour.digest.get());
}

/// Every transfer that names the processing at hand, until `visit` returns false.
void each_transfer(Scene& scene, std::function<bool(Neighbour const&, Transfer const&)> const& visit)
{
    auto const id = scene.subject().id.uuid;
    scene.around().each_brief(transfers_slug, asked_of_transfers, [&](Neighbour const& neighbour) {
        auto const& t = digest_of(neighbour);
        bool const names_it = std::ranges::any_of(t.processings, [&](ProcessingId const& linked) { return linked.uuid == id; });
        return !names_it || visit(neighbour, t);
    });
}

/// Where the data lie, who works on them, and who receives them, a company of the same group as much as anybody.
void hosted_abroad_undeclared(Processing const& p, Scene& scene, Report& report)
{
    auto const& country = p.hosting_country.value;
    if (!p.transfers.empty()) return;
    auto const today = scene.subject().circumstances.today;
    if (!country.empty() && law::is_third_country(country, today)) report.at("hosting_country");
    std::int64_t abroad = 0;
    each_asset(p, scene, [&](asset::Asset const& asset) { abroad += !asset.country.empty() && law::is_third_country(asset.country.value, today); });
    if (abroad > 0) report.at("assets", {{"count", std::to_string(abroad)}});
    abroad = 0;
    each_processor(p, scene, [&](processor::Processor const& firm) {
        auto const& where = firm.hosting_country.empty() ? firm.country.value : firm.hosting_country.value;
        abroad += !where.empty() && law::is_third_country(where, today);
    });
    if (abroad > 0) report.at("processors", {{"count", std::to_string(abroad)}});
    for (auto const& recipient : p.recipients)
        if (!recipient.country.empty() && law::is_third_country(recipient.country.value, today)) report.at({"recipients", recipient.id, "country"});
}

void row_on_lost_adequacy(Processing const& p, Scene& scene, Report& report)
{
    auto const today = scene.subject().circumstances.today;
    for (auto const& row : p.transfers) {
        auto const& country = row.country.value;
        bool const recognised = country.empty() || !law::is_third_country(country, today) || law::adequacy(country, today);
        if (row.tool == TransferTool::PrivacyShield || (row.tool == TransferTool::Adequacy && !recognised)) report.at({"transfers", row.id, "tool"});
    }
}

void row_without_safeguard(Processing const& p, Scene& scene, Report& report)
{
    auto const today = scene.subject().circumstances.today;
    for (auto const& row : p.transfers) {
        auto const& country = row.country.value;
        if (row.tool || country.empty() || !law::is_third_country(country, today)) continue;
        auto const* decision = law::adequacy(country, today);
        if (!decision || decision->partial) report.at({"transfers", row.id, "tool"});
    }
}

void transfer_not_in_register(Processing const& p, Scene& scene, Report& report)
{
    if (p.transfers.empty()) return;
    bool found = false;
    each_transfer(scene, [&](Neighbour const&, Transfer const&) { return !(found = true); });
    if (!found) report.at("transfers");
}

void linked_transfer_fallen(Processing const&, Scene& scene, Report& report)
{
    auto const today = scene.subject().circumstances.today;
    each_transfer(scene, [&](Neighbour const& neighbour, Transfer const& t) {
        bool const goes_on = neighbour.status != "suspended" && neighbour.status != "ended";
        bool const fallen = transfer::concerns_chapter_five(t, today) && (transfer::relies_on_lost_adequacy(t, today) || transfer::relies_on_repealed_tool(t));
        if (goes_on && fallen) report.at("transfers", {{"record", neighbour.id.text()}});
        return !(goes_on && fallen);
    });
}

// --- transfers beside the profile --------------------------------------------------------------------------

void public_powers_unanswered(Transfer const& t, Scene& scene, Report& report)
{
    using enum TransferTool;
    bool const closed = t.tool == Art49A || t.tool == Art49B || t.tool == Art49C || t.tool == LastResort;
    if (closed && !t.public_powers && scene.profile().public_body) report.at("public_powers");
}

// --- the profile beside the processor's register -----------------------------------------------------------

void processor_register_missing(Profile const& profile, Scene& scene, Report& report)
{
    if (profile.acts_as_processor && scene.around().count(activities_slug) == 0) report.at("acts_as_processor");
}

}  // namespace

Transfer transfer_of(schema::Row const& row) { return schema::unpacked(transfer::transfer_schema(), row); }
Activity activity_of(schema::Row const& row) { return schema::unpacked(processor_activity::activity_schema(), row); }

std::span<CrossRule<Transfer> const> cross_transfer_rules()
{
    static constexpr CrossRule<Transfer> rules[] = {
        {"TRF-024", Minor, "49(3)", public_powers_unanswered},
    };
    return rules;
}

std::span<CrossRule<Processing> const> transfer_rules_of_processings()
{
    static constexpr CrossRule<Processing> rules[] = {
        {"TRF-012", Major, "44", hosted_abroad_undeclared},
        {"TRF-026", Blocking, "45", row_on_lost_adequacy},
        {"TRF-027", Blocking, "44", row_without_safeguard},
        {"TRF-028", Advice, "30(1)(e)", transfer_not_in_register, {transfers_slug}},
        {"TRF-030", Major, "44", linked_transfer_fallen},
    };
    return rules;
}

std::span<CrossRule<Profile> const> activity_rules_of_profile()
{
    static constexpr CrossRule<Profile> rules[] = {
        {"REG-028", Blocking, "30(2)", processor_register_missing, {activities_slug}},
    };
    return rules;
}

std::span<Reading const> transfer_readings()
{
    static std::array<std::string, 1> const of_profile{"public_body"};
    static Reading const all[] = {
        {.judged = processings_slug, .read = transfers_slug, .fields = asked_of_transfers, .status = true, .through = "processings"},
        {.judged = transfers_slug, .read = profile_slug, .fields = of_profile},
        {.judged = profile_slug, .read = activities_slug},
    };
    return all;
}

}  // namespace greffier::compliance
