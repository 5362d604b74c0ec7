#pragma once
// Columns of a register's list: which there are, which are shown, their words and the text of a cell. The list page
// and the exports of "exactly what is shown" read the same value: names in their order, as `columns=` carries them.

#include <string>
#include <string_view>
#include <vector>

#include "core/locale.hpp"
#include "records/record.hpp"
#include "records/register.hpp"
#include "web/message.hpp"

namespace greffier::records {

/// Common columns every register has: reference status findings completeness review updated created.
/// Beside them, any declared field of a simple kind (no link, no owned rows) but the title, which is always shown.
std::vector<std::string> known_columns(Register const& kind);
/// Shown when nobody chose: those the register declares in_list() and the common ones.
std::vector<std::string> usual_columns(Register const& kind);

/// The value of `columns=` (repeated, or separated by commas), unknown and repeated names left out; the order is kept.
/// Nothing usable: empty.
std::vector<std::string> parse_columns(Register const& kind, web::Pairs const& query);
std::vector<std::string> parse_columns(Register const& kind, std::string_view list);
/// What an export of these columns writes: title, reference, then the others in their order.
std::vector<std::string> export_columns(std::vector<std::string> const& shown);
/// Formats that write the columns shown when they are asked for: csv, xlsx, ods.
bool follows_columns(std::string_view format);
std::string columns_text(std::vector<std::string> const& columns);   ///< "status,tags"

/// False for a common column: the list must read bodies only when one of these is shown.
bool lives_in_body(Register const& kind, std::string_view column);
/// The list can be sorted by it: the common columns.
bool is_sortable(std::string_view column);

/// Heading of a column, "title" included.
std::string column_words(Register const& kind, std::string_view column, Locale const& locale);
/// The text of a cell; `row` may be absent for a common column. Also "title".
std::string column_text(Register const& kind, std::string_view column, Head const& head, schema::Row const* row, Locale const& locale);

}  // namespace greffier::records
