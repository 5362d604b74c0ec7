#include "web/form_parser.hpp"

#include <gtest/gtest.h>

namespace greffier::web {
namespace {

std::pair<BodyProblem, Pairs> parse(std::string_view text, std::size_t cut = std::string_view::npos, FormLimits limits = {})
{
    Pairs pairs;
    FormParser parser(pairs, limits);
    parser.put(text.substr(0, cut));
    if (cut != text.npos) parser.put(text.substr(cut));
    auto problem = parser.finish();
    return {problem, std::move(pairs)};
}

TEST(FormParser, reads_the_same_wherever_the_text_is_cut)
{
    std::string_view text = "nom=Mairie+d%27%C3%89tampes&a=1&a=2&&vide=&seul&x=a%3Db=c%0D%0Ad&";
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        auto [problem, pairs] = parse(text, cut);
        ASSERT_EQ(problem, BodyProblem::None) << cut;
        ASSERT_EQ(pairs.size(), 6U) << cut;
        EXPECT_EQ(pairs.get("nom"), "Mairie d'Étampes");
        EXPECT_EQ(pairs.all("a"), (std::vector<std::string>{"1", "2"}));
        EXPECT_TRUE(pairs.has("vide"));
        EXPECT_TRUE(pairs.has("seul"));
        EXPECT_EQ(pairs.get("x"), "a=b=c\r\nd");
    }
}

TEST(FormParser, refuses_broken_escapes_nul_and_text_that_is_not_utf8)
{
    for (auto text : {"a=%", "a=%4", "a=%zz", "a=%4g", "%=1", "a=%00", "a=%FF", "a=%C3", "%ED%A0%80=1", "a=%C0%AF", "a=%&b=1"})
        EXPECT_EQ(parse(text).first, BodyProblem::Malformed) << text;
    EXPECT_EQ(parse(std::string_view("a=\0", 3)).first, BodyProblem::Malformed);
}

TEST(FormParser, holds_to_its_limits)
{
    EXPECT_EQ(parse("a&b&c", std::string_view::npos, {100, 2, 10}).first, BodyProblem::TooLarge);
    EXPECT_EQ(parse("a&b", std::string_view::npos, {100, 2, 10}).first, BodyProblem::None);
    EXPECT_EQ(parse("aaaaaaaaaaa=1", std::string_view::npos, {100, 2, 10}).first, BodyProblem::TooLarge);
    EXPECT_EQ(parse("a=" + std::string(100, 'x'), std::string_view::npos, {100, 2, 10}).first, BodyProblem::TooLarge);
}

TEST(FormParser, stays_spent_after_a_problem)
{
    Pairs pairs;
    FormParser parser(pairs, {});
    EXPECT_EQ(parser.put("a=%zz"), BodyProblem::Malformed);
    EXPECT_EQ(parser.put("&b=1"), BodyProblem::Malformed);
    EXPECT_EQ(parser.finish(), BodyProblem::Malformed);
    EXPECT_TRUE(pairs.empty());
}

}  // namespace
}  // namespace greffier::web
