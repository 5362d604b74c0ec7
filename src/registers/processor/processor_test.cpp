#include "registers/processor/processor.hpp"

#include <gtest/gtest.h>

#include "core/locale.hpp"
#include "registers/processor/register.hpp"
#include "registers/processor/rules.hpp"
#include "schema/check.hpp"
#include "schema/json.hpp"
#include "schema/test_bodies.hpp"

namespace greffier::processor {
namespace {

using namespace schema;

SchemaInfo const& info() { return processor_schema().info(); }
Date day(char const* text) { return *parse_date(text); }

/// Places a rule reports, as of 22 November 2026.
std::vector<std::string> places(Processor const& p, std::string_view rule, std::string status = "in_use")
{
    std::vector<records::Finding> findings;
    records::Circumstances now;
    now.today = day("2026-11-22");
    now.status = std::move(status);
    for (auto const& one : processor_rules()) {
        records::Report report(findings, one.id, one.severity);
        one.check(p, now, report);
    }
    std::vector<std::string> out;
    for (auto const& finding : findings)
        if (finding.rule == rule) out.push_back(finding.place.text());
    return out;
}
using Places = std::vector<std::string>;

Processor host()
{
    Processor p;
    p.name = "Nuage du Littoral";
    p.qualification = Qualification::Processor;
    p.assessment = GuaranteeResult::Sufficient;
    p.assessment_date = day("2025-11-22");
    p.compliance_request_date = day("2025-06-01");
    return p;
}

TEST(ProcessorSchema, records_made_by_chance_pass_through_every_door_unchanged)
{
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        auto const row = RowMaker(seed, seed % 10 == 0 ? 100 : static_cast<int>(seed % 90)).make(info());
        ASSERT_TRUE(check(info(), row).empty()) << seed;
        ASSERT_EQ(from_stored(info(), to_stored(info(), row), info().version), row) << seed;
        ASSERT_TRUE(processor_schema().unpack(row).ok()) << seed;
    }
}

TEST(ProcessorSchema, bodies_of_released_versions_are_read_for_ever) { expect_old_bodies_read(info()); }

TEST(ProcessorRegister, every_status_is_left_and_reached_but_the_first)
{
    auto const& kind = processor_register();
    for (auto const status : kind.statuses) {
        EXPECT_TRUE(std::ranges::any_of(kind.transitions, [&](auto const& step) { return step.from == status; })) << status;
        EXPECT_TRUE(status == kind.first_status() || std::ranges::any_of(kind.transitions, [&](auto const& step) { return step.to == status; })) << status;
    }
    EXPECT_TRUE(kind.transition("to_assess", "approved")->needs_decision) << "whom to entrust with data is the controller's decision";
    EXPECT_FALSE(kind.is_closed("terminated")) << "the certificate of destruction comes after the end";
}

TEST(Qualification, the_answers_tell_a_processor_from_the_others)
{
    Processor p;
    EXPECT_EQ(suggested_qualification(p), Qualification::NotQualified);
    p.handles_data = true;
    p.on_instructions = true;
    EXPECT_EQ(suggested_qualification(p), Qualification::NotQualified) << "whether it has purposes of its own is not said";
    p.own_purposes = false;
    EXPECT_EQ(suggested_qualification(p), Qualification::Processor);
    p.legal_duty = true;
    EXPECT_EQ(suggested_qualification(p), Qualification::IndependentController) << "a lawyer";
    p.decides_together = true;
    EXPECT_EQ(suggested_qualification(p), Qualification::JointController);
    p.handles_data = false;
    EXPECT_EQ(suggested_qualification(p), Qualification::NoData) << "a cleaning firm";
}

TEST(ObjectionWindow, counts_the_days_of_the_contract_or_thirty_and_includes_the_last)
{
    Subprocessor one{.id = "a", .name = "SMS Express", .mode = AuthorisationMode::General, .state = ChainState::Notified, .notified_on = day("2026-10-23")};
    EXPECT_EQ(one.objection_end(), day("2026-11-22"));
    EXPECT_TRUE(one.may_be_opposed(day("2026-11-22")));
    EXPECT_FALSE(one.may_be_opposed(day("2026-11-23")));
    one.objection_days = 15;
    EXPECT_EQ(one.objection_end(), day("2026-11-07"));
    one.mode = AuthorisationMode::Specific;
    EXPECT_EQ(one.objection_end(), std::nullopt) << "each is authorised, silence is no answer";
}

TEST(ProcessorRules, a_sub_processor_at_work_needs_an_agreement_where_each_must_be_authorised)
{
    auto p = host();
    p.subprocessors = {{.id = "a", .name = "SMS Express", .mode = AuthorisationMode::Specific, .state = ChainState::Requested, .active = true},
                       {.id = "b", .name = "Data Sud", .mode = AuthorisationMode::Specific, .state = ChainState::Authorised, .active = true},
                       {.id = "c", .name = "Est Nuage", .mode = AuthorisationMode::Specific, .state = ChainState::Requested}};
    EXPECT_EQ(places(p, "PRO-006"), Places{"subprocessors[a].state"});
    EXPECT_EQ(places(p, "PRO-006", "terminated"), Places{});
}

TEST(ProcessorRules, an_objection_period_is_told_while_it_runs)
{
    auto p = host();
    p.subprocessors = {{.id = "a", .name = "SMS Express", .mode = AuthorisationMode::General, .state = ChainState::Notified, .notified_on = day("2026-11-01")}};
    EXPECT_EQ(places(p, "PRO-007"), Places{"subprocessors[a].state"});
    p.subprocessors[0].state = ChainState::Opposed;
    EXPECT_EQ(places(p, "PRO-007"), Places{});
}

TEST(ProcessorRules, guarantees_are_assessed_before_use_and_again_within_two_years)
{
    auto p = host();
    EXPECT_EQ(places(p, "PRO-008"), Places{});
    EXPECT_EQ(places(p, "PRO-009"), Places{});
    p.assessment_date = day("2024-11-21");
    EXPECT_EQ(places(p, "PRO-009"), Places{"assessment_date"});
    p.assessment_date = day("2024-11-22");
    EXPECT_EQ(places(p, "PRO-009"), Places{}) << "the last day of the twenty-four months";
    p.assessment.reset();
    EXPECT_EQ(places(p, "PRO-008"), Places{"assessment"});
    EXPECT_EQ(places(p, "PRO-008", "to_assess"), Places{}) << "that is what this state says";
    p.qualification = Qualification::IndependentController;
    EXPECT_EQ(places(p, "PRO-008"), Places{}) << "no processor";
}

TEST(ProcessorRules, the_compliance_question_is_asked_once)
{
    auto p = host();
    EXPECT_EQ(places(p, "PRO-010"), Places{});
    p.compliance_request_date.reset();
    EXPECT_EQ(places(p, "PRO-010"), Places{"compliance_request_date"});
}

TEST(ProcessorRules, who_works_for_us_is_qualified_and_as_the_answers_say_or_with_a_reason)
{
    auto p = host();
    p.handles_data = true;
    p.legal_duty = true;
    EXPECT_EQ(places(p, "PRO-015"), Places{});
    EXPECT_EQ(places(p, "PRO-017"), Places{"qualification_reason"});
    p.qualification_reason.value = "Pour la maintenance, il n’agit que sur nos instructions.";
    EXPECT_EQ(places(p, "PRO-017"), Places{});
    p.qualification = Qualification::NotQualified;
    EXPECT_EQ(places(p, "PRO-015"), Places{"qualification"});
}

TEST(ProcessorRules, an_expired_certificate_is_told)
{
    auto p = host();
    p.certificates = {{.id = "a", .expires_on = day("2026-11-21")}, {.id = "b", .expires_on = day("2026-11-22")}, {.id = "c"}};
    EXPECT_EQ(places(p, "PRO-016"), Places{"certificates[a].expires_on"});
}

}  // namespace
}  // namespace greffier::processor
