#include "storage/word_index.hpp"

namespace greffier::storage {

namespace {

constexpr std::size_t longest_word = 200, longest_text = 900'000;

/// At most `bytes` of `text`, without half a letter at the end.
std::string_view cut(std::string_view text, std::size_t bytes)
{
    if (text.size() <= bytes) return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xc0) == 0x80) --bytes;
    return text.substr(0, bytes);
}

std::string alternatives(std::vector<std::string> const& tokens, char quote, std::string_view between)
{
    std::string text;
    for (auto const& token : tokens) text.append(text.empty() ? "" : between).append(1, quote).append(token).append(1, quote);
    return text;
}

/// Groups of words, of which one is met whole; `before` stands inside the quotes, before each word.
std::string groups(std::vector<std::vector<std::string>> const& all, char quote, std::string_view before, std::string_view between, std::string_view or_else)
{
    std::string text;
    for (auto const& group : all) {
        text.append(text.empty() ? "(" : or_else);
        std::string words;
        for (auto const& word : group) words.append(words.empty() ? "" : between).append(1, quote).append(before).append(indexable(word)).append(1, quote);
        text.append("(").append(words).append(")");
    }
    return text + ")";
}

/// FTS5 names its columns, for a typed word must not meet a token of scope.
std::string for_sqlite(WordQuestion const& question)
{
    std::string text;
    auto const also = [&](std::string_view column, std::string const& word, std::string_view end) {
        text.append(text.empty() ? "" : " AND ").append(column).append(" : \"").append(word).append("\"").append(end);
    };
    for (auto const& token : question.scope) also("scope", token, "");
    if (!question.any_scope.empty()) text.append(text.empty() ? "" : " AND ").append("(scope : (").append(alternatives(question.any_scope, '"', " OR ")).append("))");
    if (!question.any_words.empty()) text.append(text.empty() ? "" : " AND ").append("({title folded} : ").append(groups(question.any_words, '"', "", " AND ", " OR ")).append(")");
    for (auto const& word : question.words) also(question.in_title ? "title" : "{title folded}", word, " *");
    return text;
}

/// A word of a record begins with "=" there, a token of scope does not.
std::string for_postgres(WordQuestion const& question)
{
    std::string text;
    auto const also = [&](std::string_view before, std::string const& word, std::string_view end) {
        text.append(text.empty() ? "'" : " & '").append(before).append(word).append("'").append(end);
    };
    for (auto const& token : question.scope) also("", token, "");
    if (!question.any_scope.empty()) text.append(text.empty() ? "(" : " & (").append(alternatives(question.any_scope, '\'', " | ")).append(")");
    if (!question.any_words.empty()) text.append(text.empty() ? "" : " & ").append(groups(question.any_words, '\'', "=", " & ", " | "));
    for (auto const& word : question.words) also("=", word, ":*");
    return text;
}

}  // namespace

std::string indexable(std::string_view words)
{
    std::string kept;
    while (!words.empty()) {
        auto const end = words.find(' ');
        auto const word = cut(words.substr(0, end), longest_word);
        if (kept.size() + word.size() > longest_text) break;
        if (!kept.empty()) kept += ' ';
        kept += word;
        words = end == words.npos ? std::string_view{} : words.substr(end + 1);
    }
    return kept;
}

std::string text_of(Engine engine, WordQuestion const& question) { return engine == Engine::Sqlite ? for_sqlite(question) : for_postgres(question); }

}  // namespace greffier::storage
