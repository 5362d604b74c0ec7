#include "registers/transfer/decision.hpp"

#include <algorithm>

namespace greffier::transfer {
namespace {

// The answers say it is no transfer when one of the three criteria is not met.
char const* unmet_criterion(Transfer const& t)
{
    if (t.exporter_in_scope == false) return "transfer_reasoning.not_in_scope";
    if (t.made_available == false) return "transfer_reasoning.nothing_made_available";
    if (t.separate_importer == false) return "transfer_reasoning.same_body";
    return nullptr;
}

Step is_transfer(Transfer const& t, Date day)
{
    auto const settles = [](char const* why) { return Step{StepName::IsTransfer, StepState::Settles, why}; };
    if (!t.importer_country.empty()) {
        if (law::is_eea(t.importer_country.value, day)) return settles("transfer_reasoning.eea");
        if (!law::is_third_country(t.importer_country.value, day)) return settles("transfer_reasoning.french_territory");
    }
    if (auto const* why = unmet_criterion(t)) return settles(why);
    Step step{StepName::IsTransfer, StepState::Open, "transfer_reasoning.criteria_open"};
    if (t.importer_country.empty()) step.missing.emplace_back("importer_country");
    if (!t.exporter_in_scope) step.missing.emplace_back("exporter_in_scope");
    if (!t.made_available) step.missing.emplace_back("made_available");
    if (!t.separate_importer) step.missing.emplace_back("separate_importer");
    if (step.missing.empty()) step = {StepName::IsTransfer, StepState::Passes, t.remote_access ? "transfer_reasoning.remote_transfer" : "transfer_reasoning.is_transfer"};
    return step;
}

std::vector<std::string> missing_of_scope(Transfer const& t)
{
    std::vector<std::string> missing;
    if (!t.covered_by_decision) missing.emplace_back("covered_by_decision");
    if (!t.scope_checked_on) missing.emplace_back("scope_checked_on");
    return missing;
}

char const* why_out_of_scope(Transfer const& t, Date day)
{
    if (t.covered_by_decision == false) return "transfer_reasoning.out_of_scope";
    if (t.valid_until && *t.valid_until < day) return "transfer_reasoning.certificate_ended";
    return "transfer_reasoning.staff_not_covered";
}

Step adequacy_step(Transfer const& t, Date day)
{
    using enum StepState;
    switch (adequacy_of(t, day)) {
    case Adequacy::NotNeeded: return {StepName::Adequacy};
    case Adequacy::Unknown: return {StepName::Adequacy, Open, "transfer_reasoning.adequacy_unknown", {"importer_country"}};
    case Adequacy::None: return {StepName::Adequacy, Passes, "transfer_reasoning.no_adequacy"};
    case Adequacy::Lost: return {StepName::Adequacy, Passes, "transfer_reasoning.adequacy_lost"};
    case Adequacy::Covered: {
        auto const* decision = law::adequacy(t.importer_country.value, day);
        return {StepName::Adequacy, Settles, decision && decision->partial ? "transfer_reasoning.adequate_in_scope" : "transfer_reasoning.adequate"};
    }
    case Adequacy::OutOfScope: return {StepName::Adequacy, Passes, why_out_of_scope(t, day)};
    case Adequacy::Unchecked: break;
    }
    // Whoever rests on another ground need not ask whether the decision would do.
    if (t.tool && *t.tool != TransferTool::Adequacy) return {StepName::Adequacy, Passes, "transfer_reasoning.adequacy_not_relied_on"};
    return {StepName::Adequacy, Open, "transfer_reasoning.scope_unchecked", missing_of_scope(t)};
}

Step safeguards(Transfer const& t)
{
    using enum StepState;
    if (!t.tool || (!is_safeguard(*t.tool) && *t.tool != TransferTool::PrivacyShield)) return {StepName::Safeguards, Passes, "transfer_reasoning.no_safeguard"};
    if (relies_on_repealed_tool(t)) return {StepName::Safeguards, Stops, "transfer_reasoning.safeguard_repealed"};
    if (t.tia_result == TiaResult::NotEffective) return {StepName::Safeguards, Stops, "transfer_reasoning.not_effective"};
    if (auto missing = missing_of_safeguard(t); !missing.empty()) return {StepName::Safeguards, Open, "transfer_reasoning.safeguard_open", std::move(missing)};
    if (auto missing = missing_of_assessment(t); !missing.empty()) return {StepName::Safeguards, Open, "transfer_reasoning.assessment_open", std::move(missing)};
    return {StepName::Safeguards, Settles, t.tia_result == TiaResult::Effective ? "transfer_reasoning.safeguarded" : "transfer_reasoning.safeguarded_with_measures"};
}

bool for_occasional_only(TransferTool tool)
{
    return tool == TransferTool::Art49B || tool == TransferTool::Art49C || tool == TransferTool::Art49E;
}

bool closed_to_authorities(TransferTool tool)
{
    return tool == TransferTool::Art49A || tool == TransferTool::Art49B || tool == TransferTool::Art49C || tool == TransferTool::LastResort;
}

Step derogation(Transfer const& t)
{
    using enum StepState;
    if (!t.tool || !is_derogation(*t.tool)) return {StepName::Derogation, Passes, "transfer_reasoning.no_derogation"};
    if (closed_to_authorities(*t.tool) && t.public_powers == true) return {StepName::Derogation, Stops, "transfer_reasoning.not_for_authorities"};
    if (for_occasional_only(*t.tool) && t.frequency && *t.frequency != Frequency::Occasional) return {StepName::Derogation, Stops, "transfer_reasoning.not_occasional"};
    if (auto missing = missing_of_derogation(t); !missing.empty())
        return {StepName::Derogation, Open, letter_of(*t.tool).empty() ? "transfer_reasoning.letter_open" : "transfer_reasoning.derogation_open", std::move(missing)};
    return {StepName::Derogation, Settles, "transfer_reasoning.derogated"};
}

Step last_resort(Transfer const& t)
{
    using enum StepState;
    if (t.tool != TransferTool::LastResort) return {StepName::LastResort, Passes, "transfer_reasoning.no_last_resort"};
    if (t.public_powers == true) return {StepName::LastResort, Stops, "transfer_reasoning.not_for_authorities"};
    if (auto missing = missing_of_last_resort(t); !missing.empty()) return {StepName::LastResort, Open, "transfer_reasoning.last_resort_open", std::move(missing)};
    return {StepName::LastResort, Settles, "transfer_reasoning.last_resort"};
}

Verdict verdict_of(StepName settled)
{
    switch (settled) {
    case StepName::IsTransfer: return Verdict::NoTransfer;
    case StepName::Adequacy: return Verdict::Adequate;
    case StepName::Safeguards: return Verdict::Safeguarded;
    case StepName::Derogation: return Verdict::Derogated;
    case StepName::LastResort: return Verdict::LastResort;
    }
    return Verdict::Open;
}

}  // namespace

bool is_safeguard(TransferTool tool)
{
    using enum TransferTool;
    switch (tool) {
    case Scc: case AuthorityScc: case Bcr: case PublicInstrument: case CodeOfConduct: case Certification: case AdHocClauses: case AdministrativeArrangement: return true;
    default: return false;
    }
}

bool is_derogation(TransferTool tool) { return tool == TransferTool::Derogation || !letter_of(tool).empty(); }

std::string_view letter_of(TransferTool tool)
{
    using enum TransferTool;
    switch (tool) {
    case Art49A: return "a";
    case Art49B: return "b";
    case Art49C: return "c";
    case Art49D: return "d";
    case Art49E: return "e";
    case Art49F: return "f";
    case Art49G: return "g";
    default: return {};
    }
}

Adequacy adequacy_of(Transfer const& t, Date day)
{
    auto const& country = t.importer_country.value;
    if (country.empty()) return Adequacy::Unknown;
    if (!law::is_third_country(country, day)) return Adequacy::NotNeeded;
    auto const* decision = law::adequacy(country, day);
    if (!decision) return law::lost_adequacy(country, day) ? Adequacy::Lost : Adequacy::None;
    if (!decision->partial) return Adequacy::Covered;
    if (t.covered_by_decision == false) return Adequacy::OutOfScope;
    if (t.valid_until && *t.valid_until < day) return Adequacy::OutOfScope;
    if (t.hr_data && t.covers_hr == false) return Adequacy::OutOfScope;
    bool const staff_answered = !t.hr_data || t.covers_hr.has_value() || decision->condition != "dpf";
    return t.covered_by_decision && t.scope_checked_on && staff_answered ? Adequacy::Covered : Adequacy::Unchecked;
}

bool concerns_chapter_five(Transfer const& t, Date day) { return !unmet_criterion(t) && adequacy_of(t, day) != Adequacy::NotNeeded; }

bool relies_on_lost_adequacy(Transfer const& t, Date day)
{
    if (t.tool != TransferTool::Adequacy || !concerns_chapter_five(t, day)) return false;
    auto const state = adequacy_of(t, day);
    return state == Adequacy::None || state == Adequacy::Lost;
}

bool relies_on_repealed_tool(Transfer const& t)
{
    return t.tool == TransferTool::PrivacyShield || (t.tool == TransferTool::Scc && t.clauses_version && *t.clauses_version != SccVersion::Eu2021);
}

std::optional<SccModule> module_of_roles(Transfer const& t)
{
    if (!t.exporter_role || !t.importer_role) return std::nullopt;
    bool const from_processor = *t.exporter_role == PartyRole::Processor;
    bool const to_processor = *t.importer_role == PartyRole::Processor;
    if (from_processor) return to_processor ? SccModule::Three : SccModule::Four;
    return to_processor ? SccModule::Two : SccModule::One;
}

std::string_view code_of(StepName name)
{
    switch (name) {
    case StepName::IsTransfer: return "is_transfer";
    case StepName::Adequacy: return "adequacy";
    case StepName::Safeguards: return "safeguards";
    case StepName::Derogation: return "derogation";
    case StepName::LastResort: return "last_resort";
    }
    return {};
}

std::string_view code_of(Verdict verdict)
{
    switch (verdict) {
    case Verdict::NoTransfer: return "no_transfer";
    case Verdict::Adequate: return "adequate";
    case Verdict::Safeguarded: return "safeguarded";
    case Verdict::Derogated: return "derogated";
    case Verdict::LastResort: return "last_resort";
    case Verdict::Open: return "open";
    case Verdict::Blocked: return "blocked";
    }
    return {};
}

Reasoning reason(Transfer const& t, Date day)
{
    Reasoning reasoning;
    bool open = false, done = false;
    auto take = [&](StepName name, Step step) {
        if (done) {
            reasoning.steps.push_back({name});
            return;
        }
        open = open || step.state == StepState::Open;
        done = step.state == StepState::Settles || step.state == StepState::Stops;
        if (step.state == StepState::Settles) reasoning.verdict = open ? Verdict::Open : verdict_of(name);
        if (step.state == StepState::Stops) reasoning.verdict = Verdict::Blocked;
        reasoning.steps.push_back(std::move(step));
    };
    take(StepName::IsTransfer, is_transfer(t, day));
    take(StepName::Adequacy, adequacy_step(t, day));
    take(StepName::Safeguards, safeguards(t));
    take(StepName::Derogation, derogation(t));
    take(StepName::LastResort, last_resort(t));
    if (!done) reasoning.verdict = open ? Verdict::Open : Verdict::Blocked;
    if (auto const& country = t.importer_country.value; !country.empty()) {
        reasoning.decision = law::adequacy(country, day);
        if (!reasoning.decision) reasoning.decision = law::lost_adequacy(country, day);
    }
    return reasoning;
}

}  // namespace greffier::transfer
