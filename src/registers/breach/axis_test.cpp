#include "registers/breach/axis.hpp"

#include <gtest/gtest.h>

#include "law/cases.hpp"
#include "registers/breach/words.hpp"

namespace greffier::breach {
namespace {

Locale const french{Language::French};
law::Place const paris;
Timestamp at(char const* text) { return *parse_timestamp(text); }
/// Saturday 14 March 2026, 22:35 in Paris; the strict end is Tuesday 22:35, the legal one 23:00.
auto const clock_of_march = law::breach_notification(at("2026-03-14T21:35:00Z"), paris);

std::string axis(AxisMark mark, std::vector<Moment> const& moments = {})
{
    web::Html out;
    write_axis(out, clock_of_march, mark, moments, french);
    return out.text();
}

bool has(std::string const& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Axis, says_in_a_sentence_what_it_draws)
{
    auto const picture = axis({at("2026-03-17T08:40:00Z")});
    EXPECT_TRUE(has(picture, "samedi 14 mars 2026 à 22\u00a0h\u00a035")) << picture;
    EXPECT_TRUE(has(picture, "mardi 17 mars 2026 à 22\u00a0h\u00a035"));
    EXPECT_TRUE(has(picture, span_words(std::chrono::minutes{59 * 60 + 5}, french))) << picture;
}

TEST(Axis, puts_the_mark_where_the_hours_are)
{
    // 36 h 12 min of 72 h 25 min: the middle of the line.
    EXPECT_TRUE(has(axis({at("2026-03-16T09:47:30Z")}), "<circle class=\"now\" cx=\"390\""));
    EXPECT_TRUE(has(axis({at("2026-03-14T21:35:00Z")}), "<circle class=\"now\" cx=\"40\""));
    // Before the event is on the line's first point, not off the page.
    EXPECT_TRUE(has(axis({at("2026-03-14T08:00:00Z")}), "<circle class=\"now\" cx=\"40\""));
}

TEST(Axis, is_drawn_out_to_a_mark_behind_the_limit)
{
    auto const late = axis({at("2026-03-18T21:35:00Z"), true});
    EXPECT_TRUE(has(late, "<circle class=\"now\" cx=\"740\""));
    EXPECT_TRUE(has(late, "<line class=\"end\" x1=\"565\"")) << "72 of 96 hours: " << late;
}

TEST(Axis, keeps_hours_from_standing_under_the_mark)
{
    EXPECT_TRUE(has(axis({at("2026-03-15T10:00:00Z")}), ">48\u00a0h</text>"));
    EXPECT_FALSE(has(axis({at("2026-03-17T03:35:00Z")}), ">48\u00a0h</text>"));
}

TEST(Axis, shows_what_happened_between_and_nothing_else)
{
    Moment before{.at = at("2026-03-14T17:02:00Z"), .title = "Envoi"}, between{.at = at("2026-03-15T09:00:00Z"), .title = "Réunion"},
        ahead{.at = at("2026-03-17T21:35:00Z"), .ahead = true, .title = "À venir"}, by_day{.at = at("2026-03-16T00:00:00Z"), .day_only = true, .title = "Un jour"};
    auto const picture = axis({at("2026-03-17T08:40:00Z")}, {before, between, by_day, ahead});
    auto const first = picture.find("<circle class=\"ev\"");
    ASSERT_NE(first, std::string::npos);
    EXPECT_EQ(picture.find("<circle class=\"ev\"", first + 1), std::string::npos);
}

}  // namespace
}  // namespace greffier::breach
