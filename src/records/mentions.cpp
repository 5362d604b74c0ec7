#include "records/mentions.hpp"

#include <algorithm>
#include <map>

#include "core/text.hpp"
#include "core/utf8.hpp"

namespace greffier::records {

namespace {

constexpr std::size_t longest_name = 120;   // in code points: further than that, nobody is being called

std::string key_of(std::string_view name) { return join(words(name), " "); }

/// Is this piece a separator for the splitter of words?
bool separates(std::string_view piece) { return words("a" + std::string{piece} + "b").size() != 1; }

/// The longest beginning of `rest` that is somebody's name and ends where a word ends.
std::size_t length_of_name(std::string_view rest, std::map<std::string, std::vector<PersonId>, std::less<>> const& by_name)
{
    std::size_t best = 0, at = 0;
    if (auto first = at; !rest.empty() && (next_code_point(rest, first), separates(rest.substr(0, first)))) return 0;
    for (std::size_t count = 0; at < rest.size() && count < longest_name; ++count) {
        if (rest[at] == '\n' || rest[at] == '@') break;
        auto const before = at;
        next_code_point(rest, at);
        if (separates(rest.substr(before, at - before))) continue;   // a name ends with a letter
        auto after = at;
        if (after < rest.size()) next_code_point(rest, after);
        bool const ends = at == rest.size() || separates(rest.substr(at, after - at));
        auto const name = rest.substr(0, at);
        if (ends && by_name.contains(key_of(name))) best = at;
    }
    return best;
}

bool begins_word(std::string_view text, std::size_t at)
{
    if (at == 0) return true;
    std::size_t before = at - 1;
    while (before > 0 && (static_cast<unsigned char>(text[before]) & 0xC0) == 0x80) --before;
    return separates(text.substr(before, at - before));   // "a@b" is an address, not a call
}

}  // namespace

std::vector<Mention> find_mentions(std::string_view text, std::vector<Reader> const& readers, std::vector<PersonId> const& chosen)
{
    std::map<std::string, std::vector<PersonId>, std::less<>> by_name;
    for (auto const& reader : readers)
        if (auto key = key_of(reader.name); !key.empty()) by_name[std::move(key)].push_back(reader.person);
    std::vector<Mention> found;
    for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        if (!begins_word(text, at)) continue;
        auto const size = length_of_name(text.substr(at + 1), by_name);
        if (size == 0) continue;
        auto const called = text.substr(at + 1, size);
        auto people = by_name.find(key_of(called))->second;
        auto is_chosen = [&](PersonId person) { return std::ranges::find(chosen, person) != chosen.end(); };
        if (std::ranges::any_of(people, is_chosen)) std::erase_if(people, [&](PersonId person) { return !is_chosen(person); });
        for (auto const& person : people)
            if (std::ranges::find(found, person, &Mention::person) == found.end()) found.push_back({person, std::string{called}});
    }
    return found;
}

std::vector<CalledPlace> called_places(std::string_view text, std::vector<Mention> const& mentions)
{
    std::vector<CalledPlace> places;
    for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        std::size_t longest = 0;
        for (auto const& mention : mentions)
            if (text.substr(at + 1).starts_with(mention.called)) longest = std::max(longest, mention.called.size());
        if (longest > 0) places.push_back({at, longest + 1});
    }
    return places;
}

}  // namespace greffier::records
