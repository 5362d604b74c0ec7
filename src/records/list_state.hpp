#pragma once
// The whole state of a list as its address carries it: filters, order, page size and columns. A saved view is this
// state with a name; an address may name a view (`view=`) and then says nothing, or says how it differs.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/list_columns.hpp"
#include "records/list_query.hpp"

namespace greffier::records {

struct ListState {
    ListQuery query;
    std::vector<std::string> columns;      ///< as said; empty: whatever the reader is used to
};

/// parse_list_query() and `columns=`. With `at`, filters and orders that only the present has are left out.
Result<ListState> parse_list_state(Register const& kind, web::Pairs const& query, std::string const& zone, Timestamp now);
/// The same in a fixed order, without page: what a view keeps.
std::string state_text(ListState const& state);

/// True when the address says something of the list's state, be it an empty search: a view it names is then only
/// what the state came from.
bool says_a_state(web::Pairs const& query);
/// "q=a&status=draft" -> pairs; what cannot be read is no state at all.
web::Pairs pairs_of(std::string_view state);
/// What the text says, written as state_text() would, unknown names and values that mean nothing left out.
std::string canonical_state(Register const& kind, std::string_view state, std::string const& zone, Timestamp now);

}  // namespace greffier::records
