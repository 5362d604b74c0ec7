#include "registers/breach/axis.hpp"

#include <algorithm>
#include <cstdlib>

#include "registers/breach/words.hpp"

namespace greffier::breach {

using namespace web::literals;
using web::Html;

namespace {

constexpr std::int64_t left = 40, right = 740, line = 58, high = 40, low = 82;
constexpr std::int64_t room = 92;      ///< that a label needs beside another
constexpr std::int64_t crowd = 520;    ///< from here on, the labels of the ends stand above the line

/// Instants to places on the line. A mark behind the legal limit draws the line out to itself.
struct Scale {
    Timestamp from, until;
    [[nodiscard]] std::int64_t x(Timestamp at) const
    {
        auto const span = std::max<std::int64_t>((until - from).count(), 1);
        return left + std::clamp<std::int64_t>((at - from).count(), 0, span) * (right - left) / span;
    }
};

void write_line(Html& out, web::Markup kind, std::int64_t from_x, std::int64_t from_y, std::int64_t to_x, std::int64_t to_y)
{
    out << "<line class=\""_h << kind << "\""_h;
    out.attr("x1"_h, from_x).attr("y1"_h, from_y).attr("x2"_h, to_x).attr("y2"_h, to_y);
    out << "/>"_h;
}

void write_label(Html& out, std::int64_t x, std::int64_t y, web::Markup anchor, web::Markup kind, std::string_view words)
{
    out << "<text class=\""_h << kind << "\" text-anchor=\""_h << anchor << "\""_h;
    out.attr("x"_h, x).attr("y"_h, y);
    out << ">"_h << words << "</text>"_h;
}

void write_dot(Html& out, web::Markup kind, std::int64_t x, std::int64_t radius)
{
    out << "<circle class=\""_h << kind << "\""_h;
    out.attr("cx"_h, x).attr("cy"_h, line).attr("r"_h, radius);
    out << "/>"_h;
}

std::string sentence(law::HourPeriod const& clock, AxisMark mark, std::string const& span, Locale const& locale)
{
    return locale.text(mark.sent ? "breach.axis.sentence_sent" : "breach.axis.sentence",
                       {{"aware", weekday_instant(clock.event, locale)}, {"span", span}, {"strict", weekday_instant(clock.strict_due, locale)}, {"legal", weekday_instant(clock.legal_due, locale)}});
}

}  // namespace

void write_axis(Html& out, law::HourPeriod const& clock, AxisMark mark, std::vector<Moment> const& moments, Locale const& locale)
{
    Scale const scale{clock.event, std::max(clock.legal_due, mark.at)};
    auto const reached = scale.x(mark.at);
    auto const strict = scale.x(clock.strict_due), legal = scale.x(clock.legal_due);
    auto const span = span_words(std::max(mark.at - clock.event, std::chrono::milliseconds{0}), locale);
    out << "<div class=\"g-scroll\" tabindex=\"0\" role=\"region\""_h;
    out.attr("aria-label"_h, locale.text("breach.axis"));
    out << "><svg class=\"g-axis\" viewBox=\"0 0 780 96\" role=\"img\" aria-labelledby=\"axis-t\"><title id=\"axis-t\">"_h << sentence(clock, mark, span, locale) << "</title>"_h;
    write_line(out, "base"_h, left, line, right, line);
    write_line(out, "run"_h, left, line, reached, line);
    write_line(out, "tick"_h, left, line - 6, left, line + 6);
    // A mark over the ends' labels stands below the line, and there it pushes the hours aside.
    bool const below = reached >= crowd;
    auto const taken = [&](std::int64_t x) { return below && std::abs(x - reached) < room; };
    write_label(out, left - 6, low, "start"_h, "b"_h, locale.text("breach.axis.aware"));
    for (int const hours : {24, 48}) {
        auto const x = scale.x(clock.event + std::chrono::hours{hours});
        write_line(out, "tick"_h, x, line - 6, x, line + 6);
        if (x - left >= room && !taken(x)) write_label(out, x, low, "middle"_h, "h"_h, locale.text("breach.axis.hours", {{"hours", std::to_string(hours)}}));
    }
    write_line(out, "end"_h, strict, 8, strict, line + 6);
    write_label(out, strict - 7, 17, "end"_h, "d"_h, locale.text("breach.axis.strict", {{"when", weekday_instant(clock.strict_due, locale)}}));
    write_line(out, "lim"_h, legal, 8, legal, line + 6);
    write_label(out, strict - 7, 36, "end"_h, "h"_h, locale.text("breach.axis.legal", {{"when", locale.instant(clock.legal_due)}}));
    for (auto const& moment : moments)
        if (!moment.ahead && !moment.day_only && !moment.key && moment.at >= clock.event && moment.at <= mark.at) write_dot(out, "ev"_h, scale.x(moment.at), 4);
    write_dot(out, "now"_h, reached, 8);
    auto const words = locale.text(mark.sent ? "breach.axis.sent" : "breach.axis.now", {{"span", span}});
    write_label(out, std::max(reached, left + room), below ? low : high, below && reached > right - room ? "end"_h : "middle"_h, "b"_h, words);
    out << "</svg></div>"_h;
}

}  // namespace greffier::breach
