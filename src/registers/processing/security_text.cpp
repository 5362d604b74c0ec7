#include "registers/processing/security_text.hpp"

#include <algorithm>
#include <map>

#include "core/text.hpp"
#include "schema/show.hpp"

namespace greffier::processing {
namespace {

/// Sentences end by themselves here: a full stop that somebody typed would stand before a semicolon.
std::string without_stop(std::string_view words)
{
    auto text = squeeze(words);
    while (text.ends_with('.') || text.ends_with(';')) text.pop_back();
    return std::string{trim(text)};
}

/// Where a kind stands in its list; one the list does not know comes after, and none at all last.
std::size_t place_of(schema::List const& kinds, std::string_view code)
{
    if (code.empty()) return kinds.entries.size() + 1;
    auto const found = std::ranges::find(kinds.entries, code, &schema::ListEntry::code);
    return static_cast<std::size_t>(found - kinds.entries.begin());
}

}  // namespace

std::vector<std::string> security_text(std::vector<SaidMeasure> const& measures, schema::List const& kinds, Locale const& locale)
{
    std::map<std::pair<std::size_t, std::string>, std::vector<std::string>> groups;
    for (auto const& one : measures) {
        auto words = without_stop(one.words);
        if (one.kind.empty() && words.empty()) continue;
        auto& group = groups[{place_of(kinds, one.kind), one.kind}];
        if (words.empty()) continue;
        if (one.partial) words = locale.text("security_text.partial", {{"measure", words}});
        if (std::ranges::find(group, words) == group.end()) group.push_back(std::move(words));
    }
    std::vector<std::string> sentences;
    for (auto const& [place, words] : groups) {
        auto const kind = place.second.empty() ? locale.text("security_text.other") : schema::code_label(kinds, place.second, locale);
        sentences.push_back(kind + (words.empty() ? "" : locale.text("punctuation.colon") + join(words, locale.text("security_text.between"))) + ".");
    }
    return sentences;
}

}  // namespace greffier::processing
