#pragma once
// A file of addresses held against the list of objections: by page and by API. All that is said is which lines are on it.

#include <vector>

#include "accounts/context.hpp"
#include "records/store.hpp"

namespace greffier::consent {

/// `machinery` must outlive the routes.
std::vector<accounts::Route> check_routes(records::Machinery const& machinery);

/// Numbers of the lines, from 1, that somebody in force on the list objects to being written to. Blank ones are none.
std::vector<std::size_t> objected_lines(records::Records const& records, records::Register const& objections, std::vector<std::string> const& lines);
constexpr std::size_t most_checked = 5000;

}  // namespace greffier::consent
