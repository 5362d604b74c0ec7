#include "registers/transfer/decision.hpp"

#include <gtest/gtest.h>

namespace greffier::transfer {
namespace {

using Missing = std::vector<std::string>;

Date day(char const* text) { return *parse_date(text); }
Date const today = day("2026-11-22");

/// The three criteria are met; nothing else is said.
Transfer towards(char const* country)
{
    Transfer t;
    t.importer_country = {country};
    t.exporter_in_scope = t.made_available = t.separate_importer = true;
    return t;
}

Transfer clauses(char const* country)
{
    auto t = towards(country);
    t.exporter_role = PartyRole::Controller;
    t.importer_role = PartyRole::Processor;
    t.tool = TransferTool::Scc;
    t.module = SccModule::Two;
    t.clauses_version = SccVersion::Eu2021;
    t.sub_processing = SubProcessing::General;
    t.annexes = {SccAnnex::Parties, SccAnnex::Description, SccAnnex::Authority, SccAnnex::Measures};
    t.signed_on = day("2025-01-10");
    return t;
}

void assess(Transfer& t, TiaResult result)
{
    t.tia_flow_on = t.tia_tool_on = t.tia_law_on = t.tia_on = day("2026-02-01");
    t.tia_result = result;
    t.next_review = day("2027-02-01");
}

std::string story(Transfer const& t, Date on = today)
{
    std::string out;
    for (auto const& step : reason(t, on).steps) out += step.sentence.empty() ? "-" : step.sentence.substr(step.sentence.find('.') + 1) + ' ';
    return out + "= " + std::string{code_of(reason(t, on).verdict)};
}

TEST(Decision, stops_at_the_first_question_when_it_is_no_transfer)
{
    EXPECT_EQ(story(towards("DE")), "eea ----= no_transfer");
    EXPECT_EQ(story(towards("NO")), "eea ----= no_transfer");
    EXPECT_EQ(story(towards("NC")), "french_territory ----= no_transfer");
    auto t = towards("US");
    t.separate_importer = false;
    EXPECT_EQ(story(t), "same_body ----= no_transfer");
    t.separate_importer = true;
    t.made_available = false;
    EXPECT_EQ(story(t), "nothing_made_available ----= no_transfer");
    t.exporter_in_scope = false;
    EXPECT_EQ(story(t), "not_in_scope ----= no_transfer");
}

TEST(Decision, goes_on_with_what_is_known_when_the_criteria_have_no_answer)
{
    Transfer t;
    EXPECT_EQ(story(t), "criteria_open adequacy_unknown no_safeguard no_derogation no_last_resort = open");
    EXPECT_EQ(reason(t, today).steps[0].missing, (Missing{"importer_country", "exporter_in_scope", "made_available", "separate_importer"}));
    t.importer_country = {"CH"};
    EXPECT_EQ(story(t), "criteria_open adequate ---= open") << "a recognised country does not answer for the criteria";
}

TEST(Decision, finds_a_recognised_country)
{
    EXPECT_EQ(story(towards("CH")), "is_transfer adequate ---= adequate");
    auto t = towards("NZ");
    t.remote_access = true;
    EXPECT_EQ(story(t), "remote_transfer adequate ---= adequate");
    EXPECT_EQ(story(towards("IN")), "is_transfer no_adequacy no_safeguard no_derogation no_last_resort = blocked");
}

TEST(Decision, wants_to_know_whether_a_partial_decision_covers_the_importer_and_when_it_was_checked)
{
    auto t = towards("US");
    t.tool = TransferTool::Adequacy;
    EXPECT_EQ(story(t), "is_transfer scope_unchecked no_safeguard no_derogation no_last_resort = open");
    t.covered_by_decision = true;
    EXPECT_EQ(reason(t, today).steps[1].missing, Missing{"scope_checked_on"});
    t.scope_checked_on = day("2026-09-01");
    EXPECT_EQ(story(t), "is_transfer adequate_in_scope ---= adequate");
    t.hr_data = true;
    EXPECT_EQ(adequacy_of(t, today), Adequacy::Unchecked) << "nobody said whether staff data are covered";
    t.covers_hr = false;
    EXPECT_EQ(story(t), "is_transfer staff_not_covered no_safeguard no_derogation no_last_resort = blocked");
    t.covers_hr = true;
    t.valid_until = day("2026-11-21");
    EXPECT_EQ(story(t), "is_transfer certificate_ended no_safeguard no_derogation no_last_resort = blocked");
    t.valid_until = today;
    EXPECT_EQ(adequacy_of(t, today), Adequacy::Covered);
    t.covered_by_decision = false;
    EXPECT_EQ(story(t), "is_transfer out_of_scope no_safeguard no_derogation no_last_resort = blocked");
}

TEST(Decision, loses_the_adequacy_the_day_after_it_ends)
{
    auto t = towards("US");
    t.tool = TransferTool::Adequacy;
    t.covered_by_decision = true;
    t.scope_checked_on = day("2020-01-02");
    EXPECT_EQ(adequacy_of(t, day("2020-07-15")), Adequacy::Covered);
    EXPECT_FALSE(relies_on_lost_adequacy(t, day("2020-07-15")));
    EXPECT_EQ(adequacy_of(t, day("2020-07-16")), Adequacy::Lost);
    EXPECT_TRUE(relies_on_lost_adequacy(t, day("2020-07-16")));
    EXPECT_EQ(story(t, day("2020-07-16")), "is_transfer adequacy_lost no_safeguard no_derogation no_last_resort = blocked");
    EXPECT_EQ(reason(t, day("2020-07-16")).decision->decision, "(EU) 2016/1250");
    auto british = towards("GB");
    british.tool = TransferTool::Adequacy;
    EXPECT_FALSE(relies_on_lost_adequacy(british, day("2031-12-27")));
    EXPECT_TRUE(relies_on_lost_adequacy(british, day("2031-12-28")));
}

TEST(Decision, holds_clauses_only_when_they_are_whole_and_assessed)
{
    auto t = clauses("IN");
    t.annexes.pop_back();
    EXPECT_EQ(reason(t, today).steps[2].missing, Missing{"annexes"});
    t = clauses("IN");
    EXPECT_EQ(story(t), "is_transfer no_adequacy assessment_open no_derogation no_last_resort = open");
    EXPECT_EQ(reason(t, today).steps[2].missing, (Missing{"tia_flow_on", "tia_tool_on", "tia_law_on", "tia_on", "tia_result", "next_review"}));
    assess(t, TiaResult::Effective);
    EXPECT_EQ(story(t), "is_transfer no_adequacy safeguarded --= safeguarded");
    assess(t, TiaResult::NotEffective);
    EXPECT_EQ(story(t), "is_transfer no_adequacy not_effective --= blocked");
    t.clauses_version = SccVersion::Eu2010;
    EXPECT_EQ(story(t), "is_transfer no_adequacy safeguard_repealed --= blocked");
}

TEST(Decision, counts_measures_only_when_one_is_in_place)
{
    auto t = clauses("IN");
    assess(t, TiaResult::EffectiveWithMeasures);
    t.tia_measures_on = t.tia_procedure_on = day("2026-02-01");
    EXPECT_EQ(reason(t, today).steps[2].missing, Missing{"supplementary_measures"});
    t.supplementary_measures = {{.id = "m", .kind = MeasureKind::Technical, .description = {"Clé en Europe"}, .state = MeasureState::Planned}};
    EXPECT_EQ(reason(t, today).steps[2].missing, Missing{"supplementary_measures"});
    t.supplementary_measures[0].state = MeasureState::InPlace;
    EXPECT_EQ(story(t), "is_transfer no_adequacy safeguarded_with_measures --= safeguarded");
}

TEST(Decision, asks_for_the_annexes_of_each_module)
{
    auto t = clauses("IN");
    EXPECT_TRUE(missing_of_safeguard(t).empty());
    t.sub_processing = SubProcessing::Specific;
    EXPECT_EQ(missing_of_safeguard(t), Missing{"annexes"}) << "each sub-processor is listed in annex III";
    t.annexes.push_back(SccAnnex::SubProcessors);
    EXPECT_TRUE(missing_of_safeguard(t).empty());
    t.module = SccModule::Four;
    t.annexes = {SccAnnex::Parties, SccAnnex::Description};
    EXPECT_TRUE(missing_of_safeguard(t).empty()) << "no authority and no security annex towards a controller outside";
    t.clauses_unmodified = false;
    EXPECT_EQ(missing_of_safeguard(t), Missing{"clauses_unmodified"});
}

TEST(Decision, asks_each_other_tool_for_its_own_particulars)
{
    auto const missing = [](TransferTool tool) {
        auto t = towards("IN");
        t.tool = tool;
        return missing_of_safeguard(t);
    };
    EXPECT_EQ(missing(TransferTool::Bcr), (Missing{"approved_by", "approved_on", "importer_bound"}));
    EXPECT_EQ(missing(TransferTool::Certification), (Missing{"approved_by", "approval_reference", "valid_until", "importer_bound"}));
    EXPECT_EQ(missing(TransferTool::CodeOfConduct), (Missing{"approved_by", "approval_reference", "importer_bound"}));
    EXPECT_EQ(missing(TransferTool::PublicInstrument), (Missing{"signed_on", "enforceable_rights"}));
    EXPECT_EQ(missing(TransferTool::AdministrativeArrangement), (Missing{"signed_on", "approved_by", "approved_on", "enforceable_rights"}));
    EXPECT_EQ(missing(TransferTool::AdHocClauses), (Missing{"signed_on", "approved_by", "approved_on"}));
    EXPECT_EQ(missing(TransferTool::AuthorityScc), (Missing{"signed_on", "approved_by", "approval_reference"}));
}

TEST(Decision, finds_the_module_in_the_roles)
{
    auto const module = [](PartyRole from, PartyRole to) {
        Transfer t;
        t.exporter_role = from;
        t.importer_role = to;
        return *module_of_roles(t);
    };
    EXPECT_EQ(module(PartyRole::Controller, PartyRole::Controller), SccModule::One);
    EXPECT_EQ(module(PartyRole::JointController, PartyRole::Processor), SccModule::Two);
    EXPECT_EQ(module(PartyRole::Processor, PartyRole::Processor), SccModule::Three);
    EXPECT_EQ(module(PartyRole::Processor, PartyRole::JointController), SccModule::Four);
    EXPECT_FALSE(module_of_roles(Transfer{}));
}

TEST(Decision, keeps_derogations_strict)
{
    auto t = towards("IN");
    t.tool = TransferTool::Art49B;
    t.frequency = Frequency::Occasional;
    EXPECT_EQ(reason(t, today).steps[3].missing, (Missing{"necessity", "public_powers"}));
    t.necessity = {"Réserver le voyage que la personne a acheté"};
    t.public_powers = false;
    EXPECT_EQ(story(t), "is_transfer no_adequacy no_safeguard derogated -= derogated");
    t.frequency = Frequency::Repeated;
    EXPECT_EQ(story(t), "is_transfer no_adequacy no_safeguard not_occasional -= blocked");
    t.frequency = Frequency::Occasional;
    t.public_powers = true;
    EXPECT_EQ(story(t), "is_transfer no_adequacy no_safeguard not_for_authorities -= blocked");
    t.tool = TransferTool::Art49D;
    t.derogation_text = {"Code de la sécurité sociale"};
    EXPECT_EQ(story(t), "is_transfer no_adequacy no_safeguard derogated -= derogated") << "public interest is open to authorities";
    t.tool = TransferTool::Derogation;
    EXPECT_EQ(story(t), "is_transfer no_adequacy no_safeguard letter_open no_last_resort = open");
}

TEST(Decision, opens_the_last_resort_only_with_its_four_conditions_and_two_notices)
{
    auto t = towards("IN");
    t.tool = TransferTool::LastResort;
    EXPECT_EQ(reason(t, today).steps[4].missing.size(), 10U);
    t.no_other_ground = {"Ni clauses ni dérogation : le destinataire refuse de signer"};
    t.public_powers = false;
    t.not_repetitive = t.few_people = t.interest_not_overridden = true;
    t.compelling_interest = {"Éviter un dommage immédiat"};
    t.circumstances_assessed = {"Trois personnes, données professionnelles, un jour"};
    t.safeguards_provided = {"Chiffrement"};
    t.authority_informed_on = day("2026-11-20");
    EXPECT_EQ(reason(t, today).steps[4].missing, Missing{"persons_informed_on"});
    t.persons_informed_on = day("2026-11-20");
    EXPECT_EQ(story(t), "is_transfer no_adequacy no_safeguard no_derogation last_resort = last_resort");
    t.few_people = false;
    EXPECT_EQ(reason(t, today).verdict, Verdict::Open);
    t.public_powers = true;
    EXPECT_EQ(reason(t, today).verdict, Verdict::Blocked);
}

TEST(Decision, points_at_fields_that_exist)
{
    auto const& info = transfer_schema().info();
    auto const known = [&](Missing const& fields) {
        for (auto const& field : fields) EXPECT_NE(info.find(field), nullptr) << field;
    };
    for (auto const& entry : info.find("tool")->list->entries) {
        Transfer t;
        t.tool = *choices_of(TransferTool{}).find(entry.code);
        t.tia_result = TiaResult::EffectiveWithMeasures;
        for (auto const& missing : {missing_of_safeguard(t), missing_of_assessment(t), missing_of_derogation(t), missing_of_last_resort(t)}) known(missing);
    }
}

}  // namespace
}  // namespace greffier::transfer
