#include "registers/responsibility/matrix.hpp"

#include <gtest/gtest.h>

namespace greffier::responsibility {
namespace {

using namespace std::chrono_literals;

Responsibility role(char const* name, std::vector<std::pair<char const*, Part>> parts)
{
    Responsibility one;
    one.role = name;
    for (auto const& [workstream, part] : parts) one.shares.push_back({.workstream = {workstream}, .part = part});
    return one;
}

constexpr Date today{2026y / 6 / 15};

TEST(Matrix, wants_exactly_one_who_answers_and_somebody_who_does)
{
    Matrix matrix;
    matrix.add(role("Maire", {{"breaches", Part::Accountable}, {"security", Part::Accountable}, {"rights", Part::Accountable}}), today);
    matrix.add(role("Informatique", {{"breaches", Part::Responsible}, {"security", Part::Accountable}}), today);
    EXPECT_EQ(matrix.gap("breaches"), Gap::None);
    EXPECT_EQ(matrix.gap("security"), Gap::SeveralAnswer);
    EXPECT_EQ(matrix.gap("rights"), Gap::NobodyDoes);
    EXPECT_EQ(matrix.gap("dpia"), Gap::NobodyAnswers);
}

TEST(Matrix, leaves_out_a_role_whose_end_has_come)
{
    auto gone = role("Ancien référent", {{"breaches", Part::Accountable}});
    gone.until = Date{2026y / 6 / 14};
    Matrix matrix;
    matrix.add(gone, today);
    EXPECT_TRUE(matrix.roles().empty());
}

TEST(Matrix, writes_the_letters_of_a_role_in_their_order)
{
    Matrix matrix;
    matrix.add(role("Direction", {{"governance", Part::Accountable}, {"governance", Part::Responsible}, {"governance", Part::Accountable}}), today);
    EXPECT_EQ(Matrix::letters(matrix.roles().front(), "governance"), "R A");
    EXPECT_EQ(Matrix::letters(matrix.roles().front(), "audits"), "");
}

}  // namespace
}  // namespace greffier::responsibility
