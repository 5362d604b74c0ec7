#pragma once
// The state of a list lives in its address: these two functions are inverse of each other.

#include <optional>
#include <string>

#include "core/result.hpp"
#include "records/store.hpp"
#include "web/message.hpp"

namespace greffier::records {

/// "2026-03-14" = the end of that day in `zone`; or an RFC 3339 instant. The future is Invalid.
Result<Timestamp> parse_at(std::string_view text, std::string const& zone, Timestamp now);

/// q, status (repeated or comma-separated), filter (facets "tags:hr"), findings, overdue, deleted, sort ("-updated"
/// descends), page, per_page, after, at. Unknown names are ignored: an address may carry more than the list's state.
Result<ListQuery> parse_list_query(web::Pairs const& query, std::string const& zone, Timestamp now);

/// "q=…&status=…" without page and after, in a fixed order; `except` leaves one name out.
std::string list_address(ListQuery const& query, std::string_view except = "", std::string_view value = "");

}  // namespace greffier::records
