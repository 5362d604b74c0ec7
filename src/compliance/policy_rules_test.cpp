#include "compliance/policy_rules.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "compliance/linter.hpp"
#include "compliance/listed_records.hpp"

namespace greffier::compliance {
namespace {

using policy::CharterHeading;
using policy::Policy;
using policy::PolicyKind;

Date day(char const* text) { return *parse_date(text); }

struct House {
    ListedRecords records;
    profile::Profile profile;

    void keep(PolicyKind kind, std::string status = "in_force", std::vector<CharterHeading> headings = {}, char const* adopted = "2026-06-01")
    {
        Policy policy;
        policy.name = "Document";
        policy.kind = kind;
        policy.headings = std::move(headings);
        policy.adopted_on = day(adopted);
        records.registers["policies"].push_back({RecordId::make(), "POL-1", std::move(status), policy::policy_schema().pack(policy)});
    }
    /// Findings of the rules about policies alone: "GOV-010 …".
    std::vector<std::string> found()
    {
        auto const row = profile::profile_schema().pack(profile);
        records.profile_row = row;
        records::Subject subject{{}, "profile", RecordId::make(), &profile::profile_schema().info(), &row, {}};
        subject.circumstances.today = day("2026-11-22");
        std::vector<std::string> found;
        for (auto const& finding : Linter{}.examine(subject, records))
            for (auto const& rule : policies_of_profile_rules())
                if (rule.id == finding.rule) found.push_back(finding.rule + (finding.place.field.empty() ? "" : " " + finding.place.field));
        return found;
    }
};

TEST(PolicyRules, name_what_a_house_without_documents_lacks)
{
    EXPECT_EQ(House{}.found(), (std::vector<std::string>{"GOV-010", "GOV-011", "GOV-012", "SEC-015 pssi"}));
}

TEST(PolicyRules, are_silent_once_each_is_in_force)
{
    House house;
    auto const all = policy::all_headings();
    house.keep(PolicyKind::ItCharter, "in_force", {all.begin(), all.end()});
    house.keep(PolicyKind::Breaches);
    house.keep(PolicyKind::Inspection);
    house.keep(PolicyKind::Security);
    EXPECT_EQ(house.found(), std::vector<std::string>{});
}

TEST(PolicyRules, a_draft_is_no_document_and_a_charter_needs_all_its_headings)
{
    House house;
    house.keep(PolicyKind::ItCharter, "in_force", {CharterHeading::Use});
    house.keep(PolicyKind::Breaches, "draft");
    house.keep(PolicyKind::Inspection);
    house.keep(PolicyKind::Security);
    EXPECT_EQ(house.found(), (std::vector<std::string>{"GOV-010", "GOV-011"}));
}

TEST(PolicyRules, a_security_policy_ages_wherever_it_is_kept)
{
    House house;
    house.profile.pssi = "PSSI, version 3";
    house.profile.pssi_reviewed_on = day("2025-11-22");
    auto said = house.found();
    EXPECT_EQ(std::ranges::count(said, "SEC-015 pssi_reviewed_on"), 0) << "the last day of the twelve months is in time";
    house.profile.pssi_reviewed_on = day("2025-11-21");
    said = house.found();
    EXPECT_EQ(std::ranges::count(said, "SEC-015 pssi_reviewed_on"), 1);
    house.keep(PolicyKind::Security, "in_force", {}, "2026-02-01");
    said = house.found();
    EXPECT_EQ(std::ranges::count(said, "SEC-015 pssi_reviewed_on"), 0) << "the policy adopted since is looked at too";
}

}  // namespace
}  // namespace greffier::compliance
