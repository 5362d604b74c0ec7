#include <set>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "core/id.hpp"
#include "core/time.hpp"

namespace greffier {

TEST(Id, a_fresh_uuid_is_version_7_with_the_time_in_front)
{
    auto const before = to_millis(SystemClock{}.now());
    auto const id = Uuid::make();
    auto const text = id.text();
    EXPECT_EQ(text[14], '7');
    EXPECT_NE(std::string("89ab").find(text[19]), std::string::npos);
    auto const millis = static_cast<std::int64_t>(std::stoull(id.hex().substr(0, 12), nullptr, 16));
    EXPECT_GE(millis, before);
    EXPECT_LT(millis, before + 60'000);
}

TEST(Id, ids_of_one_process_rise_even_within_a_millisecond)
{
    auto last = Uuid::make();
    for (int i = 0; i < 20'000; ++i) {
        auto const next = Uuid::make();
        ASSERT_LT(last, next);
        ASSERT_LT(last.text(), next.text());
        last = next;
    }
}

TEST(Id, two_threads_never_make_the_same_id)
{
    std::vector<Uuid> a(5000);
    std::vector<Uuid> b(5000);
    std::thread other([&] { for (auto& id : b) id = Uuid::make(); });
    for (auto& id : a) id = Uuid::make();
    other.join();
    std::set<Uuid> all(a.begin(), a.end());
    all.insert(b.begin(), b.end());
    EXPECT_EQ(all.size(), 10'000U);
}

TEST(Id, text_and_parse_are_inverse_in_any_case)
{
    auto const id = Uuid::make();
    EXPECT_EQ(Uuid::parse(id.text()), id);
    auto const known = Uuid::parse("0190F3A2-7C00-7ABC-8DEF-0123456789AB");
    ASSERT_TRUE(known);
    EXPECT_EQ(known->text(), "0190f3a2-7c00-7abc-8def-0123456789ab");
    EXPECT_EQ(known->hex(), "0190f3a27c007abc8def0123456789ab");
}

TEST(Id, anything_but_the_canonical_form_is_refused)
{
    for (auto const* text : {"", "0190f3a27c007abc8def0123456789ab", "{0190f3a2-7c00-7abc-8def-0123456789ab}", "0190f3a2-7c00-7abc-8def-0123456789a",
                             "0190f3a2-7c00-7abc-8def-0123456789ag", "0190f3a2-7c007-abc-8def-0123456789ab", "0190f3a2 7c00-7abc-8def-0123456789ab"}) {
        EXPECT_FALSE(Uuid::parse(text)) << text;
    }
}

}  // namespace greffier
