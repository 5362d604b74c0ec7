#include "app/demo/variations.hpp"

#include <array>

#include "core/text.hpp"
#include "registers/processing/processing.hpp"
#include "registers/profile/profile.hpp"

namespace greffier::app::demo {

namespace {

constexpr std::array beginnings = std::to_array<std::string_view>({"Aub", "Brén", "Cast", "Dorn", "Esc", "Faur", "Gran", "Haud", "Larr", "Mor", "Nér", "Orv", "Plan", "Quint", "Roch", "Serv", "Torr", "Vaud"});
constexpr std::array middles = std::to_array<std::string_view>({"ac", "elle", "ignac", "ondes", "ères", "oux", "eville", "emont", "ecourt", "enges"});
constexpr std::array endings = std::to_array<std::string_view>({"", "-le-Haut", "-le-Bas", "-les-Bois", "-la-Rivière", "-du-Lac"});
constexpr std::array places = std::to_array<std::string_view>({
    "école des Tilleuls", "annexe du Pont-Neuf", "maison des Peupliers", "quartier de la Gare", "site des Remparts", "école du Vieux-Moulin", "maison de la Fontaine",
    "antenne du Marché", "site de la Butte", "quartier des Vergers", "école Jeanne-Bertin", "maison des Lavoirs", "antenne du Port", "site de l’Ancienne Forge",
    "quartier du Belvédère", "école des Hirondelles", "maison du Parc", "antenne des Coteaux", "site du Champ-Rond", "quartier Saint-Elme", "école de la Source",
    "maison des Saules", "antenne du Vallon", "site des Trois-Chemins", "quartier de l’Écluse", "école des Cèdres", "maison du Verger", "antenne de la Place",
    "site du Grand-Pré", "quartier des Jardins", "école du Levant", "maison des Chênes", "antenne du Canal", "site de la Chapelle", "quartier du Moulin", "école des Érables"});

std::string_view status_of(Dice& dice)
{
    auto const drawn = dice.below(100);
    return drawn < 55 ? "production" : drawn < 70 ? "validated" : drawn < 80 ? "to_validate" : drawn < 95 ? "draft" : drawn < 98 ? "suspended" : "archived";
}

}  // namespace

std::uint64_t Dice::next()
{
    auto z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

ModelOrganisation varied_organisation(std::uint64_t seed, std::int64_t number, ModelOrganisation const& like)
{
    constexpr auto names = static_cast<std::int64_t>(beginnings.size() * middles.size() * endings.size());
    // A stride that shares no factor with the number of names visits each once before any comes back.
    auto const drawn = static_cast<std::size_t>((number * 487 + static_cast<std::int64_t>(seed % names)) % names);
    auto name = std::string{beginnings[drawn % beginnings.size()]} + std::string{middles[drawn / beginnings.size() % middles.size()]} +
                std::string{endings[drawn / beginnings.size() / middles.size()]};
    if (number >= names) name += " " + std::to_string(number / names + 1);
    ModelOrganisation organisation;
    organisation.slug = make_slug(name);
    organisation.name = "Commune de " + name;
    organisation.kind = "commune";
    organisation.parent = like.parent;
    organisation.zone = like.zone;
    organisation.language = like.language;
    auto const& info = profile::profile_schema().info();
    organisation.profile = like.profile;
    auto put = [&](std::string_view field, schema::Value value) { schema::set(info, organisation.profile, field, std::move(value)); };
    put("name", organisation.name);
    put("kind", organisation.kind);
    put("city", name);
    put("email", "mairie@" + organisation.slug + ".example");
    put("rights_contact", "donnees@" + organisation.slug + ".example");
    put("website", "https://www." + organisation.slug + ".example");
    for (auto const* field : {"siren", "siret", "phone"}) put(field, {});
    put("headcount", Dice(seed + static_cast<std::uint64_t>(number)).below(240) + 4);
    return organisation;
}

Variation varied_processing(std::uint64_t seed, std::int64_t number, schema::Row const& like, Timestamp when, Date today)
{
    Dice dice(seed * 1'000'003 + static_cast<std::uint64_t>(number));
    auto const& info = processing::processing_schema().info();
    Variation variation{when, std::string{status_of(dice)}, like};
    auto put = [&](std::string_view field, schema::Value value) { schema::set(info, variation.row, field, std::move(value)); };
    auto const round = number / static_cast<std::int64_t>(places.size());
    auto place = std::string{places[static_cast<std::size_t>(number) % places.size()]};
    if (round > 0) place += " " + std::to_string(round + 1);
    put("name", schema::text_of(info, like, "name") + " – " + place);
    put("people_count", dice.below(4000) + 10);
    auto const written = local_date(when, "Europe/Paris");
    put("start_date", add_days(written, -static_cast<int>(dice.below(900)) - 30));
    auto const settled = variation.status == "production" || variation.status == "validated" || variation.status == "suspended";
    put("validated_on", settled ? schema::Value{written} : schema::Value{});
    put("dpo_advice_date", settled ? schema::Value{add_days(written, -3)} : schema::Value{});
    put("last_review", settled ? schema::Value{written} : schema::Value{});
    put("next_review", settled ? schema::Value{add_days(today, static_cast<int>(dice.below(500)) - 120)} : schema::Value{});
    // A register is never perfect: some records lack what others say.
    if (dice.once_in(8)) put("measures", {});
    if (dice.once_in(9)) put("recipients", {});
    if (dice.once_in(12)) put("information_method", {});
    if (dice.once_in(15)) put("owner", {});
    return variation;
}

}  // namespace greffier::app::demo
