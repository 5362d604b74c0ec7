#include "registers/measure/panel.hpp"

#include "law/security_guide.hpp"
#include "records/pages/proofs.hpp"
#include "registers/measure/measure.hpp"
#include "web/frame.hpp"

namespace greffier::measure {

using namespace web::literals;

void write_panel(web::Html& out, records::PanelView const& view)
{
    auto const& locale = view.context.locale;
    auto const measure = measure_schema().unpack(view.stored.row);
    if (!measure.ok()) return;
    auto const* point = law::security_point(measure->point);
    out << "<div class=\"g-cols\"><section class=\"g-panel g-col-12\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << locale.text(point ? "measure.panel.point" : "measure.panel.own") << "</h2></div><div class=\"g-panel-body\">"_h;
    if (point)
        out << "<p>"_h << point->text(locale.language()) << "</p><p class=\"g-xs g-muted\">"_h
            << locale.text("security_sheet." + point->sheet) << " · "_h << locale.text("measure.source", {{"source", point->source}}) << "</p>"_h;
    out << "<p class=\"mb-0\"><a"_h;
    out.url("href"_h, view.context.address("/measures/assessment") + (point ? "#sheet-" + point->sheet : std::string{}));
    out << ">"_h << locale.text("measure.assessment.open") << "</a></p></div></section></div>"_h;
    records::write_proofs(out, view);
}

}  // namespace greffier::measure
