// Lawfulness (LAW): bases, special data, consent, automated decisions.

#include "registers/processing/rules.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "registers/processing/rule_words.hpp"

namespace greffier::processing {
namespace {

using records::Circumstances;
using records::Place;
using records::Report;
using records::Rule;
using enum records::Severity;

Place part_of(Purpose const& purpose, char const* part) { return {"purposes", purpose.id, part}; }

// Where a question about the whole processing is answered: at its main purpose when it has one.
Place at_main_purpose(Processing const& p, char const* part)
{
    auto const* main = p.main_purpose();
    return main ? part_of(*main, part) : Place{"purposes"};
}

void basis_missing(Processing const& p, Circumstances const&, Report& report)
{
    for (auto const& purpose : p.purposes)
        if (!purpose.basis) report.at(part_of(purpose, "basis"));
}

void legal_text_missing(Processing const& p, LegalBasis basis, Report& report)
{
    for (auto const& purpose : p.purposes)
        if (purpose.basis == basis && is_blank(purpose.legal_text)) report.at(part_of(purpose, "legal_text"));
}

void obligation_without_text(Processing const& p, Circumstances const&, Report& report) { legal_text_missing(p, LegalBasis::C, report); }
void public_task_without_text(Processing const& p, Circumstances const&, Report& report) { legal_text_missing(p, LegalBasis::E, report); }

void interest_not_balanced(Processing const& p, Circumstances const&, Report& report)
{
    for (auto const& purpose : p.purposes) {
        if (purpose.basis != LegalBasis::F) continue;
        if (is_blank(purpose.interest.value)) report.at(part_of(purpose, "interest"));
        if (is_blank(purpose.balancing.value)) report.at(part_of(purpose, "balancing"));
    }
}

void special_data_without_condition(Processing const& p, Circumstances const&, Report& report)
{
    if (p.has_art9() && std::ranges::none_of(p.purposes, [](Purpose const& purpose) { return purpose.art9_condition.has_value(); }))
        report.at(at_main_purpose(p, "art9_condition"));
}

void criminal_data_without_ground(Processing const& p, Circumstances const&, Report& report)
{
    if (p.has_art10() && is_blank(p.art10_ground.value)) report.at("art10_ground");
}

void nir_without_ground(Processing const& p, Circumstances const&, Report& report)
{
    if (p.has_nir() && is_blank(p.nir_ground.value)) report.at("nir_ground");
}

void consent_of_staff(Processing const& p, Circumstances const&, Report& report)
{
    if (!concerns(p, "staff")) return;
    for (auto const& purpose : p.purposes)
        if (purpose.basis == LegalBasis::A) report.at(part_of(purpose, "basis"));
}

void two_bases_for_one_purpose(Processing const& p, Circumstances const&, Report& report)
{
    for (auto second = p.purposes.begin(); second != p.purposes.end(); ++second) {
        auto const text = sort_key(second->text.value);
        if (!second->basis || is_blank(text)) continue;
        bool const differs = std::any_of(p.purposes.begin(), second, [&](Purpose const& first) {
            return first.basis && first.basis != second->basis && sort_key(first.text.value) == text;
        });
        if (differs) report.at(part_of(*second, "basis"));
    }
}

void further_use_not_assessed(Processing const& p, Circumstances const&, Report& report)
{
    for (auto const& purpose : p.purposes)
        if (purpose.further_use && is_blank(purpose.compatibility_test.value) && purpose.basis != LegalBasis::A)
            report.at(part_of(purpose, "compatibility_test"));
}

void marketing_without_opt_in(Processing const& p, Circumstances const&, Report& report)
{
    if (p.has_tag("e_marketing") && p.b2c && concerns(p, "prospects") && !rests_on(p, LegalBasis::A) && !p.soft_optin)
        report.at(at_main_purpose(p, "basis"));
}

void data_not_justified(Processing const& p, Circumstances const&, Report& report)
{
    for (auto const& row : p.data_categories)
        if (is_blank(row.necessity.value)) report.at({"data_categories", row.id, "necessity"});
}

void automated_without_safeguards(Processing const& p, Circumstances const&, Report& report)
{
    if (!p.automated_decision) return;
    if (is_blank(p.human_intervention.value)) report.at("human_intervention");
    if (!p.art22_exception) report.at("art22_exception");
}

void automated_on_special_data(Processing const& p, Circumstances const&, Report& report)
{
    if (!p.automated_decision || !p.has_art9()) return;
    auto const allowed = [](Purpose const& purpose) {
        return purpose.art9_condition == Art9Condition::A || purpose.art9_condition == Art9Condition::G;
    };
    if (std::ranges::none_of(p.purposes, allowed)) report.at("automated_decision");
}

void children_without_parents(Processing const& p, Circumstances const&, Report& report)
{
    if (concerns(p, "minors") && rests_on(p, LegalBasis::A) && p.online && is_blank(p.parental_mechanism.value)) report.at("parental_mechanism");
}

}  // namespace

std::span<Rule<Processing> const> lawfulness_rules()
{
    static constexpr Rule<Processing> rules[] = {
        {"LAW-001", Blocking, "6(1)", basis_missing},
        {"LAW-002", Major, "6(3)", obligation_without_text},
        {"LAW-003", Major, "6(3)", public_task_without_text},
        {"LAW-004", Major, "6(1)(f)", interest_not_balanced},
        {"LAW-006", Blocking, "9(2)", special_data_without_condition},
        {"LAW-008", Blocking, "10", criminal_data_without_ground},
        {"LAW-009", Blocking, "LIL 30", nir_without_ground},
        {"LAW-010", Minor, "7(4)", consent_of_staff},
        {"LAW-012", Minor, "5(1)(a)", two_bases_for_one_purpose},
        {"LAW-013", Major, "6(4)", further_use_not_assessed},
        {"LAW-014", Major, "CPCE L34-5", marketing_without_opt_in},
        {"LAW-016", Minor, "5(1)(c)", data_not_justified},
        {"LAW-017", Major, "22(3)", automated_without_safeguards},
        {"LAW-018", Blocking, "22(4)", automated_on_special_data},
        {"LAW-019", Major, "8", children_without_parents},
    };
    return rules;
}

}  // namespace greffier::processing
