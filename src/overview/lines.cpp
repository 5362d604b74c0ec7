#include "overview/lines.hpp"

#include "web/frame.hpp"

namespace greffier::overview {

using namespace web::literals;
using web::Html;

void write_link(Html& out, std::string const& href, std::string_view words)
{
    out << "<a"_h;
    out.url("href"_h, href);
    out << ">"_h << words << "</a>"_h;
}

void write_place(Html& out, Place const& place)
{
    out << "<span"_h;
    out.attr("class"_h, "g-place g-org-" + std::to_string(place.colour));
    out << "><span class=\"g-mark g-mark--s\" aria-hidden=\"true\">"_h << web::initials(place.name) << "</span> "_h << place.name << "</span>"_h;
}

std::string record_words(PlacedRecord const& record, Locale const& locale)
{
    auto words = locale.text("register." + record.register_slug);
    if (!record.reference.empty()) words += " · " + record.reference;
    if (!record.status.empty()) words += " · " + locale.text("status." + record.status);
    return words;
}

void write_record_line(Html& out, PlacedRecord const& record, Locale const& locale, bool with_place)
{
    out << "<li><h3>"_h;
    write_link(out, record.address(), record.title);
    out << "</h3><p>"_h;
    if (with_place) {
        write_place(out, record.where);
        out << " "_h;
    }
    out << "<span>"_h << record_words(record, locale) << "</span></p></li>"_h;
}

}  // namespace greffier::overview
