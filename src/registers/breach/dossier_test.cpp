#include "registers/breach/dossier.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "registers/breach/clocks.hpp"
#include "registers/breach/timeline.hpp"
#include "registers/breach/told.hpp"

namespace greffier::breach {
namespace {

Locale const french{Language::French};
law::Place const paris;
schema::SchemaInfo const& info() { return breach_schema().info(); }
Timestamp at(char const* text) { return *parse_timestamp(text); }

Breach told_breach()
{
    Breach b;
    b.title = "Courriel aux familles";
    b.personal_data = true;
    b.aware_at = at("2026-03-03T09:20:00Z");
    b.risk = Risk::Risk;
    return b;
}

struct Page {
    Breach breach;
    schema::Row row = breach_schema().pack(breach);
    Notifier nobody = {};
    std::vector<Block> blocks = dossier_of({info(), row, breach, nobody, paris, at("2026-03-03T12:00:00Z")}, french);

    [[nodiscard]] Line const* line(std::string_view field) const
    {
        for (auto const& block : blocks)
            for (auto const& line : block.lines)
                if (line.field == field) return &line;
        return nullptr;
    }
};

Tell of(std::vector<Tell> const& told, std::string_view key)
{
    for (auto const& tell : told)
        if (tell.key == key || tell.body == key) return tell;
    ADD_FAILURE() << key << " is not told";
    return {};
}

TEST(Dossier, has_the_fifteen_blocks_in_their_order_and_names_what_is_missing)
{
    Page const page{told_breach()};
    std::vector<std::string> keys;
    for (auto const& block : page.blocks) keys.push_back(block.key);
    EXPECT_EQ(keys, (std::vector<std::string>{"kind", "organisation", "declarant", "parties", "chronology", "nature", "origin", "data", "people", "measures_before", "consequences", "measures", "persons", "cross_border", "attachments"}));
    ASSERT_TRUE(page.line("consequences"));
    EXPECT_TRUE(page.line("consequences")->missing());
    EXPECT_FALSE(page.line("aware_at")->missing());
    EXPECT_FALSE(page.line("delay_reasons")) << "asked only of who is late";
    EXPECT_EQ(next_notification(page.breach, page.blocks), NotificationType::Initial);
}

TEST(Dossier, asks_for_the_reasons_of_a_delay_and_tells_what_changed_since)
{
    auto breach = told_breach();
    breach.notifications = {{.id = "n", .type = NotificationType::Initial, .sent_at = at("2026-03-06T09:45:00Z")}};
    breach.people_count = 100;
    Page const before{breach};
    ASSERT_TRUE(before.line("delay_reasons"));
    EXPECT_TRUE(before.line("delay_reasons")->missing());
    breach.people_count = 250;
    breach.consequences.value = "Un mois sans dossier";
    Page now{breach};
    EXPECT_EQ(next_notification(now.breach, now.blocks), NotificationType::Complementary);
    mark_changes(now.blocks, before.blocks);
    EXPECT_TRUE(now.line("people_count")->changed);
    EXPECT_EQ(now.line("people_count")->before, "100");
    EXPECT_TRUE(now.line("consequences")->changed);
    EXPECT_FALSE(now.line("aware_at")->changed);
}

TEST(Letter, says_what_the_law_asks_and_names_what_is_missing)
{
    auto breach = told_breach();
    breach.nature = {Nature::Confidentiality};
    breach.measures = {{.id = "a", .stage = MeasureStage::Before, .what = {"Pare-feu"}}, {.id = "b", .stage = MeasureStage::Immediate, .what = {"Messages retirés"}, .owner = "Karim Benali"}};
    Notifier const nobody;
    auto row = breach_schema().pack(breach);
    auto const letter = letter_of({info(), row, breach, nobody, paris, at("2026-03-03T12:00:00Z")}, french);
    std::string all;
    for (auto const& paragraph : letter.paragraphs) all += paragraph + "\n";
    EXPECT_NE(all.find("Messages retirés"), std::string::npos);
    EXPECT_EQ(all.find("Pare-feu"), std::string::npos) << "what protected before is no news";
    EXPECT_EQ(all.find("Karim"), std::string::npos) << "who acts stays inside";
    std::vector<std::string> missing;
    for (auto const& line : letter.missing) missing.push_back(line.field);
    EXPECT_EQ(missing, (std::vector<std::string>{"contact_point", "data_categories", "consequences", "persons_advice"}));
    breach.persons_text.value = "Bonjour,\nvoici.";
    row = breach_schema().pack(breach);
    auto const sent = letter_of({info(), row, breach, nobody, paris, at("2026-03-03T12:00:00Z")}, french);
    EXPECT_TRUE(sent.as_sent);
    EXPECT_EQ(sent.paragraphs, (std::vector<std::string>{"Bonjour,\nvoici."}));
}

TEST(WhoIsTold, follows_the_risk_and_the_role)
{
    auto breach = told_breach();
    EXPECT_EQ(of(who_is_told(breach), "authority").state, TellState::Todo);
    EXPECT_EQ(of(who_is_told(breach), "persons").state, TellState::NotNeeded);
    breach.risk = Risk::High;
    EXPECT_EQ(of(who_is_told(breach), "persons").state, TellState::Todo);
    breach.art34_exemption = Art34Exemption::A;
    EXPECT_EQ(of(who_is_told(breach), "persons").state, TellState::NotNeeded);
    breach.risk.reset();
    EXPECT_EQ(of(who_is_told(breach), "authority").state, TellState::Undecided);
    breach.risk = Risk::Unlikely;
    EXPECT_EQ(of(who_is_told(breach), "authority").state, TellState::NotNeeded);
    breach.role = Role::Processor;
    EXPECT_EQ(of(who_is_told(breach), "client").why, "name_clients");
    breach.told = {{.id = "t", .body = {"insurer"}, .told_at = at("2026-03-04T09:00:00Z")}, {.id = "u", .body = {"police"}, .not_needed = true}, {.id = "v", .body = {"anssi"}}};
    auto const told = who_is_told(breach);
    EXPECT_EQ(of(told, "insurer").state, TellState::Done);
    EXPECT_EQ(of(told, "police").state, TellState::NotNeeded);
    EXPECT_EQ(of(told, "anssi").state, TellState::Undecided);
    EXPECT_EQ(of(told, "csirt").state, TellState::Undecided);
}

TEST(Timeline, puts_what_is_typed_dated_and_recorded_in_one_order_with_what_lies_ahead)
{
    auto breach = told_breach();
    breach.started_at = at("2026-03-03T07:00:00Z");
    breach.timeline = {{.id = "e", .at = at("2026-03-03T10:00:00Z"), .what = {"Réunion de crise"}}};
    breach.measures = {{.id = "m", .what = {"Messages retirés"}, .done_on = *parse_date("2026-03-04")}};
    std::vector<records::Version> versions(2);
    versions[1].number = 1;
    versions[1].status = "reported";
    versions[1].recorded_at = at("2026-03-03T09:30:00Z");
    versions[0].number = 2;
    versions[0].status = "breach";
    versions[0].recorded_at = at("2026-03-03T11:00:00Z");
    auto const moments = timeline_of(info(), breach, versions, notification_clock(breach, paris), at("2026-03-05T12:00:00Z"), french);
    std::vector<std::string> titles;
    for (auto const& moment : moments) titles.push_back(moment.title);
    EXPECT_EQ(titles, (std::vector<std::string>{"Début de l’incident", "Prise de connaissance", "Fiche écrite", "Réunion de crise", "État\u00a0: Violation en cours", "Mesure en place", "Fin des 72 heures", "Limite juridique calculée"}));
    EXPECT_TRUE(moments[1].key);
    EXPECT_TRUE(moments[5].day_only);
    EXPECT_FALSE(moments[5].ahead);
    EXPECT_TRUE(moments[6].ahead);
}

}  // namespace
}  // namespace greffier::breach
