#pragma once
// Internal to overview's pages: lines that lead to records and organisations, the same wherever they stand.

#include <string>

#include "core/locale.hpp"
#include "overview/portfolio.hpp"
#include "web/html.hpp"

namespace greffier::overview {

void write_link(web::Html& out, std::string const& href, std::string_view words);
/// The organisation's mark and name.
void write_place(web::Html& out, Place const& place);
/// <li> of a list of records: title, reference, register, status, and where it is when `with_place`.
void write_record_line(web::Html& out, PlacedRecord const& record, Locale const& locale, bool with_place);
/// "Traitements · TRT-0003 · brouillon", for the small line under a title.
std::string record_words(PlacedRecord const& record, Locale const& locale);

}  // namespace greffier::overview
