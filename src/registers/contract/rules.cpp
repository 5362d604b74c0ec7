#include "registers/contract/rules.hpp"

#include "core/text.hpp"

namespace greffier::contract {
namespace {

using records::Circumstances;
using records::Report;
using records::Rule;
using enum records::Severity;

bool binds_no_more(Circumstances const& now) { return now.status == "terminated" || now.status == "archived"; }

void say_missing(std::vector<ClauseInfo const*> const& missing, Report& report)
{
    if (missing.empty()) return;
    std::vector<std::string> codes;
    for (auto const* clause : missing) codes.emplace_back(clause->code);
    report.at("clauses", {{"count", std::to_string(missing.size())}, {"clauses", join(codes, ", ")}});
}

void obligatory_clauses_missing(Contract const& contract, Circumstances const& now, Report& report)
{
    if (!binds_no_more(now)) say_missing(coverage_of(contract).missing_obligatory, report);
}

void recommended_clauses_missing(Contract const& contract, Circumstances const& now, Report& report)
{
    if (!binds_no_more(now)) say_missing(coverage_of(contract).missing_recommended, report);
}

void subprocessing_unsaid(Contract const& contract, Circumstances const& now, Report& report)
{
    if (!contract.subprocessor_mode && !binds_no_more(now)) report.at("subprocessor_mode");
}

void instruction_unproved(Contract const& contract, Circumstances const& now, Report& report)
{
    if (now.status == "archived") return;
    for (auto const& one : contract.instructions)
        if (!one.proved()) report.at({"instructions", one.id, one.kind == InstructionKind::Amendment ? "amendment" : "place"});
}

}  // namespace

std::span<Rule<Contract> const> contract_rules()
{
    static constexpr Rule<Contract> rules[] = {
        {"PRO-003", Major, "28(3)", obligatory_clauses_missing},
        {"PRO-004", Minor, "", recommended_clauses_missing},
        {"PRO-005", Major, "28(2)", subprocessing_unsaid},
        {"PRO-018", Minor, "28(3)(a)", instruction_unproved},
    };
    return rules;
}

}  // namespace greffier::contract
