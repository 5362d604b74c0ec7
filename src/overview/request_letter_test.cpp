#include "overview/request_letter.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "registers/processing/processing.hpp"

namespace greffier::overview {
namespace {

using request::Decision;
using request::LetterKind;
using request::Right;

law::Place const place;
Locale const french{Language::French}, english{Language::English};

LetterFacts facts()
{
    LetterFacts known{{}, "DEM-0007", {}, {}, *parse_date("2026-03-10"), place};
    known.request.received_at = parse_timestamp("2026-03-05T09:00:00Z");
    known.request.rights = {Right::Access};
    known.request.requester.name = "Odile Quirin";
    known.request.requester.address = "2 rue Haute";
    known.organisation.name = "Commune de Belleval";
    known.organisation.address = "1 place de la Mairie";
    known.organisation.city = "Belleval";
    known.organisation.rights_contact = "donnees@belleval.example";
    known.organisation.legal_representative.name = "Jeanne Roux";
    return known;
}

std::string text_of(Letter const& letter)
{
    std::string all = letter.subject + "\n" + letter.place_and_date + "\n" + letter.signature + "\n";
    for (auto const& block : letter.blocks) {
        all += block.text + "\n";
        for (auto const& item : block.items) all += item + "\n";
        for (auto const& [noun, words] : block.facts) all += noun + ": " + words + "\n";
    }
    return all;
}
bool says(Letter const& letter, std::string_view words) { return text_of(letter).find(words) != std::string::npos; }
bool lacks(Letter const& letter, std::string_view field)
{
    return std::ranges::any_of(letter.missing, [&](auto const& one) { return one.field == field; });
}

TEST(RequestLetter, acknowledges_with_the_day_of_the_answer)
{
    auto const letter = write_letter(LetterKind::Acknowledgement, facts(), french);
    EXPECT_TRUE(letter.missing.empty());
    EXPECT_TRUE(says(letter, "DEM-0007") && says(letter, "7 avril 2026") && says(letter, "Accès") && says(letter, "Belleval, le 10 mars 2026") && says(letter, "Jeanne Roux"));
    EXPECT_EQ(letter.recipient, (std::vector<std::string>{"Odile Quirin", "2 rue Haute"}));
    EXPECT_TRUE(says(write_letter(LetterKind::Acknowledgement, facts(), english), "7 April 2026"));
}

TEST(RequestLetter, names_what_no_record_tells)
{
    LetterFacts empty{{}, "DEM-0001", {}, {}, *parse_date("2026-03-10"), place};
    for (auto const kind : {LetterKind::Acknowledgement, LetterKind::Identity, LetterKind::Extension, LetterKind::Access, LetterKind::Refusal, LetterKind::Done})
        for (auto const* locale : {&french, &english}) {
            auto const letter = write_letter(kind, empty, *locale);
            EXPECT_TRUE(lacks(letter, "requester") && lacks(letter, "received_at")) << code_of(kind);
            EXPECT_FALSE(says(letter, "[")) << text_of(letter);
            for (auto const& one : letter.missing) EXPECT_FALSE(words_of(one, *locale).starts_with("[")) << one.what;
        }
}

TEST(RequestLetter, announces_an_extension_only_while_it_can_still_be_announced)
{
    auto known = facts();
    known.request.extension_reasons = {request::ExtensionReason::Complexity};
    auto const letter = write_letter(LetterKind::Extension, known, french);
    EXPECT_TRUE(says(letter, "5 juin 2026"));
    EXPECT_FALSE(lacks(letter, "extension_told_on"));
    known.today = *parse_date("2026-04-08");
    EXPECT_TRUE(lacks(write_letter(LetterKind::Extension, known, french), "extension_told_on"));
}

TEST(RequestLetter, refuses_with_ground_and_the_remedies_of_the_kind_of_body)
{
    auto known = facts();
    known.request.decision = Decision::Excessive;
    known.request.refusal_details = {"Sept demandes identiques en un mois."};
    auto const letter = write_letter(LetterKind::Refusal, known, french);
    EXPECT_FALSE(lacks(letter, "refusal_grounds")) << "the decision says it";
    EXPECT_TRUE(says(letter, "Sept demandes identiques") && says(letter, "CNIL") && says(letter, "tribunal judiciaire"));
    known.organisation.public_body = true;
    EXPECT_TRUE(says(write_letter(LetterKind::Refusal, known, french), "tribunal administratif"));
}

TEST(RequestLetter, answers_access_from_the_processings)
{
    auto known = facts();
    EXPECT_TRUE(lacks(write_letter(LetterKind::Access, known, french), "searches"));
    processing::Processing sheet;
    sheet.name = "Cantine";
    sheet.purposes = {{.id = "p", .text = {"Inscrire les enfants"}, .basis = processing::LegalBasis::E}};
    sheet.no_recipient_confirmed = true;
    auto const& schema = processing::processing_schema();
    known.processings = {{&schema.info(), schema.pack(sheet)}};
    auto const letter = write_letter(LetterKind::Access, known, french);
    EXPECT_TRUE(says(letter, "Inscrire les enfants") && says(letter, "Personne en dehors de nos services"));
    EXPECT_TRUE(std::ranges::any_of(letter.missing, [](auto const& one) { return one.what == "part.retention" && words_of(one, french).starts_with("Cantine"); }));
    EXPECT_TRUE(lacks(letter, "answer"));

    EXPECT_FALSE(lacks(letter, "decision_elements"));
    sheet.automated_decision = true;
    known.processings = {{&schema.info(), schema.pack(sheet)}};
    EXPECT_TRUE(lacks(write_letter(LetterKind::Access, known, french), "decision_elements")) << "a machine decides";
    known.request.decision_elements = {"Note de priorité : 12 sur 20."};
    EXPECT_TRUE(says(write_letter(LetterKind::Access, known, french), "12 sur 20"));

    known.request.decision_elements = {};
    known.request.decision = Decision::NoData;
    auto const none = write_letter(LetterKind::Access, known, french);
    EXPECT_TRUE(says(none, "nous n’en détenons aucune") && !says(none, "Inscrire les enfants"));
    EXPECT_FALSE(lacks(none, "answer"));
}

TEST(RequestLetter, tells_what_was_done_and_who_was_told)
{
    auto known = facts();
    known.request.rights = {Right::Erasure, Right::Objection};
    known.request.decision = Decision::Partial;
    auto letter = write_letter(LetterKind::Done, known, french);
    EXPECT_TRUE(lacks(letter, "recipients_told") && lacks(letter, "refusal_grounds")) << "what is refused in part is grounded too";
    EXPECT_TRUE(says(letter, "effacées") && says(letter, "opposé"));
    known.request.decision = Decision::Satisfied;
    known.request.recipients_told = {{.id = "t", .recipient = "Prestataire de repas", .told_on = parse_date("2026-03-09")}};
    letter = write_letter(LetterKind::Done, known, french);
    EXPECT_TRUE(says(letter, "Prestataire de repas") && letter.missing.empty());
}

TEST(RequestLetter, says_whether_the_file_went_straight_to_another_body)
{
    auto known = facts();
    known.request.rights = {Right::Portability};
    known.request.decision = Decision::Satisfied;
    known.request.transmit_to = "Énergie du Plateau";
    EXPECT_TRUE(lacks(write_letter(LetterKind::Done, known, french), "transmission_feasible"));
    known.request.transmission_feasible = true;
    EXPECT_TRUE(says(write_letter(LetterKind::Done, known, french), "directement à Énergie du Plateau"));
    known.request.transmission_feasible = false;
    EXPECT_TRUE(says(write_letter(LetterKind::Done, known, english), "not technically possible"));
}

}  // namespace
}  // namespace greffier::overview
