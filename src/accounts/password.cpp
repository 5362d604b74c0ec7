// How strong a password is. No list of leaked passwords is shipped: known words, keyboard walks and the person's
// own words each count for one character, which refuses "Motdepasse2024!" and every decoration of it.
#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "accounts/people.hpp"
#include "core/text.hpp"
#include "core/utf8.hpp"

namespace greffier::accounts {

namespace {

constexpr std::size_t longest = 256;        // bytes: argon2 must not be fed megabytes
constexpr double wanted_bits = 79.5;        // twelve characters of the four kinds give 79.55, which the authority's table counts as 80
constexpr std::size_t wanted_words = 7;

constexpr std::array common = std::to_array<std::string_view>({
    // Longest first: "motdepasse" must go before "passe".
    "administrateur", "administrator", "azertyuiop", "qwertyuiop", "motdepasse", "changezmoi", "bienvenue", "wxcvbnmlk", "qsdfghjklm", "asdfghjkl",
    "collectivite", "secretariat", "marseille", "prefecture", "departement", "princesse", "printemps", "football", "bonjour", "greffier", "password",
    "welcome", "welkome", "letmein", "iloveyou", "sunshine", "princess", "baseball", "superman", "computer", "internet", "chocolat", "vacances",
    "septembre", "novembre", "decembre", "septembre", "november", "december", "september", "february", "commune", "changeme", "passwort", "service",
    "azerty", "qwerty", "qwertz", "soleil", "doudou", "loulou", "jetaime", "france", "mairie", "marine", "nicolas", "camille", "thomas", "admin",
    "secret", "dragon", "monkey", "master", "shadow", "public", "accueil", "bureau", "compte", "janvier", "fevrier", "juillet", "octobre", "january",
    "october", "automne", "winter", "summer", "spring", "autumn", "coucou", "louloute", "maison", "passe", "hello", "login", "guest", "root", "test",
    "user", "rgpd", "gdpr", "cnil", "ville", "hiver", "paris", "lyon", "avril", "april", "march", "mars", "juin", "june", "july", "aout", "august",
});

/// Folded, with the letters people write as digits put back: "P@ssw0rd" -> "password". Same number of characters.
std::string plain(std::string_view password)
{
    std::string out = fold(password);
    for (auto& c : out) {
        switch (c) {
        case '@': case '4': c = 'a'; break;
        case '0': c = 'o'; break;
        case '1': case '!': c = 'i'; break;
        case '3': c = 'e'; break;
        case '5': case '$': c = 's'; break;
        case '7': c = 't'; break;
        default: break;
        }
    }
    return out;
}

/// Replaces each occurrence by one character that starts no walk.
void shrink(std::string& text, std::string_view word)
{
    if (word.size() < 4) return;
    for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) text.replace(at, word.size(), "\x01");
}

/// Characters left to guess: one that repeats the one before, or goes on counting from it (abc, 321), adds nothing.
std::size_t characters_to_guess(std::string_view text)
{
    std::size_t count = 0;
    std::int64_t before = -100, step = 0;
    for (std::size_t at = 0; at < text.size();) {
        auto c = static_cast<std::int64_t>(next_code_point(text, at));
        auto now = c - before;
        bool walks = now == 0 || ((now == 1 || now == -1) && now == step);
        if (!walks) ++count;
        step = now;
        before = c;
    }
    return count;
}

int alphabet_of(std::string_view password)
{
    bool lower = false, upper = false, digit = false, other = false;
    for (std::size_t at = 0; at < password.size();) {
        auto c = next_code_point(password, at);
        if (c >= 'a' && c <= 'z')
            lower = true;
        else if (c >= 'A' && c <= 'Z')
            upper = true;
        else if (c >= '0' && c <= '9')
            digit = true;
        else
            other = true;
    }
    return 26 * lower + 26 * upper + 10 * digit + 37 * other;
}

std::size_t distinct_words(std::string_view password)
{
    std::set<std::string> distinct;
    for (auto const& word : words(password))
        if (word.size() >= 2) distinct.insert(word);
    return distinct.size();
}

}  // namespace

double password_bits(std::string_view password, std::string_view email, std::string_view name)
{
    auto text = plain(password);
    for (auto const& own : {email, name})
        for (auto const& word : words(own)) shrink(text, plain(word));
    for (auto word : common) shrink(text, word);
    auto alphabet = alphabet_of(password);
    return alphabet == 0 ? 0 : static_cast<double>(characters_to_guess(text)) * std::log2(alphabet);
}

std::string_view problem_of_password(SecretText const& password, std::string_view email, std::string_view name)
{
    auto const& text = password.reveal();
    if (text.empty()) return "required";
    if (text.size() > longest) return "password_too_long";
    if (!is_utf8(text)) return "bad_utf8";
    if (fold_email(text) == fold_email(email) || sort_key(text) == sort_key(name)) return "weak_password";
    if (distinct_words(text) >= wanted_words) return "";
    return password_bits(text, email, name) >= wanted_bits ? "" : "weak_password";
}

}  // namespace greffier::accounts
