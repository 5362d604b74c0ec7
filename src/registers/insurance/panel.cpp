#include "registers/insurance/panel.hpp"

#include "registers/insurance/insurance.hpp"

namespace greffier::insurance {

using web::Html;
using namespace web::literals;

namespace {

struct Tally { int included = 0, sometimes = 0, excluded = 0, unasked = 0; };

template <class Line>
Tally tally_of(std::vector<Line> const& lines)
{
    Tally tally;
    for (auto const& line : lines) {
        if (!line.cover) ++tally.unasked;
        else if (*line.cover == Cover::Included) ++tally.included;
        else if (*line.cover == Cover::Sometimes) ++tally.sometimes;
        else ++tally.excluded;
    }
    return tally;
}

void write_line(Html& out, Locale const& locale, std::string_view grid, Tally const& tally)
{
    out << "<tr><th scope=\"row\">"_h << locale.text(grid) << "</th>"_h;
    for (int const count : {tally.included, tally.sometimes, tally.excluded, tally.unasked}) out << "<td class=\"g-num\">"_h << count << "</td>"_h;
    out << "</tr>"_h;
}

}  // namespace

void write_panel(Html& out, records::PanelView const& view)
{
    auto const& locale = view.context.locale;
    auto const policy = insurance_schema().unpack(view.stored.row);
    if (!policy.ok()) return;
    out << "<section class=\"g-panel mb-4\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << locale.text("insurance.tally") << "</h2></div><div class=\"g-panel-body\"><div class=\"g-scroll\" tabindex=\"0\" role=\"group\""_h;
    out.attr("aria-label"_h, locale.text("insurance.tally"));
    out << "><table class=\"g-table\"><thead><tr><th scope=\"col\">"_h << locale.text("insurance.tally.grid") << "</th>"_h;
    for (auto const* state : {"insurance_cover.included", "insurance_cover.sometimes", "insurance_cover.excluded", "insurance.tally.unasked"}) out << "<th scope=\"col\" class=\"g-num\">"_h << locale.text(state) << "</th>"_h;
    out << "</tr></thead><tbody>"_h;
    write_line(out, locale, "insurance.causes.short", tally_of(policy->causes));
    write_line(out, locale, "insurance.persons.short", tally_of(policy->persons));
    write_line(out, locale, "insurance.damages.short", tally_of(policy->damages));
    out << "</tbody></table></div></div></section>"_h;
}

}  // namespace greffier::insurance
