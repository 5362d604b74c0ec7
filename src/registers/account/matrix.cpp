#include "registers/account/matrix.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace greffier::account {

namespace {

/// Distinct words in order, the empty one last.
std::vector<std::string> distinct(std::map<std::string, std::string> const& by_folded)
{
    std::vector<std::string> words;
    for (auto const& [folded, word] : by_folded)
        if (!folded.empty()) words.push_back(word);
    if (by_folded.contains("")) words.emplace_back();
    return words;
}

std::size_t place_of(std::vector<std::string> const& words, std::string const& folded)
{
    auto const found = std::ranges::find(words, folded, [](std::string const& word) { return fold(word); });
    return static_cast<std::size_t>(found - words.begin());
}

}  // namespace

std::vector<KnownAccount const*> const& Matrix::at(std::size_t profile, std::size_t system) const
{
    static std::vector<KnownAccount const*> const none;
    auto const found = cells.find({profile, system});
    return found == cells.end() ? none : found->second;
}

Matrix matrix_of(std::vector<KnownAccount> const& accounts)
{
    std::map<std::string, std::string> systems, profiles;
    for (auto const& known : accounts) {
        if (known.status != "enabled") continue;
        systems.emplace(fold(known.account.system), known.account.system);
        profiles.emplace(fold(known.account.profile), known.account.profile);
    }
    Matrix matrix{distinct(systems), distinct(profiles), {}};
    for (auto const& known : accounts)
        if (known.status == "enabled") matrix.cells[{place_of(matrix.profiles, fold(known.account.profile)), place_of(matrix.systems, fold(known.account.system))}].push_back(&known);
    return matrix;
}

}  // namespace greffier::account
