#include "registers/transfer/rules.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include "core/text.hpp"
#include "law/parameters.hpp"
#include "registers/transfer/decision.hpp"

namespace greffier::transfer {
namespace {

using records::Circumstances;
using records::Report;
using records::Rule;
using enum records::Severity;

// A decision that holds for some importers allows nothing until somebody has checked that this one is among them.
void nothing_allows_it(Transfer const& t, Circumstances const& now, Report& report)
{
    if (t.tool || t.importer_country.empty() || !concerns_chapter_five(t, now.today)) return;
    if (adequacy_of(t, now.today) != Adequacy::Covered) report.at("tool");
}

void country_unknown(Transfer const& t, Circumstances const& now, Report& report)
{
    if (t.importer_country.empty() && concerns_chapter_five(t, now.today)) report.at("importer_country");
}

void in_no_processing(Transfer const& t, Circumstances const& now, Report& report)
{
    if (t.processings.empty() && concerns_chapter_five(t, now.today)) report.at("processings");
}

void foreign_order_without_agreement(Transfer const& t, Circumstances const&, Report& report)
{
    if (t.foreign_order && is_blank(t.international_agreement)) report.at("international_agreement");
}

bool needs_check(Transfer const& t, Date day)
{
    if (t.tool != TransferTool::Adequacy || !concerns_chapter_five(t, day)) return false;
    auto const state = adequacy_of(t, day);
    return state == Adequacy::Unchecked || state == Adequacy::OutOfScope;
}

void report_scope(Transfer const& t, Report& report)
{
    if (t.covered_by_decision != true) return report.at("covered_by_decision");
    if (!t.scope_checked_on) return report.at("scope_checked_on");
    report.at(t.hr_data && t.covers_hr != true ? "covers_hr" : "valid_until");
}

void importer_not_certified(Transfer const& t, Circumstances const& now, Report& report)
{
    if (t.importer_country.value == "US" && needs_check(t, now.today)) report_scope(t, report);
}

void outside_commercial_scope(Transfer const& t, Circumstances const& now, Report& report)
{
    if (t.importer_country.value == "CA" && needs_check(t, now.today)) report_scope(t, report);
}

void scope_not_checked(Transfer const& t, Circumstances const& now, Report& report)
{
    auto const& country = t.importer_country.value;
    if (country != "US" && country != "CA" && needs_check(t, now.today)) report_scope(t, report);
}

void decision_fragile(Transfer const& t, Circumstances const& now, Report& report)
{
    if (t.tool != TransferTool::Adequacy || !concerns_chapter_five(t, now.today)) return;
    auto const* decision = law::adequacy(t.importer_country.value, now.today);
    if (!decision) return;
    auto const warned = law::months_after_unmoved(now.today, law::parameter("transfer.adequacy_warning", now.today).number()).due;
    if (decision->validity.to && *decision->validity.to <= warned) report.at("tool", {{"decision", decision->decision}, {"until", to_text(*decision->validity.to)}});
    else if (decision->flag == "fragile") report.at("tool", {{"decision", decision->decision}, {"until", ""}});
}

void adequacy_does_not_hold(Transfer const& t, Circumstances const& now, Report& report)
{
    if (!relies_on_lost_adequacy(t, now.today)) return;
    auto const* lost = law::lost_adequacy(t.importer_country.value, now.today);
    report.at("tool", {{"decision", lost ? lost->decision : ""}, {"until", lost ? to_text(*lost->validity.to) : ""}});
}

}  // namespace

std::span<Rule<Transfer> const> ground_rules()
{
    static constexpr Rule<Transfer> rules[] = {
        {"TRF-001", Blocking, "44", nothing_allows_it},
        {"TRF-002", Major, "30(1)(e)", country_unknown},
        {"TRF-020", Major, "48", foreign_order_without_agreement},
        {"TRF-025", Minor, "30(1)(e)", in_no_processing},
    };
    return rules;
}

std::span<Rule<Transfer> const> adequacy_rules()
{
    static constexpr Rule<Transfer> rules[] = {
        {"TRF-003", Blocking, "45", importer_not_certified},
        {"TRF-004", Major, "45", outside_commercial_scope},
        {"TRF-013", Minor, "45", decision_fragile},
        {"TRF-014", Blocking, "45", adequacy_does_not_hold},
        {"TRF-023", Minor, "45", scope_not_checked},
    };
    return rules;
}

std::span<Rule<Transfer> const> transfer_rules()
{
    static auto const all = [] {
        std::vector<Rule<Transfer>> rules;
        for (auto const family : {ground_rules(), adequacy_rules(), safeguard_rules(), derogation_rules()}) std::ranges::copy(family, std::back_inserter(rules));
        return rules;
    }();
    return all;
}

}  // namespace greffier::transfer
