#pragma once
// Do some words begin with what was typed? One answer for names, titles and pages; the index of words has its own.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace greffier {

/// Each wanted word begins a word of `spaced`: folded words (see words()) with a blank before each.
inline bool begin_words(std::string_view spaced, std::vector<std::string> const& wanted)
{
    return std::ranges::all_of(wanted, [&](std::string const& word) { return spaced.find(" " + word) != std::string_view::npos; });
}

}  // namespace greffier
