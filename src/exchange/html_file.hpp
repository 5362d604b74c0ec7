#pragma once
// A page that is a file: it carries its own look, asks nobody for anything and runs nothing.

#include <string_view>

#include "core/locale.hpp"
#include "web/html.hpp"

namespace greffier::exchange {

/// From the first line to the title in the head of the page; the caller closes header, main, body and html.
void open_html_file(web::Html& out, Locale const& locale, std::string_view title);

}  // namespace greffier::exchange
