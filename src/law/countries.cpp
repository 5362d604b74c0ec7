#include "law/countries.hpp"

#include <algorithm>
#include <unordered_map>

#include "core/locale.hpp"
#include "core/text.hpp"

namespace greffier::law {
namespace {

std::vector<Country> read_countries()
{
    auto const table = law_table("countries.csv");
    std::vector<Country> countries;
    for (std::size_t i = 0; i < table.size(); ++i) {
        Country country{table.at(i, "code"), table.at(i, "alpha3"), table.at(i, "kind") == "organisation", {}, table.at(i, "note"), {}};
        if (auto const from = table.date_at(i, "eea_from")) country.eea = Validity{from, table.date_at(i, "eea_to")};
        for (auto const& alias : split(table.at(i, "aliases"), '|'))
            if (!alias.empty()) country.aliases.push_back(alias);
        countries.push_back(std::move(country));
    }
    return countries;
}

std::vector<Adequacy> read_adequacy()
{
    auto const table = law_table("adequacy.csv");
    std::vector<Adequacy> decisions;
    for (std::size_t i = 0; i < table.size(); ++i)
        decisions.push_back({table.at(i, "country"), table.at(i, "decision"), {table.date_at(i, "valid_from"), table.date_at(i, "valid_to")},
                             table.at(i, "partial") == "yes", table.at(i, "condition"), table.at(i, "flag"), table.at(i, "scope_fr"), table.at(i, "scope_en"),
                             table.at(i, "source"), table.at(i, "verified") == "V", table.date_at(i, "checked_on")});
    return decisions;
}

// "Îles FÉROÉ" and "iles-feroe" are one key; the article in front is left out.
std::string key_of(std::string_view name)
{
    auto parts = words(name);
    static constexpr std::string_view articles[] = {"le", "la", "les", "l", "the"};
    if (parts.size() > 1 && std::ranges::find(articles, parts.front()) != std::end(articles)) parts.erase(parts.begin());
    return join(parts, " ");
}

using Names = std::unordered_map<std::string, std::string>;

// Our own aliases come first: they win over a name that means two countries ("Congo").
Names index_names()
{
    Names names;
    Locale const french(Language::French);
    Locale const english(Language::English);
    for (auto const& country : countries()) {
        for (auto const& alias : country.aliases) names.emplace(key_of(alias), country.code);
        names.emplace(key_of(country.code), country.code);
        if (!country.alpha3.empty()) names.emplace(key_of(country.alpha3), country.code);
    }
    for (auto const& country : countries()) {
        if (country.organisation) continue;
        for (auto const* locale : {&french, &english})
            if (auto key = key_of(locale->country(country.code)); !key.empty()) names.emplace(std::move(key), country.code);
    }
    return names;
}

}  // namespace

std::span<Country const> countries()
{
    static auto const all = read_countries();
    return all;
}

Country const* find_country(std::string_view code)
{
    auto const all = countries();
    auto const found = std::ranges::find(all, code, &Country::code);
    return found == all.end() ? nullptr : &*found;
}

bool is_eea(std::string_view code, Date day)
{
    auto const* country = find_country(code);
    return country && country->eea && country->eea->holds(day);
}

std::span<Adequacy const> adequacy_decisions()
{
    static auto const all = read_adequacy();
    return all;
}

Adequacy const* adequacy(std::string_view code, Date day)
{
    for (auto const& decision : adequacy_decisions())
        if (decision.country == code && decision.validity.holds(day)) return &decision;
    return nullptr;
}

bool is_third_country(std::string_view code, Date day)
{
    auto const* country = find_country(code);
    return !is_eea(code, day) && !(country && country->note == "french_oct");
}

Adequacy const* lost_adequacy(std::string_view code, Date day)
{
    if (adequacy(code, day)) return nullptr;
    Adequacy const* last = nullptr;
    for (auto const& decision : adequacy_decisions())
        if (decision.country == code && decision.validity.to && *decision.validity.to < day && (!last || *last->validity.to < *decision.validity.to)) last = &decision;
    return last;
}

std::optional<std::string> country_from_name(std::string_view name)
{
    static auto const names = index_names();
    auto const found = names.find(key_of(name));
    if (found == names.end()) return std::nullopt;
    return found->second;
}

}  // namespace greffier::law
