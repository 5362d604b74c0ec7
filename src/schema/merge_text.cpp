// The word-by-word merge of one text: alignment of each change with the text both started from, then the stretches
// between the words that all three share.
#include <algorithm>
#include <cstdint>

#include "schema/merge.hpp"

namespace greffier::schema {
namespace {

constexpr std::size_t most_words = 2000;
constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

using Words = std::vector<std::string_view>;

bool is_blank_at(std::string_view text, std::size_t at) { return text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r'; }

/// Words and the blanks between them, in turn: together they are the text.
Words pieces(std::string_view text)
{
    Words out;
    for (std::size_t at = 0; at < text.size();) {
        auto const blank = is_blank_at(text, at);
        auto end = at + 1;
        while (end < text.size() && is_blank_at(text, end) == blank) ++end;
        out.push_back(text.substr(at, end - at));
        at = end;
    }
    return out;
}

/// For each word of `base`, where it stands in `other` by a longest common subsequence.
std::vector<std::size_t> align(Words const& base, Words const& other)
{
    auto const width = other.size() + 1;
    std::vector<std::uint16_t> longest((base.size() + 1) * width);
    for (auto b = base.size(); b-- > 0;)
        for (auto o = other.size(); o-- > 0;)
            longest[b * width + o] = base[b] == other[o] ? static_cast<std::uint16_t>(longest[(b + 1) * width + o + 1] + 1)
                                                         : std::max(longest[(b + 1) * width + o], longest[b * width + o + 1]);
    std::vector<std::size_t> places(base.size(), nowhere);
    for (std::size_t b = 0, o = 0; b < base.size() && o < other.size();) {
        if (base[b] == other[o]) places[b++] = o++;
        else if (longest[(b + 1) * width + o] >= longest[b * width + o + 1]) ++b;
        else ++o;
    }
    return places;
}

struct Stretch {
    std::size_t from = 0, to = 0;
    [[nodiscard]] std::string of(Words const& words) const
    {
        std::string text;
        for (auto i = from; i < to; ++i) text += words[i];
        return text;
    }
};

/// One stretch between shared words; nothing when both sides changed it differently.
std::optional<std::string> meet(std::string const& base, std::string const& theirs, std::string const& mine)
{
    if (theirs == base) return mine;
    if (mine == base || mine == theirs) return theirs;
    // Both wrote where nothing stood: two answers are two lines, not one word.
    if (base.empty()) return is_blank_at(theirs, theirs.size() - 1) || is_blank_at(mine, 0) ? theirs + mine : theirs + "\n" + mine;
    return std::nullopt;
}

}  // namespace

std::optional<std::string> merge_text(std::string_view base_text, std::string_view their_text, std::string_view my_text)
{
    auto const base = pieces(base_text), theirs = pieces(their_text), mine = pieces(my_text);
    if (std::max({base.size(), theirs.size(), mine.size()}) > 2 * most_words) return std::nullopt;
    auto const in_theirs = align(base, theirs), in_mine = align(base, mine);
    std::string merged;
    Stretch was, their, my;
    for (std::size_t b = 0; b <= base.size(); ++b) {
        bool const end = b == base.size();
        if (!end && (in_theirs[b] == nowhere || in_mine[b] == nowhere)) continue;
        was.to = b;
        their.to = end ? theirs.size() : in_theirs[b];
        my.to = end ? mine.size() : in_mine[b];
        auto const met = meet(was.of(base), their.of(theirs), my.of(mine));
        if (!met) return std::nullopt;
        merged += *met;
        if (end) break;
        merged += base[b];
        was.from = b + 1;
        their.from = in_theirs[b] + 1;
        my.from = in_mine[b] + 1;
    }
    return merged;
}

}  // namespace greffier::schema
