#include "records/told_text.hpp"

#include "core/text.hpp"
#include "web/html.hpp"

namespace greffier::records {

using web::Html;
using namespace web::literals;

std::vector<ToldBlock> parse_told(std::string_view text)
{
    using enum ToldBlock::Kind;
    std::vector<ToldBlock> blocks;
    bool open = false;   // a paragraph or a list may go on
    for (auto const& line : split(text, '\n')) {
        auto const words = trim(line);
        if (words.empty()) {
            open = false;
        } else if (words.starts_with("## ") || words.starts_with("# ")) {
            bool const below = words.starts_with("## ");
            blocks.push_back({below ? Subheading : Heading, std::string{trim(words.substr(below ? 3 : 2))}});
            open = false;
        } else if (words.starts_with("- ")) {
            if (!open || blocks.back().kind != List) blocks.push_back({List, ""});
            blocks.back().items.emplace_back(trim(words.substr(2)));
            open = true;
        } else {
            if (open && blocks.back().kind == Text) blocks.back().text += "\n" + std::string{words};
            else blocks.push_back({Text, std::string{words}});
            open = true;
        }
    }
    return blocks;
}

std::string to_plain(std::vector<ToldBlock> const& blocks)
{
    std::string text;
    for (auto const& block : blocks) {
        if (!text.empty()) text += '\n';
        switch (block.kind) {
        case ToldBlock::Kind::Heading: text += "# " + block.text + "\n"; break;
        case ToldBlock::Kind::Subheading: text += "## " + block.text + "\n"; break;
        case ToldBlock::Kind::Text: text += block.text + "\n"; break;
        case ToldBlock::Kind::List:
            for (auto const& item : block.items) text += "- " + squeeze(item) + "\n";
        }
    }
    return text;
}

void write_told(Html& out, std::vector<ToldBlock> const& blocks)
{
    for (auto const& block : blocks) {
        switch (block.kind) {
        case ToldBlock::Kind::Heading: out << "<h2>"_h << block.text << "</h2>"_h; break;
        case ToldBlock::Kind::Subheading: out << "<h3>"_h << block.text << "</h3>"_h; break;
        case ToldBlock::Kind::Text:
            out << "<p>"_h;
            out.lines(block.text);
            out << "</p>"_h;
            break;
        case ToldBlock::Kind::List:
            out << "<ul>"_h;
            for (auto const& item : block.items) out << "<li>"_h << item << "</li>"_h;
            out << "</ul>"_h;
        }
    }
}

}  // namespace greffier::records
