#include "storage/word_index.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/test_database.hpp"

namespace greffier::storage {
namespace {

TEST(Indexable, words_are_cut_where_an_engine_would_refuse_them)
{
    EXPECT_EQ(indexable("etat civil"), "etat civil");
    EXPECT_EQ(indexable(""), "");
    EXPECT_EQ(indexable(std::string(5000, 'a') + " b"), std::string(200, 'a') + " b");
    EXPECT_EQ(indexable(std::string(199, 'a') + "ЖЖ"), std::string(199, 'a'));   // no half letter
    std::string many;
    for (int i = 0; i < 300'000; ++i) many += "mot" + std::to_string(i) + " ";
    EXPECT_LE(indexable(many).size(), 900'000u);
}

class WordIndexTest : public testing::TestWithParam<Engine> {
protected:
    TestDatabase database{GetParam()};

    void keep(std::int64_t rid, std::string const& scope, std::string const& title, std::string const& folded)
    {
        ASSERT_TRUE(database->write([&](Session& session) -> Status {
            auto const id = Uuid::make();
            session.execute(SqlText{"INSERT INTO record(rid, organisation_id, id, register, version, reference, title, title_key, status, created_at, updated_at) "
                                    "VALUES(?, ?, ?, 'p', 1, 'T', 't', 't', 'draft', 0, 0)"}, rid, id, id);
            session.execute(SqlText{"INSERT INTO record_text(rid, scope, title, folded) VALUES(?, ?, ?, ?)"}, rid, scope, title, folded);
            return Nothing{};
        }).ok());
    }
    std::vector<std::int64_t> found(WordQuestion const& question)
    {
        auto session = database->read();
        auto rows = session->query(SqlText::joined({"SELECT r.rid FROM record r WHERE 1=1", found_by_words, " ORDER BY r.rid"}), text_of(GetParam(), question));
        std::vector<std::int64_t> all;
        while (rows.next()) all.push_back(rows.integer(0));
        return all;
    }
};

TEST_P(WordIndexTest, finds_by_beginnings_within_a_scope)
{
    keep(1, "oaa rp xtagsxhr", "etat civil", "naissance mariage");
    keep(2, "obb rp", "etat civil", "");
    keep(3, "oaa rq", "", "civilite 'quote' a:b & c | d!");
    EXPECT_THAT(found({{"oaa"}, {"civ"}}), testing::ElementsAre(1, 3));
    EXPECT_THAT(found({{"oaa", "rp"}, {"etat", "nais"}}), testing::ElementsAre(1));
    EXPECT_THAT(found({{"oaa", "xtagsxhr"}, {}}), testing::ElementsAre(1));
    EXPECT_THAT(found({{}, {"etat"}}), testing::ElementsAre(1, 2));
    EXPECT_THAT(found({{"oaa"}, {"absent"}}), testing::IsEmpty());
}

TEST_P(WordIndexTest, finds_whole_groups_of_words)
{
    keep(1, "oaa ra", "mesure", "trt 0001 suite");
    keep(2, "oaa ra", "trt 0002", "");
    keep(3, "oaa ra", "trt 00011", "");
    keep(4, "obb ra", "trt 0001", "");
    EXPECT_THAT(found({.scope = {"oaa"}, .words = {}, .any_words = {{"trt", "0001"}, {"trt", "0002"}}}), testing::ElementsAre(1, 2));
    EXPECT_THAT(found({.scope = {"oaa"}, .words = {"mes"}, .any_words = {{"trt", "0001"}}}), testing::ElementsAre(1));
    EXPECT_THAT(found({.scope = {"oaa"}, .words = {}, .any_words = {{"trt", "0003"}}}), testing::IsEmpty());
    EXPECT_THAT(found({.scope = {"oaa"}, .words = {}, .any_words = {{"oaa"}}}), testing::IsEmpty()) << "a word meets no token of scope";
}

TEST_P(WordIndexTest, a_typed_word_never_meets_a_token_of_scope)
{
    keep(1, "oaa rprocessings", "etat civil", "");
    EXPECT_THAT(found({{}, {"oaa"}}), testing::IsEmpty());
    EXPECT_THAT(found({{}, {"rprocess"}}), testing::IsEmpty());
    keep(2, "obb", "oaa", "");
    EXPECT_THAT(found({{"oaa"}, {}}), testing::ElementsAre(1));
}

TEST_P(WordIndexTest, follows_the_texts_and_takes_the_longest)
{
    keep(1, "oaa", "", "");
    EXPECT_THAT(found({{"oaa"}, {}}), testing::ElementsAre(1));
    std::string many;
    for (int i = 0; many.size() < 1'500'000; ++i) many += "mot" + std::to_string(i) + " ";
    ASSERT_TRUE(database->write([&](Session& session) -> Status {
        session.execute(SqlText{"UPDATE record_text SET title='ville', folded=?"}, indexable(many + std::string(5000, 'x')));
        return Nothing{};
    }).ok());
    EXPECT_THAT(found({{"oaa"}, {"mot77"}}), testing::ElementsAre(1));
    ASSERT_TRUE(database->write([&](Session& session) -> Status {
        session.execute(SqlText{"DELETE FROM record"});
        return Nothing{};
    }).ok());
    EXPECT_THAT(found({{"oaa"}, {}}), testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Engines, WordIndexTest, testing::ValuesIn(tested_engines()), engine_name);

}  // namespace
}  // namespace greffier::storage
