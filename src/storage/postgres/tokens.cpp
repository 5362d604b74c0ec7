#include "storage/postgres/tokens.hpp"

#include <algorithm>

namespace greffier::storage {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool is_of_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$'; }

/// Behind the closing quote; a doubled one stands for itself.
std::size_t end_of_quoted(std::string_view sql, std::size_t at, char quote)
{
    for (auto i = at + 1; i < sql.size(); ++i) {
        if (sql[i] != quote) continue;
        if (i + 1 < sql.size() && sql[i + 1] == quote) ++i;
        else return i + 1;
    }
    return sql.size();
}

std::size_t end_of_run(std::string_view sql, std::size_t at, bool (*belongs)(char))
{
    auto const end = std::find_if_not(sql.begin() + static_cast<std::ptrdiff_t>(at), sql.end(), belongs);
    return static_cast<std::size_t>(end - sql.begin());
}

}  // namespace

bool Token::is_word(std::string_view word) const
{
    return kind == Kind::Word && std::ranges::equal(text, word, [](char a, char b) { return (a >= 'a' && a <= 'z' ? a - 'a' + 'A' : a) == b; });
}

Token next_token(std::string_view sql, std::size_t& at)
{
    auto const start = at;
    auto const rest = sql.substr(at);
    Token token;
    if (is_blank(rest[0])) {
        at = end_of_run(sql, at, is_blank);
    } else if (rest.starts_with("--")) {
        token.kind = Token::Kind::Comment;
        at = std::min(sql.find('\n', at), sql.size());
    } else if (rest.starts_with("/*")) {
        token.kind = Token::Kind::Comment;
        auto const end = sql.find("*/", at + 2);
        at = end == sql.npos ? sql.size() : end + 2;
    } else if (rest[0] == '\'' || rest[0] == '"') {
        token.kind = Token::Kind::Text;
        at = end_of_quoted(sql, at, rest[0]);
    } else if (is_of_word(rest[0])) {
        token.kind = Token::Kind::Word;
        at = end_of_run(sql, at, is_of_word);
    } else {
        token.kind = Token::Kind::Mark;
        ++at;
    }
    token.text = sql.substr(start, at - start);
    return token;
}

}  // namespace greffier::storage
