#include "compliance/lint_report.hpp"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "compliance/linter.hpp"
#include "registers/processing/processing.hpp"

namespace greffier::compliance {
namespace {

using nlohmann::json;
using records::Severity;

/// One sheet of a workbook with three findings, one sound sheet after it.
struct Sample {
    processing::Processing record;
    schema::Row row;
    std::vector<LintItem> items;

    Sample()
    {
        record.name = "Gestion de la paie";
        record.data_categories = {{.id = "d1", .category = {"identity"}}, {.id = "d2", .category = {"health"}}};
        record.data_categories[1].retention_text = "5 ans";
        auto const& schema = processing::processing_schema();
        row = schema.pack(record);
        LintItem item{"", "1 - Exemple", record.name, "processings", {}, FilePlace{"4 - Exemple", "B12"}, &schema.info(), &row};
        item.findings = {{"REG-017", Severity::Minor, {"owner"}},
                         {"REG-013", Severity::Minor, {"data_categories", "d2", "retention_text"}, {{"reference", "RT01"}, {"max", "P3Y"}}},
                         {"REG-008", Severity::Blocking, {"subject_categories"}}};
        items = {item, {"0190", "T-2", "Élections", "processings", {}}};
    }
};

LintSource const file{"", "registre de la mairie.ods"};
Locale const french(Language::French);
Locale const english(Language::English);

TEST(LintText, groups_findings_by_record_worst_first)
{
    Sample sample;
    auto const text = lint_text(file, sample.items, french);
    auto const at = [&](char const* words) { return text.find(words); };
    EXPECT_NE(at("1 - Exemple · Gestion de la paie"), std::string::npos) << text;
    EXPECT_LT(at("REG-008"), at("REG-017"));
    EXPECT_NE(at("B12"), std::string::npos);
    EXPECT_NE(at("RT01"), std::string::npos);
    EXPECT_EQ(at("Élections"), std::string::npos) << "a sound record is counted, not listed";
    EXPECT_EQ(text.find("P3Y"), std::string::npos) << "periods are told in words";
    EXPECT_EQ(text.find("[rule."), std::string::npos) << "every key is in the catalogue";
    EXPECT_EQ(text.find("[lint."), std::string::npos) << text;
}

TEST(LintText, says_so_when_there_is_nothing)
{
    EXPECT_NE(lint_text({"belleval", ""}, {}, english).find("Nothing to report."), std::string::npos);
}

TEST(LintText, names_a_row_by_its_id_when_the_record_is_stored)
{
    Sample sample;
    auto item = sample.items[0];
    EXPECT_EQ(place_code({"data_categories", "d2", "necessity"}, item), "data_categories[1].necessity");
    item.id = "0190";
    EXPECT_EQ(place_code({"data_categories", "d2", "necessity"}, item), "data_categories[d2].necessity");
}

TEST(LintText, tells_the_row_of_a_place)
{
    Sample sample;
    auto const words = place_in_words({"data_categories", "d2", "retention_text"}, sample.items[0], french);
    EXPECT_NE(words.find("ligne 2 (" + Locale(Language::French).text("data_category.health") + ")"), std::string::npos) << words;
    EXPECT_EQ(place_in_words({}, sample.items[0], french), "la fiche entière");
    EXPECT_EQ(place_in_words({"owner"}, LintItem{}, french), "owner") << "without a schema the stable name is shown";
}

TEST(LintJson, has_one_shape_in_every_language)
{
    Sample sample;
    auto const report = json::parse(lint_json(file, sample.items));
    EXPECT_EQ(report["format"], "greffier-lint");
    EXPECT_EQ(report["summary"], (json{{"records", 2}, {"blocking", 1}, {"major", 0}, {"minor", 2}, {"advice", 0}}));
    EXPECT_EQ(report["items"][0]["findings"][1]["place"], "data_categories[1].retention_text") << "ids of rows change with each reading of a file";
    EXPECT_EQ(report["items"][0]["place"]["cell"], "B12");
    EXPECT_TRUE(report["items"][0]["id"].is_null());
    EXPECT_EQ(report["rules"].size(), 3U);
    EXPECT_NE(report["rules"][0]["title"]["fr"], report["rules"][0]["title"]["en"]);
}

TEST(LintSarif, is_a_log_that_gathering_tools_read)
{
    Sample sample;
    auto const log = json::parse(lint_sarif(file, sample.items, english));
    EXPECT_EQ(log["version"], "2.1.0");
    ASSERT_EQ(log["runs"].size(), 1U);
    auto const& run = log["runs"][0];
    auto const& rules = run["tool"]["driver"]["rules"];
    ASSERT_EQ(rules.size(), all_rules().size());
    ASSERT_EQ(run["results"].size(), 3U);
    for (auto const& result : run["results"]) {
        EXPECT_EQ(rules[result["ruleIndex"].get<std::size_t>()]["id"], result["ruleId"]);
        EXPECT_FALSE(result["message"]["text"].get<std::string>().empty());
        EXPECT_TRUE(result["suppressions"].empty());
        EXPECT_EQ(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "registre%20de%20la%20mairie.ods");
        EXPECT_EQ(result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], "processings/1 - Exemple");
    }
    EXPECT_EQ(run["results"][2]["level"], "error");
    EXPECT_EQ(run["results"][0]["level"], "note");
    EXPECT_NE(run["results"][2]["message"]["text"].get<std::string>().find("B12"), std::string::npos);
    if (auto const* into = std::getenv("GREFFIER_SARIF_SAMPLE")) std::ofstream(into) << log.dump(1);   // for a validator outside
}

TEST(LintSarif, keeps_identifiers_whatever_the_language)
{
    Sample sample;
    auto const fr = json::parse(lint_sarif(file, sample.items, french))["runs"][0];
    auto const en = json::parse(lint_sarif(file, sample.items, english))["runs"][0];
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(fr["results"][i]["ruleId"], en["results"][i]["ruleId"]);
        EXPECT_EQ(fr["results"][i]["partialFingerprints"], en["results"][i]["partialFingerprints"]);
        EXPECT_EQ(fr["results"][i]["locations"], en["results"][i]["locations"]);
    }
}

TEST(LintSarif, of_an_organisation_names_no_file)
{
    Sample sample;
    auto const run = json::parse(lint_sarif({"belleval", ""}, sample.items, french))["runs"][0];
    EXPECT_FALSE(run.contains("artifacts"));
    EXPECT_FALSE(run["results"][0]["locations"][0].contains("physicalLocation"));
    EXPECT_EQ(run["properties"]["organisation"], "belleval");
}

}  // namespace
}  // namespace greffier::compliance
