#pragma once
// A reader's session that does not see every row: each mention of a table is read through a condition, whatever the
// statement says. A statement cannot forget it, for it is not the statement that knows.
//
//   FROM record r JOIN record_body b …   becomes   FROM (SELECT s.* FROM record s WHERE …) r JOIN record_body b …
//
// What conditions there are is said in one place (accounts/sight.cpp). Statements are kept, so that they are prepared
// once per connection like all others.

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "storage/database.hpp"

namespace greffier::storage {

/// One table, and what is read in its place.
struct Screen {
    std::string_view table;
    SqlText rows;                   ///< "(SELECT s.* FROM record s WHERE …)"
    std::span<int const> values;    ///< of the reader's values, those that `rows` binds, in its order
};
/// In static storage: where they stand keys the statements kept.
using Screens = std::span<Screen const>;

/// As SQL: `sql` with every `FROM table` and `JOIN table` read through its screen; `values[i]` is the value that goes
/// before the parameter `i` had counted. For tests, and for the session below. Thread-safe.
struct NarrowedText {
    SqlText sql;
    struct Place { std::size_t before; int value; };   ///< this value is bound before the statement's own parameter of that number
    std::vector<Place> sqlite, postgres;
};
NarrowedText const& narrowed(SqlText sql, Screens screens);

/// Reads alone: writing through it is a mistake of the program, and throws.
class NarrowedSession final : public Session {
public:
    /// `inner` must outlive it. `values` are what the screens bind.
    NarrowedSession(Session& inner, Screens screens, std::vector<Uuid> values) : inner_(&inner), screens_(screens), values_(std::move(values)) {}

    [[nodiscard]] Engine engine() const override { return inner_->engine(); }

protected:
    Cursor run_query(SqlText sql, std::vector<Param> params) override;
    Cursor run_stream(SqlText sql, std::vector<Param> params) override;
    std::int64_t run(SqlText sql, std::vector<Param> params) override;

private:
    [[nodiscard]] std::pair<SqlText, std::vector<Param>> seen(SqlText sql, std::vector<Param> params) const;

    Session* inner_;
    Screens screens_;
    std::vector<Uuid> values_;
};

}  // namespace greffier::storage
