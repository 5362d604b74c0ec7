#include "registers/transfer/rules.hpp"

#include <functional>
#include <set>

#include <gtest/gtest.h>

namespace greffier::transfer {
namespace {

using records::Finding;

Date day(char const* text) { return *parse_date(text); }
Date const today = day("2026-11-22");

std::vector<std::string> places_of(std::string_view id, Transfer const& t, std::string status = "draft", Date on = today)
{
    std::vector<Finding> findings;
    for (auto const& rule : transfer_rules())
        if (rule.id == id) {
            records::Report report(findings, rule.id, rule.severity);
            records::Circumstances now;
            now.today = on;
            now.status = std::move(status);
            rule.check(t, now, report);
        }
    std::vector<std::string> places;
    for (auto const& finding : findings) places.push_back(finding.place.text());
    return places;
}

/// A transfer in which no rule finds anything: clauses to a processor in India, assessed this year.
Transfer sound()
{
    Transfer t;
    t.name = "Assistance de nuit, Inde";
    t.importer_country = {"IN"};
    t.processings = {ProcessingId::make()};
    t.exporter_in_scope = t.made_available = t.separate_importer = true;
    t.exporter_role = PartyRole::Controller;
    t.importer_role = PartyRole::Processor;
    t.frequency = Frequency::Continuous;
    t.tool = TransferTool::Scc;
    t.module = SccModule::Two;
    t.clauses_version = SccVersion::Eu2021;
    t.sub_processing = SubProcessing::General;
    t.annexes = {SccAnnex::Parties, SccAnnex::Description, SccAnnex::Authority, SccAnnex::Measures};
    t.signed_on = day("2025-01-10");
    t.tia_flow_on = t.tia_tool_on = t.tia_law_on = t.tia_on = day("2026-02-01");
    t.tia_result = TiaResult::Effective;
    t.next_review = day("2027-02-01");
    return t;
}

struct Case {
    char const* rule;
    char const* what;
    std::function<void(Transfer&)> change;
    std::vector<std::string> expected;
    std::string status = "draft";
    Date on = today;
};

void expect_all(std::vector<Case> const& cases)
{
    for (auto const& c : cases) {
        auto t = sound();
        c.change(t);
        EXPECT_EQ(places_of(c.rule, t, c.status, c.on), c.expected) << c.rule << ": " << c.what;
    }
}

void on_adequacy(Transfer& t, char const* country)
{
    t.tool = TransferTool::Adequacy;
    t.importer_country = {country};
}

TEST(TransferRules, find_nothing_in_a_sound_transfer_whatever_its_status)
{
    for (auto const& rule : transfer_rules())
        for (auto const* status : {"draft", "in_force", "suspended"}) EXPECT_TRUE(places_of(rule.id, sound(), status).empty()) << rule.id;
}

TEST(TransferRules, find_nothing_about_what_is_no_transfer)
{
    Transfer t;
    t.importer_country = {"DE"};
    t.tool = TransferTool::Scc;
    for (auto const& rule : transfer_rules()) EXPECT_TRUE(places_of(rule.id, t, "in_force").empty()) << rule.id;
    t.importer_country = {"US"};
    t.separate_importer = false;
    for (auto const& rule : transfer_rules()) EXPECT_TRUE(places_of(rule.id, t, "in_force").empty()) << rule.id;
}

TEST(TransferRules, have_each_an_identifier_of_their_own_and_a_text)
{
    std::set<std::pair<std::string_view, records::Severity>> ids;   // TRF-009 stands twice, for two severities
    for (auto const& rule : transfer_rules()) {
        EXPECT_TRUE(ids.emplace(rule.id, rule.severity).second) << rule.id;
        EXPECT_FALSE(rule.article.empty()) << rule.id;
    }
}

TEST(TransferRules, ask_where_and_on_what_ground)
{
    expect_all({
        {"TRF-001", "nothing towards a country without decision", [](auto& t) { t.tool.reset(); }, {"tool"}},
        {"TRF-001", "a recognised country", [](auto& t) { t.tool.reset(); t.importer_country = {"CH"}; }, {}},
        {"TRF-001", "a decision for some, unchecked", [](auto& t) { t.tool.reset(); t.importer_country = {"US"}; }, {"tool"}},
        {"TRF-001", "a decision for some, checked", [](auto& t) { t.tool.reset(); t.importer_country = {"US"}; t.covered_by_decision = true; t.scope_checked_on = today; }, {}},
        {"TRF-002", "no country", [](auto& t) { t.importer_country = {}; }, {"importer_country"}},
        {"TRF-020", "an order alone", [](auto& t) { t.foreign_order = true; }, {"international_agreement"}},
        {"TRF-020", "an order under a treaty", [](auto& t) { t.foreign_order = true; t.international_agreement = "Traité d’entraide"; }, {}},
        {"TRF-025", "of no processing", [](auto& t) { t.processings.clear(); }, {"processings"}},
    });
}

TEST(TransferRules, judge_adequacy_with_its_scope_on_the_day)
{
    expect_all({
        {"TRF-003", "never looked up", [](auto& t) { on_adequacy(t, "US"); }, {"covered_by_decision"}},
        {"TRF-003", "no date", [](auto& t) { on_adequacy(t, "US"); t.covered_by_decision = true; }, {"scope_checked_on"}},
        {"TRF-003", "staff data", [](auto& t) { on_adequacy(t, "US"); t.covered_by_decision = true; t.scope_checked_on = today; t.hr_data = true; }, {"covers_hr"}},
        {"TRF-003", "checked", [](auto& t) { on_adequacy(t, "US"); t.covered_by_decision = true; t.scope_checked_on = today; }, {}},
        {"TRF-003", "clauses instead", [](auto& t) { t.importer_country = {"US"}; }, {}},
        {"TRF-004", "an authority in Canada", [](auto& t) { on_adequacy(t, "CA"); t.covered_by_decision = false; }, {"covered_by_decision"}},
        {"TRF-023", "Japan, unchecked", [](auto& t) { on_adequacy(t, "JP"); }, {"covered_by_decision"}},
        {"TRF-023", "Switzerland needs no check", [](auto& t) { on_adequacy(t, "CH"); }, {}},
        {"TRF-013", "contested", [](auto& t) { on_adequacy(t, "US"); }, {"tool"}},
        {"TRF-013", "not contested", [](auto& t) { on_adequacy(t, "CH"); }, {}},
        {"TRF-013", "six months before the end", [](auto& t) { on_adequacy(t, "GB"); }, {"tool"}, "in_force", day("2031-06-27")},
        {"TRF-013", "a day more", [](auto& t) { on_adequacy(t, "GB"); }, {}, "in_force", day("2031-06-26")},
        {"TRF-014", "the last day", [](auto& t) { on_adequacy(t, "GB"); }, {}, "in_force", day("2031-12-27")},
        {"TRF-014", "the day after", [](auto& t) { on_adequacy(t, "GB"); }, {"tool"}, "in_force", day("2031-12-28")},
        {"TRF-014", "never recognised", [](auto& t) { on_adequacy(t, "IN"); }, {"tool"}},
    });
}

TEST(TransferRules, judge_the_tools_of_article_46)
{
    expect_all({
        {"TRF-005", "no module", [](auto& t) { t.module.reset(); }, {"module"}},
        {"TRF-006", "module against roles", [](auto& t) { t.module = SccModule::One; }, {"module"}},
        {"TRF-006", "roles unsaid", [](auto& t) { t.module = SccModule::One; t.importer_role.reset(); }, {}},
        {"TRF-007", "never assessed", [](auto& t) { t.tia_on.reset(); }, {"tia_on"}},
        {"TRF-007", "no conclusion", [](auto& t) { t.tia_result.reset(); }, {"tia_result"}},
        {"TRF-007", "not for adequacy", [](auto& t) { on_adequacy(t, "CH"); t.tia_on.reset(); }, {}},
        {"TRF-008", "negative", [](auto& t) { t.tia_result = TiaResult::NotEffective; }, {"tia_result"}},
        {"TRF-008", "two years to the day", [](auto& t) { t.tia_on = day("2024-11-22"); }, {}},
        {"TRF-008", "two years and a day", [](auto& t) { t.tia_on = day("2024-11-21"); }, {"tia_on"}},
        {"TRF-016", "unsigned, annexes empty", [](auto& t) { t.signed_on.reset(); t.annexes.clear(); }, {"signed_on", "annexes"}},
        {"TRF-017", "clauses of 2010", [](auto& t) { t.clauses_version = SccVersion::Eu2010; }, {"clauses_version"}},
        {"TRF-017", "the shield", [](auto& t) { t.tool = TransferTool::PrivacyShield; }, {"tool"}},
        {"TRF-021", "certificate run out", [](auto& t) { t.tool = TransferTool::Certification; t.valid_until = day("2026-11-21"); }, {"valid_until"}},
        {"TRF-021", "its last day", [](auto& t) { t.tool = TransferTool::Certification; t.valid_until = today; }, {}},
        {"TRF-022", "goes on", [](auto& t) { t.tia_result = TiaResult::NotEffective; }, {"tia_result"}, "in_force"},
        {"TRF-022", "suspended", [](auto& t) { t.tia_result = TiaResult::NotEffective; }, {}, "suspended"},
        {"TRF-029", "no measure", [](auto& t) { t.tia_result = TiaResult::EffectiveWithMeasures; }, {"supplementary_measures"}},
        {"TRF-029", "late", [](auto& t) { t.tia_result = TiaResult::EffectiveWithMeasures; t.supplementary_measures = {{.id = "m", .state = MeasureState::Planned, .due_on = day("2026-11-21")}}; },
         {"supplementary_measures[m].state"}},
        {"TRF-029", "in time", [](auto& t) { t.tia_result = TiaResult::EffectiveWithMeasures; t.supplementary_measures = {{.id = "m", .state = MeasureState::Planned, .due_on = today}}; }, {}},
    });
}

TEST(TransferRules, keep_derogations_to_the_exception)
{
    expect_all({
        {"TRF-009", "contract, again and again", [](auto& t) { t.tool = TransferTool::Art49B; }, {"frequency"}},
        {"TRF-009", "contract, once", [](auto& t) { t.tool = TransferTool::Art49B; t.frequency = Frequency::Occasional; }, {}},
        {"TRF-009", "consent, again and again", [](auto& t) { t.tool = TransferTool::Art49A; }, {"frequency"}},
        {"TRF-009", "legal claims, once", [](auto& t) { t.tool = TransferTool::Art49E; t.frequency = Frequency::Occasional; }, {}},
        {"TRF-010", "nobody told", [](auto& t) { t.tool = TransferTool::LastResort; }, {"authority_informed_on", "persons_informed_on", "circumstances_assessed"}},
        {"TRF-010", "clauses", [](auto&) {}, {}},
        {"TRF-018", "consent without words", [](auto& t) { t.tool = TransferTool::Art49A; }, {"explicit_consent", "risks_told"}},
        {"TRF-018", "no letter", [](auto& t) { t.tool = TransferTool::Derogation; }, {"tool"}},
        {"TRF-018", "the last resort's own conditions", [](auto& t) { t.tool = TransferTool::LastResort; },
         {"no_other_ground", "not_repetitive", "few_people", "compelling_interest", "interest_not_overridden", "safeguards_provided"}},
        {"TRF-019", "an authority on consent", [](auto& t) { t.tool = TransferTool::Art49A; t.public_powers = true; }, {"public_powers"}},
        {"TRF-019", "an authority on public interest", [](auto& t) { t.tool = TransferTool::Art49D; t.public_powers = true; }, {}},
    });
}

TEST(TransferRules, are_milder_with_the_derogations_that_need_not_be_occasional)
{
    auto const severity = [](TransferTool tool) {
        auto t = sound();
        t.tool = tool;
        std::vector<Finding> findings;
        records::Circumstances now;
        now.today = today;
        for (auto const& rule : transfer_rules())
            if (rule.id == "TRF-009") {
                records::Report report(findings, rule.id, rule.severity);
                rule.check(t, now, report);
            }
        return findings.size() == 1 ? findings[0].severity : records::Severity::Blocking;
    };
    for (auto const tool : {TransferTool::Art49B, TransferTool::Art49C, TransferTool::Art49E}) EXPECT_EQ(severity(tool), records::Severity::Major);
    for (auto const tool : {TransferTool::Art49A, TransferTool::Art49D, TransferTool::Art49F, TransferTool::Art49G}) EXPECT_EQ(severity(tool), records::Severity::Advice);
}

TEST(TransferRules, count_the_assessment_anew_from_its_day)
{
    auto const due = assessment_due(sound());
    ASSERT_TRUE(due);
    EXPECT_EQ(due->due, day("2028-02-01"));
    auto t = sound();
    on_adequacy(t, "CH");
    EXPECT_FALSE(assessment_due(t));
}

}  // namespace
}  // namespace greffier::transfer
