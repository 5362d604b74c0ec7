#include "registers/notice/notice.hpp"

#include <gtest/gtest.h>

#include "registers/notice/panel.hpp"
#include "registers/notice/rules.hpp"
#include "registers/notice/told_text.hpp"
#include "schema/check.hpp"
#include "schema/json.hpp"
#include "schema/test_bodies.hpp"

namespace greffier::notice {
namespace {

using namespace schema;

SchemaInfo const& info() { return notice_schema().info(); }
Date day(char const* text) { return *parse_date(text); }

std::vector<records::Finding> findings(Notice const& notice, std::string_view rule, Date today = day("2026-04-28"), std::string status = "draft")
{
    static auto const place = law::Place::of("METRO");
    std::vector<records::Finding> all;
    records::Circumstances now;
    now.today = today;
    now.status = std::move(status);
    now.where = &place;
    for (auto const& one : notice_rules()) {
        records::Report report(all, one.id, one.severity);
        one.check(notice, now, report);
    }
    std::erase_if(all, [&](auto const& finding) { return finding.rule != rule; });
    return all;
}

Notice with_all(Kind kind)
{
    Notice notice;
    notice.kind = kind;
    for (auto const& item : all_items()) notice.items.push_back({.id = std::string{item.code}, .item = item.item, .state = ItemState::Given});
    return notice;
}

TEST(NoticeSchema, records_made_by_chance_pass_through_every_door_unchanged)
{
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        auto const row = RowMaker(seed, seed % 10 == 0 ? 100 : static_cast<int>(seed % 90)).make(info());
        ASSERT_TRUE(check(info(), row).empty()) << seed;
        ASSERT_EQ(from_stored(info(), to_stored(info(), row), info().version), row) << seed;
        ASSERT_TRUE(notice_schema().unpack(row).ok()) << seed;
    }
}

TEST(NoticeItems, seventeen_in_order_each_with_its_article)
{
    ASSERT_EQ(all_items().size(), 17u);
    for (auto const& item : all_items()) EXPECT_FALSE(item.direct.empty() && item.indirect.empty()) << item.code;
    EXPECT_EQ(choices_of(Item{}).code(all_items()[7].item), "N08");
}

TEST(NoticeItems, a_direct_notice_owes_no_source_and_an_indirect_one_no_obligation)
{
    Notice direct, indirect;
    direct.kind = Kind::Direct;
    indirect.kind = Kind::Indirect;
    auto codes = [](Notice const& notice) {
        std::string all;
        for (auto const* item : missing_items(notice)) all += std::string{item->code} + " ";
        return all;
    };
    EXPECT_EQ(codes(direct), "N01 N03 N04 N07 N09 N10 N12 N13 N16 ");
    EXPECT_EQ(codes(indirect), "N01 N03 N04 N06 N07 N09 N10 N12 N14 N16 ");
    EXPECT_EQ(codes(with_all(Kind::Both)), "");
}

TEST(NoticeRules, inf_002_names_what_is_missing_and_leaves_posters_alone)
{
    auto notice = with_all(Kind::Direct);
    EXPECT_TRUE(findings(notice, "INF-002").empty());
    notice.items[7].state = ItemState::Missing;   // a transfer that is not told
    notice.items[8].state = std::nullopt;
    auto const found = findings(notice, "INF-002");
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].arguments, (Arguments{{"count", "2"}, {"items", "N08, N09"}}));
    notice.situation = Situation::PosterData;
    EXPECT_TRUE(findings(notice, "INF-002").empty());
}

TEST(NoticeRules, inf_004_counts_the_month_from_the_day_data_came)
{
    auto notice = with_all(Kind::Indirect);
    EXPECT_TRUE(findings(notice, "INF-004").empty()) << "no day to count from";
    notice.obtained_on = day("2026-03-26");
    EXPECT_EQ(findings(notice, "INF-004").size(), 1u) << "April 28 is after April 27";
    notice.sent_on = day("2026-04-27");   // April 26 is a Sunday
    EXPECT_TRUE(findings(notice, "INF-004").empty());
    notice.first_contact_on = day("2026-04-07");
    EXPECT_EQ(findings(notice, "INF-004").size(), 1u) << "people were written to before";
    notice.exceptions = {Exception::Secrecy};
    EXPECT_TRUE(findings(notice, "INF-004").empty());
}

TEST(NoticeDues, the_month_is_a_due_date_until_people_are_told)
{
    auto notice = with_all(Kind::Both);
    notice.obtained_on = day("2026-03-26");
    auto const place = law::Place::of("METRO");
    records::DueContext const context{"draft", {}, day("2026-04-01"), place};
    auto const dues = dues_of(notice_schema().pack(notice), context);
    ASSERT_EQ(dues.size(), 1u);
    EXPECT_EQ(dues[0].day, day("2026-04-27"));
    EXPECT_TRUE(dues[0].legal);
    notice.sent_on = day("2026-04-02");
    EXPECT_TRUE(dues_of(notice_schema().pack(notice), context).empty());
}

TEST(ToldText, plain_words_and_blocks_are_the_same_thing)
{
    using enum ToldBlock::Kind;
    std::vector<ToldBlock> const blocks{{Text, "Bonjour.\nDeux lignes."}, {Heading, "Qui"}, {Subheading, "Pourquoi"}, {List, "", {"un", "deux"}}, {Text, "Fin."}};
    EXPECT_EQ(to_plain(blocks), "Bonjour.\nDeux lignes.\n\n# Qui\n\n## Pourquoi\n\n- un\n- deux\n\nFin.\n");
    EXPECT_EQ(parse_told(to_plain(blocks)), blocks);
    EXPECT_EQ(parse_told("a\r\n\r\n-b\r\n- c"), (std::vector<ToldBlock>{{Text, "a"}, {Text, "-b"}, {List, "", {"c"}}}));
    EXPECT_TRUE(parse_told("").empty());
}

TEST(ToldText, words_and_long_sentences_are_counted)
{
    std::string sentence;
    for (int i = 0; i < 31; ++i) sentence += "mot ";
    auto const found = readability_of({{ToldBlock::Kind::Text, sentence + ". Court."}, {ToldBlock::Kind::List, "", {"trois mots ici"}}});
    EXPECT_EQ(found.words, 31 + 1 + 3);
    EXPECT_EQ(found.sentences, 3);
    EXPECT_EQ(found.long_sentences, 1);
    EXPECT_EQ(found.longest, 31);
}

}  // namespace
}  // namespace greffier::notice
