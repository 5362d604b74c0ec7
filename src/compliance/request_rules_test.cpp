#include "compliance/request_rules.hpp"

#include <gtest/gtest.h>

#include "compliance/linter.hpp"
#include "compliance/listed_records.hpp"

namespace greffier::compliance {
namespace {

using processing::LegalBasis;
using processing::Processing;
using processing::PurposeKind;
using request::Request;
using request::Right;

/// One processing, searched for one request.
struct Searched {
    ListedRecords records;
    Processing processing;
    Request request;
    ProcessingId id = ProcessingId::make();

    Searched()
    {
        processing.name = "Lettre d’information";
        processing.purposes = {{.id = "m", .kind = PurposeKind::Main, .text = {"Envoyer la lettre de la commune"}, .basis = LegalBasis::C}};
        request.received_at = parse_timestamp("2026-03-05T09:00:00Z");
        request.searches = {{.id = "s", .processing = id, .place = "Logiciel"}};
    }
    std::vector<records::Finding> found(std::string_view rule)
    {
        records.registers["processings"] = {{RecordId{id.uuid}, "TRT-0001", "validated", processing::processing_schema().pack(processing)}};
        auto const row = request::request_schema().pack(request);
        records::Circumstances now;
        now.today = *parse_date("2026-03-10");
        now.status = "in_progress";
        auto all = Linter{}.examine({{}, "requests", RecordId::make(), &request::request_schema().info(), &row, now}, records);
        std::erase_if(all, [&](auto const& one) { return one.rule != rule; });
        return all;
    }
};

TEST(RequestRules, hold_a_right_against_the_bases_of_what_was_searched)
{
    Searched one;
    auto const told = [&] {
        std::string all;
        for (auto const& finding : one.found("RIG-008")) all += finding.place.text() + "=" + finding.arguments.at("right") + " ";
        return all;
    };
    struct Case { Right right; LegalBasis basis; bool open; };
    using enum LegalBasis;
    for (auto const& [right, basis, open] : std::vector<Case>{{Right::Access, C, true}, {Right::Erasure, C, false}, {Right::Erasure, E, false}, {Right::Erasure, F, true}, {Right::Portability, A, true},
                                                              {Right::Portability, E, false}, {Right::Objection, E, true}, {Right::Objection, A, false}, {Right::ConsentWithdrawal, A, true}, {Right::ConsentWithdrawal, B, false}}) {
        one.request.rights = {right};
        one.processing.purposes[0].basis = basis;
        EXPECT_EQ(told().empty(), open) << request::choices_of(right).code(right);
    }
    one.request.rights = {Right::Access, Right::Portability};
    one.processing.purposes[0].basis = C;
    EXPECT_EQ(told(), "searches[s].processing=portability ");
    one.processing.purposes.push_back({.id = "n", .text = {"Autre but"}, .basis = A});
    EXPECT_EQ(told(), "") << "one basis that opens the right is enough";
    one.processing.purposes.clear();
    EXPECT_EQ(told(), "");
}

TEST(RequestRules, ask_for_recipients_to_be_told_of_what_was_changed)
{
    Searched one;
    one.request.rights = {Right::Rectification};
    one.request.decision = request::Decision::Satisfied;
    EXPECT_TRUE(one.found("RIG-007").empty()) << "nobody received the data";
    one.processing.recipients = {{.id = "r", .name = "Prestataire"}};
    EXPECT_EQ(one.found("RIG-007").size(), 1U);
    one.request.rights = {Right::Access};
    EXPECT_TRUE(one.found("RIG-007").empty());
    one.request.rights = {Right::Restriction};
    one.request.recipients_told = {{.id = "t", .recipient = "Prestataire", .impossible = true}};
    EXPECT_TRUE(one.found("RIG-007").empty());
}

}  // namespace
}  // namespace greffier::compliance
