#include "law/duration_text.hpp"

#include <gtest/gtest.h>

namespace greffier::law {
namespace {

struct Case {
    char const* text;
    char const* iso;
    char const* start;
};

TEST(DurationText, reads_a_period_and_the_event_it_runs_from)
{
    Case const cases[] = {
        {"5 ans à compter du versement de la paie", "P5Y", "payment"},
        {"2 ans après le dernier contact", "P2Y", "last_contact"},
        {"3 mois", "P3M", ""},
        {"un an", "P1Y", ""},
        {"18 mois", "P18M", ""},
        {"10 ans à compter de la clôture de l'exercice", "P10Y", "year_end"},
        {"10 ans à compter de la clôture de l’exercice comptable.", "P10Y", "year_end"},
        {"30 jours", "P30D", ""},
        {"1 mois à compter de l'enregistrement", "P1M", "recording"},
        {"Trois ans à partir du dernier contact avec le prospect", "P3Y", "last_contact"},
        {"dix-huit mois", "P18M", ""},
        {"vingt ans après le dernier séjour", "P20Y", "last_stay"},
        {"5ans", "P5Y", ""},
        {"  5\u00a0ans  ", "P5Y", ""},
        {"Durée : 5 ans", "P5Y", ""},
        {"pendant 6 mois", "P6M", ""},
        {"2 ans maximum", "P2Y", ""},
        {"2 ans au maximum après le dernier contact", "P2Y", "last_contact"},
        {"5 ans après la fin du contrat de travail", "P5Y", "contract_end"},
        {"3 ans après la fin de la relation commerciale", "P3Y", "relation_end"},
        {"5 ans après le départ de l'agent", "P5Y", "departure"},
        {"1 an à compter de la fin de l'année scolaire", "P1Y", "school_year_end"},
        {"1 an à compter de la collecte", "P1Y", "collection"},
        {"6 mois après la clôture du dossier", "P6M", "closing"},
        {"2 mois après la clôture de la demande", "P2M", "request_end"},
        {"1 an après la décision définitive", "P1Y", "final_decision"},
        {"3 ans à compter de la signature", "P3Y", "other"},
        {"1 an et 6 mois", "P1Y6M", ""},
        {"2 semaines", "P2W", ""},
        {"5 years after the end of the contract", "P5Y", "contract_end"},
        {"three months from collection", "P3M", "collection"},
        {"P5Y", "P5Y", ""},
    };
    for (auto const& c : cases) {
        auto const read = parse_period(c.text);
        ASSERT_TRUE(read) << c.text;
        EXPECT_EQ(*read, (WrittenPeriod{c.iso, c.start})) << c.text;
    }
}

TEST(DurationText, says_nothing_when_the_text_leaves_doubt)
{
    char const* const texts[] = {
        "", " ", "5", "ans", "5 ans puis archivage", "durée du contrat + 5 ans", "durée du contrat plus 5 ans", "1 à 3 ans", "1-3 ans", "2,5 ans",
        "jusqu'à la fin du contrat", "illimitée", "durée légale", "5 ans ou 10 ans", "5 ans minimum", "au moins 5 ans", "environ 3 ans",
        "5 ans (10 ans pour les pièces comptables)", "5 ans renouvelables", "tous les 5 ans", "moins de 3 ans", "24 heures", "0 an", "3000 ans",
        "5 ans sauf contentieux", "5 ans après la fin du contrat ou le dernier contact", "5 ans à compter", "5 ans après 2 mois", "3e année",
        "5 ans après le départ puis archivage", "PY", "P", "P5", "5 ans en base active puis 10 ans en archive", "un", "5 ans / 10 ans",
        "6 mois après la fin du contrat sauf litige", "plus de 5 ans", "2 ans après trois relances",
    };
    for (auto const* text : texts) EXPECT_FALSE(parse_period(text)) << text;
}

}  // namespace
}  // namespace greffier::law
