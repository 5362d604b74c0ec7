#include "overview/charts.hpp"

#include <algorithm>

#include "web/frame.hpp"

namespace greffier::overview {

using namespace web::literals;
using web::Html;

namespace {

std::int64_t greatest(std::vector<Bar> const& bars)
{
    std::int64_t most = 1;
    for (auto const& bar : bars) most = std::max(most, bar.value);
    return most;
}

void begin_picture(Html& out, std::string_view id, std::string_view summary, int width, int height)
{
    auto const title = std::string{id} + "-t";
    out << "<svg class=\"g-chart\" role=\"img\""_h;
    out.attr("viewBox"_h, "0 0 " + std::to_string(width) + " " + std::to_string(height)).attr("aria-labelledby"_h, title);
    out << "><title"_h;
    out.attr("id"_h, title);
    out << ">"_h << summary << "</title>"_h;
}

void rectangle(Html& out, std::string const& shade, double x, double y, double width, double height)
{
    out << "<rect rx=\"2\""_h;
    out.attr("class"_h, shade).attr("x"_h, std::to_string(x)).attr("y"_h, std::to_string(y)).attr("width"_h, std::to_string(width)).attr("height"_h, std::to_string(height));
    out << "/>"_h;
}

void words_at(Html& out, std::string_view kind, double x, double y, std::string_view anchor, std::string_view words)
{
    out << "<text"_h;
    if (!kind.empty()) out.attr("class"_h, kind);
    out.attr("x"_h, std::to_string(x)).attr("y"_h, std::to_string(y)).attr("text-anchor"_h, anchor);
    out << ">"_h << words << "</text>"_h;
}

void table_of(Html& out, std::string_view what, std::vector<Bar> const& bars, std::string_view of, Locale const& locale)
{
    out << "<details class=\"g-disclose\"><summary>"_h;
    web::icon(out, "chevron-right");
    out << locale.text("chart.as_table") << "</summary><table class=\"g-table\"><caption class=\"g-hidden\">"_h << of << "</caption><thead class=\"g-hidden\"><tr><th scope=\"col\">"_h << what
        << "</th><th scope=\"col\">"_h << locale.text("dashboard.records") << "</th></tr></thead><tbody>"_h;
    for (auto const& bar : bars) {
        out << "<tr><th scope=\"row\">"_h;
        if (bar.href.empty()) out << bar.label;
        else {
            out << "<a"_h;
            out.url("href"_h, bar.href);
            out << ">"_h << bar.label << "</a>"_h;
        }
        out << "</th><td class=\"g-num\">"_h << locale.number(bar.value) << "</td></tr>"_h;
    }
    out << "</tbody></table></details>"_h;
}

}  // namespace

void column_chart(Html& out, std::string_view id, std::string_view summary, std::string_view what, std::vector<Bar> const& bars, Locale const& locale)
{
    constexpr int width = 400, height = 150, foot = 22, head = 18;
    begin_picture(out, id, summary, width, height);
    auto const most = static_cast<double>(greatest(bars));
    auto const step = static_cast<double>(width) / static_cast<double>(std::max<std::size_t>(1, bars.size()));
    constexpr double base = height - foot;
    out << "<path class=\"grid\" d=\"M0 128.5h400\"/>"_h;
    for (std::size_t i = 0; i < bars.size(); ++i) {
        auto const& bar = bars[i];
        auto const centre = step * (static_cast<double>(i) + .5);
        auto const tall = bar.value == 0 ? 0 : std::max(3.0, (base - head) * static_cast<double>(bar.value) / most);
        if (bar.value > 0) {
            rectangle(out, bar.shade, centre - step * .34, base - tall, step * .68, tall);
            words_at(out, "v", centre, base - tall - 5, "middle", locale.number(bar.value));
        }
        words_at(out, "", centre, height - 5, "middle", bar.short_label);
    }
    out << "</svg>"_h;
    table_of(out, what, bars, summary, locale);
}

void line_bars(Html& out, std::string_view id, std::string_view summary, std::string_view what, std::vector<Bar> const& bars, Locale const& locale)
{
    constexpr int width = 400, row = 26, label = 92, figures = 46;
    begin_picture(out, id, summary, width, row * static_cast<int>(bars.size()));
    auto const most = static_cast<double>(greatest(bars));
    for (std::size_t i = 0; i < bars.size(); ++i) {
        auto const& bar = bars[i];
        auto const top = static_cast<double>(row) * static_cast<double>(i);
        auto const wide = bar.value == 0 ? 0 : std::max(3.0, (width - label - figures) * static_cast<double>(bar.value) / most);
        words_at(out, "", 0, top + 17, "start", bar.short_label);
        if (bar.value > 0) rectangle(out, bar.shade, label, top + 6, wide, 14);
        words_at(out, "v", label + wide + 6, top + 17.5, "start", locale.number(bar.value));
    }
    out << "</svg>"_h;
    table_of(out, what, bars, summary, locale);
}

}  // namespace greffier::overview
