#include "overview/instruction_letter.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace greffier::overview {
namespace {

using processor_activity::Activity;
using processor_activity::Client;
using processor_activity::Instruction;

Locale const french{Language::French}, english{Language::English};

struct InstructionLetter : testing::Test {
    Activity activity;
    profile::Profile organisation;

    InstructionLetter()
    {
        activity.name = "Héberger la paie";
        activity.clients = {{.id = "c", .name = "Commune de Belleval", .address = "1 place de la Mairie", .contract = "Marché 2025-14"}, {.id = "d", .name = "Commune d’Aubreuil", .email = {"dgs@aubreuil.example"}}};
        activity.instructions = {{.id = "i", .given_on = parse_date("2026-01-10"), .client = "commune de BELLEVAL", .given_by = "M. Roux", .channel = processor_activity::InstructionChannel::Email,
                                  .instruction = {"Nous remettre les bulletins de tous les agents"}, .judgement = processor_activity::InstructionJudgement::Unlawful, .reason = {"Aucun texte ne le prévoit"}}};
        organisation.name = "Syndicat numérique";
        organisation.address = "2 rue Haute";
        organisation.city = "Vire";
        organisation.legal_representative.name = "Jeanne Roncier";
    }
    [[nodiscard]] Letter letter(Locale const& locale = french) const { return write_instruction_letter({activity, activity.instructions[0], "ACT-0001", organisation, *parse_date("2026-01-12")}, locale); }
    [[nodiscard]] bool says(std::string_view words, Locale const& locale = french) const
    {
        auto const written = letter(locale);
        return std::ranges::any_of(written.blocks, [&](auto const& block) { return block.text.find(words) != std::string::npos; });
    }
    [[nodiscard]] bool lacks(std::string_view what) const
    {
        auto const written = letter();
        return std::ranges::any_of(written.missing, [&](auto const& one) { return one.what == what; });
    }
};

TEST_F(InstructionLetter, tells_the_client_what_was_asked_why_it_breaks_the_law_and_what_is_awaited)
{
    auto const written = letter();
    EXPECT_TRUE(written.missing.empty());
    EXPECT_EQ(written.recipient, (std::vector<std::string>{"Commune de Belleval", "1 place de la Mairie"}));
    EXPECT_EQ(written.place_and_date, "Vire, le 12 janvier 2026");
    EXPECT_EQ(written.signature, "Jeanne Roncier");
    for (auto const* words : {"10 janvier 2026", "M. Roux", "Héberger la paie", "ACT-0001", "Nous remettre les bulletins", "Marché 2025-14", "Aucun texte ne le prévoit", "article 28, paragraphe 3", "n’avons pas exécuté"})
        EXPECT_TRUE(says(words)) << words;
    EXPECT_TRUE(says("10 January 2026", english) && says("Article 28(3)", english) && says("Aucun texte ne le prévoit", english));
}

TEST_F(InstructionLetter, never_says_that_nothing_was_done_when_it_was)
{
    activity.instructions[0].executed_on = parse_date("2026-01-11");
    EXPECT_TRUE(says("exécutée le 11 janvier 2026"));
    EXPECT_FALSE(says("n’avons pas exécuté"));
}

TEST_F(InstructionLetter, goes_to_the_client_it_names_or_to_the_only_one)
{
    activity.instructions[0].client = "Commune d’Aubreuil";
    EXPECT_EQ(letter().recipient.front(), "Commune d’Aubreuil");
    for (auto const* unknown : {"", "Commune de Vire"}) {
        activity.instructions[0].client = unknown;
        EXPECT_TRUE(lacks("client")) << unknown;
    }
    activity.clients.pop_back();
    activity.instructions[0].client.clear();
    EXPECT_EQ(letter().recipient.front(), "Commune de Belleval");
}

TEST_F(InstructionLetter, names_what_no_record_tells)
{
    activity.clients = {{.id = "c", .name = "Belleval"}};
    activity.instructions[0] = Instruction{.id = "i"};
    organisation = {};
    for (auto const* what : {"client_address", "organisation_address", "activity_signer", "instruction_day", "instruction_giver", "instruction_words", "instruction_reason"}) EXPECT_TRUE(lacks(what)) << what;
    for (auto const& one : letter().missing)
        for (auto const* locale : {&french, &english}) EXPECT_FALSE(words_of(one, *locale).starts_with("[")) << one.what;
    for (auto const& block : letter().blocks) EXPECT_EQ(block.text.find("[instruction"), std::string::npos) << block.text;
}

}  // namespace
}  // namespace greffier::overview
