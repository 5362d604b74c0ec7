#include "storage/narrowed.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <tuple>

#include "storage/postgres/tokens.hpp"

namespace greffier::storage {

/// The one maker of texts that no literal is: they consist of two literals.
class NarrowedTexts {
public:
    static SqlText made(std::string_view sqlite, std::string_view postgres) { return {sqlite, postgres}; }
};

namespace {

/// Words that may follow a table and are no name for it.
bool is_clause(Token const& token)
{
    constexpr std::array<std::string_view, 19> words{"WHERE", "GROUP", "ORDER", "LIMIT", "OFFSET", "JOIN", "LEFT", "CROSS", "INNER", "NATURAL", "ON", "USING", "UNION", "EXCEPT", "INTERSECT",
                                                     "HAVING", "RETURNING", "SET", "INDEXED"};
    return token.kind != Token::Kind::Word || std::ranges::any_of(words, [&](std::string_view word) { return token.is_word(word); });
}

Token next_that_matters(std::string_view sql, std::size_t& at)
{
    Token token;
    while (at < sql.size()) {
        token = next_token(sql, at);
        if (token.matters()) return token;
    }
    return {};
}

struct Rewritten {
    std::string text;
    std::vector<NarrowedText::Place> places;
};

Rewritten rewritten(std::string_view sql, Screens screens, std::string_view (SqlText::*of_engine)() const)
{
    Rewritten out;
    bool after_source = false;   // FROM or JOIN stood before
    std::size_t parameters = 0;
    for (std::size_t at = 0; at < sql.size();) {
        auto const token = next_token(sql, at);
        auto const screen = after_source && token.kind == Token::Kind::Word ? std::ranges::find(screens, token.text, &Screen::table) : screens.end();
        if (token.is('?')) ++parameters;
        if (token.matters()) after_source = token.is_word("FROM") || token.is_word("JOIN");
        if (screen == screens.end()) {
            out.text += token.text;
            continue;
        }
        out.text += (screen->rows.*of_engine)();
        for (auto value : screen->values) out.places.push_back({parameters, value});
        auto ahead = at;
        if (is_clause(next_that_matters(sql, ahead))) out.text += " AS " + std::string{token.text};
    }
    return out;
}

struct Kept {
    std::string sqlite, postgres;
    NarrowedText text;
};

std::vector<Param> with_values(std::vector<Param> const& params, std::vector<NarrowedText::Place> const& places, std::vector<Uuid> const& values)
{
    std::vector<Param> all;
    all.reserve(params.size() + places.size());
    auto place = places.begin();
    for (std::size_t i = 0; i <= params.size(); ++i) {
        for (; place != places.end() && place->before == i; ++place) all.push_back(to_param(values.at(static_cast<std::size_t>(place->value))));
        if (i < params.size()) all.push_back(params[i]);
    }
    return all;
}

}  // namespace

NarrowedText const& narrowed(SqlText sql, Screens screens)
{
    using Key = std::tuple<char const*, std::size_t, Screen const*>;
    static std::mutex mutex;
    static std::map<Key, Kept> kept;   // node-based: views into it stay good; bounded, as literals and screens are
    std::lock_guard const lock(mutex);
    auto const [found, is_new] = kept.try_emplace(Key{sql.sqlite().data(), sql.sqlite().size(), screens.data()}, Kept{{}, {}, {sql, {}, {}}});
    auto& one = found->second;
    if (is_new) {
        auto sqlite = rewritten(sql.sqlite(), screens, &SqlText::sqlite);
        auto postgres = rewritten(sql.postgres(), screens, &SqlText::postgres);
        one.sqlite = std::move(sqlite.text);
        one.postgres = std::move(postgres.text);
        one.text = {NarrowedTexts::made(one.sqlite, one.postgres), std::move(sqlite.places), std::move(postgres.places)};
    }
    return one.text;
}

std::pair<SqlText, std::vector<Param>> NarrowedSession::seen(SqlText sql, std::vector<Param> params) const
{
    auto const& text = narrowed(sql, screens_);
    auto const& places = engine() == Engine::Sqlite ? text.sqlite : text.postgres;
    return {text.sql, places.empty() ? std::move(params) : with_values(params, places, values_)};
}

Cursor NarrowedSession::run_query(SqlText sql, std::vector<Param> params)
{
    auto [text, values] = seen(sql, std::move(params));
    return inner_->query_with(text, std::move(values));
}

Cursor NarrowedSession::run_stream(SqlText sql, std::vector<Param> params)
{
    auto [text, values] = seen(sql, std::move(params));
    return inner_->stream_with(text, std::move(values));
}

std::int64_t NarrowedSession::run(SqlText sql, std::vector<Param>)
{
    throw std::logic_error("somebody who does not see every row writes through a reader's session: " + std::string{sql.sqlite().substr(0, 100)});
}

}  // namespace greffier::storage
