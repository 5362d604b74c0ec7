#include "compliance/governance_rules.hpp"

#include <gtest/gtest.h>

#include "compliance/linter.hpp"
#include "compliance/listed_records.hpp"
#include "registers/activity/activity.hpp"
#include "registers/training/training.hpp"

namespace greffier::compliance {
namespace {

Date day(char const* text) { return *parse_date(text); }

struct Town {
    ListedRecords records;
    profile::Profile profile;
    Date today = day("2026-06-15");

    std::vector<std::string> places(std::string_view rule)
    {
        auto const row = profile::profile_schema().pack(profile);
        records.profile_row = row;
        records::Subject subject{{}, std::string{profile_slug}, RecordId::make(), &profile::profile_schema().info(), &row, {}};
        subject.circumstances.today = today;
        std::vector<std::string> found;
        for (auto const& finding : Linter{}.examine(subject, records))
            if (finding.rule == rule) found.push_back(finding.place.text());
        return found;
    }
    void add_training(char const* at, std::vector<training::Attendee> attendees, std::string status = "held")
    {
        training::Training one;
        one.title = "Séance";
        one.starts_at = parse_timestamp(at);
        one.attendees = std::move(attendees);
        records.registers["trainings"].push_back({RecordId::make(), "FOR-1", std::move(status), training::training_schema().pack(one)});
    }
    void add_report(std::int64_t year)
    {
        activity::Activity one;
        one.what = "Rapport remis";
        one.task = activity::Task::AnnualReport;
        one.report_year = year;
        records.registers["activity"].push_back({RecordId::make(), "JDP-1", "current", activity::activity_schema().pack(one)});
    }
};

TEST(GovernanceRules, hold_each_service_against_the_share_of_people_trained_in_twelve_months)
{
    Town town;
    town.profile.services = {{.id = "s1", .name = "Écoles", .headcount = 2}, {.id = "s2", .name = "Accueil"}, {.id = "s3", .name = "Archives"}};
    EXPECT_EQ(town.places("GOV-008"), std::vector<std::string>{"services[s1].headcount"}) << "nobody of two; of the others nothing is known";
    town.add_training("2026-02-01T09:00:00Z", {{.name = "Ana", .service = "écoles", .attended = true}, {.name = "Luc", .service = "Écoles", .attended = true}, {.name = "Zoé", .service = "Accueil", .attended = false}});
    EXPECT_EQ(town.places("GOV-008"), std::vector<std::string>{"services[s2].headcount"});
    town.today = day("2027-02-02");
    EXPECT_EQ(town.places("GOV-008").size(), 2U) << "a year later it is too long ago";
}

TEST(GovernanceRules, want_the_officers_report_of_the_year_before)
{
    Town town;
    EXPECT_TRUE(town.places("GOV-016").empty()) << "no officer, no report";
    town.profile.dpo.name = "Claire Delmas";
    town.profile.dpo.designated_on = day("2026-01-10");
    EXPECT_TRUE(town.places("GOV-016").empty()) << "not in office that year";
    town.profile.dpo.designated_on = day("2024-01-10");
    town.add_report(2024);
    EXPECT_EQ(town.places("GOV-016"), std::vector<std::string>{"dpo"});
    town.add_report(2025);
    EXPECT_TRUE(town.places("GOV-016").empty());
}

}  // namespace
}  // namespace greffier::compliance
