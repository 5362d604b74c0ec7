// What stands at the top of a page's body, and the body of an error page.
#include "web/frame.hpp"

namespace greffier::web {

namespace {

struct ToneLook {
    std::string_view css, icon;
};

ToneLook look_of(Notice::Tone tone)
{
    switch (tone) {
    case Notice::Tone::Ok: return {"g-alert g-alert--ok g-flash", "circle-check"};
    case Notice::Tone::Info: return {"g-alert g-alert--info", "info-circle"};
    case Notice::Tone::Warning: return {"g-alert g-alert--warn", "alert-triangle"};
    case Notice::Tone::Danger: return {"g-alert g-alert--danger", "alert-octagon"};
    }
    return {};
}

void alert(Html& out, ToneLook look, bool urgent, std::string_view text)
{
    out << "<section"_h;
    out.attr("class"_h, look.css).attr("role"_h, urgent ? "alert" : "status");
    out << ">"_h;
    icon(out, look.icon);
    out << "<div class=\"g-alert-text\"><p>"_h << text << "</p></div></section>\n"_h;
}

/// The chapter of the menu in which a page stands: where its first crumb is found, else where the page itself is.
std::string_view chapter_of(Frame const& frame)
{
    for (auto const& section : frame.navigation)
        for (auto const& item : section.items)
            if (item.href == frame.crumbs.front().href) return section.title;
    for (auto const& section : frame.navigation)
        for (auto const& item : section.items)
            if (item.current) return section.title;
    return {};
}

/// All begin alike, with a chapter of the menu: a chapter is no page, and so no link.
void crumbs(Html& out, Frame const& frame)
{
    if (frame.crumbs.empty()) return;
    out << "<nav class=\"g-crumbs\""_h;
    out.attr("aria-label"_h, frame.locale.text("frame.crumbs"));
    out << "><ol>"_h;
    if (!frame.crumbs.front().href.empty())
        if (auto const chapter = chapter_of(frame); !chapter.empty()) out << "<li>"_h << chapter << "</li>"_h;
    for (auto const& crumb : frame.crumbs) {
        out << "<li>"_h;
        if (crumb.href.empty()) {
            out << crumb.label;
        } else {
            out << "<a"_h;
            out.url("href"_h, crumb.href);
            out << ">"_h << crumb.label << "</a>"_h;
        }
        out << "</li>"_h;
    }
    out << "</ol></nav>\n"_h;
}

}  // namespace

void page_top(Html& out, Frame const& frame)
{
    crumbs(out, frame);
    if (frame.organisation && frame.organisation->archived) alert(out, {"g-alert g-alert--info", "archive"}, false, frame.locale.text("frame.archived_notice"));
    if (frame.notice) alert(out, look_of(frame.notice->tone), frame.notice->tone == Notice::Tone::Danger, frame.notice->text);
    if (frame.past) alert(out, {"g-alert g-alert--info", "history"}, false, *frame.past);
}

void page_head(Html& out, Frame const& frame, std::string_view title)
{
    page_head(out, frame, title, "", Html{});
}

void page_head(Html& out, Frame const& frame, std::string_view title, std::string_view lead, Html const& actions)
{
    page_top(out, frame);
    out << "<div class=\"g-head\"><div class=\"g-head-text\"><h1>"_h << title << "</h1>"_h;
    if (!lead.empty()) out << "<p class=\"g-lead\">"_h << lead << "</p>"_h;
    out << "</div>"_h;
    if (!actions.text().empty()) out << "<div class=\"g-head-actions\">"_h << actions << "</div>"_h;
    out << "</div>\n"_h;
}

Html error_body(Locale const& locale, int status, std::string_view what, std::string_view request_id, std::string_view words)
{
    auto key = "error_page." + (words.empty() ? std::to_string(status) : std::string{words});
    auto title = locale.find(key + ".title").value_or(locale.text(status < 500 ? "error_page.other.title" : "error_page.500.title"));
    auto advice = locale.find(key + ".advice").value_or(locale.text(status < 500 ? "error_page.other.advice" : "error_page.500.advice"));
    Html out;
    out << "<section class=\"g-error\" aria-labelledby=\"error-title\"><p class=\"g-error-code\" aria-hidden=\"true\">"_h << status
        << "</p><h1 id=\"error-title\">"_h << title << "</h1>"_h;
    if (!what.empty() && what != title) out << "<p>"_h << what << "</p>"_h;
    out << "<p>"_h << advice << "</p><div class=\"g-error-actions\"><a class=\"btn btn-primary\" href=\"/\">"_h << locale.text("error_page.home") << "</a></div>"_h;
    if (!request_id.empty())
        out << "<p class=\"g-error-ref\">"_h << locale.text("error_page.reference") << " <span class=\"g-code\">"_h << request_id << "</span></p>"_h;
    out << "</section>\n"_h;
    return out;
}

}  // namespace greffier::web
