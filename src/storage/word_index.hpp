#pragma once
// The index of words, said to each engine in its own way. What is kept: record_text, one row a record, words split and
// folded by the program (core/text.hpp) and parted by blanks; `scope` holds tokens that no typed word can meet.

#include <string>
#include <string_view>
#include <vector>

#include "storage/database.hpp"

namespace greffier::storage {

/// What both engines can index: each word cut after 200 bytes, the whole after 900,000 (a tsvector holds one megabyte).
/// A typed word goes through it too, so that both engines find the same.
std::string indexable(std::string_view words);

struct WordQuestion {
    std::vector<std::string> scope;   ///< tokens: all of them
    std::vector<std::string> words;   ///< of indexable(): each begins a word of the record
    std::vector<std::string> any_scope = {};   ///< tokens: one of them at least
    bool in_title = false;            ///< words of the title alone; PostgreSQL's index does not tell them apart, and asks of all
    std::vector<std::vector<std::string>> any_words = {};   ///< whole words, not beginnings: all of one group at least
};
std::string text_of(Engine engine, WordQuestion const& question);

/// Conditions on `r.rid` of a record; the value is a text_of().
inline constexpr SqlText found_by_words{" AND r.rid IN (SELECT rowid FROM record_fts WHERE record_fts MATCH ?)",
                                        " AND r.rid IN (SELECT t.rid FROM record_text t WHERE t.words @@ ?::tsquery)"};
/// For words too short for the index, looked for in the text of what is left; the value is a blank and the word.
inline constexpr SqlText holds_a_beginning{" AND EXISTS (SELECT 1 FROM record_text t WHERE t.rid=r.rid AND instr(' ' || t.title || ' ' || t.folded, ?) > 0)",
                                           " AND EXISTS (SELECT 1 FROM record_text t WHERE t.rid=r.rid AND strpos(' ' || t.title || ' ' || t.folded, ?) > 0)"};

}  // namespace greffier::storage
