#pragma once
// The links below a list to its pages: the one before, five numbers around the current one, the one after.

#include <cstdint>
#include <functional>
#include <string>

#include "core/locale.hpp"
#include "web/html.hpp"

namespace greffier::web {

/// `page` counts from 1. `address` says where a page stands; `more` that one follows although `pages` does not count it.
void page_links(Html& out, Locale const& locale, std::int64_t page, std::int64_t pages, std::function<std::string(std::int64_t)> const& address, bool more = false);

}  // namespace greffier::web
