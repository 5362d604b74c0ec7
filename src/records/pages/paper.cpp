#include "records/pages/paper.hpp"

#include <utility>

#include "web/frame.hpp"

namespace greffier::records {

using web::Html;
using namespace web::literals;

Html paper_link(std::string const& address, std::string_view words)
{
    Html out;
    out << "<a class=\"btn btn-outline\""_h;
    out.url("href"_h, address);
    out << ">"_h << words << "</a>"_h;
    return out;
}

Html print_button(Locale const& locale, PrintButton weight)
{
    Html out;
    out << "<button"_h;
    out.attr("class"_h, weight == PrintButton::Chief ? "btn btn-primary" : "btn btn-outline");
    out << " type=\"button\" data-print hidden>"_h;
    web::icon(out, "printer");
    out << " "_h << locale.text("paper.print") << "</button>"_h;
    return out;
}

Html paper_actions(Locale const& locale, std::string const& back, std::string_view back_label, PrintButton weight)
{
    Html out = paper_link(back, back_label);
    out << print_button(locale, weight);
    return out;
}

Html paper_in_two_languages(Locale const& locale, std::string const& here, Language shown)
{
    auto const other = std::string{code_of(shown == Language::French ? Language::English : Language::French)};
    Html out = paper_link(here + "?lang=" + other, locale.text("paper.in_" + other));
    out << print_button(locale, PrintButton::Chief);
    return out;
}

PaperTable::PaperTable(Html& out, std::string_view label, std::vector<std::string> headings) : out_(out), headings_(std::move(headings))
{
    out_ << "<div class=\"g-tablewrap\" tabindex=\"0\" role=\"group\""_h;
    out_.attr("aria-label"_h, label);
    out_ << "><table class=\"g-table g-table--cards g-table--wide\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    for (auto const& heading : headings_) out_ << "<th role=\"columnheader\" scope=\"col\">"_h << heading << "</th>"_h;
    out_ << "</tr></thead><tbody role=\"rowgroup\">"_h;
}

void PaperTable::open()
{
    if (in_row_) out_ << "</tr>"_h;
    in_row_ = true;
    column_ = 0;
    out_ << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">"_h;
}

void PaperTable::row(std::string_view name)
{
    open();
    out_ << name << "</th>"_h;
}

void PaperTable::row(Html const& name)
{
    open();
    out_ << name << "</th>"_h;
}

void PaperTable::blank_row()
{
    if (in_row_) out_ << "</tr>"_h;
    in_row_ = true;
    out_ << "<tr role=\"row\">"_h;
    for (auto const& heading : headings_) {
        out_ << "<td role=\"cell\""_h;
        out_.attr("data-label"_h, heading);
        out_ << ">\u00a0</td>"_h;
    }
}

/// On a telephone the heading stands beside the cell, and a cell without words is left out.
void PaperTable::open_cell()
{
    out_ << "<td role=\"cell\""_h;
    if (++column_ < headings_.size()) out_.attr("data-label"_h, headings_[column_]);
    out_ << ">"_h;
}

void PaperTable::cell(std::string_view words)
{
    open_cell();
    if (!words.empty()) {
        out_ << "<div>"_h;
        out_.lines(words);
        out_ << "</div>"_h;
    }
    out_ << "</td>"_h;
}

void PaperTable::cell(Html const& piece)
{
    open_cell();
    if (!piece.text().empty()) out_ << "<div>"_h << piece << "</div>"_h;
    out_ << "</td>"_h;
}

void PaperTable::number(std::int64_t value, Locale const& locale) { cell(std::string_view{locale.number(value)}); }

void PaperTable::end()
{
    if (in_row_) out_ << "</tr>"_h;
    out_ << "</tbody></table></div>"_h;
}

}  // namespace greffier::records
