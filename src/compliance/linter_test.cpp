#include "compliance/linter.hpp"

#include <functional>
#include <set>
#include <utility>

#include <gtest/gtest.h>

#include "compliance/heavier.hpp"
#include "compliance/listed_records.hpp"
#include "compliance/scene.hpp"
#include "core/locale.hpp"

namespace greffier::compliance {
namespace {

using processing::LegalBasis;
using processing::Processing;
using processing::PurposeKind;
using profile::Profile;
using records::Finding;

Date day(char const* text) { return *parse_date(text); }

Processing payroll()
{
    Processing p;
    p.name = "Gestion de la paie";
    p.service = "Finances";
    p.purposes = {{.id = "m", .kind = PurposeKind::Main, .text = {"Calculer et verser les salaires des agents"}, .basis = LegalBasis::C}};
    return p;
}

Processing events()
{
    auto p = payroll();
    p.name = "Inscriptions aux animations";
    p.purposes[0].text = {"Organiser les animations de la médiathèque"};
    return p;
}

/// An organisation in memory, and what the linter says of one of its records.
struct Town {
    ListedRecords records;
    Profile profile;

    RecordId add(Processing const& p, std::string reference, std::string status = "validated")
    {
        auto const id = RecordId::make();
        records.registers["processings"].push_back({id, std::move(reference), std::move(status), processing::processing_schema().pack(p)});
        return id;
    }
    std::vector<Finding> examine(records::Subject subject, Linter const& linter)
    {
        records.profile_row = profile::profile_schema().pack(profile);
        subject.circumstances.today = day("2026-11-22");
        return linter.examine(subject, records);
    }
    std::vector<Finding> of_processing(RecordId id, Linter const& linter = Linter{})
    {
        for (auto const& n : records.registers["processings"])
            if (n.id == id) return examine({{}, "processings", id, &processing::processing_schema().info(), &n.row, {{}, n.status, n.reference}}, linter);
        return {};
    }
    std::vector<Finding> of_profile()
    {
        auto const row = profile::profile_schema().pack(profile);
        return examine({{}, "profile", RecordId::make(), &profile::profile_schema().info(), &row, {}}, Linter{});
    }
};

std::vector<std::string> places(std::vector<Finding> const& findings, std::string_view rule)
{
    std::vector<std::string> out;
    for (auto const& finding : findings)
        if (finding.rule == rule) out.push_back(finding.place.text());
    return out;
}
using Places = std::vector<std::string>;

TEST(Linter, finds_two_processings_of_one_service_with_the_same_purpose)
{
    Town town;
    auto const first = town.add(payroll(), "T-1");
    auto copy = payroll();
    copy.purposes[0].text = {"Calculer et verser les salaires des AGENTS."};
    town.add(copy, "T-2");
    town.add(events(), "T-3");
    EXPECT_EQ(places(town.of_processing(first), "REG-005"), Places{"purposes[m].text"});
    EXPECT_TRUE(places(town.of_processing(town.records.registers["processings"][2].id), "REG-005").empty());
    EXPECT_TRUE(places(town.of_processing(first, Linter(2)), "REG-005").empty()) << "a large organisation is not compared in a write";
    EXPECT_FALSE(places(town.of_processing(first, Linter(3)), "REG-005").empty());
}

TEST(Linter, leaves_the_same_purpose_in_two_services)
{
    Town town;
    auto const first = town.add(payroll(), "T-1");
    auto other = payroll();
    other.service = "CCAS";
    town.add(other, "T-2");
    EXPECT_TRUE(places(town.of_processing(first), "REG-005").empty());
}

TEST(Linter, asks_for_a_reference_of_its_own)
{
    Town town;
    auto const without = town.add(payroll(), "");
    auto const first = town.add(events(), "T-1");
    EXPECT_EQ(places(town.of_processing(without), "REG-019"), Places{"reference"});
    EXPECT_TRUE(places(town.of_processing(first), "REG-019").empty());
    town.add(events(), " t-1 ");
    EXPECT_EQ(places(town.of_processing(first), "REG-019"), Places{"reference"});
}

TEST(Linter, asks_for_the_advice_of_a_dpo_who_was_there)
{
    Town town;
    town.profile.dpo.name = "A. Durand";
    town.profile.dpo.designated_on = day("2020-01-01");
    auto const found = [&](char const* start, char const* advice) {
        auto p = payroll();
        p.start_date = day(start);
        if (advice) p.dpo_advice_date = day(advice);
        return !places(town.of_processing(town.add(p, "T")), "REG-022").empty();
    };
    EXPECT_TRUE(found("2021-01-01", nullptr));
    EXPECT_TRUE(found("2021-01-01", "2021-01-02"));
    EXPECT_FALSE(found("2021-01-01", "2021-01-01"));
    EXPECT_FALSE(found("2019-12-31", nullptr));
    town.profile.dpo = {};
    EXPECT_FALSE(found("2021-01-01", nullptr));
}

TEST(Linter, tells_an_authority_that_legitimate_interest_is_not_for_its_tasks)
{
    Town town;
    town.profile.public_body = true;
    auto p = payroll();
    p.purposes[0].basis = LegalBasis::F;
    EXPECT_TRUE(places(town.of_processing(town.add(p, "T-1")), "LAW-005").empty());
    p.public_task = true;
    auto const id = town.add(p, "T-2");
    EXPECT_EQ(places(town.of_processing(id), "LAW-005"), Places{"purposes[m].basis"});
    town.profile.public_body = false;
    EXPECT_TRUE(places(town.of_processing(id), "LAW-005").empty());
}

TEST(Linter, tells_an_organisation_whose_register_is_empty)
{
    Town town;
    EXPECT_EQ(places(town.of_profile(), "REG-025"), Places{""});
    town.add(payroll(), "T-1");
    EXPECT_TRUE(places(town.of_profile(), "REG-025").empty());
}

TEST(Linter, wonders_where_the_staff_is)
{
    Town town;
    town.add(events(), "T-1");
    EXPECT_TRUE(places(town.of_profile(), "REG-026").empty()) << "nobody works there, as far as we know";
    town.profile.headcount = 12;
    EXPECT_EQ(places(town.of_profile(), "REG-026"), Places{"headcount"});
    auto tagged = events();
    tagged.tags = {{"hr"}};
    town.add(tagged, "T-2");
    EXPECT_TRUE(places(town.of_profile(), "REG-026").empty());
}

TEST(Linter, knows_a_staff_processing_by_its_name_too)
{
    Town town;
    town.profile.headcount = 12;
    town.add(payroll(), "T-1");
    EXPECT_TRUE(places(town.of_profile(), "REG-026").empty());
}

TEST(Linter, sees_an_exemption_claimed_for_what_must_be_recorded)
{
    Town town;
    town.add(payroll(), "T-1", "draft");
    EXPECT_TRUE(places(town.of_profile(), "REG-027").empty()) << "nothing is claimed";
    town.profile.claims_30_5 = true;
    EXPECT_EQ(places(town.of_profile(), "REG-027"), Places{"claims_30_5"});

    Town careful;
    careful.profile.claims_30_5 = true;
    careful.add(payroll(), "T-1", "validated");
    auto party = events();
    party.occasional = true;
    careful.add(party, "T-2", "draft");
    EXPECT_TRUE(places(careful.of_profile(), "REG-027").empty());
    careful.profile.headcount = 250;
    EXPECT_FALSE(places(careful.of_profile(), "REG-027").empty());
}

TEST(Linter, runs_the_rules_of_the_record_itself_with_their_severity)
{
    Town town;
    auto const id = town.add(Processing{}, "T-1");
    auto const findings = town.of_processing(id);
    EXPECT_EQ(places(findings, "REG-008"), Places{"subject_categories"});
    for (auto const& finding : findings) {
        auto const* rule = find_rule(finding.rule);
        ASSERT_NE(rule, nullptr) << finding.rule;
        EXPECT_EQ(finding.severity, rule->severity);
        EXPECT_EQ(records::Place::parse(finding.place.text()), finding.place);
    }
}

TEST(Linter, points_at_fields_that_exist)
{
    Town town;
    auto p = payroll();
    p.data_categories = {{.id = "d", .category = {"health"}}};
    for (auto const& finding : town.of_processing(town.add(p, ""))) {
        if (finding.place.field == "reference") continue;   // a column of every record, not a field of this one
        auto const* field = processing::processing_schema().info().find(finding.place.field);
        ASSERT_NE(field, nullptr) << finding.rule << ' ' << finding.place.text();
        if (!finding.place.part.empty()) {
            EXPECT_NE(field->rows->find(finding.place.part), nullptr) << finding.rule << ' ' << finding.place.text();
        }
    }
}

TEST(Linter, weighs_heavier_what_concerns_children_or_health)
{
    auto severity_of = [](Processing const& p, std::string_view rule) -> std::pair<records::Severity, std::string> {
        Town town;
        auto const findings = town.of_processing(town.add(p, ""));
        auto const found = std::ranges::find(findings, rule, &records::Finding::rule);
        if (found == findings.end()) return {records::Severity::Advice, "not found"};
        auto const why = found->arguments.find(records::heavier_argument);
        return {found->severity, why == found->arguments.end() ? "" : why->second};
    };
    using enum records::Severity;
    using Weight = std::pair<records::Severity, std::string>;
    auto p = payroll();
    p.data_categories = {{.id = "d", .category = {"identity"}}};
    EXPECT_EQ(severity_of(p, "LAW-016"), (Weight{Minor, ""}));
    p.subject_categories = {{.id = "s", .category = {"minors"}}};
    EXPECT_EQ(severity_of(p, "LAW-016"), (Weight{Major, "children"}));
    EXPECT_EQ(severity_of(p, "REG-019"), (Weight{Minor, ""})) << "a reference harms nobody";
    p.data_categories[0].category = {"health"};
    EXPECT_EQ(severity_of(p, "LAW-016"), (Weight{Major, "both"}));
    p.subject_categories.clear();
    EXPECT_EQ(severity_of(p, "LAW-016"), (Weight{Major, "health"}));
    EXPECT_EQ(severity_of(p, "LAW-006").first, find_rule("LAW-006")->severity) << "what is graver already stays as it is";
    EXPECT_EQ(severity_of(p, "LAW-006").second, "");
}

TEST(Linter, says_nothing_of_registers_it_does_not_know)
{
    ListedRecords none;
    schema::Row const row;
    EXPECT_TRUE(Linter{}.examine({{}, "breaches", {}, nullptr, &row, {}}, none).empty());
}

TEST(Catalogue, holds_each_rule_once_with_its_words_in_both_languages)
{
    EXPECT_GE(all_rules().size(), 54U + 40U);
    std::set<std::string_view> ids;
    for (auto const& rule : all_rules()) {
        EXPECT_TRUE(ids.insert(rule.id).second) << rule.id;
        EXPECT_EQ(find_rule(rule.id), &rule);
        for (auto const language : {Language::French, Language::English})
            for (auto const* part : {".title", ".why", ".remedy"})
                EXPECT_TRUE(Locale(language).find("rule." + std::string(rule.id) + part)) << rule.id << part << ' ' << code_of(language);
    }
    EXPECT_EQ(find_rule("REG-999"), nullptr);
}

}  // namespace
}  // namespace greffier::compliance
