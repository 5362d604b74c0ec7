// What an organisation opened, in one list; its colour and its mark, as they stand on these pages.
#include <algorithm>

#include "accounts/colours.hpp"
#include "core/crypto.hpp"
#include "reception/page_handlers.hpp"

namespace greffier::reception {

using namespace web::literals;

Answer show_index(Visit& visit)
{
    auto const& locale = visit.locale();
    auto const title = locale.text("public.index.title");
    Html out;
    out << "<h1>"_h << title << "</h1><p>"_h << locale.text("public.index.lead", {{"organisation", visit.organisation_name()}}) << "</p><ul class=\"g-public-list\">"_h;
    for (auto const page : all_pages()) {
        // The follow-up has an address for each; it is in no list.
        if (page == Page::FollowUp || !visit.is_open(page)) continue;
        std::string const of = "public.page." + std::string{code_of(page)};
        out << "<li><a"_h;
        out.url("href"_h, visit.address("/" + std::string{code_of(page)}));
        out << "><strong>"_h << locale.text(of) << "</strong></a><br><span class=\"g-muted\">"_h << locale.text(of + ".lead") << "</span></li>"_h;
    }
    out << "</ul>"_h;
    write_contacts(out, visit);
    return shown(visit, title, out);
}

Answer give_style(Visit& visit)
{
    auto const wish = accounts::parse_colour(visit.where().accent);
    if (!wish) return Error::not_found();
    auto const shades = accounts::shades_of(*wish);
    Response answer;
    answer.body = ".g-org-own { --g-org: light-dark(" + accounts::to_text(shades.light) + ", " + accounts::to_text(shades.dark) + "); }\n";
    answer.header("Content-Type", "text/css; charset=utf-8");
    answer.header("Cache-Control", "public, max-age=3600");
    return answer;
}

Answer give_logo(Visit& visit)
{
    auto const& logo = visit.where().logo;
    if (logo.empty() || visit.request.param("picture") != logo) return Error::not_found();
    auto const digest = from_hex(logo.substr(0, logo.find('.')));
    Hash hash{};
    if (!digest || digest->size() != hash.size()) return Error::not_found();
    std::copy(digest->begin(), digest->end(), hash.begin());
    auto const content = TRY(visit.services.vault.open(visit.where().id, hash));
    Response answer;
    for (auto piece = content.next(); !piece.empty(); piece = content.next()) answer.body += piece;
    answer.header("Content-Type", logo.ends_with(".png") ? "image/png" : "image/jpeg");
    answer.header("Content-Security-Policy", "default-src 'none'; sandbox");
    answer.header("Cache-Control", "public, max-age=3600");
    return answer;
}

}  // namespace greffier::reception
