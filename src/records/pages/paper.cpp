#include "records/pages/paper.hpp"

#include "web/frame.hpp"

namespace greffier::records {

using web::Html;
using namespace web::literals;

Html paper_actions(Locale const& locale, std::string const& back, std::string_view back_label)
{
    Html out;
    out << "<a class=\"btn btn-outline\""_h;
    out.url("href"_h, back);
    out << ">"_h << back_label << "</a><button class=\"btn btn-outline\" type=\"button\" data-print hidden>"_h;
    web::icon(out, "printer");
    out << " "_h << locale.text("import.print") << "</button>"_h;
    return out;
}

PaperTable::PaperTable(Html& out, std::string_view label, std::vector<std::string> const& headings) : out_(out)
{
    out_ << "<div class=\"g-tablewrap\" tabindex=\"0\" role=\"group\""_h;
    out_.attr("aria-label"_h, label);
    out_ << "><table class=\"g-table g-table--cards\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    for (auto const& heading : headings) out_ << "<th role=\"columnheader\" scope=\"col\">"_h << heading << "</th>"_h;
    out_ << "</tr></thead><tbody role=\"rowgroup\">"_h;
}

void PaperTable::open()
{
    if (in_row_) out_ << "</tr>"_h;
    in_row_ = true;
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

void PaperTable::cell(std::string_view words)
{
    out_ << "<td role=\"cell\">"_h;
    out_.lines(words);
    out_ << "</td>"_h;
}

void PaperTable::cell(Html const& piece) { out_ << "<td role=\"cell\">"_h << piece << "</td>"_h; }

void PaperTable::number(std::int64_t value, Locale const& locale) { cell(std::string_view{locale.number(value)}); }

void PaperTable::end()
{
    if (in_row_) out_ << "</tr>"_h;
    out_ << "</tbody></table></div>"_h;
}

}  // namespace greffier::records
