#include "registers/responsibility/outside.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace greffier::responsibility {
namespace {

Date const today{std::chrono::year{2026} / 6 / 15};

Held own(std::string name, std::optional<Shipped> in_place_of, bool unlisted = false)
{
    Held one;
    one.role.role = std::move(name);
    one.role.nature = Nature::Authority;
    one.role.in_place_of = in_place_of;
    one.role.unlisted = unlisted;
    return one;
}

TEST(OutsideContacts, can_each_be_corrected_for_each_has_its_code)
{
    for (auto const* one : law::authorities(today)) EXPECT_TRUE(choices_of(Shipped{}).find(one->id)) << one->id;
}

TEST(OutsideContacts, are_those_shipped_until_the_organisation_says_otherwise)
{
    auto const shipped = law::authorities(today);
    Held mayor;
    mayor.role.nature = Nature::Internal;
    mayor.role.in_place_of = Shipped::Cnil;   // an answer left from before the nature was changed
    auto const contacts = outside_contacts(shipped, std::span{&mayor, 1});
    ASSERT_EQ(contacts.listed.size(), shipped.size());
    EXPECT_TRUE(std::ranges::all_of(contacts.listed, [](Outside const& one) { return !one.own; }));
    EXPECT_TRUE(contacts.hidden.empty());
}

TEST(OutsideContacts, are_corrected_in_their_place_added_at_the_end_and_hidden_apart)
{
    auto const shipped = law::authorities(today);
    std::vector<Held> const roles{own("Préfecture", {}), own("CNIL, délégués", Shipped::Cnil), own("Police", Shipped::Police, true), own("CSIRT quitté", {}, true)};
    auto const contacts = outside_contacts(shipped, roles);
    ASSERT_EQ(contacts.listed.size(), shipped.size());
    EXPECT_EQ(contacts.listed.front().own, &roles[1]);
    EXPECT_EQ(contacts.listed.front().shipped->id, "cnil");
    EXPECT_EQ(contacts.listed.back().own, &roles[0]);
    ASSERT_EQ(contacts.hidden.size(), 2u);
    EXPECT_EQ(contacts.hidden[0].shipped->id, "police");
    EXPECT_EQ(contacts.hidden[1].own, &roles[3]);
}

TEST(OutsideContacts, show_a_correction_even_where_another_record_hides)
{
    auto const shipped = law::authorities(today);
    std::vector<Held> const roles{own("CNIL", Shipped::Cnil, true), own("CNIL corrigée", Shipped::Cnil)};
    auto const contacts = outside_contacts(shipped, roles);
    EXPECT_EQ(contacts.listed.front().own, &roles[1]);
    EXPECT_TRUE(contacts.hidden.empty());
}

}  // namespace
}  // namespace greffier::responsibility
