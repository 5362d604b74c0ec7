#include "law/countries.hpp"

#include <set>

#include <gtest/gtest.h>

#include "core/locale.hpp"

namespace greffier::law {
namespace {

Date day(char const* text) { return *parse_date(text); }

// As the CNIL's workbook of 2019 writes them.
constexpr char const* workbook_names[] = {
    "Andorre", "Argentine", "Canada", "Etats-Unis", "Guernesey", "Ile de Man", "Iles FEROE", "Israël", "Jersey", "Nouvelle-Zélande",
    "Suisse", "Uruguay", "Afghanistan", "Afrique du Sud", "Albanie", "Algérie", "Angola", "Antigua-et-Barbuda", "Arabie saoudite",
    "Arménie", "Australie", "Azerbaïdjan", "Bahamas", "Bahreïn", "Bangladesh", "Barbade", "Belize", "Bénin", "Bermudes", "Bhoutan",
    "Biélorussie", "Birmanie", "Bolivie", "Bosnie-Herzégovine", "Botswana", "Brésil", "Brunei", "Burkina Faso", "Burundi", "Cambodge",
    "Cameroun", "Cap-Vert", "Chili", "Chine", "Colombie", "Comores", "Congo", "Corée du Nord", "Corée du Sud", "Costa Rica",
    "Côte d'Ivoire", "Cuba", "Djibouti", "Dominique", "Egypte", "Emirats arabes unis", "Equateur", "Erythrée", "Éthiopie", "Fidji",
    "Gabon", "Gambie", "Géorgie", "Ghana", "Gibraltar", "Grenade", "Groenland", "Guatemala", "Guinée", "Guinée équatoriale",
    "Guinée-Bissau", "Guyana", "Haïti", "Honduras", "Hong-Kong", "Inde", "Indonésie", "Iraq", "Iran", "Jamaïque", "Japon", "Jordanie",
    "Kazakhstan", "Kenya", "Kirghizstan", "Kiribati", "Kosovo", "Koweït", "Laos", "Lesotho", "Liban", "Liberia", "Libye", "Macédoine",
    "Madagascar", "Malaisie", "Malawi", "Maldives", "Mali", "Maroc", "Marshall", "Maurice", "Mauritanie", "Mexique", "Micronésie",
    "Moldavie", "Monaco", "Mongolie", "Monténégro", "Mozambique", "Namibie", "Nauru", "Népal", "Nicaragua", "Niger", "Nigeria", "Oman",
    "Ouganda", "Ouzbékistan", "Pakistan", "Palaos", "Palestine", "Panama", "Papouasie-Nouvelle-Guinée", "Paraguay", "Pérou", "Philippines",
    "Porto Rico", "Qatar", "Rép. dém. du Congo", "République Centrafricaine", "République Dominicaine", "Russie", "Rwanda",
    "Sahara Occidental", "Saint-Christophe-et-Niévès", "Sainte-Lucie", "Saint-Marin", "Saint-Vincent-et-les Grenadines", "Salomon",
    "Salvador", "Samoa", "Sao Tomé-et-Principe", "Sénégal", "Serbie", "Seychelles", "Sierra Leone", "Singapour", "Somalie", "Soudan",
    "Soudan du Sud", "Sri Lanka", "Suriname", "Swaziland", "Syrie", "Tadjikistan", "Taiwan", "Tanzanie", "Tchad", "Thaïlande",
    "Timor oriental", "Togo", "Tonga", "Trinité-et-Tobago", "Tunisie", "Turkménistan", "Turquie", "Tuvalu", "Ukraine", "Vanuatu",
    "Venezuela", "Viêt Nam", "Yémen", "Zambie", "Zimbabwe",
};

TEST(Countries, recognise_every_name_of_the_workbook_and_no_country_twice)
{
    std::set<std::string> codes;
    for (auto const* name : workbook_names) {
        auto const code = country_from_name(name);
        ASSERT_TRUE(code) << name;
        EXPECT_TRUE(codes.insert(*code).second) << name << " is read as " << *code << ", which another name gave";
        EXPECT_FALSE(is_eea(*code, day("2026-01-01"))) << name;
    }
    EXPECT_EQ(codes.size(), 175U);
}

TEST(Countries, recognise_names_whatever_their_writing)
{
    struct Case { char const* name; char const* code; } const cases[] = {
        {"Andorre", "AD"}, {"Etats-Unis", "US"}, {"ÉTATS UNIS", "US"}, {"les États-Unis d\u2019Amérique", "US"}, {"USA", "US"}, {"us", "US"},
        {"Ile de Man", "IM"}, {"Île de Man", "IM"}, {"Iles FEROE", "FO"}, {"Îles Féroé", "FO"}, {"Birmanie", "MM"}, {"Swaziland", "SZ"},
        {"Viêt Nam", "VN"}, {"Vietnam", "VN"}, {"Congo", "CG"}, {"Rép. dém. du Congo", "CD"}, {"Marshall", "MH"}, {"Salomon", "SB"},
        {"Maurice", "MU"}, {"Dominique", "DM"}, {"République Dominicaine", "DO"}, {"Guinée", "GN"}, {"Guinée équatoriale", "GQ"}, {"Niger", "NE"},
        {"Nigeria", "NG"}, {"Samoa", "WS"}, {"Grenade", "GD"}, {"Soudan du Sud", "SS"}, {"Corée du Sud", "KR"}, {"Kosovo", "XK"}, {"France", "FR"},
        {"FRA", "FR"}, {"Allemagne", "DE"}, {"Germany", "DE"}, {"United Kingdom", "GB"}, {"UK", "GB"}, {"Royaume-Uni", "GB"},
        {"Organisation européenne des brevets", "EPO"}, {"EPO", "EPO"}, {" japon ", "JP"}, {"Macédoine", "MK"}, {"Hong-Kong", "HK"},
    };
    for (auto const& c : cases) EXPECT_EQ(country_from_name(c.name), c.code) << c.name;
    for (auto const* name : {"", "Atlantide", "Sélectionnez un élément dans cette liste déroulante ►", "Union européenne", "-"})
        EXPECT_FALSE(country_from_name(name)) << name;
}

TEST(Countries, are_all_of_iso_3166_with_names_in_both_languages)
{
    EXPECT_EQ(countries().size(), 249U + 2U);   // Kosovo and the European Patent Organisation besides
    for (auto const& country : countries()) {
        if (country.organisation) continue;
        for (auto const language : {Language::French, Language::English}) {
            auto const name = Locale(language).country(country.code);
            EXPECT_FALSE(name.empty() || name == country.code) << country.code;
            EXPECT_TRUE(country_from_name(name)) << name;
        }
    }
}

TEST(Countries, belong_to_the_european_economic_area_by_date)
{
    int members = 0;
    for (auto const* code : {"AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT",
                             "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "IS", "LI", "NO"})
        members += is_eea(code, day("2026-01-01"));
    EXPECT_EQ(members, 30);
    for (auto const* code : {"GP", "MQ", "GF", "RE", "YT", "MF"}) EXPECT_TRUE(is_eea(code, day("2026-01-01"))) << code;
    for (auto const* code : {"CH", "GB", "US", "PF", "NC", "EPO", "ZZ", ""}) EXPECT_FALSE(is_eea(code, day("2026-01-01"))) << code;
    EXPECT_TRUE(is_eea("GB", day("2020-12-31")));
    EXPECT_FALSE(is_eea("GB", day("2021-01-01")));
    EXPECT_FALSE(is_eea("HR", day("2013-06-30")));
    EXPECT_EQ(find_country("PF")->note, "french_oct");
}

TEST(Adequacy, holds_between_its_dates_only)
{
    auto const decision = [](char const* code, char const* on) {
        auto const* found = adequacy(code, day(on));
        return found ? found->decision : std::string("none");
    };
    EXPECT_EQ(decision("US", "2019-05-01"), "(EU) 2016/1250");
    EXPECT_EQ(decision("US", "2020-07-15"), "(EU) 2016/1250");
    EXPECT_EQ(decision("US", "2020-07-16"), "none") << "the judgment C-311/18 was given that day";
    EXPECT_EQ(decision("US", "2023-07-10"), "(EU) 2023/1795");
    EXPECT_EQ(decision("JP", "2019-01-22"), "none");
    EXPECT_EQ(decision("JP", "2019-01-23"), "(EU) 2019/419");
    EXPECT_EQ(decision("GB", "2031-12-27"), "(EU) 2021/1772");
    EXPECT_EQ(decision("GB", "2031-12-28"), "none");
    EXPECT_EQ(decision("FR", "2026-01-01"), "none");
    EXPECT_NE(adequacy("EPO", day("2025-07-15")), nullptr);
    EXPECT_EQ(adequacy("BR", day("2026-01-25")), nullptr);
    EXPECT_NE(adequacy("BR", day("2026-02-01")), nullptr);
}

TEST(Adequacy, says_when_it_holds_for_some_recipients_only)
{
    for (auto const* code : {"US", "CA", "JP", "KR", "IL"}) {
        auto const* found = adequacy(code, day("2026-01-01"));
        ASSERT_NE(found, nullptr) << code;
        EXPECT_TRUE(found->partial && !found->scope_fr.empty() && !found->scope_en.empty()) << code;
    }
    EXPECT_EQ(adequacy("US", day("2026-01-01"))->flag, "fragile");
    EXPECT_FALSE(adequacy("CH", day("2026-01-01"))->partial);
}

TEST(Adequacy, names_known_countries_a_source_and_never_two_decisions_for_a_day)
{
    for (auto const& decision : adequacy_decisions()) {
        EXPECT_NE(find_country(decision.country), nullptr) << decision.country;
        EXPECT_FALSE(decision.source.empty()) << decision.country;
        EXPECT_EQ(adequacy(decision.country, *decision.validity.from), &decision) << decision.country << ' ' << decision.decision;
    }
}

TEST(Adequacy, says_what_to_check_of_the_recipient_of_a_partial_decision)
{
    for (auto const& decision : adequacy_decisions()) EXPECT_EQ(decision.condition.empty(), !decision.partial) << decision.country << ' ' << decision.decision;
    EXPECT_EQ(adequacy("US", day("2026-01-01"))->condition, "dpf");
    EXPECT_EQ(adequacy("CA", day("2026-01-01"))->condition, "pipeda");
}

TEST(Adequacy, remembers_the_decision_that_was_lost)
{
    EXPECT_EQ(lost_adequacy("US", day("2020-07-15")), nullptr) << "it still holds";
    ASSERT_NE(lost_adequacy("US", day("2020-07-16")), nullptr);
    EXPECT_EQ(lost_adequacy("US", day("2020-07-16"))->decision, "(EU) 2016/1250");
    EXPECT_EQ(lost_adequacy("US", day("2016-01-01"))->decision, "2000/520/EC");
    EXPECT_EQ(lost_adequacy("IN", day("2026-01-01")), nullptr);
    EXPECT_EQ(lost_adequacy("GB", day("2031-12-28"))->validity.to, day("2031-12-27"));
}

TEST(Countries, tell_what_chapter_five_is_about)
{
    EXPECT_TRUE(is_third_country("US", day("2026-01-01")));
    EXPECT_TRUE(is_third_country("EPO", day("2026-01-01")));
    EXPECT_FALSE(is_third_country("LI", day("2026-01-01")));
    EXPECT_FALSE(is_third_country("NC", day("2026-01-01"))) << "the French act extends the regime";
}

}  // namespace
}  // namespace greffier::law
