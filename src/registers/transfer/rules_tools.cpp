// The tools of article 46 with their assessment, and the derogations of article 49.

#include <algorithm>

#include "core/text.hpp"
#include "law/parameters.hpp"
#include "registers/transfer/decision.hpp"
#include "registers/transfer/rules.hpp"

namespace greffier::transfer {
namespace {

using records::Circumstances;
using records::Report;
using records::Rule;
using enum records::Severity;

/// What is said of the chosen tool matters only where chapter V does.
bool rests_on_safeguard(Transfer const& t, Circumstances const& now) { return t.tool && is_safeguard(*t.tool) && concerns_chapter_five(t, now.today); }
bool rests_on_derogation(Transfer const& t, Circumstances const& now) { return t.tool && is_derogation(*t.tool) && concerns_chapter_five(t, now.today); }
bool rests_on_last_resort(Transfer const& t, Circumstances const& now) { return t.tool == TransferTool::LastResort && concerns_chapter_five(t, now.today); }

void module_missing(Transfer const& t, Circumstances const& now, Report& report)
{
    if (t.tool == TransferTool::Scc && !t.module && concerns_chapter_five(t, now.today)) report.at("module");
}

void module_against_roles(Transfer const& t, Circumstances const& now, Report& report)
{
    auto const wanted = module_of_roles(t);
    if (t.tool != TransferTool::Scc || !t.module || !wanted || *t.module == *wanted || !concerns_chapter_five(t, now.today)) return;
    report.at("module", {{"module", std::string{choices_of(*wanted).code(*wanted)}}});
}

void clauses_repealed(Transfer const& t, Circumstances const& now, Report& report)
{
    if (relies_on_repealed_tool(t) && concerns_chapter_five(t, now.today)) report.at(t.tool == TransferTool::Scc ? "clauses_version" : "tool");
}

// The module has a rule of its own (TRF-005), and so have clauses that are no longer any (TRF-017).
void particulars_missing(Transfer const& t, Circumstances const& now, Report& report)
{
    if (!rests_on_safeguard(t, now)) return;
    for (auto const& field : missing_of_safeguard(t))
        if (field != "module") report.at(field);
}

bool assessed(Transfer const& t) { return t.tia_on && t.tia_result; }

void not_assessed(Transfer const& t, Circumstances const& now, Report& report)
{
    if (rests_on_safeguard(t, now) && !assessed(t)) report.at(t.tia_on ? "tia_result" : "tia_on");
}

void assessment_negative_or_old(Transfer const& t, Circumstances const& now, Report& report)
{
    if (!rests_on_safeguard(t, now) || !assessed(t)) return;
    if (t.tia_result == TiaResult::NotEffective) return report.at("tia_result");
    auto const due = assessment_due(t);
    if (due && now.today > due->due) report.at("tia_on", {{"months", std::to_string(law::parameter("transfer.assessment", *t.tia_on).number())}});
}

void measures_not_in_place(Transfer const& t, Circumstances const& now, Report& report)
{
    if (!rests_on_safeguard(t, now) || t.tia_result != TiaResult::EffectiveWithMeasures) return;
    if (t.supplementary_measures.empty()) report.at("supplementary_measures");
    for (auto const& row : t.supplementary_measures)
        if (row.state != MeasureState::InPlace && (!row.due_on || *row.due_on < now.today)) report.at({"supplementary_measures", row.id, "state"});
}

void goes_on_though_not_effective(Transfer const& t, Circumstances const& now, Report& report)
{
    if (rests_on_safeguard(t, now) && t.tia_result == TiaResult::NotEffective && now.status == "in_force") report.at("tia_result");
}

void approval_ended(Transfer const& t, Circumstances const& now, Report& report)
{
    bool const dated = t.tool && (is_safeguard(*t.tool) || *t.tool == TransferTool::Adequacy);
    if (dated && t.valid_until && *t.valid_until < now.today && concerns_chapter_five(t, now.today)) report.at("valid_until");
}

bool is_repeated(Transfer const& t) { return t.frequency && *t.frequency != Frequency::Occasional; }

// Recital 111 keeps (b), (c) and (e) for the occasional; the guidelines want the others to stay the exception.
bool must_be_occasional(TransferTool tool) { return tool == TransferTool::Art49B || tool == TransferTool::Art49C || tool == TransferTool::Art49E; }

void occasional_derogation_repeated(Transfer const& t, Circumstances const& now, Report& report)
{
    if (rests_on_derogation(t, now) && must_be_occasional(*t.tool) && is_repeated(t)) report.at("frequency");
}

void derogation_became_habit(Transfer const& t, Circumstances const& now, Report& report)
{
    if (rests_on_derogation(t, now) && !must_be_occasional(*t.tool) && is_repeated(t)) report.at("frequency");
}

void conditions_not_met(Transfer const& t, Circumstances const& now, Report& report)
{
    if (rests_on_derogation(t, now))
        for (auto const& field : missing_of_derogation(t))
            if (field != "public_powers") report.at(field);
    if (!rests_on_last_resort(t, now)) return;
    for (auto const& field : missing_of_last_resort(t))
        if (field != "public_powers" && field != "authority_informed_on" && field != "persons_informed_on" && field != "circumstances_assessed") report.at(field);
}

void last_resort_not_told(Transfer const& t, Circumstances const& now, Report& report)
{
    if (!rests_on_last_resort(t, now)) return;
    if (!t.authority_informed_on) report.at("authority_informed_on");
    if (!t.persons_informed_on) report.at("persons_informed_on");
    if (is_blank(t.circumstances_assessed.value)) report.at("circumstances_assessed");
}

void not_for_public_powers(Transfer const& t, Circumstances const& now, Report& report)
{
    using enum TransferTool;
    bool const closed = t.tool == Art49A || t.tool == Art49B || t.tool == Art49C || t.tool == LastResort;
    if (closed && t.public_powers == true && concerns_chapter_five(t, now.today)) report.at("public_powers");
}

}  // namespace

std::optional<law::DayPeriod> assessment_due(Transfer const& t)
{
    if (!t.tool || !is_safeguard(*t.tool) || !t.tia_on) return std::nullopt;
    return law::months_after_unmoved(*t.tia_on, law::parameter("transfer.assessment", *t.tia_on).number());
}

std::span<Rule<Transfer> const> safeguard_rules()
{
    static constexpr Rule<Transfer> rules[] = {
        {"TRF-005", Major, "46(2)(c)", module_missing},
        {"TRF-006", Major, "46(2)(c)", module_against_roles},
        {"TRF-007", Major, "46(1)", not_assessed},
        {"TRF-008", Major, "46(1)", assessment_negative_or_old},
        {"TRF-016", Major, "46", particulars_missing},
        {"TRF-017", Blocking, "46(5)", clauses_repealed},
        {"TRF-021", Major, "46", approval_ended},
        {"TRF-022", Blocking, "44", goes_on_though_not_effective},
        {"TRF-029", Major, "46(1)", measures_not_in_place},
    };
    return rules;
}

std::span<Rule<Transfer> const> derogation_rules()
{
    static constexpr Rule<Transfer> rules[] = {
        {"TRF-009", Major, "49(1)", occasional_derogation_repeated},
        {"TRF-009", Advice, "49(1)", derogation_became_habit},   // the same rule, milder for the other letters
        {"TRF-010", Blocking, "49(6)", last_resort_not_told},
        {"TRF-018", Major, "49(1)", conditions_not_met},
        {"TRF-019", Blocking, "49(3)", not_for_public_powers},
    };
    return rules;
}

}  // namespace greffier::transfer
