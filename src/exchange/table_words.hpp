#pragma once
// The words French registers are kept in, and what they mean for ours: headings of columns, words of choices. Data,
// with the few functions that look things up in it. Thread-safe.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/register.hpp"
#include "schema/info.hpp"

namespace greffier::exchange {

/// What headings mean for one register: the usual synonyms, the declaration's own labels and names in French and
/// English (custom fields too), then a slip of the keyboard. Immutable once made.
class Headings {
public:
    explicit Headings(records::Register const& kind);
    /// The target a heading speaks of; nothing when it says nothing certain.
    [[nodiscard]] std::optional<std::string> target_of(std::string_view heading) const;

    /// The link whose label a heading is, word for word.
    [[nodiscard]] std::optional<std::string> link_of(std::string_view heading) const;

private:
    std::map<std::string, std::string, std::less<>> index_, links_;
};

/// Targets with something said beside ("recipients.name[type=processor]") that headings of this register lead to.
std::vector<std::string> usual_targets(records::Register const& kind);

/// A word of a choice understood. `exact`: it says no more than the code does; otherwise it is worth keeping.
struct WordOfChoice {
    std::string code;
    bool exact = true;
};
std::optional<WordOfChoice> code_of_word(schema::List const& list, std::string_view word);
/// The same for the many words of a column: labels are folded once, a word that comes again is remembered. For one thread;
/// the list must outlive it.
class WordIndex {
public:
    explicit WordIndex(schema::List const& list);
    std::optional<WordOfChoice> find(std::string_view word);

private:
    schema::List const& list_;
    std::map<std::string, std::string, std::less<>> labels_;
    std::map<std::string, std::optional<WordOfChoice>, std::less<>> known_;
};
/// The code whose label is nearest, to be proposed and never taken unseen; nothing below a fair likeness.
std::optional<std::string> nearest_code(schema::List const& list, std::string_view word);

std::optional<bool> truth_of_word(std::string_view word);
/// "Néant", "sans objet", "-": the cell answers that there is nothing.
bool says_nothing_here(std::string_view word);

/// The part of the same row that keeps words which the one of that name cannot hold; empty when there is none.
std::string_view keeper_of(schema::SchemaInfo const& info, std::string_view part);
/// Country named somewhere in a few words: "Oui, États-Unis (CCT)".
std::optional<std::string> country_in(std::string_view words);

} // namespace greffier::exchange
