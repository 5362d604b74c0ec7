#include "records/list_state.hpp"

#include <algorithm>
#include <array>

#include "web/target.hpp"

namespace greffier::records {

namespace {

/// What is known of today alone cannot filter or sort a list of the past: the address says no more than the list does.
void leave_the_present_out(ListQuery& query)
{
    query.at_least.reset();
    query.review_overdue = query.deleted = false;
    if (query.sort != "review" && query.sort != "findings") return;
    query.sort = "title";
    query.descending = false;
}

}  // namespace

Result<ListState> parse_list_state(Register const& kind, web::Pairs const& query, std::string const& zone, Timestamp now)
{
    ListState state{TRY(parse_list_query(query, zone, now)), parse_columns(kind, query)};
    if (state.query.at) leave_the_present_out(state.query);
    return state;
}

std::string state_text(ListState const& state)
{
    auto text = list_address(state.query);
    if (!state.columns.empty()) text += (text.empty() ? "columns=" : "&columns=") + columns_text(state.columns);
    return text;
}

bool says_a_state(web::Pairs const& query)
{
    constexpr std::array names{"q", "status", "filter", "findings", "overdue", "deleted", "sort", "per_page", "columns", "cols", "at"};
    return std::ranges::any_of(names, [&](char const* name) { return query.has(name); });
}

web::Pairs pairs_of(std::string_view state)
{
    auto target = web::parse_target("/?" + std::string{state});
    return target ? std::move(target->query) : web::Pairs{};
}

std::string canonical_state(Register const& kind, std::string_view state, std::string const& zone, Timestamp now)
{
    auto const read = parse_list_state(kind, pairs_of(state), zone, now);
    return read.ok() ? state_text(*read) : std::string{};
}

}  // namespace greffier::records
