#include "law/software_names.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "core/text.hpp"
#include "law/csv_table.hpp"

namespace greffier::law {
namespace {

using Words = std::vector<std::string>;
using View = std::span<std::string const>;

struct Tool {
    Words name;
    std::vector<Words> not_before;   ///< what follows when the word means something else ("office de tourisme")
};

struct Dictionary {
    std::vector<Tool> products, generic;
    Words purposes;
};

Dictionary read()
{
    auto const table = law_table("software_names.csv");
    Dictionary dictionary;
    for (std::size_t i = 0; i < table.size(); ++i) {
        auto const& kind = table.at(i, "kind");
        Tool tool{words(table.at(i, "name")), {}};
        for (auto const& text : split(table.at(i, "not_before"), '|'))
            if (!text.empty()) tool.not_before.push_back(words(text));
        if (kind == "purpose") dictionary.purposes.push_back(tool.name.front());
        else (kind == "product" ? dictionary.products : dictionary.generic).push_back(std::move(tool));
    }
    return dictionary;
}

Dictionary const& dictionary()
{
    static auto const data = read();
    return data;
}

bool begins_with(View text, View prefix) { return text.size() >= prefix.size() && std::ranges::equal(text.first(prefix.size()), prefix); }

bool names(View text, Tool const& tool)
{
    if (!begins_with(text, tool.name)) return false;
    auto const after = text.subspan(tool.name.size());
    return std::ranges::none_of(tool.not_before, [after](auto const& words) { return begins_with(after, words); });
}

bool names_one(View text, std::vector<Tool> const& tools)
{
    return std::ranges::any_of(tools, [text](auto const& tool) { return names(text, tool); });
}

View without_article(View text)
{
    static constexpr std::array<std::string_view, 9> articles{"le", "la", "les", "l", "un", "une", "notre", "nos", "the"};
    return !text.empty() && std::ranges::find(articles, text.front()) != articles.end() ? text.subspan(1) : text;
}

bool names_a_purpose(View text)
{
    return std::ranges::any_of(text, [](auto const& word) { return std::ranges::find(dictionary().purposes, word) != dictionary().purposes.end(); });
}

}  // namespace

bool is_named_after_software(std::string_view name)
{
    auto const all = words(name);
    auto const text = without_article(all);
    // "Sage Paie" says the tool first: the purpose behind it does not make up for it.
    if (names_one(text, dictionary().products)) return true;
    if (names_a_purpose(text)) return false;
    if (names_one(text, dictionary().generic)) return true;
    for (std::size_t i = 1; i < text.size(); ++i)
        if (names_one(text.subspan(i), dictionary().products)) return true;
    return false;
}

bool is_named_after(std::string_view name, std::string_view software)
{
    auto const tool = words(software), all = words(name);
    constexpr std::size_t shortest = 3;
    if (tool.empty() || names_a_purpose(tool) || (tool.size() == 1 && tool.front().size() < shortest)) return false;
    return begins_with(without_article(all), tool);
}

}  // namespace greffier::law
