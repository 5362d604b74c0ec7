#include "compliance/steering_rules.hpp"

#include <gtest/gtest.h>

#include "compliance/linter.hpp"
#include "compliance/listed_records.hpp"
#include "registers/committee/committee.hpp"

namespace greffier::compliance {
namespace {

Date day(char const* text) { return *parse_date(text); }

/// The plan, the audits and the meetings of one town in memory, as of 22 November 2026.
struct Town {
    ListedRecords records;

    Town()
    {
        profile::Profile profile;
        profile.name = "Val-d’Aubreuil";
        records.profile_row = profile::profile_schema().pack(profile);
    }
    template <class T>
    void add(std::string_view slug, schema::Schema<T> const& schema, T const& record, std::string status)
    {
        records.registers[std::string{slug}].push_back({RecordId::make(), "R-1", std::move(status), schema.pack(record)});
    }
    void audited_on(char const* held)
    {
        audit::Audit audit;
        audit.name = "Audit";
        if (*held) audit.held_on = day(held);
        add(audits_slug, audit::audit_schema(), audit, "took_place");
    }
    void action(std::string status)
    {
        action::Action action;
        action.name = "Écrire la procédure";
        add(actions_slug, action::action_schema(), action, std::move(status));
    }
    void meeting(char const* on, std::string status)
    {
        committee::Committee meeting;
        meeting.name = "Comité";
        meeting.meeting_on = day(on);
        add(committees_slug, committee::committee_schema(), meeting, std::move(status));
    }
    bool finds(std::string_view rule)
    {
        records::Subject subject{{}, std::string{profile_slug}, RecordId::make(), &profile::profile_schema().info(), &*records.profile_row, {}};
        subject.circumstances.today = day("2026-11-22");
        for (auto const& finding : Linter{}.examine(subject, records))
            if (finding.rule == rule) return true;
        return false;
    }
};

TEST(SteeringRules, an_audit_is_held_each_year_once_audits_are_kept)
{
    EXPECT_FALSE(Town{}.finds("SEC-013")) << "the register was not begun";
    Town planned;
    planned.audited_on("");
    EXPECT_TRUE(planned.finds("SEC-013")) << "planned is not held";
    Town old;
    old.audited_on("2025-11-21");
    EXPECT_TRUE(old.finds("SEC-013"));
    old.audited_on("2025-11-22");
    EXPECT_FALSE(old.finds("SEC-013")) << "twelve months to the day";
    Town future;
    future.audited_on("2026-12-01");
    EXPECT_TRUE(future.finds("SEC-013")) << "not held yet";
}

TEST(SteeringRules, a_committee_meets_while_the_plan_has_open_actions)
{
    Town town;
    EXPECT_FALSE(town.finds("GOV-017")) << "nothing to steer";
    town.action("done");
    EXPECT_FALSE(town.finds("GOV-017"));
    town.action("to_do");
    EXPECT_TRUE(town.finds("GOV-017"));
    town.meeting("2026-10-07", "took_place");
    EXPECT_TRUE(town.finds("GOV-017")) << "forty-six days ago";
    town.meeting("2026-11-20", "to_come");
    EXPECT_TRUE(town.finds("GOV-017")) << "scheduled is not held";
    town.meeting("2026-10-08", "archived");
    EXPECT_FALSE(town.finds("GOV-017")) << "forty-five days ago, and put away since";
}

/// What holds a processing back from going live.
struct Going {
    profile::Profile profile;
    processing::Processing processing;

    Going()
    {
        profile.dpo.name = "Claire Delmas";
        processing.name = "Vidéoprotection";
    }
    std::size_t held_back(std::string status = "production") const
    {
        ListedRecords records;
        records.profile_row = profile::profile_schema().pack(profile);
        auto const row = processing::processing_schema().pack(processing);
        records::Subject subject{{}, std::string{processings_slug}, RecordId::make(), &processing::processing_schema().info(), &row, {}};
        subject.circumstances.today = day("2026-11-22");
        subject.circumstances.status = std::move(status);
        return Linter{}.hold_back(subject, records).size();
    }
};

TEST(Gate, a_processing_waits_for_the_officers_advice_before_it_goes_live)
{
    Going going;
    EXPECT_EQ(going.held_back(), 1U);
    EXPECT_EQ(going.held_back("validated"), 0U) << "only going live waits";
    going.processing.dpo_advice_date = day("2026-11-23");
    EXPECT_EQ(going.held_back(), 1U) << "an advice of tomorrow is none";
    going.processing.dpo_advice_date = day("2026-11-22");
    EXPECT_EQ(going.held_back(), 0U) << "whatever it says: the officer advises, the controller decides";
}

TEST(Gate, where_no_officer_is_designated_there_is_nobody_to_ask)
{
    Going going;
    going.profile.dpo.ends_on = day("2026-11-21");
    EXPECT_EQ(going.held_back(), 0U) << "their mission ended yesterday";
    going.profile.dpo = {};
    EXPECT_EQ(going.held_back(), 0U);
}

}  // namespace
}  // namespace greffier::compliance
