#pragma once
// The side tables an archive carries row by row, declared once: what is read, what is written, and what each column means.
// Records, people and the log are written out by themselves (parts.hpp).

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "archive/format.hpp"
#include "archive/json_line.hpp"
#include "archive/renumber.hpp"
#include "storage/database.hpp"

namespace greffier::archive {

enum class Means { Text, Number, Instant, Id, Record, Actor, Person };

struct SideColumn {
    std::string_view name;
    Means means = Means::Text;
};

struct SideTable {
    std::string_view name;                ///< of the table, and of its lines: {"<name>":{…}}
    std::string_view part;
    storage::SqlText select, insert;      ///< select takes the organisation; insert takes it, then the columns
    std::vector<SideColumn> columns;
    std::size_t key = 1;                  ///< the first so many tell rows apart
    std::string_view of = "";             ///< the side table its rows belong to: `belongs` of its columns are that one's key
    std::size_t belongs = 0;
};

/// Those that others belong to come first.
std::span<SideTable const> side_tables();
SideTable const* side_table(std::string_view name);

/// One value of a row: text, number, or nothing.
using SideValue = std::optional<std::variant<std::int64_t, std::string>>;   // ids as 16 bytes
using SideRow = std::vector<SideValue>;

std::string to_line(SideTable const& table, storage::Cursor const& row);
struct SideLine {
    SideTable const* table = nullptr;
    SideRow row;
};
Result<SideLine> parse_side_line(std::string_view line, Place const& place);

/// Text that is the same for two rows exactly when the first `count` of their columns are.
std::string key_of(SideRow const& row, std::size_t count);

/// Writes the row for its new organisation.
void write_row(storage::Session& session, SideTable const& table, SideRow const& row, Renumber const& renumber);

/// What is carried, derived again or left out, of every table that holds something of organisations: a test holds it
/// against the database's own catalogue. Columns are those this version of the format knows.
enum class Fate { Carried, Derived, LeftOut };
struct TableFate {
    std::string_view table;
    Fate fate;
    std::vector<std::string_view> columns = {};
};
std::span<TableFate const> table_fates();

}  // namespace greffier::archive
