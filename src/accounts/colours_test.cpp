#include "accounts/colours.hpp"

#include <gtest/gtest.h>

namespace greffier::accounts {
namespace {

TEST(Colours, are_read_as_people_write_them)
{
    EXPECT_EQ(to_text(*parse_colour("#0F4c5C")), "#0f4c5c");
    for (auto const* text : {"", "0f4c5c", "#0f4c5", "#0f4c5cc", "#0f4c5g", "red", "#0f4c5c;"}) EXPECT_FALSE(parse_colour(text)) << text;
}

TEST(Colours, contrast_is_that_of_wcag)
{
    EXPECT_NEAR(contrast({0, 0, 0}, {1, 1, 1}), 21, 0.001);
    EXPECT_NEAR(contrast(*parse_colour("#767676"), {1, 1, 1}), 4.54, 0.01);
    EXPECT_NEAR(contrast({0.5, 0.5, 0.5}, {0.5, 0.5, 0.5}), 1, 0.001);
}

/// The page is legible whatever somebody picks: each shade stands out from its ground and carries its writing.
TEST(Colours, whatever_is_wished_for_can_be_read)
{
    auto const white = *parse_colour("#ffffff"), sunken = *parse_colour("#f0eee8"), surface = *parse_colour("#182125"), writing = *parse_colour("#0c1416");
    for (int red = 0; red <= 255; red += 51)
        for (int green = 0; green <= 255; green += 51)
            for (int blue = 0; blue <= 255; blue += 51) {
                Colour const wish{red / 255.0, green / 255.0, blue / 255.0};
                auto const shades = shades_of(wish);
                for (auto const& ground : {white, sunken}) EXPECT_GE(contrast(shades.light, ground), 4.5) << to_text(wish);
                for (auto const& ground : {surface, writing}) EXPECT_GE(contrast(shades.dark, ground), 4.5) << to_text(wish);
            }
}

TEST(Colours, one_that_can_be_read_stays_as_it_is)
{
    auto const dark = shades_of(*parse_colour("#0f4c5c"));
    EXPECT_EQ(to_text(dark.light), "#0f4c5c");
    EXPECT_FALSE(dark.light_moved);
    EXPECT_TRUE(dark.dark_moved);
    auto const pale = shades_of(*parse_colour("#86c9d8"));
    EXPECT_EQ(to_text(pale.dark), "#86c9d8");
    EXPECT_TRUE(pale.light_moved);
}

}  // namespace
}  // namespace greffier::accounts
