#include "compliance/consent_rules.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "compliance/linter.hpp"
#include "compliance/listed_records.hpp"

namespace greffier::compliance {
namespace {

using consent::Consent;
using consent::Point;
using processing::LegalBasis;
using processing::Processing;
using Places = std::vector<std::string>;

struct Desk {
    ListedRecords records;
    RecordId processing = RecordId::make(), point = RecordId::make(), proof = RecordId::make();
    Processing letter;
    Point form;
    Consent given;
    std::string status = "production", proof_status = "given";

    Desk()
    {
        letter.name = "Lettre d’information";
        letter.purposes = {{.id = "m", .kind = processing::PurposeKind::Main, .text = {"Envoyer la lettre"}, .basis = LegalBasis::A}};
        form.name = "Formulaire";
        form.processing = ProcessingId{processing.uuid};
        form.refresh_months = 12;
        given.identifier = "42";
        given.purpose = "Lettre";
        given.wording_version = "1";
        given.given_at = parse_timestamp("2026-01-10T09:00:00Z");
        given.point = ConsentPointId{point.uuid};
    }

    Places found(std::string_view slug, std::string_view rule, char const* today = "2026-06-01")
    {
        records.registers.clear();
        records.registers["processings"].push_back({processing, "T-1", status, processing::processing_schema().pack(letter)});
        records.registers["consent-points"].push_back({point, "PCO-1", "in_use", consent::point_schema().pack(form)});
        records.registers["consents"].push_back({proof, "CST-1", proof_status, consent::consent_schema().pack(given)});
        auto const& one = records.registers[std::string{slug}].front();
        auto const& schema = slug == "processings" ? processing::processing_schema().info() : consent::consent_schema().info();
        records::Subject subject{{}, std::string{slug}, one.id, &schema, &one.row, {{}, one.status, one.reference}};
        subject.circumstances.today = *parse_date(today);
        Places all;
        for (auto const& finding : Linter{}.examine(subject, records))
            if (finding.rule == rule) all.push_back(finding.place.text());
        return all;
    }
};

TEST(ConsentRules, a_processing_in_service_on_consent_wants_one_kept_here_or_elsewhere)
{
    Desk desk;
    EXPECT_TRUE(desk.found("processings", "LAW-011").empty()) << "one is kept";
    desk.proof_status = "withdrawn";
    EXPECT_EQ(desk.found("processings", "LAW-011"), Places{"external_consent_store"}) << "a withdrawn one holds nothing";
    desk.letter.external_consent_store = "Journal du logiciel";
    EXPECT_TRUE(desk.found("processings", "LAW-011").empty());
    desk.letter.external_consent_store.clear();
    desk.status = "draft";
    EXPECT_TRUE(desk.found("processings", "LAW-011").empty()) << "nothing runs yet";
}

TEST(ConsentRules, a_consent_given_at_another_processings_point_is_none_of_its_own)
{
    Desk desk;
    desk.form.processing = ProcessingId{RecordId::make().uuid};
    EXPECT_EQ(desk.found("processings", "LAW-011"), Places{"external_consent_store"});
}

TEST(ConsentRules, sensitive_data_want_an_explicit_one)
{
    Desk desk;
    desk.letter.purposes[0].art9_condition = processing::Art9Condition::A;
    EXPECT_EQ(desk.found("processings", "LAW-007"), Places{"purposes[m].art9_condition"});
    desk.given.explicit_given = true;
    EXPECT_TRUE(desk.found("processings", "LAW-007").empty());
    desk.letter.purposes[0].art9_condition = processing::Art9Condition::H;
    desk.given.explicit_given = false;
    EXPECT_TRUE(desk.found("processings", "LAW-007").empty()) << "another condition needs none";
}

TEST(ConsentRules, an_old_consent_is_to_be_asked_again)
{
    Desk desk;
    EXPECT_TRUE(desk.found("consents", "CON-006", "2027-01-10").empty()) << "the last day";
    EXPECT_EQ(desk.found("consents", "CON-006", "2027-01-11"), Places{"confirmed_on"});
    desk.proof_status = "withdrawn";
    EXPECT_TRUE(desk.found("consents", "CON-006", "2027-01-11").empty());
}

}  // namespace
}  // namespace greffier::compliance
