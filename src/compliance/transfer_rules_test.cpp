#include "compliance/transfer_rules.hpp"

#include <gtest/gtest.h>

#include "compliance/linter.hpp"
#include "compliance/listed_records.hpp"
#include "compliance/processor_rules.hpp"

namespace greffier::compliance {
namespace {

using processing::Processing;
using transfer::Transfer;
using Places = std::vector<std::string>;

Date day(char const* text) { return *parse_date(text); }

/// An organisation in memory, and where a rule finds something in one of its records on a day.
struct Town {
    ListedRecords records;
    profile::Profile profile;
    Date today = day("2026-11-22");

    Places of(std::string_view rule, std::string_view slug, RecordId id, schema::SchemaInfo const& info, schema::Row const& row, std::string status = "draft")
    {
        records.profile_row = profile::profile_schema().pack(profile);
        records::Subject subject{{}, std::string{slug}, id, &info, &row, {}};
        subject.circumstances.today = today;
        subject.circumstances.status = std::move(status);
        subject.circumstances.reference = "X-1";
        Places places;
        for (auto const& finding : Linter{}.examine(subject, records))
            if (finding.rule == rule) places.push_back(finding.place.text());
        return places;
    }
    Places of(std::string_view rule, Processing const& p, RecordId id = RecordId::make()) { return of(rule, processings_slug, id, processing::processing_schema().info(), processing::processing_schema().pack(p)); }
    Places of(std::string_view rule, Transfer const& t) { return of(rule, transfers_slug, RecordId::make(), transfer::transfer_schema().info(), transfer::transfer_schema().pack(t)); }
    Places of_profile(std::string_view rule) { return of(rule, profile_slug, RecordId::make(), profile::profile_schema().info(), profile::profile_schema().pack(profile)); }

    void add(Transfer const& t, std::string status = "in_force")
    {
        records.registers["transfers"].push_back({RecordId::make(), "TRA-1", std::move(status), transfer::transfer_schema().pack(t)});
    }
};

Processing sending(char const* country, std::optional<TransferTool> tool)
{
    Processing p;
    p.transfers = {{.id = "t", .recipient = "Courrier Inc.", .country = {country}, .tool = tool}};
    return p;
}

Transfer american(RecordId processing)
{
    Transfer t;
    t.importer_country = {"US"};
    t.exporter_in_scope = t.made_available = t.separate_importer = true;
    t.tool = TransferTool::Adequacy;
    t.covered_by_decision = true;
    t.scope_checked_on = day("2020-01-02");
    t.processings = {ProcessingId{processing.uuid}};
    return t;
}

TEST(TransferRules, show_a_lost_adequacy_in_every_processing_whose_own_rows_rest_on_it)
{
    Town town;
    auto const p = sending("US", TransferTool::Adequacy);
    for (auto const& [on, lost] : {std::pair{"2015-10-05", false}, {"2015-10-06", true}, {"2020-07-15", false}, {"2020-07-16", true}, {"2023-07-09", true}, {"2023-07-10", false}}) {
        town.today = day(on);
        EXPECT_EQ(!town.of("TRF-026", p).empty(), lost) << on;
    }
    EXPECT_EQ(town.of("TRF-026", sending("US", TransferTool::PrivacyShield)), Places{"transfers[t].tool"});
    EXPECT_TRUE(town.of("TRF-026", sending("US", TransferTool::Scc)).empty());
    EXPECT_TRUE(town.of("TRF-026", sending("DE", TransferTool::Adequacy)).empty());
}

TEST(TransferRules, show_it_too_through_the_register_of_transfers)
{
    Town town;
    auto const id = RecordId::make();
    town.add(american(id));
    town.today = day("2020-07-15");
    EXPECT_TRUE(town.of("TRF-030", Processing{}, id).empty());
    town.today = day("2020-07-16");
    EXPECT_EQ(town.of("TRF-030", Processing{}, id), Places{"transfers"});
    EXPECT_TRUE(town.of("TRF-030", Processing{}).empty()) << "of another processing";
    town.records.registers["transfers"][0].status = "suspended";
    EXPECT_TRUE(town.of("TRF-030", Processing{}, id).empty()) << "what is suspended no longer leaves";
}

TEST(TransferRules, want_a_safeguard_for_each_row_towards_a_country_not_wholly_recognised)
{
    Town town;
    EXPECT_EQ(town.of("TRF-027", sending("IN", std::nullopt)), Places{"transfers[t].tool"});
    EXPECT_EQ(town.of("TRF-027", sending("US", std::nullopt)), Places{"transfers[t].tool"});
    EXPECT_TRUE(town.of("TRF-027", sending("CH", std::nullopt)).empty());
    EXPECT_TRUE(town.of("TRF-027", sending("IN", TransferTool::Scc)).empty());
}

TEST(TransferRules, see_hosting_abroad_that_no_transfer_declares)
{
    Town town;
    Processing p;
    p.hosting_country = {"US"};
    EXPECT_EQ(town.of("TRF-012", p), Places{"hosting_country"});
    p.transfers = sending("US", TransferTool::Scc).transfers;
    EXPECT_TRUE(town.of("TRF-012", p).empty());
    p.transfers.clear();
    for (auto const* near : {"FR", "IS", "PF"}) {
        p.hosting_country = {near};
        EXPECT_TRUE(town.of("TRF-012", p).empty()) << near;
    }
}

TEST(TransferRules, see_who_works_or_receives_abroad_where_no_transfer_is_declared)
{
    Town town;
    auto firm = [&](char const* seat, char const* hosting, std::string status = "in_use") {
        processor::Processor one;
        one.name = "Nuage";
        one.country = {seat};
        one.hosting_country = {hosting};
        auto const id = RecordId::make();
        town.records.registers["processors"].push_back({id, "SST-1", std::move(status), processor::processor_schema().pack(one)});
        return ProcessorId{id.uuid};
    };
    Processing p;
    p.processors = {firm("US", ""), firm("FR", "US"), firm("US", "FR"), firm("US", "", "terminated")};
    EXPECT_EQ(town.of("TRF-012", p), Places{"processors"}) << "where it hosts counts before where it sits";
    p.processors = {firm("FR", "")};
    EXPECT_TRUE(town.of("TRF-012", p).empty());
    p.recipients = {{.id = "mother", .name = "Maison mère", .country = {"US"}}, {.id = "sister", .name = "Filiale", .country = {"BE"}}};
    EXPECT_EQ(town.of("TRF-012", p), Places{"recipients[mother].country"});
    p.transfers = sending("US", TransferTool::Scc).transfers;
    EXPECT_TRUE(town.of("TRF-012", p).empty());
}

TEST(TransferRules, advise_to_examine_in_the_register_what_a_processing_declares)
{
    Town town;
    auto const id = RecordId::make();
    auto const p = sending("US", TransferTool::Scc);
    EXPECT_EQ(town.of("TRF-028", p, id), Places{"transfers"});
    town.add(american(RecordId::make()));
    EXPECT_EQ(town.of("TRF-028", p, id), Places{"transfers"}) << "another processing's";
    town.add(american(id));
    EXPECT_TRUE(town.of("TRF-028", p, id).empty());
    EXPECT_TRUE(town.of("TRF-028", Processing{}).empty());
}

TEST(TransferRules, ask_a_public_body_whether_it_uses_its_powers)
{
    Town town;
    Transfer t;
    t.importer_country = {"IN"};
    t.tool = TransferTool::Art49A;
    EXPECT_TRUE(town.of("TRF-024", t).empty());
    town.profile.public_body = true;
    EXPECT_EQ(town.of("TRF-024", t), Places{"public_powers"});
    t.public_powers = false;
    EXPECT_TRUE(town.of("TRF-024", t).empty());
    EXPECT_TRUE(town.of("TRF-009", t).empty());
}

TEST(TransferRules, tell_who_works_for_others_that_the_second_register_is_empty)
{
    Town town;
    EXPECT_TRUE(town.of_profile("REG-028").empty());
    town.profile.acts_as_processor = true;
    EXPECT_EQ(town.of_profile("REG-028"), Places{"acts_as_processor"});
    town.records.registers["processor-activities"].push_back({RecordId::make(), "ACT-1", "draft", processor_activity::activity_schema().pack({})});
    EXPECT_TRUE(town.of_profile("REG-028").empty());
}

}  // namespace
}  // namespace greffier::compliance
