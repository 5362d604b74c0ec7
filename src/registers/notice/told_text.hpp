#pragma once
// The words of a notice, in parts (records/told_text.hpp), and how hard they are to read.

#include <vector>

#include "records/told_text.hpp"

namespace greffier::notice {

using records::parse_told;
using records::to_plain;
using records::ToldBlock;
using records::write_told;

/// How hard it is to read: figures for a hint, no judgement.
struct Readability {
    int words = 0, sentences = 0;
    int long_sentences = 0;                  ///< of more than `long_sentence` words
    int longest = 0;                         ///< words of the longest
};
constexpr int long_sentence = 30, long_short_notice = 120, long_full_notice = 1500;   // words
Readability readability_of(std::vector<ToldBlock> const& blocks);

}  // namespace greffier::notice
