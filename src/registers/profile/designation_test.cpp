#include "registers/profile/designation.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace greffier::profile {
namespace {

Locale const french(Language::French, "Europe/Paris");

Profile complete()
{
    Profile profile;
    profile.name = "Ville de Vire";
    profile.siren = "211407234";
    profile.address = "1 place du Marché";
    profile.postcode = "14500";
    profile.city = "Vire";
    profile.phone.value = "+33231662800";
    profile.email.value = "mairie@vire.example";
    profile.legal_representative.name = "Anne Hardy";
    profile.legal_representative.function = "Maire";
    profile.dpo.name = "Claire Delmas";
    profile.dpo.kind = DpoKind::Internal;
    profile.dpo.address = "1 place du Marché";
    profile.dpo.postcode = "14500";
    profile.dpo.city = "Vire";
    profile.dpo.phone.value = "+33231662801";
    profile.dpo.email.value = "dpo@vire.example";
    profile.dpo.designated_on = Date{std::chrono::year{2026} / 3 / 1};
    profile.dpo.published_contact = "dpo@vire.example";
    return profile;
}

std::vector<std::string> fields_missing(Profile const& profile)
{
    std::vector<std::string> fields;
    for (auto const& line : missing_of(designation_lines(profile, french))) fields.push_back(line.field);
    return fields;
}

TEST(Designation, lacks_nothing_when_the_profile_says_it_all)
{
    EXPECT_EQ(fields_missing(complete()), std::vector<std::string>{});
}

TEST(Designation, names_what_the_profile_does_not_say)
{
    auto profile = complete();
    profile.siren.clear();
    profile.dpo.published_contact.clear();
    EXPECT_EQ(fields_missing(profile), (std::vector<std::string>{"siren", "dpo.published_contact"}));
}

TEST(Designation, of_a_body_names_the_body_once_and_asks_for_the_company_of_an_external_person)
{
    auto profile = complete();
    profile.dpo.name.clear();
    profile.dpo.company = "Cabinet Lune";
    auto const lines = designation_lines(profile, french);
    EXPECT_EQ(std::ranges::count(lines, "Cabinet Lune", &DesignationLine::words), 1);
    EXPECT_EQ(fields_missing(profile), std::vector<std::string>{});
    auto external = complete();
    external.dpo.kind = DpoKind::External;
    EXPECT_EQ(fields_missing(external), std::vector<std::string>{"dpo.company"});
}

}  // namespace
}  // namespace greffier::profile
