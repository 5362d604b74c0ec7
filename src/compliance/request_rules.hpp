#pragma once
// Rules that hold a request against the processings that were searched for it.

#include <span>

#include "compliance/cross_rules.hpp"
#include "registers/request/request.hpp"

namespace greffier::compliance {

inline constexpr std::string_view requests_slug = "requests";

request::Request request_of(schema::Row const& row);
std::span<CrossRule<request::Request> const> cross_request_rules();

std::span<Reading const> request_readings();

}  // namespace greffier::compliance
