#include "registers/request/rules.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "registers/request/clock.hpp"

namespace greffier::request {
namespace {

using records::Finding;
using records::Place;

Date day(char const* text) { return *parse_date(text); }
Timestamp at(char const* text) { return *parse_timestamp(text); }

/// Whether a rule finds something, and where.
std::vector<Place> places_of(std::string_view id, Request const& request, char const* today, char const* status = "in_progress")
{
    std::vector<Finding> findings;
    for (auto const& rule : request_rules())
        if (rule.id == id) {
            records::Report report(findings, rule.id, rule.severity);
            records::Circumstances now;
            now.today = day(today);
            now.status = status;
            rule.check(request, now, report);
        }
    std::vector<Place> places;
    for (auto& finding : findings) places.push_back(finding.place);
    return places;
}

bool finds(std::string_view id, Request const& request, char const* today, char const* status = "in_progress") { return !places_of(id, request, today, status).empty(); }

Request received(char const* when)
{
    Request request;
    request.received_at = at(when);
    request.rights = {Right::Access};
    return request;
}

TimeLimit limit_of(Request const& request, char const* today) { return *time_limit(request, day(today), law::Place{}); }

TEST(RequestClock, gives_the_dated_examples)
{
    EXPECT_EQ(limit_of(received("2026-03-05T09:12:00Z"), "2026-03-06").deadline.answer.due, day("2026-04-07"));   // D10
    EXPECT_EQ(limit_of(received("2026-01-31T10:00:00Z"), "2026-02-01").deadline.answer.due, day("2026-03-02"));   // D12

    auto extended = received("2026-03-05T09:12:00Z");   // D17
    extended.extended = true;
    EXPECT_FALSE(limit_of(extended, "2026-03-20").extension_holds);
    EXPECT_EQ(limit_of(extended, "2026-03-20").deadline.extension_notice.due, day("2026-04-07"));
    extended.extension_told_on = day("2026-04-07");
    EXPECT_EQ(limit_of(extended, "2026-04-08").deadline.answer.due, day("2026-06-05"));
    extended.extension_told_on = day("2026-04-08");
    EXPECT_EQ(limit_of(extended, "2026-04-08").deadline.answer.due, day("2026-04-07"));

    auto paused = received("2026-09-01T08:00:00Z");   // D22
    paused.identity_asked_on = day("2026-09-04");
    EXPECT_TRUE(limit_of(paused, "2026-09-10").deadline.suspended);
    paused.identity_received_on = day("2026-09-18");
    auto const limit = limit_of(paused, "2026-09-20");
    EXPECT_EQ(limit.deadline.answer.due, day("2026-10-15"));
    EXPECT_EQ(limit.deadline.paused_days, 14);
    ASSERT_TRUE(limit.deadline.from_identity);
    EXPECT_EQ(limit.deadline.from_identity->due, day("2026-10-19"));
}

TEST(RequestClock, begins_on_the_local_day_of_receipt)
{
    EXPECT_EQ(limit_of(received("2026-08-30T22:30:00Z"), "2026-09-01").deadline.answer.start, day("2026-08-31"));
}

TEST(RequestClock, counts_no_pause_that_contradicts_itself)
{
    auto request = received("2026-03-05T09:12:00Z");
    request.identity_asked_on = day("2026-03-01");
    auto const limit = limit_of(request, "2026-03-20");
    EXPECT_TRUE(limit.pauses_contradict);
    EXPECT_EQ(limit.deadline.answer.due, day("2026-04-07"));
}

TEST(RequestClock, tells_what_falls_due_while_the_person_waits)
{
    law::Place const place;
    auto request = received("2026-03-05T09:12:00Z");
    request.extended = true;
    request.identity_asked_on = day("2026-03-06");
    request.assignments = {{.id = "a", .name = "Éditeur", .due_on = day("2026-03-15")}};
    auto const kinds = [&](char const* status, char const* today) {
        std::string all;
        for (auto const& due : dues_of(request_schema().pack(request), {status, at("2026-03-07T08:00:00Z"), day(today), place})) all += std::string{due.kind} + " ";
        return all;
    };
    EXPECT_EQ(kinds("in_progress", "2026-03-07"), "request.suspended request.extension_notice request.acknowledgement request.assignment request.reminder ");
    EXPECT_EQ(kinds("in_progress", "2026-03-11"), "request.suspended request.extension_notice request.assignment request.reminder ") << "good practice hides no deadline";
    EXPECT_EQ(kinds("answered", "2026-03-07"), "");
    auto const reminded = dues_of(request_schema().pack(request), {"identity_wait", at("2026-05-01T08:00:00Z"), day("2026-05-01"), place}).back();
    EXPECT_EQ(reminded.day, day("2026-05-05")) << "each fifteen days, again";
    request.identity_received_on = day("2026-03-08");
    request.identity_means = IdentityMeans::IdentityDocument;
    EXPECT_EQ(kinds("answered", "2026-03-09"), "request.document ");
    request.document_destroyed_on = day("2026-03-09");
    EXPECT_EQ(kinds("answered", "2026-03-09"), "");
}

TEST(RequestClock, keeps_a_closed_file_for_five_years)
{
    Request request;
    EXPECT_FALSE(kept_until(request));
    request.closed_on = day("2026-04-10");
    EXPECT_EQ(kept_until(request), day("2031-04-10"));
}

TEST(RequestRules, find_a_request_overdue_from_the_day_after_its_last)
{
    auto request = received("2026-03-05T09:12:00Z");
    EXPECT_FALSE(finds("RIG-001", request, "2026-04-07"));
    EXPECT_TRUE(finds("RIG-001", request, "2026-04-08"));
    EXPECT_FALSE(finds("RIG-001", request, "2026-04-08", "answered"));
    request.answered_on = day("2026-04-07");
    EXPECT_FALSE(finds("RIG-001", request, "2026-04-08")) << "sent, and not marked yet";
}

TEST(RequestRules, judge_an_extension)
{
    auto request = received("2026-03-05T09:12:00Z");
    EXPECT_FALSE(finds("RIG-002", request, "2026-03-20"));
    EXPECT_FALSE(finds("RIG-003", request, "2026-03-20"));
    request.extended = true;
    EXPECT_TRUE(finds("RIG-002", request, "2026-03-20"));
    EXPECT_TRUE(finds("RIG-003", request, "2026-03-20"));
    request.extension_told_on = day("2026-04-08");
    EXPECT_TRUE(finds("RIG-002", request, "2026-04-09"));
    request.extension_told_on = day("2026-04-07");
    request.extension_reasons = {ExtensionReason::Complexity};
    EXPECT_FALSE(finds("RIG-002", request, "2026-04-09"));
    EXPECT_FALSE(finds("RIG-003", request, "2026-04-09"));
}

TEST(RequestRules, judge_a_refusal)
{
    auto request = received("2026-03-05T09:12:00Z");
    request.decision = Decision::Refused;
    EXPECT_EQ(places_of("RIG-004", request, "2026-03-20"), (std::vector<Place>{{"refusal_grounds"}, {"remedies_stated"}}));
    request.refusal_grounds = {RefusalGround::ErasureClaims};   // access is asked
    EXPECT_EQ(places_of("RIG-004", request, "2026-03-20"), (std::vector<Place>{{"refusal_grounds"}, {"remedies_stated"}}));
    request.refusal_grounds.push_back(RefusalGround::AccessSecret);
    EXPECT_EQ(places_of("RIG-004", request, "2026-03-20"), (std::vector<Place>{{"remedies_stated"}}));
    request.refusal_grounds.clear();
    request.decision = Decision::Excessive;   // says its ground itself
    EXPECT_EQ(places_of("RIG-004", request, "2026-03-20"), (std::vector<Place>{{"remedies_stated"}}));
    request.remedies_stated = true;
    EXPECT_FALSE(finds("RIG-004", request, "2026-03-20"));
    request.decision = Decision::Satisfied;
    request.remedies_stated = false;
    EXPECT_FALSE(finds("RIG-004", request, "2026-03-20"));
}

TEST(RequestRules, judge_questions_of_identity_fees_marketing_and_acknowledgement)
{
    auto request = received("2026-03-05T09:12:00Z");
    EXPECT_FALSE(finds("RIG-005", request, "2026-03-20"));
    request.identity_asked_on = day("2026-03-06");
    EXPECT_TRUE(finds("RIG-005", request, "2026-03-20"));
    request.identity_doubt = {"Adresse inconnue de nos services"};
    EXPECT_FALSE(finds("RIG-005", request, "2026-03-20"));

    request.fee = schema::Money{0};
    EXPECT_FALSE(finds("RIG-006", request, "2026-03-20"));
    request.fee = schema::Money{500};
    EXPECT_TRUE(finds("RIG-006", request, "2026-03-20"));
    request.fee_reason = FeeReason::FurtherCopy;
    EXPECT_FALSE(finds("RIG-006", request, "2026-03-20"));

    request.rights = {Right::MarketingObjection};
    EXPECT_FALSE(finds("RIG-009", request, "2026-03-08"));
    EXPECT_TRUE(finds("RIG-009", request, "2026-03-09"));
    EXPECT_FALSE(finds("RIG-009", request, "2026-03-09", "answered"));

    EXPECT_FALSE(finds("RIG-011", request, "2026-03-10"));
    EXPECT_TRUE(finds("RIG-011", request, "2026-03-11"));
    request.acknowledged_on = day("2026-03-11");
    EXPECT_FALSE(finds("RIG-011", request, "2026-03-11"));
}

TEST(RequestRules, find_days_that_contradict_each_other)
{
    auto const request = received("2026-03-05T09:12:00Z");
    EXPECT_FALSE(finds("RIG-013", request, "2026-03-05"));
    EXPECT_EQ(places_of("RIG-013", request, "2026-03-04"), std::vector<Place>{{"received_at"}}) << "from tomorrow";

    auto wrong = request;
    wrong.answered_on = day("2026-03-04");
    EXPECT_EQ(places_of("RIG-013", wrong, "2026-03-20"), std::vector<Place>{{"answered_on"}}) << "answered before it came";
    wrong.answered_on = day("2026-03-21");
    EXPECT_TRUE(finds("RIG-013", wrong, "2026-03-20")) << "answered tomorrow";
    wrong.answered_on = day("2026-03-05");
    EXPECT_FALSE(finds("RIG-013", wrong, "2026-03-20")) << "the same day";

    wrong = request;
    wrong.pauses = {{.id = "p", .asked_on = day("2026-03-10"), .answered_on = day("2026-03-09")}};
    EXPECT_EQ(places_of("RIG-013", wrong, "2026-03-20"), (std::vector<Place>{{"pauses", "p", "answered_on"}}));
    wrong.pauses[0].answered_on.reset();
    EXPECT_FALSE(finds("RIG-013", wrong, "2026-03-20")) << "a pause still open";

    wrong = request;
    wrong.acknowledged_on = wrong.identity_asked_on = wrong.extension_told_on = day("2026-03-04");
    EXPECT_EQ(places_of("RIG-013", wrong, "2026-03-20"), (std::vector<Place>{{"acknowledged_on"}, {"identity_asked_on"}, {"extension_told_on"}}));

    // Half past midnight in Paris is still the day before in Greenwich.
    auto night = received("2026-03-04T23:30:00Z");
    night.answered_on = day("2026-03-04");
    EXPECT_TRUE(finds("RIG-013", night, "2026-03-20"));
}

}  // namespace
}  // namespace greffier::request
