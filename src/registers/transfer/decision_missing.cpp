// What each ground of a transfer asks to be told before it holds.

#include <algorithm>

#include "core/text.hpp"
#include "registers/transfer/decision.hpp"

namespace greffier::transfer {
namespace {

/// Collects the fields that lack an answer, or whose answer is not the one the law wants.
class Missing {
public:
    Missing& unless(bool answered, char const* field)
    {
        if (!answered) fields_.emplace_back(field);
        return *this;
    }
    Missing& yes(std::optional<bool> const& answer, char const* field) { return unless(answer == true, field); }
    Missing& text(std::string_view words, char const* field) { return unless(!is_blank(words), field); }
    Missing& day(std::optional<Date> const& date, char const* field) { return unless(date.has_value(), field); }
    std::vector<std::string> take() { return std::move(fields_); }

private:
    std::vector<std::string> fields_;
};

// Module 4 goes back to a controller outside the Union: no authority and no annex on security. Annex III lists the
// processors below when each is authorised by name.
bool annexes_complete(Transfer const& t)
{
    auto const has = [&](SccAnnex annex) { return std::ranges::find(t.annexes, annex) != t.annexes.end(); };
    if (!has(SccAnnex::Parties) || !has(SccAnnex::Description)) return false;
    if (t.module == SccModule::Four) return true;
    if (!has(SccAnnex::Authority) || !has(SccAnnex::Measures)) return false;
    bool const to_processor = t.module == SccModule::Two || t.module == SccModule::Three;
    return !to_processor || t.sub_processing != SubProcessing::Specific || has(SccAnnex::SubProcessors);
}

void commission_clauses(Transfer const& t, Missing& missing)
{
    missing.unless(t.module.has_value(), "module").unless(t.clauses_version.has_value(), "clauses_version").day(t.signed_on, "signed_on");
    missing.unless(annexes_complete(t), "annexes").unless(t.clauses_unmodified != false, "clauses_unmodified");
    if (t.module == SccModule::Two || t.module == SccModule::Three) missing.unless(t.sub_processing.has_value(), "sub_processing");
}

}  // namespace

std::vector<std::string> missing_of_safeguard(Transfer const& t)
{
    using enum TransferTool;
    Missing missing;
    if (!t.tool) return {"tool"};
    switch (*t.tool) {
    case Scc: commission_clauses(t, missing); break;
    case AuthorityScc: missing.day(t.signed_on, "signed_on").text(t.approved_by, "approved_by").text(t.approval_reference, "approval_reference"); break;
    case Bcr: missing.text(t.approved_by, "approved_by").day(t.approved_on, "approved_on").yes(t.importer_bound, "importer_bound"); break;
    case PublicInstrument: missing.day(t.signed_on, "signed_on").yes(t.enforceable_rights, "enforceable_rights"); break;
    case CodeOfConduct: missing.text(t.approved_by, "approved_by").text(t.approval_reference, "approval_reference").yes(t.importer_bound, "importer_bound"); break;
    case Certification:
        missing.text(t.approved_by, "approved_by").text(t.approval_reference, "approval_reference").day(t.valid_until, "valid_until").yes(t.importer_bound, "importer_bound");
        break;
    case AdHocClauses: missing.day(t.signed_on, "signed_on").text(t.approved_by, "approved_by").day(t.approved_on, "approved_on"); break;
    case AdministrativeArrangement:
        missing.day(t.signed_on, "signed_on").text(t.approved_by, "approved_by").day(t.approved_on, "approved_on").yes(t.enforceable_rights, "enforceable_rights");
        break;
    default: break;
    }
    return missing.take();
}

std::vector<std::string> missing_of_assessment(Transfer const& t)
{
    Missing missing;
    missing.day(t.tia_flow_on, "tia_flow_on").day(t.tia_tool_on, "tia_tool_on").day(t.tia_law_on, "tia_law_on");
    if (t.tia_result == TiaResult::EffectiveWithMeasures) {
        missing.day(t.tia_measures_on, "tia_measures_on").unless(!t.supplementary_measures.empty(), "supplementary_measures").day(t.tia_procedure_on, "tia_procedure_on");
        missing.unless(t.supplementary_measures.empty() || std::ranges::any_of(t.supplementary_measures, [](auto const& row) { return row.state == MeasureState::InPlace; }),
                       "supplementary_measures");
    }
    missing.day(t.tia_on, "tia_on").unless(t.tia_result.has_value(), "tia_result").day(t.next_review, "next_review");
    return missing.take();
}

std::vector<std::string> missing_of_derogation(Transfer const& t)
{
    using enum TransferTool;
    Missing missing;
    if (!t.tool || *t.tool == Derogation) return {"tool"};
    missing.unless(t.frequency.has_value(), "frequency");
    switch (*t.tool) {
    case Art49A: missing.yes(t.explicit_consent, "explicit_consent").yes(t.risks_told, "risks_told").unless(t.public_powers == false, "public_powers"); break;
    case Art49B:
    case Art49C: missing.text(t.necessity.value, "necessity").unless(t.public_powers == false, "public_powers"); break;
    case Art49D: missing.text(t.necessity.value, "necessity").text(t.derogation_text.value, "derogation_text"); break;
    case Art49E: missing.text(t.necessity.value, "necessity"); break;
    case Art49F: missing.text(t.necessity.value, "necessity").yes(t.person_incapable, "person_incapable"); break;
    case Art49G: missing.text(t.derogation_text.value, "derogation_text").yes(t.register_part_only, "register_part_only"); break;
    default: break;
    }
    return missing.take();
}

std::vector<std::string> missing_of_last_resort(Transfer const& t)
{
    Missing missing;
    missing.text(t.no_other_ground.value, "no_other_ground").unless(t.public_powers == false, "public_powers").yes(t.not_repetitive, "not_repetitive");
    missing.yes(t.few_people, "few_people").text(t.compelling_interest.value, "compelling_interest").yes(t.interest_not_overridden, "interest_not_overridden");
    missing.text(t.circumstances_assessed.value, "circumstances_assessed").text(t.safeguards_provided.value, "safeguards_provided");
    missing.day(t.authority_informed_on, "authority_informed_on").day(t.persons_informed_on, "persons_informed_on");
    return missing.take();
}

}  // namespace greffier::transfer
