#include "compliance/security_rules.hpp"

#include <set>

#include <gtest/gtest.h>

#include "compliance/linter.hpp"
#include "compliance/listed_records.hpp"
#include "registers/measure/measure.hpp"

namespace greffier::compliance {
namespace {

using asset::Asset;
using measure::Measure;
using processing::Processing;
using Places = std::vector<std::string>;

struct Town {
    ListedRecords records;

    Places of(std::string_view rule, std::string_view slug, RecordId id, schema::SchemaInfo const& info, schema::Row const& row, std::string status)
    {
        records::Subject subject{{}, std::string{slug}, id, &info, &row, {}};
        subject.circumstances.today = *parse_date("2026-11-22");
        subject.circumstances.status = std::move(status);
        Places places;
        for (auto const& finding : Linter{}.examine(subject, records))
            if (finding.rule == rule) places.push_back(finding.place.text());
        return places;
    }
    Places of(std::string_view rule, Processing const& p, RecordId id = RecordId::make()) { return of(rule, processings_slug, id, processing::processing_schema().info(), processing::processing_schema().pack(p), "draft"); }
    Places of(std::string_view rule, Asset const& a, RecordId id) { return of(rule, assets_slug, id, asset::asset_schema().info(), asset::asset_schema().pack(a), "operational"); }

    AssetId add(Asset const& a, std::string status = "operational")
    {
        auto const id = RecordId::make();
        records.registers["assets"].push_back({id, "SUP-1", std::move(status), asset::asset_schema().pack(a)});
        return AssetId{id.uuid};
    }
    MeasureId add(Measure const& m, std::string status = "in_place")
    {
        auto const id = RecordId::make();
        records.registers["measures"].push_back({id, "MES-1", std::move(status), measure::measure_schema().pack(m)});
        return MeasureId{id.uuid};
    }
};

Asset hosted(char const* name, char const* country)
{
    Asset asset;
    asset.name = name;
    asset.family = asset::Family::Software;
    asset.type = schema::Term<asset::AssetTypes>{"saas"};
    asset.country = {country};
    return asset;
}

TEST(SecurityRules, a_measure_of_the_register_answers_for_a_processing_whichever_of_the_two_names_the_other)
{
    Town town;
    auto const id = RecordId::make();
    Processing p;
    EXPECT_EQ(town.of("REG-016", p, id), Places{"measures"});
    p.applied_measures = {town.add(Measure{}, "planned")};
    EXPECT_EQ(town.of("REG-016", p, id), Places{"measures"}) << "what is only planned protects nobody";
    p.applied_measures = {town.add(Measure{}, "partial")};
    EXPECT_TRUE(town.of("REG-016", p, id).empty());
    p.applied_measures.clear();
    EXPECT_EQ(town.of("REG-016", p, id).size(), 1U);
    Measure naming;
    naming.processings = {ProcessingId{id.uuid}};
    town.add(naming);
    EXPECT_TRUE(town.of("REG-016", p, id).empty());
    EXPECT_EQ(town.of("REG-016", p).size(), 1U) << "of another processing";
    Measure general;
    general.everywhere = true;
    town.add(general);
    EXPECT_TRUE(town.of("REG-016", p).empty());
}

TEST(SecurityRules, words_of_its_own_still_describe_its_security)
{
    Town town;
    Processing p;
    p.measures = {{.id = "x"}};
    EXPECT_TRUE(town.of("REG-016", p).empty());
    p.measures.clear();
    p.security_description = {"Locaux fermés"};
    EXPECT_TRUE(town.of("REG-016", p).empty());
}

TEST(SecurityRules, a_hosted_asset_says_in_which_country_it_stands)
{
    Town town;
    Processing p;
    p.assets = {town.add(hosted("Paie en ligne", "")), town.add(hosted("Portail", "FR"))};
    EXPECT_EQ(town.of("REG-024", p), Places{"assets"});
    p.assets.erase(p.assets.begin());
    EXPECT_TRUE(town.of("REG-024", p).empty());
    p.assets = {town.add(hosted("Ancien", ""), "retired")};
    EXPECT_TRUE(town.of("REG-024", p).empty());
}

TEST(SecurityRules, an_asset_abroad_without_a_transfer_is_told)
{
    Town town;
    Processing p;
    p.assets = {town.add(hosted("Lettre", "US"))};
    EXPECT_EQ(town.of("TRF-012", p), Places{"assets"});
    p.transfers = {{.id = "t", .recipient = "Courrier Inc.", .country = {"US"}}};
    EXPECT_TRUE(town.of("TRF-012", p).empty());
    p.transfers.clear();
    p.assets = {town.add(hosted("Lettre", "DE"))};
    EXPECT_TRUE(town.of("TRF-012", p).empty());
}

TEST(SecurityRules, a_processing_is_not_named_after_one_of_the_houses_own_tools)
{
    Town town;
    Processing p;
    p.name = "Lunarix Famille";
    EXPECT_TRUE(town.of("REG-001", p).empty());
    town.add(hosted("Lunarix", "FR"));
    EXPECT_EQ(town.of("REG-001", p), Places{"name"});
    p.name = "Gestion des familles";
    EXPECT_TRUE(town.of("REG-001", p).empty());
    town.add(hosted("Gestion", "FR"));
    EXPECT_TRUE(town.of("REG-001", p).empty()) << "a tool that is called by a purpose names no processing";
    p.name = "Sage";
    town.add(hosted("Sage", "FR"));
    EXPECT_EQ(town.of("REG-001", p).size(), 1U) << "told once";
}

TEST(SecurityRules, special_data_is_encrypted_or_pseudonymised_or_it_is_written_why_not)
{
    Town town;
    Processing p;
    EXPECT_TRUE(town.of("SEC-012", p).empty());
    p.data_categories = {{.id = "d", .category = {"health"}}};
    EXPECT_EQ(town.of("SEC-012", p), Places{"encryption_reason"});
    Measure encryption;
    encryption.kinds = {{"encryption"}};
    p.applied_measures = {town.add(encryption)};
    EXPECT_TRUE(town.of("SEC-012", p).empty());
    p.applied_measures.clear();
    p.measures = {{.id = "m", .type = schema::Term<MeasureTypes>{"pseudonymisation"}}};
    EXPECT_TRUE(town.of("SEC-012", p).empty());
    p.measures.clear();
    p.encryption_reason = {"Dossiers papier sous clé"};
    EXPECT_TRUE(town.of("SEC-012", p).empty());
}

TEST(SecurityRules, what_is_critical_has_a_backup_and_a_plan)
{
    Town town;
    auto application = hosted("Portail", "FR");
    auto const id = RecordId::make();
    EXPECT_TRUE(town.of("SEC-008", application, id).empty());
    application.criticality = asset::Criticality::Vital;
    EXPECT_EQ(town.of("SEC-008", application, id), Places{"criticality"});
    EXPECT_EQ(town.of("SEC-010", application, id), Places{"criticality"});
    backup::Backup backup;
    backup.applications = {AssetId{id.uuid}};
    town.records.registers["backups"].push_back({RecordId::make(), "SAV-1", "operational", backup::backup_schema().pack(backup)});
    continuity::Plan plan;
    plan.applications = {AssetId{id.uuid}};
    town.records.registers["continuity"].push_back({RecordId::make(), "PCA-1", "draft", continuity::plan_schema().pack(plan)});
    EXPECT_TRUE(town.of("SEC-008", application, id).empty());
    EXPECT_TRUE(town.of("SEC-010", application, id).empty());
    town.records.registers["backups"][0].status = "retired";
    EXPECT_EQ(town.of("SEC-008", application, id).size(), 1U);
}

TEST(SecurityRules, a_rule_asked_of_two_registers_stands_once_in_the_catalogue)
{
    std::set<std::string> seen;
    for (auto const& rule : all_rules()) EXPECT_TRUE(seen.insert(std::string{rule.id}).second) << rule.id;
}

}  // namespace
}  // namespace greffier::compliance
