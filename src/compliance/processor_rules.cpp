#include "compliance/processor_rules.hpp"
#include "compliance/brief.hpp"
#include "schema/unpacked.hpp"

#include <algorithm>
#include <array>
#include <memory>

namespace greffier::compliance {
namespace {

using contract::Contract;
using processing::Processing;
using processor::Processor;
using records::Place;
using records::Report;
using enum records::Severity;
using Neighbour = records::Surroundings::Neighbour;

// What is looked at in a neighbour, unpacked once however many records ask: never its clauses nor its chain.
std::array<std::string, 8> const of_contract{"processor", "signature_date", "end_date", "renewal", "renewal_period", "ended_on", "returned_on", "deleted_on"};
std::array<std::string, 3> const of_processor{"qualification", "country", "hosting_country"};
std::array<std::string, 1> const of_processing{"processors"};

/// Calls `visit` with each contract of a processor and its status, until it returns false.
template <class Visit>
void each_contract(std::string const& processor, Scene& scene, Visit visit)
{
    scene.around().each_brief(contracts_slug, of_contract, [&](Neighbour const& neighbour) {
        auto const& contract = brief(neighbour, contract::contract_schema());
        return !contract.processor || contract.processor->text() != processor || visit(contract, neighbour.status);
    });
}

using Holds = bool (*)(Contract const&, std::string_view, Date);

bool has_contract(std::string const& processor, Scene& scene, Holds holds)
{
    bool found = false;
    each_contract(processor, scene, [&](Contract const& contract, std::string const& status) {
        found = holds(contract, status, scene.subject().circumstances.today);
        return !found;
    });
    return found;
}
bool has_signed_contract(std::string const& processor, Scene& scene) { return has_contract(processor, scene, contract::is_signed); }

bool is_over(std::string_view status) { return status == "terminated" || status == "archived"; }
bool is_in_use(std::string_view status) { return status == "in_use"; }
std::string id_of(Scene const& scene) { return scene.subject().id.text(); }

bool is_named(std::string const& processor, Scene& scene)
{
    bool found = false;
    scene.each_naming(processor, [&](Neighbour const& neighbour) {
        found = neighbour.status != "archived";
        return !found;
    });
    return found;
}

void processors_without_contract(Processing const& p, Scene& scene, Report& report)
{
    if (p.processors.empty() || scene.subject().circumstances.status == "archived") return;
    std::int64_t without = 0;
    scene.around().each_brief(processors_slug, of_processor, [&](Neighbour const& neighbour) {
        bool const named = std::ranges::any_of(p.processors, [&](ProcessorId const& id) { return id.uuid == neighbour.id.uuid; });
        without += named && brief(neighbour, processor::processor_schema()).falls_under_28() && !has_signed_contract(neighbour.id.text(), scene);
        return true;
    });
    if (without > 0) report.at("processors", {{"count", std::to_string(without)}});
}

void in_use_without_contract(Processor const& p, Scene& scene, Report& report)
{
    if (is_in_use(scene.subject().circumstances.status) && p.falls_under_28() && !has_signed_contract(id_of(scene), scene)) report.at(Place{});
}

// The relation is over when somebody said so, or when its contracts are and none binds any more.
void destruction_not_proven(Processor const& p, Scene& scene, Report& report)
{
    auto const& now = scene.subject().circumstances;
    if (!p.falls_under_28() || p.deletion_certificate_date || now.status == "archived") return;
    bool over = now.status == "terminated", bound = false, proven = false;
    each_contract(id_of(scene), scene, [&](Contract const& contract, std::string const& status) {
        if (contract::is_signed(contract, status, now.today)) bound = true;
        else if (contract.signature_date && *contract.signature_date <= now.today) over = true;   // ended, or archived since
        proven = proven || contract.deleted_on;
        return true;
    });
    if (over && !bound && !proven) report.at("deletion_certificate_date");
}

void no_processing_names_it(Processor const& p, Scene& scene, Report& report)
{
    auto const& status = scene.subject().circumstances.status;
    if (!p.falls_under_28() || is_over(status)) return;
    if ((is_in_use(status) || has_signed_contract(id_of(scene), scene)) && !is_named(id_of(scene), scene)) report.at(Place{});
}

bool still_works(std::string const& processor, Scene& scene)
{
    bool found = false;
    scene.around().each_brief(processors_slug, of_processor, [&](Neighbour const& neighbour) {
        if (neighbour.id.text() != processor) return true;
        found = is_in_use(neighbour.status);
        return false;
    });
    if (!found)
        scene.each_naming(processor, [&](Neighbour const& neighbour) {
            found = neighbour.status == "production";
            return !found;
        });
    return found;
}

// One that another contract of the same processor has taken over from is no trouble.
void contract_expired(Contract const& contract, Scene& scene, Report& report)
{
    auto const& now = scene.subject().circumstances;
    if (is_over(now.status) || !contract.processor) return;
    auto const end = contract::end_of(contract, now.today);
    if (!end || *end >= now.today) return;
    auto const processor = contract.processor->text();
    if (!has_contract(processor, scene, contract::is_in_force) && still_works(processor, scene)) report.at("end_date");
}

}  // namespace

Processor processor_of(schema::Row const& row) { return schema::unpacked(processor::processor_schema(), row); }
Contract contract_of(schema::Row const& row) { return schema::unpacked(contract::contract_schema(), row); }

void each_processor(Processing const& p, Scene& scene, std::function<void(Processor const&)> const& visit)
{
    if (p.processors.empty()) return;
    scene.around().each_brief(processors_slug, of_processor, [&](Neighbour const& neighbour) {
        bool const named = std::ranges::any_of(p.processors, [&](ProcessorId const& id) { return id.uuid == neighbour.id.uuid; });
        if (named && !is_over(neighbour.status)) visit(brief(neighbour, processor::processor_schema()));
        return true;
    });
}

std::span<CrossRule<Processor> const> cross_processor_rules()
{
    static constexpr CrossRule<Processor> rules[] = {
        {"PRO-011", Major, "28(3)(g)", destruction_not_proven},
        {"PRO-012", Advice, "30(1)", no_processing_names_it, {processings_slug}},
        {"PRO-014", Blocking, "28(3)", in_use_without_contract, {contracts_slug}},
    };
    return rules;
}

std::span<CrossRule<Contract> const> cross_contract_rules()
{
    static constexpr CrossRule<Contract> rules[] = {
        {"PRO-002", Major, "28(3)", contract_expired},
    };
    return rules;
}

std::span<CrossRule<Processing> const> processors_of_processing_rules()
{
    static constexpr CrossRule<Processing> rules[] = {
        {"PRO-001", Blocking, "28(3)", processors_without_contract, {processors_slug, contracts_slug}},
    };
    return rules;
}

std::span<Reading const> processor_readings()
{
    static Reading const all[] = {
        {.judged = processings_slug, .read = processors_slug, .fields = of_processor, .status = true, .naming = "processors"},
        {.judged = processings_slug, .read = contracts_slug, .fields = of_contract, .status = true, .through = "processor", .naming = "processors"},
        {.judged = processors_slug, .read = contracts_slug, .fields = of_contract, .status = true, .through = "processor"},
        {.judged = processors_slug, .read = processings_slug, .fields = of_processing, .status = true, .through = "processors"},
        {.judged = contracts_slug, .read = contracts_slug, .fields = of_contract, .status = true, .through = "processor", .naming = "processor"},
        {.judged = contracts_slug, .read = processors_slug, .status = true, .naming = "processor"},
        {.judged = contracts_slug, .read = processings_slug, .fields = of_processing, .status = true, .through = "processors", .naming = "processor"},
    };
    return all;
}

}  // namespace greffier::compliance
