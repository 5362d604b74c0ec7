#include "web/public_frame.hpp"

#include "web/frame_parts.hpp"

namespace greffier::web {

namespace {

void mark(Html& out, FrameOrganisation const& organisation)
{
    if (organisation.logo.empty()) {
        out << "<span class=\"g-mark\" aria-hidden=\"true\">"_h << initials(organisation.name) << "</span>"_h;
        return;
    }
    out << "<img class=\"g-mark g-mark--logo\" alt=\"\" width=\"30\" height=\"30\""_h;
    out.url("src"_h, organisation.logo);
    out << ">"_h;
}

void name(Html& out, PublicFrame const& outside)
{
    auto const& name = outside.frame.organisation->name;
    if (outside.home.empty()) {
        out << "<strong>"_h << name << "</strong>"_h;
        return;
    }
    out << "<a class=\"g-public-home\""_h;
    out.url("href"_h, outside.home);
    out << "><strong>"_h << name << "</strong></a>"_h;
}

void head(Html& out, PublicFrame const& outside)
{
    out << "<header class=\"g-public-head\"><div>"_h;
    mark(out, *outside.frame.organisation);
    out << "<p>"_h;
    name(out, outside);
    out << "<br><span class=\"g-muted g-small\">"_h << outside.subtitle << "</span></p>"_h;
    if (!outside.other_language.empty()) {
        // In its own language: whoever cannot read the page must find theirs.
        bool const french = outside.frame.locale.language() == Language::French;
        auto const code = code_of(french ? Language::English : Language::French);
        out << "<a class=\"g-push g-small\""_h;
        out.url("href"_h, outside.other_language).attr("hreflang"_h, code).attr("lang"_h, code);
        out << ">"_h << std::string_view{french ? "English" : "Français"} << "</a>"_h;
    }
    out << "</div></header>\n"_h;
}

void foot(Html& out, PublicFrame const& outside)
{
    out << "<footer class=\"g-public-foot\"><div>"_h;
    if (!outside.foot.empty()) out << "<p>"_h << outside.foot << "</p>"_h;
    out << "<p>"_h;
    for (auto const& link : outside.frame.footer) {
        out << "<a"_h;
        out.url("href"_h, link.href);
        out << ">"_h << link.label << "</a> "_h;
    }
    out << "</p></div></footer>"_h;
}

}  // namespace

std::string public_page(PublicFrame const& outside, Html const& body)
{
    auto const& frame = outside.frame;
    Html out;
    document_head(out, frame, {.script = false, .indexed = outside.indexed, .of_organisation = outside.preview ? "/o/" : "/p/"});
    out << "<body"_h;
    out.attr("class"_h, "g-public g-org-" + std::to_string(frame.organisation->colour) + (frame.organisation->own_colour.empty() ? "" : " g-org-own"));
    out << "><a class=\"g-skip\" href=\"#contenu\">"_h << frame.locale.text("frame.skip") << "</a>\n"_h;
    head(out, outside);
    out << "<main class=\"g-public-main\" id=\"contenu\" tabindex=\"-1\">\n"_h << body << "\n</main>\n"_h;
    foot(out, outside);
    out << "</body></html>\n"_h;
    return std::move(out).take();
}

}  // namespace greffier::web
