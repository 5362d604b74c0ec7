#include "law/duration_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <vector>

#include "core/text.hpp"

namespace greffier::law {
namespace {

using Words = std::vector<std::string>;
using Left = std::span<std::string const>;

template <class T>
struct Entry {
    std::string_view word;
    T value;
};

constexpr std::array numbers = std::to_array<Entry<int>>({
    {"un", 1}, {"une", 1}, {"deux", 2}, {"trois", 3}, {"quatre", 4}, {"cinq", 5}, {"six", 6}, {"sept", 7}, {"huit", 8}, {"neuf", 9}, {"dix", 10},
    {"onze", 11}, {"douze", 12}, {"treize", 13}, {"quinze", 15}, {"vingt", 20}, {"trente", 30}, {"quarante", 40}, {"cinquante", 50}, {"cent", 100},
    {"one", 1}, {"two", 2}, {"three", 3}, {"four", 4}, {"five", 5}, {"seven", 7}, {"eight", 8}, {"nine", 9}, {"ten", 10}, {"twelve", 12},
});
constexpr std::array units = std::to_array<Entry<char>>({
    {"an", 'Y'}, {"ans", 'Y'}, {"annee", 'Y'}, {"annees", 'Y'}, {"year", 'Y'}, {"years", 'Y'}, {"mois", 'M'}, {"month", 'M'}, {"months", 'M'},
    {"semaine", 'W'}, {"semaines", 'W'}, {"week", 'W'}, {"weeks", 'W'}, {"jour", 'D'}, {"jours", 'D'}, {"day", 'D'}, {"days", 'D'},
});

// Words that may stand before the figure without changing it.
constexpr std::array<std::string_view, 14> lead_words{"pendant", "durant", "duree", "de", "conservation", "delai", "conserve", "conservee", "conserves",
                                                      "conservees", "donnees", "la", "for", "period"};
constexpr std::array<std::string_view, 4> at_most{"maximum", "max", "maximale", "plus"};

// What joins the figure to the event it runs from; longest first.
constexpr std::array<std::string_view, 13> connectives{"a compter", "a partir", "a l issue", "a l expiration", "suivant", "suivants", "apres", "depuis",
                                                       "after", "from", "following", "since", "starting from"};
constexpr std::array<std::string_view, 20> small_words{"le", "la", "les", "l", "de", "du", "des", "d", "un", "une", "son", "sa", "leur", "ce", "cette",
                                                       "the", "of", "an", "a", "au"};
// Any of these makes the sentence say more than one period, or less than one.
constexpr std::array<std::string_view, 27> doubts{"puis", "ou", "et", "sauf", "sinon", "si", "jusqu", "jusque", "plus", "moins", "environ", "minimum", "min",
                                                  "selon", "voire", "entre", "renouvelable", "or", "and", "then", "until", "unless", "about", "least",
                                                  "non", "pas", "except"};

// Events by the words that begin them once small words are left out; longest first within a family.
constexpr std::array events = std::to_array<Entry<std::string_view>>({
    {"fin annee scolaire", "school_year_end"}, {"end school year", "school_year_end"},
    {"fin annee", "year_end"}, {"fin exercice", "year_end"}, {"cloture exercice", "year_end"}, {"cloture comptes", "year_end"}, {"end year", "year_end"},
    {"end financial year", "year_end"},
    {"cloture demande", "request_end"}, {"traitement demande", "request_end"}, {"reponse demande", "request_end"}, {"fin demande", "request_end"},
    {"fin relation", "relation_end"}, {"fin relations", "relation_end"}, {"fin adhesion", "relation_end"}, {"end relationship", "relation_end"},
    {"fin contrat", "contract_end"}, {"resiliation contrat", "contract_end"}, {"rupture contrat", "contract_end"}, {"terme contrat", "contract_end"},
    {"expiration contrat", "contract_end"}, {"execution contrat", "contract_end"}, {"end contract", "contract_end"},
    {"dernier contact", "last_contact"}, {"dernier echange", "last_contact"}, {"last contact", "last_contact"},
    {"dernier sejour", "last_stay"}, {"derniere hospitalisation", "last_stay"}, {"last stay", "last_stay"},
    {"decision definitive", "final_decision"}, {"decision finale", "final_decision"}, {"final decision", "final_decision"},
    {"versement", "payment"}, {"paiement", "payment"}, {"payment", "payment"},
    {"depart", "departure"}, {"sortie effectifs", "departure"}, {"departure", "departure"},
    {"cloture", "closing"}, {"closing", "closing"}, {"closure", "closing"},
    {"collecte", "collection"}, {"recueil", "collection"}, {"collection", "collection"},
    {"enregistrement", "recording"}, {"recording", "recording"},
});

template <std::size_t N>
bool is_one_of(std::array<std::string_view, N> const& list, std::string_view word)
{
    return std::ranges::find(list, word) != list.end();
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "5ans" is two words; everything else is split as for search.
Words split_words(std::string_view text)
{
    Words out;
    for (auto const& word : words(text)) {
        auto const digits = static_cast<std::size_t>(std::ranges::find_if_not(word, is_digit) - word.begin());
        if (digits > 0 && digits < word.size()) {
            out.push_back(word.substr(0, digits));
            out.push_back(word.substr(digits));
        } else {
            out.push_back(word);
        }
    }
    return out;
}

std::optional<int> number_of(std::string_view word)
{
    if (!word.empty() && is_digit(word.front())) {
        int value = 0;
        auto const [end, failure] = std::from_chars(word.data(), word.data() + word.size(), value);
        if (failure == std::errc{} && end == word.data() + word.size() && value > 0 && value <= 200) return value;
        return std::nullopt;
    }
    auto const found = std::ranges::find(numbers, word, &Entry<int>::word);
    return found == numbers.end() ? std::nullopt : std::optional(found->value);
}

std::optional<char> unit_of(std::string_view word)
{
    auto const found = std::ranges::find(units, word, &Entry<char>::word);
    return found == units.end() ? std::nullopt : std::optional(found->value);
}

// "18 mois", "dix-huit mois"; moves past what it read.
std::optional<std::pair<int, char>> take_figure(Left& left)
{
    if (left.empty()) return std::nullopt;
    auto value = number_of(left[0]);
    if (!value) return std::nullopt;
    std::size_t used = 1;
    bool const compound = (*value == 10 || *value == 20 || *value == 30) && !is_digit(left[0].front());
    if (compound && left.size() > 1)
        if (auto const rest = number_of(left[1]); rest && *rest < 10 && !is_digit(left[1].front())) {
            *value += *rest;
            ++used;
        }
    if (left.size() <= used) return std::nullopt;
    auto const unit = unit_of(left[used]);
    if (!unit) return std::nullopt;
    left = left.subspan(used + 1);
    return std::pair{*value, *unit};
}

// "1 an", "1 an et 6 mois".
std::optional<std::string> take_period(Left& left)
{
    auto const first = take_figure(left);
    if (!first) return std::nullopt;
    std::string iso = "P" + std::to_string(first->first) + first->second;
    Left after = left;
    if (!after.empty() && (after[0] == "et" || after[0] == "and")) after = after.subspan(1);
    if (first->second == 'Y')
        if (auto const second = take_figure(after); second && second->second == 'M') {
            iso += std::to_string(second->first) + 'M';
            left = after;
        }
    return iso;
}

void skip_lead(Left& left)
{
    while (!left.empty() && (is_one_of(lead_words, left[0]) || left[0] == "maximum" || left[0] == "maximale")) left = left.subspan(1);
}

void skip_at_most(Left& left)
{
    if (left.size() >= 2 && left[0] == "au" && is_one_of(at_most, left[1])) left = left.subspan(2);
    else if (!left.empty() && left[0] != "plus" && is_one_of(at_most, left[0])) left = left.subspan(1);
}

bool take_connective(Left& left)
{
    for (auto const phrase : connectives) {
        auto const parts = words(phrase);
        if (left.size() < parts.size() || !std::equal(parts.begin(), parts.end(), left.begin())) continue;
        left = left.subspan(parts.size());
        return true;
    }
    return false;
}

std::string event_of(Left left)
{
    std::string phrase;
    for (auto const& word : left)
        if (!is_one_of(small_words, word)) phrase += (phrase.empty() ? "" : " ") + word;
    for (auto const& event : events)
        if (phrase == event.word || phrase.starts_with(std::string(event.word) + ' ')) return std::string(event.value);
    return phrase.empty() ? "" : "other";
}

bool leaves_doubt(Left left)
{
    return std::ranges::any_of(left, [](auto const& word) {
        return is_one_of(doubts, word) || is_digit(word.front()) || unit_of(word).value_or('Y') != 'Y' || word == "ans" || word == "years" ||
               (number_of(word) && !is_one_of(small_words, word));
    });
}

bool is_iso(std::string_view text)
{
    if (text.size() < 3 || text.front() != 'P') return false;
    std::size_t digits = 0;
    for (char const c : text.substr(1)) {
        if (is_digit(c)) ++digits;
        else if (digits == 0 || std::string_view("YMWD").find(c) == std::string_view::npos) return false;
        else digits = 0;
    }
    return digits == 0;
}

}  // namespace

std::optional<WrittenPeriod> parse_period(std::string_view text)
{
    text = trim(text);
    if (is_iso(text)) return WrittenPeriod{std::string(text), ""};
    if (text.find_first_of("+/&<>=~") != std::string_view::npos) return std::nullopt;
    auto const all = split_words(text);
    Left left = all;
    skip_lead(left);
    auto const iso = take_period(left);
    if (!iso) return std::nullopt;
    skip_at_most(left);
    if (left.empty()) return WrittenPeriod{*iso, ""};
    if (!take_connective(left) || leaves_doubt(left)) return std::nullopt;
    auto start = event_of(left);
    if (start.empty()) return std::nullopt;
    return WrittenPeriod{*iso, std::move(start)};
}

}  // namespace greffier::law
