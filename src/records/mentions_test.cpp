#include "records/mentions.hpp"

#include <gtest/gtest.h>

namespace greffier::records {
namespace {

struct People {
    PersonId claire = PersonId::make(), claire_two = PersonId::make(), jean = PersonId::make(), oeuvre = PersonId::make();
    std::vector<Reader> readers{{claire, "Claire Delmas"}, {jean, "Jean-Pierre d’Arc"}, {oeuvre, "Hélène"}};
};

std::vector<PersonId> called(std::string_view text, std::vector<Reader> const& readers, std::vector<PersonId> const& chosen = {})
{
    std::vector<PersonId> all;
    for (auto const& mention : find_mentions(text, readers, chosen)) all.push_back(mention.person);
    return all;
}
using Ids = std::vector<PersonId>;

TEST(Mentions, a_name_is_found_whatever_its_case_accents_and_dashes)
{
    People people;
    EXPECT_EQ(called("@Claire Delmas, un avis ?", people.readers), Ids{people.claire});
    EXPECT_EQ(called("voir avec @claire delmas", people.readers), Ids{people.claire});
    EXPECT_EQ(called("(@helene)", people.readers), Ids{people.oeuvre});
    EXPECT_EQ(called("@Jean Pierre d'Arc et @CLAIRE DELMAS.", people.readers), (Ids{people.jean, people.claire}));
}

TEST(Mentions, part_of_a_name_an_address_and_a_longer_word_call_nobody)
{
    People people;
    EXPECT_TRUE(called("@Claire", people.readers).empty());
    EXPECT_TRUE(called("@Claire Delmasson", people.readers).empty());
    EXPECT_TRUE(called("helene@helene.example", people.readers).empty());
    EXPECT_TRUE(called("@\nHélène", people.readers).empty());
    EXPECT_TRUE(called("@", people.readers).empty());
    EXPECT_TRUE(called("@@@@", people.readers).empty());
}

TEST(Mentions, the_longest_name_wins_and_nobody_is_called_twice)
{
    People people;
    auto const longer = PersonId::make();
    people.readers.push_back({longer, "Hélène Roussel"});
    EXPECT_EQ(called("@Hélène Roussel", people.readers), Ids{longer});
    EXPECT_EQ(called("@Hélène puis @Hélène", people.readers), Ids{people.oeuvre});
}

TEST(Mentions, two_people_of_one_name_are_both_called_unless_one_was_chosen)
{
    People people;
    people.readers.push_back({people.claire_two, "claire delmas"});
    EXPECT_EQ(called("@Claire Delmas", people.readers).size(), 2u);
    EXPECT_EQ(called("@Claire Delmas", people.readers, {people.claire_two}), Ids{people.claire_two});
}

TEST(Mentions, the_name_as_typed_is_found_again_in_the_text)
{
    People people;
    std::string const text = "Bonjour @Claire  Delmas et @hélène.";
    auto const mentions = find_mentions(text, people.readers);
    auto const places = called_places(text, mentions);
    ASSERT_EQ(places.size(), 2u);
    EXPECT_EQ(text.substr(places[0].at, places[0].size), "@Claire  Delmas");
    EXPECT_EQ(text.substr(places[1].at, places[1].size), "@hélène");
}

TEST(Mentions, bytes_that_are_no_text_do_no_harm)
{
    People people;
    EXPECT_TRUE(called("@\xff\xfe@\x80", people.readers).empty());
}

}  // namespace
}  // namespace greffier::records
