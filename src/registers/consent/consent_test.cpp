#include <algorithm>

#include <gtest/gtest.h>

#include "registers/consent/objection.hpp"
#include "registers/consent/register.hpp"
#include "registers/consent/rules.hpp"

namespace greffier::consent {
namespace {

using records::Circumstances;
using records::Finding;
using Places = std::vector<std::string>;

template <class T>
Places places(std::span<records::Rule<T> const> rules, T const& record, std::string_view id, std::string status)
{
    Circumstances now;
    now.today = *parse_date("2026-06-01");
    now.now = *parse_timestamp("2026-06-01T12:00:00Z");
    now.status = std::move(status);
    Places all;
    for (auto const& rule : rules) {
        std::vector<Finding> found;
        records::Report report(found, rule.id, rule.severity);
        rule.check(record, now, report);
        for (auto const& one : found)
            if (one.rule == id) all.push_back(one.place.text());
    }
    return all;
}

Places of_point(Point const& point, std::string_view id, std::string status = "in_use") { return places(point_rules(), point, id, std::move(status)); }
Places of_consent(Consent const& consent, std::string_view id, std::string status = "given") { return places(consent_rules(), consent, id, std::move(status)); }

TEST(ConsentPoint, a_box_ticked_in_advance_is_blocking_however_it_is_told)
{
    Point point;
    point.acts = {Act::TickedBox};
    EXPECT_TRUE(of_point(point, "CON-001").empty());
    point.acts = {Act::PreTicked};
    EXPECT_EQ(of_point(point, "CON-001"), Places{"acts"});
    point.pre_ticked = true;
    EXPECT_EQ(of_point(point, "CON-001"), Places{"pre_ticked"});
    EXPECT_TRUE(of_point(point, "CON-001", "archived").empty()) << "nobody is asked there any more";
}

TEST(ConsentPoint, several_purposes_want_a_choice_each)
{
    Point point;
    point.purposes = {{.id = "a", .name = "Lettre"}, {.id = "b", .name = "Agenda"}};
    EXPECT_EQ(of_point(point, "CON-002"), Places{"granular"});
    point.granular = true;
    EXPECT_TRUE(of_point(point, "CON-002").empty());
    point.granular = false;
    point.purposes.pop_back();
    EXPECT_TRUE(of_point(point, "CON-002").empty()) << "one purpose is one choice";
}

TEST(ConsentPoint, withdrawing_costs_no_more_than_agreeing)
{
    Point point;
    point.give_steps = 2;
    point.withdraw_steps = 2;
    EXPECT_TRUE(of_point(point, "CON-004").empty());
    point.withdraw_steps = 3;
    EXPECT_EQ(of_point(point, "CON-004"), Places{"withdraw_steps"});
    point.withdraw_steps = 1;
    point.withdraw_login = true;
    EXPECT_EQ(of_point(point, "CON-004"), Places{"withdraw_login"});
    point.give_login = true;
    EXPECT_TRUE(of_point(point, "CON-004").empty()) << "who agreed signed in already";
}

TEST(ConsentPoint, general_conditions_are_no_consent)
{
    Point point;
    point.kind = PointKind::Cgv;
    EXPECT_EQ(of_point(point, "CON-007"), Places{"kind"});
    point.kind = PointKind::WebForm;
    EXPECT_TRUE(of_point(point, "CON-007").empty());
}

TEST(ConsentPoint, ways_that_are_no_act_do_not_count)
{
    for (auto const act : {Act::PreTicked, Act::Silence, Act::ContinuedUse, Act::TermsAccepted, Act::Proximity, Act::AppActivation, Act::CollectiveAgreement}) EXPECT_FALSE(counts(act));
    for (auto const act : {Act::TickedBox, Act::Button, Act::Signature, Act::Spoken, Act::WrittenReply, Act::ConfirmedTwice, Act::Setting}) EXPECT_TRUE(counts(act));
}

TEST(ConsentPoint, knows_what_people_read_on_a_day_and_its_purposes_by_name)
{
    Point point;
    point.wordings = {{.id = "1", .version = "1", .used_from = parse_date("2024-01-01"), .used_to = parse_date("2025-06-30")}, {.id = "2", .version = "2", .used_from = parse_date("2025-07-01")}};
    EXPECT_EQ(point.wording_on(*parse_date("2025-06-30"))->version, "1");
    EXPECT_EQ(point.wording_on(*parse_date("2026-01-01"))->version, "2");
    EXPECT_EQ(point.wording_on(*parse_date("2023-12-31")), nullptr);
    EXPECT_EQ(point.wording("2"), &point.wordings[1]);
    point.purposes = {{.id = "a", .name = "Lettre du territoire"}};
    EXPECT_NE(point.purpose("LETTRE  du térritoire"), nullptr);
    EXPECT_EQ(point.purpose("Agenda"), nullptr);
}

TEST(ConsentProof, wants_the_words_the_person_read)
{
    Consent consent;
    EXPECT_EQ(of_consent(consent, "CON-003"), Places{"wording_version"});
    EXPECT_TRUE(of_consent(consent, "CON-003", "refused").empty()) << "a refusal needs no proof of an agreement";
    consent.wording_version = "2";
    EXPECT_TRUE(of_consent(consent, "CON-003").empty());
}

TEST(ConsentProof, a_use_after_the_withdrawal_is_blocking)
{
    Consent consent;
    consent.withdrawn_at = parse_timestamp("2026-05-02T09:00:00Z");
    consent.last_use = parse_timestamp("2026-05-02T09:00:00Z");
    EXPECT_TRUE(of_consent(consent, "CON-005", "withdrawn").empty());
    consent.last_use = parse_timestamp("2026-05-02T09:00:01Z");
    EXPECT_EQ(of_consent(consent, "CON-005", "withdrawn"), Places{"last_use"});
}

TEST(ConsentProof, is_neither_given_tomorrow_nor_withdrawn_before_it_was_given)
{
    Consent consent;
    consent.given_at = parse_timestamp("2026-06-01T12:00:00Z");
    consent.withdrawn_at = consent.given_at;
    EXPECT_TRUE(of_consent(consent, "CON-009", "withdrawn").empty());
    consent.withdrawn_at = parse_timestamp("2026-06-01T11:59:59Z");
    EXPECT_EQ(of_consent(consent, "CON-009", "withdrawn"), Places{"withdrawn_at"});
    consent = {};
    consent.given_at = parse_timestamp("2026-06-01T12:00:01Z");
    EXPECT_EQ(of_consent(consent, "CON-009"), Places{"given_at"});
}

TEST(ConsentProof, grows_stale_by_the_months_of_its_point_from_the_last_confirmation)
{
    Consent consent;
    EXPECT_EQ(fresh_until(consent, 12, "Europe/Paris"), std::nullopt);
    consent.given_at = parse_timestamp("2025-01-31T10:00:00Z");
    EXPECT_EQ(fresh_until(consent, 0, "Europe/Paris"), std::nullopt) << "never asked again";
    EXPECT_EQ(fresh_until(consent, 13, "Europe/Paris"), parse_date("2026-02-28"));
    consent.confirmed_on = parse_date("2026-01-15");
    EXPECT_EQ(fresh_until(consent, 13, "Europe/Paris"), parse_date("2027-02-15"));
}

TEST(ConsentProof, falls_due_the_day_it_is_withdrawn_until_what_rested_on_it_is_stopped)
{
    Consent consent;
    consent.identifier = "42";
    consent.purpose = "Lettre";
    consent.withdrawn_at = parse_timestamp("2026-05-02T09:00:00Z");
    law::Place const place;
    records::DueContext const context{"withdrawn", *parse_timestamp("2026-05-03T09:00:00Z"), *parse_date("2026-05-03"), place};
    auto const dues = consent_register().dues(consent_schema().pack(consent), context);
    ASSERT_EQ(dues.size(), 1U);
    EXPECT_EQ(dues[0].day, parse_date("2026-05-02"));
    consent.effects_on = parse_date("2026-05-03");
    EXPECT_TRUE(consent_register().dues(consent_schema().pack(consent), context).empty());
}

TEST(ConsentObjection, is_to_be_applied_within_the_days_of_the_house)
{
    Objection objection;
    objection.since = parse_date("2026-05-04");
    law::Place const place;
    records::DueContext const context{"in_force", *parse_timestamp("2026-05-05T09:00:00Z"), *parse_date("2026-05-05"), place};
    auto const dues = objection_register().dues(objection_schema().pack(objection), context);
    ASSERT_EQ(dues.size(), 1U);
    EXPECT_EQ(dues[0].day, parse_date("2026-05-07"));
    objection.applied_on = parse_date("2026-05-05");
    EXPECT_TRUE(objection_register().dues(objection_schema().pack(objection), context).empty());
}

}  // namespace
}  // namespace greffier::consent
