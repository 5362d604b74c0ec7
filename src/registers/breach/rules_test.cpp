#include "registers/breach/rules.hpp"

#include <algorithm>
#include <gtest/gtest.h>

#include <algorithm>

#include "registers/breach/clocks.hpp"

namespace greffier::breach {
namespace {

using records::Finding;
using records::Severity;

law::Place const paris = law::Place::of("METRO");

Timestamp at(char const* text) { return *parse_timestamp(text); }

std::vector<Finding> found(Breach const& breach, char const* now, std::string status = "breach")
{
    std::vector<Finding> findings;
    for (auto const& rule : breach_rules()) {
        records::Report report(findings, rule.id, rule.severity);
        records::Circumstances circumstances;
        circumstances.now = at(now);
        circumstances.where = &paris;
        circumstances.today = local_date(circumstances.now, paris.zone);
        circumstances.status = status;
        rule.check(breach, circumstances, report);
    }
    return findings;
}

bool has(std::vector<Finding> const& findings, std::string_view rule) { return std::ranges::any_of(findings, [&](auto const& finding) { return finding.rule == rule; }); }
Finding const* of(std::vector<Finding> const& findings, std::string_view rule)
{
    auto const one = std::ranges::find(findings, rule, &Finding::rule);
    return one == findings.end() ? nullptr : &*one;
}

/// A breach in which no rule finds anything while its clock runs: Tuesday 3 March 2026, 10:20 in Paris.
Breach sound()
{
    Breach b;
    b.title = "Courriel aux familles";
    b.personal_data = true;
    b.nature = {Nature::Confidentiality};
    b.subject_categories = {{"parents"}};
    b.data_categories = {{"contact_details"}};
    b.people_count = 1240;
    b.records_count = 1240;
    b.consequences.value = "Courriels indésirables";
    b.measures = {{.id = "m", .stage = MeasureStage::Immediate, .what = {"Demande de suppression"}}};
    b.aware_at = at("2026-03-03T09:20:00Z");
    b.risk = Risk::Risk;
    b.notify = true;
    return b;
}

Notification sent(char const* when, NotificationType type = NotificationType::Complete) { return {.id = "n", .type = type, .sent_at = at(when)}; }

TEST(BreachRules, find_nothing_in_a_breach_that_is_dealt_with)
{
    EXPECT_TRUE(found(sound(), "2026-03-03T12:00:00Z").empty());
    auto told = sound();
    told.notifications = {sent("2026-03-06T09:20:00Z")};   // D01: the last instant
    EXPECT_TRUE(found(told, "2026-03-09T09:00:00Z", "notified").empty());
}

TEST(BreachRules, ask_reasons_of_a_notification_behind_the_strict_hour_and_block_behind_the_legal_limit)
{
    auto breach = sound();
    breach.notifications = {sent("2026-03-06T09:45:00Z")};   // D09: 10:45, between 10:20 and 11:00
    auto const disputed = found(breach, "2026-03-07T09:00:00Z", "notified");
    ASSERT_TRUE(of(disputed, "BRE-001"));
    EXPECT_EQ(of(disputed, "BRE-001")->severity, Severity::Major);
    breach.notifications = {sent("2026-03-06T10:00:01Z")};
    auto const late = found(breach, "2026-03-07T09:00:00Z", "notified");
    ASSERT_TRUE(of(late, "BRE-001"));
    EXPECT_EQ(of(late, "BRE-001")->severity, Severity::Blocking);
    breach.delay_reasons.value = "Astreinte du week-end";
    EXPECT_FALSE(has(found(breach, "2026-03-07T09:00:00Z", "notified"), "BRE-001"));
}

TEST(BreachRules, warn_in_the_last_day_and_after_it)
{
    auto breach = sound();
    EXPECT_FALSE(has(found(breach, "2026-03-05T09:20:00Z"), "BRE-002"));
    EXPECT_TRUE(has(found(breach, "2026-03-05T09:20:01Z"), "BRE-002"));
    EXPECT_TRUE(has(found(breach, "2026-04-05T09:20:01Z", "reported"), "BRE-002")) << "known and not judged is no excuse";
    EXPECT_FALSE(has(found(breach, "2026-04-05T09:20:01Z", "incident"), "BRE-002"));
    breach.risk = Risk::Unlikely;
    EXPECT_FALSE(has(found(breach, "2026-03-06T09:20:01Z"), "BRE-002"));
    breach.risk.reset();
    EXPECT_TRUE(has(found(breach, "2026-03-06T09:20:01Z"), "BRE-002")) << "a risk nobody judged is one";
}

TEST(BreachRules, count_physical_hours_over_a_change_of_clocks)
{
    auto breach = sound();
    breach.aware_at = at("2026-03-27T13:20:00Z");            // D03: Friday 14:20 CET
    breach.notifications = {sent("2026-03-30T13:20:00Z")};   // Monday 15:20 CEST
    EXPECT_FALSE(has(found(breach, "2026-04-01T09:00:00Z", "notified"), "BRE-001"));
    breach.notifications = {sent("2026-03-30T13:20:01Z")};
    EXPECT_TRUE(has(found(breach, "2026-04-01T09:00:00Z", "notified"), "BRE-001"));
}

TEST(BreachRules, ask_why_the_authority_is_not_told)
{
    auto breach = sound();
    breach.risk = Risk::Unlikely;
    breach.notify = false;
    EXPECT_TRUE(has(found(breach, "2026-03-03T12:00:00Z"), "BRE-003"));
    breach.notify_reason.value = "Données chiffrées";
    EXPECT_FALSE(has(found(breach, "2026-03-03T12:00:00Z"), "BRE-003"));
    breach.notify.reset();
    EXPECT_FALSE(has(found(breach, "2026-03-03T12:00:00Z"), "BRE-003"));
    EXPECT_TRUE(has(found(breach, "2026-03-03T12:00:00Z", "closed"), "BRE-003")) << "closing without an answer";
}

TEST(BreachRules, ask_that_the_persons_be_told_of_a_high_risk)
{
    auto breach = sound();
    breach.risk = Risk::High;
    EXPECT_TRUE(has(found(breach, "2026-03-03T12:00:00Z"), "BRE-004"));
    auto exempt = breach;
    exempt.art34_exemption = Art34Exemption::A;
    EXPECT_FALSE(has(found(exempt, "2026-03-03T12:00:00Z"), "BRE-004"));
    breach.persons_informed_at = at("2026-03-04T08:00:00Z");
    EXPECT_FALSE(has(found(breach, "2026-03-04T12:00:00Z"), "BRE-004"));
}

TEST(BreachRules, name_each_part_of_the_notification_that_is_missing)
{
    Breach breach;
    breach.aware_at = at("2026-03-03T09:20:00Z");
    auto const findings = found(breach, "2026-03-03T12:00:00Z");
    EXPECT_EQ(std::ranges::count(findings, "BRE-005", &Finding::rule), 7);
    breach.risk = Risk::Unlikely;
    EXPECT_FALSE(has(found(breach, "2026-03-03T12:00:00Z"), "BRE-005"));
}

TEST(BreachRules, remember_what_an_initial_notification_announced)
{
    auto breach = sound();
    breach.notifications = {sent("2026-03-05T09:00:00Z", NotificationType::Initial)};
    EXPECT_FALSE(has(found(breach, "2026-04-04T09:00:00Z", "notified"), "BRE-006"));
    EXPECT_TRUE(has(found(breach, "2026-04-05T09:00:00Z", "notified"), "BRE-006"));
    breach.notifications.push_back(sent("2026-03-07T09:00:00Z", NotificationType::Complementary));
    EXPECT_FALSE(has(found(breach, "2026-04-05T09:00:00Z", "notified"), "BRE-006"));
}

TEST(BreachRules, ask_for_awareness_measures_and_the_sending_itself)
{
    auto breach = sound();
    breach.aware_at.reset();
    EXPECT_TRUE(has(found(breach, "2026-03-03T12:00:00Z"), "BRE-007"));
    EXPECT_FALSE(has(found(breach, "2026-03-03T12:00:00Z", "reported"), "BRE-007"));
    breach = sound();
    breach.measures = {{.id = "m", .stage = MeasureStage::Before, .what = {"Pare-feu"}}};
    EXPECT_TRUE(has(found(breach, "2026-03-03T12:00:00Z", "closed"), "BRE-008"));
    EXPECT_TRUE(has(found(breach, "2026-03-03T12:00:00Z", "notified"), "BRE-013"));
}

TEST(BreachRules, hold_a_processor_to_its_contract_and_us_to_ours)
{
    auto breach = sound();
    breach.parties = {{.id = "p", .name = "Hébergeur", .aware_at = at("2026-06-01T07:00:00Z"), .told_us_at = at("2026-06-03T09:10:00Z"), .contract_hours = 48}};   // D08
    EXPECT_TRUE(has(found(breach, "2026-06-03T12:00:00Z"), "BRE-009"));
    breach.parties[0].contract_hours = 72;
    EXPECT_FALSE(has(found(breach, "2026-06-03T12:00:00Z"), "BRE-009"));

    auto ours = sound();
    ours.role = Role::Processor;
    EXPECT_FALSE(has(found(ours, "2026-03-04T09:20:00Z"), "BRE-010"));
    EXPECT_TRUE(has(found(ours, "2026-03-04T09:20:01Z"), "BRE-010"));
    EXPECT_FALSE(has(found(ours, "2026-04-04T09:20:01Z"), "BRE-002")) << "the client notifies";
    ours.parties = {{.id = "c", .role = PartyRole::Controller, .name = "Belleval", .contract_hours = 48}};
    EXPECT_EQ(of(found(ours, "2026-03-04T10:00:00Z"), "BRE-010")->severity, Severity::Major);
    EXPECT_EQ(of(found(ours, "2026-03-05T10:00:00Z"), "BRE-010")->severity, Severity::Blocking);
    ours.parties[0].we_told_at = at("2026-03-04T08:00:00Z");
    EXPECT_FALSE(has(found(ours, "2026-03-05T10:00:00Z"), "BRE-010"));
}

TEST(BreachRules, let_no_report_wait_unjudged)
{
    Breach report;
    report.reported_at = at("2026-03-03T09:20:00Z");
    EXPECT_FALSE(has(found(report, "2026-03-04T09:20:00Z", "reported"), "BRE-011"));
    EXPECT_TRUE(has(found(report, "2026-03-04T09:20:01Z", "reported"), "BRE-011"));
    report.personal_data = false;
    EXPECT_FALSE(has(found(report, "2026-03-04T09:20:01Z", "reported"), "BRE-011"));
}

TEST(BreachRules, see_what_cannot_be)
{
    auto breach = sound();
    breach.started_at = at("2026-03-04T09:00:00Z");
    EXPECT_TRUE(has(found(breach, "2026-03-04T12:00:00Z"), "BRE-012")) << "noticed before it happened";
    breach = sound();
    EXPECT_TRUE(has(found(breach, "2026-03-03T09:00:00Z"), "BRE-012")) << "known tomorrow";
    breach.notifications = {sent("2026-03-02T09:00:00Z")};
    EXPECT_TRUE(has(found(breach, "2026-03-04T09:00:00Z", "notified"), "BRE-012")) << "notified before it was known";
}

TEST(BreachClocks, tell_in_time_disputed_and_late)
{
    auto const clock = *notification_clock(sound(), paris);
    EXPECT_EQ(clock.strict_due, at("2026-03-06T09:20:00Z"));   // D01
    EXPECT_EQ(clock.legal_due, at("2026-03-06T10:00:00Z"));
    EXPECT_EQ(timeliness(clock, at("2026-03-06T09:20:00Z")), Timeliness::InTime);
    EXPECT_EQ(timeliness(clock, at("2026-03-06T09:45:00Z")), Timeliness::Disputed);   // D09
    EXPECT_EQ(timeliness(clock, at("2026-03-06T10:00:01Z")), Timeliness::Late);
}

TEST(BreachClocks, the_complement_and_the_persons_are_counted_once_they_are_due)
{
    auto breach = sound();
    EXPECT_FALSE(complement_clock(breach, paris));
    breach.notifications = {sent("2026-03-05T09:00:00Z", NotificationType::Initial)};
    EXPECT_EQ(complement_clock(breach, paris)->strict_due, at("2026-03-08T09:00:00Z"));
    breach.tell_persons = true;
    breach.persons_decided_on = *parse_date("2026-03-05");
    EXPECT_EQ(persons_clock(breach, paris)->strict_due, at("2026-03-07T23:00:00Z"));
    breach.persons_informed_at = at("2026-03-06T09:00:00Z");
    EXPECT_FALSE(persons_clock(breach, paris));
}

TEST(BreachRules, notice_a_breach_closed_without_a_review)
{
    auto b = sound();
    auto const closed = "2026-03-20T09:00:00Z";
    EXPECT_FALSE(has(found(b, closed, "notified"), "BRE-015")) << "there is time as long as it is open";
    ASSERT_TRUE(has(found(b, closed, "closed"), "BRE-015"));
    EXPECT_EQ(of(found(b, closed, "closed"), "BRE-015")->severity, Severity::Minor);
    b.lessons.value = "Envoyer par groupes";
    EXPECT_FALSE(has(found(b, closed, "closed"), "BRE-015"));
    b.lessons = {};
    b.reviewed_on = parse_date("2026-03-19");
    EXPECT_FALSE(has(found(b, closed, "closed"), "BRE-015"));
}

}  // namespace
}  // namespace greffier::breach
