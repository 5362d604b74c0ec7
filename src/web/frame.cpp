// The three page skeletons. The markup is that of the reference pages; web/README.md says what the script expects.
#include "web/frame.hpp"

#include "web/frame_parts.hpp"
#include "web/static_files.hpp"

namespace greffier::web {

namespace {

void head(Html& out, Frame const& frame) { document_head(out, frame, {}); }

void begin_body(Html& out, Frame const& frame, std::string_view layout)
{
    auto colour = frame.organisation ? frame.organisation->colour : 1;
    out << "<body"_h;
    out.attr("class"_h, std::string(layout) + "g-org-" + std::to_string(colour) + (frame.organisation && !frame.organisation->own_colour.empty() ? " g-org-own" : ""));
    if (!frame.person_key.empty()) out.attr("data-person"_h, frame.person_key);
    out << "><a class=\"g-skip\" href=\"#contenu\">"_h << frame.locale.text("frame.skip") << "</a>\n"_h;
}

void brand(Html& out, Frame const& frame, std::string_view address)
{
    out << "<a class=\"g-brand\""_h;
    out.url("href"_h, address).attr("aria-label"_h, frame.locale.text("frame.home"));
    out << "><svg class=\"g-logo\" viewBox=\"0 0 32 32\" aria-hidden=\"true\"><rect class=\"lg-bg\" width=\"32\" height=\"32\" rx=\"7\"/>"
           "<path class=\"lg-rule\" d=\"M7.5 5.5v21\" stroke-width=\"1.75\" stroke-linecap=\"round\"/>"
           "<path class=\"lg-ink\" d=\"M24.2 11.1A7.6 7.6 0 1 0 25.9 16h-6.4\" fill=\"none\" stroke-width=\"3\" stroke-linecap=\"round\" "
           "stroke-linejoin=\"round\"/></svg><span>Greffier</span></a>"_h;
}

std::string home_of(Frame const& frame)
{
    return frame.organisation ? "/o/" + frame.organisation->slug : "/";
}

void top_bar(Html& out, Frame const& frame)
{
    auto const& locale = frame.locale;
    out << "<header class=\"g-top\"><a class=\"g-iconlink g-menulink\" href=\"#menu\"><svg class=\"icon\" role=\"img\""_h;
    out.attr("aria-label"_h, locale.text("frame.menu"));
    out << "><use"_h;
    out.url("href"_h, icon_address("menu-2"));
    out << "/></svg></a>"_h;
    brand(out, frame, home_of(frame));
    organisation_switch(out, frame);
    search_box(out, frame);
    account_bar(out, frame);
    out << "</header>\n"_h;
}

/// Above everything, on every page: under whose name one looks, and the way back.
void seeing_as(Html& out, Frame const& frame)
{
    if (!frame.seeing_as) return;
    out << "<aside class=\"g-seeing\""_h;
    out.attr("aria-label"_h, frame.locale.text("frame.seeing_as"));
    out << ">"_h;
    icon(out, "eye");
    out << "<p>"_h << *frame.seeing_as << "</p><form action=\"/see-as/end\" method=\"post\">"_h;
    csrf_field(out, frame);
    out << "<button type=\"submit\" class=\"btn btn-outline btn-sm\">"_h << frame.locale.text("frame.seeing_as_end") << "</button></form></aside>\n"_h;
}

void foot(Html& out, Frame const& frame, bool inside)
{
    out << "<footer class=\"g-foot\"><span>Greffier "_h << std::string_view{GREFFIER_VERSION} << "</span>"_h;
    for (auto const& link : frame.footer) {
        out << "<a"_h;
        out.url("href"_h, link.href);
        out << ">"_h << link.label << "</a>"_h;
    }
    if (inside) {
        out << "<button class=\"g-linkbtn\" type=\"button\" data-opens=\"shortcuts\" hidden>"_h << frame.locale.text("frame.shortcuts") << "</button><span>"_h
            << frame.locale.text("frame.zone", {{"zone", frame.locale.zone()}}) << "</span>"_h;
    } else {
        language_choice(out, frame);
    }
    out << "</footer>"_h;
}

}  // namespace

void document_head(Html& out, Frame const& frame, HeadWish const& wish)
{
    auto const& locale = frame.locale;
    out << "<!doctype html>\n<html"_h;
    out.attr("lang"_h, locale.code());
    if (frame.theme == "light" || frame.theme == "dark") out.attr("data-bs-theme"_h, frame.theme);
    out << "><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
           "<meta name=\"color-scheme\" content=\"light dark\"><title>"_h;
    if (frame.refused) out << locale.text("frame.title_refused");
    if (!frame.title.empty()) out << frame.title << " · "_h;
    if (frame.organisation) out << frame.organisation->name << " · "_h;
    out << "Greffier</title><link rel=\"icon\" type=\"image/svg+xml\""_h;
    out.url("href"_h, asset("favicon.svg"));
    out << "><link rel=\"preload\" as=\"font\" type=\"font/woff2\" crossorigin"_h;
    out.url("href"_h, asset("inter-latin-wght-normal.woff2"));
    out << "><link rel=\"stylesheet\""_h;
    out.url("href"_h, asset("app.css"));
    if (frame.organisation && !frame.organisation->own_colour.empty()) {
        out << "><link rel=\"stylesheet\""_h;
        out.url("href"_h, std::string{wish.of_organisation} + frame.organisation->slug + "/look.css?v=" + frame.organisation->own_colour);
    }
    out << ">"_h;
    if (!wish.indexed) out << "<meta name=\"robots\" content=\"noindex, nofollow\">"_h;
    if (wish.script) {
        out << "<script type=\"module\""_h;
        out.url("src"_h, asset("app.js"));
        out << "></script>"_h;
    }
    out << "</head>\n"_h;
}

std::string page(Frame const& frame, Html const& body)
{
    Html out;
    head(out, frame);
    begin_body(out, frame, "g-app ");
    seeing_as(out, frame);
    top_bar(out, frame);
    navigation(out, frame);
    out << "<main class=\"g-main\" id=\"contenu\" tabindex=\"-1\">\n"_h << body << "\n"_h;
    foot(out, frame, true);
    out << "</main></body></html>\n"_h;
    return std::move(out).take();
}

std::string bare_page(Frame const& frame, Html const& body)
{
    Html out;
    head(out, frame);
    begin_body(out, frame, "g-alone ");
    seeing_as(out, frame);
    out << "<header class=\"g-alone-head\">"_h;
    brand(out, frame, home_of(frame));
    out << "</header>\n<main id=\"contenu\" tabindex=\"-1\">\n"_h << body << "\n</main>\n"_h;
    foot(out, frame, false);
    out << "</body></html>\n"_h;
    return std::move(out).take();
}

std::string sign_in_page(Frame const& frame, Html const& body, bool wide)
{
    Html out;
    head(out, frame);
    begin_body(out, frame, "");
    out << "<div class=\"g-signin\"><header class=\"g-signin-art\">"_h;
    brand(out, frame, "/");
    out << "<p class=\"g-signin-claim\">"_h << frame.locale.text("frame.claim") << "</p></header>\n<main class=\"g-signin-main\" id=\"contenu\" tabindex=\"-1\"><div"_h;
    out.attr("class"_h, wide ? "g-signin-box g-signin-box--wide" : "g-signin-box");
    out << ">\n"_h << body << "\n"_h;
    foot(out, frame, false);
    out << "</div></main></div></body></html>\n"_h;
    return std::move(out).take();
}

}  // namespace greffier::web
