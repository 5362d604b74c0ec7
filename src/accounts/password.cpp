// How strong a password is. No list of leaked passwords is shipped: words people make passwords of (names, towns, keyboard
// walks, years: passwords/common-words.txt, which tools/make_common_words writes) and the person's own words each count
// for one character, which refuses "Motdepasse2024!" and every decoration of it. web/src/strength.ts counts alike.
#include <algorithm>
#include <cmath>
#include <set>

#include "accounts/people.hpp"
#include "core/embedded.hpp"
#include "core/text.hpp"
#include "core/utf8.hpp"

namespace greffier::accounts {

namespace {

constexpr std::size_t longest = 128;        // characters: room for any phrase, and argon2 must not be fed megabytes
constexpr double wanted_bits = 79.5;        // twelve characters of the four kinds give 79.55, which the authority's table counts as 80
constexpr std::size_t wanted_words = 7;

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

/// As plain() writes them; longest first, as the file has them.
std::vector<std::string> const& common_words()
{
    static std::vector<std::string> const all = [] {
        std::vector<std::string> words;
        for (auto const& file : embedded_passwords())
            for (auto const& line : split(file.content, '\n'))
                if (!line.empty() && !line.starts_with('#')) words.push_back(plain(line));
        return words;
    }();
    return all;
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
    for (auto const& word : common_words()) shrink(text, word);
    auto alphabet = alphabet_of(password);
    return alphabet == 0 ? 0 : static_cast<double>(characters_to_guess(text)) * std::log2(alphabet);
}

std::string_view problem_of_password(SecretText const& password, std::string_view email, std::string_view name)
{
    auto const& text = password.reveal();
    if (text.empty()) return "required";
    if (!is_utf8(text)) return "bad_utf8";
    if (length_utf8(text) > longest) return "password_too_long";
    if (fold_email(text) == fold_email(email) || sort_key(text) == sort_key(name)) return "weak_password";
    if (distinct_words(text) >= wanted_words) return "";
    return password_bits(text, email, name) >= wanted_bits ? "" : "weak_password";
}

}  // namespace greffier::accounts
