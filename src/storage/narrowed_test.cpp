#include "storage/narrowed.hpp"

#include <gtest/gtest.h>

#include <array>

#include "storage/test_database.hpp"

namespace greffier::storage {
namespace {

constexpr std::array mine{0};
constexpr std::array screens{Screen{"person", SqlText{"(SELECT s.* FROM person s WHERE s.id=?)"}, mine}};

TEST(Narrowed, each_mention_of_the_table_is_read_through_its_screen)
{
    auto const& text = narrowed(SqlText{"SELECT p.name FROM person p JOIN membership m ON m.person_id=p.id WHERE m.role=? AND EXISTS (SELECT 1 FROM person WHERE name=?)"}, screens);
    EXPECT_EQ(text.sql.sqlite(), "SELECT p.name FROM (SELECT s.* FROM person s WHERE s.id=?) p JOIN membership m ON m.person_id=p.id WHERE m.role=? AND EXISTS "
                                 "(SELECT 1 FROM (SELECT s.* FROM person s WHERE s.id=?) AS person WHERE name=?)");
    ASSERT_EQ(text.sqlite.size(), 2U);
    EXPECT_EQ(text.sqlite[0].before, 0U);
    EXPECT_EQ(text.sqlite[1].before, 1U);
}

TEST(Narrowed, a_name_that_only_begins_alike_a_column_and_a_text_stay)
{
    constexpr SqlText same{"SELECT person FROM person_of x WHERE person='FROM person'"};
    EXPECT_EQ(narrowed(same, screens).sql.sqlite(), same.sqlite());
}

TEST(Narrowed, a_statement_is_rewritten_once)
{
    constexpr SqlText sql{"SELECT name FROM person"};
    EXPECT_EQ(narrowed(sql, screens).sql.sqlite().data(), narrowed(sql, screens).sql.sqlite().data());
}

class NarrowedTest : public ::testing::TestWithParam<Engine> {};

TEST_P(NarrowedTest, rows_behind_the_screen_are_not_there_and_are_not_written)
{
    TestDatabase database{GetParam()};
    auto const one = Uuid::make(), other = Uuid::make();
    ASSERT_TRUE(database->write([&](Session& session) -> Status {
        for (auto const& [id, name] : {std::pair{one, "un"}, std::pair{other, "deux"}})
            session.execute(SqlText{"INSERT INTO person(id, email, email_shown, name, created_at) VALUES(?,?,'',?,0)"}, id, name, name);
        return Nothing{};
    }).ok());
    auto lease = database->read();
    NarrowedSession seen{*lease, screens, {one}};
    auto rows = seen.query(SqlText{"SELECT name FROM person WHERE created_at=? ORDER BY name"}, 0);
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.text(0), "un");
    EXPECT_FALSE(rows.next());
    auto streamed = seen.stream(SqlText{"SELECT count(*) FROM person p LEFT JOIN person q ON q.id=p.id AND q.name=? WHERE p.name=?"}, "deux", "un");
    ASSERT_TRUE(streamed.next());
    EXPECT_EQ(streamed.integer(0), 1);
    EXPECT_THROW((void)seen.execute(SqlText{"DELETE FROM person"}), std::logic_error);
}

INSTANTIATE_TEST_SUITE_P(Engines, NarrowedTest, ::testing::ValuesIn(tested_engines()), engine_name);

}  // namespace
}  // namespace greffier::storage
