#include "registers/notice/told_text.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace greffier::notice {

namespace {

void count_sentences(std::string_view text, Readability& found)
{
    int words = 0;
    auto end = [&] {
        if (words == 0) return;
        ++found.sentences;
        found.words += words;
        found.long_sentences += words > long_sentence;
        found.longest = std::max(found.longest, words);
        words = 0;
    };
    for (auto const& word : split(squeeze(text), ' ')) {
        if (word.empty()) continue;
        // A mark that stands alone is no word.
        words += std::ranges::any_of(word, [](char c) { return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
        if (word.ends_with('.') || word.ends_with('?') || word.ends_with('!') || word.ends_with(';')) end();
    }
    end();
}

}  // namespace

Readability readability_of(std::vector<ToldBlock> const& blocks)
{
    Readability found;
    for (auto const& block : blocks) {
        if (block.kind == ToldBlock::Kind::List)
            for (auto const& item : block.items) count_sentences(item, found);
        else count_sentences(block.text, found);
    }
    return found;
}

}  // namespace greffier::notice
