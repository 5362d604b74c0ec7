#pragma once
// Words that people read on a page and mend in a form: plain text in which a line "# " is a heading, "## " one below it, "- "
// an item of a list, and an empty line ends a paragraph.

#include <string>
#include <string_view>
#include <vector>

namespace greffier::web {
class Html;
}

namespace greffier::records {

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

}  // namespace greffier::records
