#include "overview/notice_text.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "registers/processing/processing.hpp"

namespace greffier::overview {
namespace {

using notice::Item;
using notice::ItemState;
using processing::Processing;

NoticeFacts facts_of(Processing const& processing, notice::Kind kind = notice::Kind::Direct)
{
    NoticeFacts facts;
    facts.notice.kind = kind;
    facts.notice.title = notice::Title::PersonalData;
    facts.organisation.name = "Mairie de Marsange";
    facts.organisation.email.value = "mairie@marsange.example";
    facts.organisation.rights_contact = "droits@marsange.example";
    facts.organisation.dpo.name = "Claire";
    facts.organisation.dpo.email.value = "dpo@marsange.example";
    facts.processings.push_back({&processing::processing_schema().info(), processing::processing_schema().pack(processing)});
    return facts;
}

Processing canteen(processing::LegalBasis basis)
{
    Processing p;
    p.name = "Restauration scolaire";
    auto& purpose = p.purposes.emplace_back();
    purpose.kind = processing::PurposeKind::Main;
    purpose.text.value = "Inscrire les enfants.";
    purpose.basis = basis;
    auto& data = p.data_categories.emplace_back();
    data.category.code = "identity";
    data.retention_text = "l’année scolaire";
    p.recipients.emplace_back().name = "La cuisine centrale";
    return p;
}

std::string words(NoticeText const& text) { return notice::to_plain(text.blocks); }
bool says(NoticeText const& text, std::string_view what) { return words(text).find(what) != std::string::npos; }
bool lacks(NoticeText const& text, std::string_view what) { return std::ranges::find(text.missing, what, &NoticeGap::what) != text.missing.end(); }

Locale const french(Language::French), english(Language::English);

TEST(NoticeText, a_complete_record_gives_every_item_and_nothing_is_missing)
{
    auto const text = write_full_notice(facts_of(canteen(processing::LegalBasis::E)), french);
    EXPECT_TRUE(text.missing.empty()) << (text.missing.empty() ? "" : text.missing[0].what);
    for (auto const* told : {"Mairie de Marsange", "dpo@marsange.example", "Inscrire les enfants — pour une mission d’intérêt public", "La cuisine centrale", "l’année scolaire", "droits@marsange.example", "CNIL"})
        EXPECT_TRUE(says(text, told)) << told << "\n" << words(text);
    for (auto const& info : notice::all_items())
        if (notice::is_asked(info, facts_of({}).notice) && info.always) { EXPECT_EQ(text.items.at(info.item), ItemState::Given) << info.code; }
    EXPECT_EQ(text.items.at(Item::Transfers), ItemState::NotApplicable);
    EXPECT_EQ(words(text).find('['), std::string::npos) << "a key without words";
}

TEST(NoticeText, rights_follow_from_the_basis)
{
    auto const public_task = write_full_notice(facts_of(canteen(processing::LegalBasis::E)), english);
    EXPECT_TRUE(says(public_task, "stop using them"));
    EXPECT_FALSE(says(public_task, "erased"));
    EXPECT_FALSE(says(public_task, "reusable format"));
    EXPECT_FALSE(says(public_task, "withdraw it"));
    auto const consent = write_full_notice(facts_of(canteen(processing::LegalBasis::A)), english);
    EXPECT_TRUE(says(consent, "erased"));
    EXPECT_TRUE(says(consent, "reusable format"));
    EXPECT_TRUE(says(consent, "withdraw it"));
    EXPECT_FALSE(says(consent, "stop using them"));
    EXPECT_EQ(consent.items.at(Item::Withdrawal), ItemState::Given);
}

TEST(NoticeText, what_no_record_tells_is_named_and_never_invented)
{
    Processing bare;
    bare.name = "Fichier";
    bare.source = processing::Source::Indirect;
    bare.automated_decision = true;
    auto facts = facts_of(bare, notice::Kind::Indirect);
    facts.organisation = {};
    auto const text = write_full_notice(facts, french);
    for (auto const* what : {"controller", "purposes", "categories", "recipients", "retention", "source", "automated", "rights_contact"}) EXPECT_TRUE(lacks(text, what)) << what;
    EXPECT_EQ(text.items.at(Item::Basis), ItemState::Missing);
    EXPECT_EQ(text.items.at(Item::Officer), ItemState::NotApplicable) << "no officer was designated";
    EXPECT_FALSE(text.items.contains(Item::Obligation)) << "not asked where data come from elsewhere";
}

TEST(NoticeText, an_interest_is_said_or_asked_for)
{
    auto processing = canteen(processing::LegalBasis::F);
    EXPECT_TRUE(lacks(write_full_notice(facts_of(processing), french), "interest"));
    processing.purposes[0].interest.value = "prévenir les impayés";
    auto const text = write_full_notice(facts_of(processing), french);
    EXPECT_TRUE(says(text, "prévenir les impayés"));
    EXPECT_EQ(text.items.at(Item::Interests), ItemState::Given);
}

TEST(NoticeText, a_transfer_comes_with_its_safeguard_and_the_way_to_a_copy)
{
    auto processing = canteen(processing::LegalBasis::B);
    auto& transfer = processing.transfers.emplace_back();
    transfer.recipient = "Nuage SA";
    transfer.country.value = "US";
    auto const text = write_full_notice(facts_of(processing), english);
    EXPECT_TRUE(says(text, "Nuage SA"));
    EXPECT_TRUE(says(text, "A copy of the safeguards"));
    EXPECT_EQ(text.items.at(Item::Transfers), ItemState::Given);
}

TEST(NoticeText, own_words_stand_instead_of_ours)
{
    auto facts = facts_of(canteen(processing::LegalBasis::E));
    facts.notice.items.push_back({.id = "1", .item = Item::Complaint, .wording_fr = {"Écrivez au médiateur puis à la CNIL."}});
    EXPECT_TRUE(says(write_full_notice(facts, french), "médiateur"));
    EXPECT_FALSE(says(write_full_notice(facts, french), "place de Fontenoy"));
    EXPECT_TRUE(says(write_full_notice(facts, english), "place de Fontenoy")) << "no English words were given";
}

TEST(NoticeText, the_short_notice_says_why_and_leads_to_the_rest)
{
    auto const text = write_short_notice(facts_of(canteen(processing::LegalBasis::E)), french);
    EXPECT_TRUE(says(text, "Inscrire les enfants"));
    EXPECT_TRUE(says(text, "droits@marsange.example"));
    EXPECT_TRUE(says(text, "« Données personnelles »") || says(text, "Données personnelles"));
    EXPECT_FALSE(says(text, "La cuisine centrale"));
    EXPECT_LT(notice::readability_of(text.blocks).words, notice::long_short_notice);
}

}  // namespace
}  // namespace greffier::overview
