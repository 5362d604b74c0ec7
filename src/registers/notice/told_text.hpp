#pragma once
// The words of a notice as they are kept: plain text in which a line "# " is a heading, "## " one below it, "- " an item of
// a list, and an empty line ends a paragraph. So people can mend them in a form, and a page still has its parts.

#include <string>
#include <string_view>
#include <vector>

namespace greffier::web {
class Html;
}

namespace greffier::notice {

struct ToldBlock {
    enum class Kind { Heading, Subheading, Text, List };
    Kind kind = Kind::Text;
    std::string text;                        ///< of a heading or a paragraph
    std::vector<std::string> items = {};     ///< of a list
    bool operator==(ToldBlock const&) const = default;
};

std::vector<ToldBlock> parse_told(std::string_view text);
std::string to_plain(std::vector<ToldBlock> const& blocks);
/// Headings as h2 and h3.
void write_told(web::Html& out, std::vector<ToldBlock> const& blocks);

/// How hard it is to read: figures for a hint, no judgement.
struct Readability {
    int words = 0, sentences = 0;
    int long_sentences = 0;                  ///< of more than `long_sentence` words
    int longest = 0;                         ///< words of the longest
};
constexpr int long_sentence = 30, long_short_notice = 120, long_full_notice = 1500;   // words
Readability readability_of(std::vector<ToldBlock> const& blocks);

}  // namespace greffier::notice
