#pragma once
// SQL exists only as literals: SqlText has only a consteval constructor, so a run-time string as SQL
// does not compile. Values are always bound. Where the engines differ, both texts stand side by side.
//
//   session.query(SqlText{"SELECT title FROM record WHERE organisation_id=? AND id=?"}, organisation, id)

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "core/crypto.hpp"
#include "core/id.hpp"
#include "core/time.hpp"

namespace greffier::storage {

class SqlText {
public:
    template <std::size_t N>
    consteval SqlText(char const (&both)[N]) : sqlite_(both, N - 1), postgres_(both, N - 1) {}   // NOLINT: implicit
    template <std::size_t N, std::size_t M>
    consteval SqlText(char const (&sqlite)[N], char const (&postgres)[M]) : sqlite_(sqlite, N - 1), postgres_(postgres, M - 1) {}

    [[nodiscard]] constexpr std::string_view sqlite() const { return sqlite_; }
    [[nodiscard]] constexpr std::string_view postgres() const { return postgres_; }

    /// One statement out of several literals (a list's filters and order): still nothing but literals.
    /// The result is kept for the life of the program, so that it can key the statement cache; the number of
    /// distinct results is bounded by the code that joins them. Thread-safe.
    static SqlText joined(std::initializer_list<SqlText> pieces) { return joined(std::span{pieces.begin(), pieces.size()}); }
    static SqlText joined(std::span<SqlText const> pieces);

private:
    friend class CatalogueText;   ///< transfer.cpp alone: statements over whatever tables a database's own catalogue lists
    friend class NarrowedTexts;   ///< narrowed.cpp alone: a literal whose tables are read through another
    SqlText(std::string_view sqlite, std::string_view postgres) : sqlite_(sqlite), postgres_(postgres) {}
    std::string_view sqlite_, postgres_;   ///< static storage: their address is the key of the statement cache
};

/// A bound value. Text and bytes are views: they must live until the statement has run.
using Param = std::variant<std::nullptr_t, std::int64_t, double, std::string_view, ByteView>;

inline Param to_param(std::nullptr_t) { return nullptr; }
template <class I> requires std::is_integral_v<I>
Param to_param(I value) { return static_cast<std::int64_t>(value); }
inline Param to_param(std::string_view value) { return value; }
inline Param to_param(std::string const& value) { return std::string_view{value}; }
inline Param to_param(char const* value) { return std::string_view{value}; }
inline Param to_param(Bytes const& value) { return ByteView{value}; }
inline Param to_param(ByteView value) { return value; }
inline Param to_param(Hash const& value) { return ByteView{value}; }
inline Param to_param(Uuid const& value) { return ByteView{value.bytes}; }
template <class Tag>
Param to_param(Id<Tag> const& value) { return ByteView{value.uuid.bytes}; }
inline Param to_param(Timestamp value) { return to_millis(value); }
template <class T>
Param to_param(std::optional<T> const& value) { return value ? to_param(*value) : Param{nullptr}; }

/// What is viewed must be somebody's: a temporary is gone before the statement runs.
Param to_param(std::string&&) = delete;
Param to_param(Bytes&&) = delete;
Param to_param(Hash&&) = delete;
Param to_param(Uuid&&) = delete;
template <class Tag>
Param to_param(Id<Tag>&&) = delete;

}  // namespace greffier::storage
