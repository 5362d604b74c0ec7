#pragma once
// SQL cut into the pieces that matter when one text is said to another engine: what stands in strings, quoted names
// and comments is never mistaken for a word or a mark.

#include <string_view>

namespace greffier::storage {

struct Token {
    enum class Kind { Blank, Comment, Text, Word, Mark };   ///< Text: '…' or "…"; Mark: one character
    Kind kind = Kind::Blank;
    std::string_view text;

    [[nodiscard]] bool is(char mark) const { return kind == Kind::Mark && text[0] == mark; }
    /// Upper or lower case alike; `word` in upper case.
    [[nodiscard]] bool is_word(std::string_view word) const;
    [[nodiscard]] bool matters() const { return kind != Kind::Blank && kind != Kind::Comment; }
};

/// The token that begins at `at`, which moves behind it. `at` must lie inside `sql`.
Token next_token(std::string_view sql, std::size_t& at);

}  // namespace greffier::storage
