#include "web/pager.hpp"

#include <algorithm>

namespace greffier::web {

using namespace literals;

void page_links(Html& out, Locale const& locale, std::int64_t page, std::int64_t pages, std::function<std::string(std::int64_t)> const& address, bool more)
{
    auto item = [&](std::int64_t number, std::string const& words, bool enabled, bool numbered) {
        out << "<li>"_h;
        if (!enabled) { out << "<span>"_h << words << "</span></li>"_h; return; }
        out << "<a"_h;
        out.url("href"_h, address(number));
        if (numbered) out.attr("aria-label"_h, locale.text("list.page_number", {{"n", words}}));
        if (numbered && number == page) out.attr("aria-current"_h, "page");
        out << ">"_h << words << "</a></li>"_h;
    };
    out << "<nav"_h;
    out.attr("aria-label"_h, locale.text("list.pages"));
    out << "><ul class=\"g-pages\">"_h;
    item(page - 1, locale.text("list.previous"), page > 1, false);
    for (auto number = std::max<std::int64_t>(1, page - 2); number <= std::min(pages, page + 2); ++number) item(number, locale.number(number), true, true);
    item(page + 1, locale.text("list.next"), more || page < pages, false);
    out << "</ul></nav>"_h;
}

}  // namespace greffier::web
