#pragma once
// When the database goes away in the middle of a request: a page that says so and offers the same act again, with all
// that was typed.

#include <exception>
#include <optional>

#include "core/locale.hpp"
#include "web/message.hpp"

namespace greffier::app {

/// Nothing when `failure` is of another kind.
std::optional<web::Response> away_answer(web::Request const& request, std::exception const& failure, Locale const& locale);

}  // namespace greffier::app
