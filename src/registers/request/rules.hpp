#pragma once
// What the linter says of a request from its own fields (RIG); rules that look at its processings are in compliance/.

#include <span>

#include "records/rule.hpp"
#include "registers/request/request.hpp"

namespace greffier::request {

std::span<records::Rule<Request> const> request_rules();

}  // namespace greffier::request
