#include "reception/visit.hpp"

#include <algorithm>

#include "accounts/modules.hpp"
#include "core/phone.hpp"
#include "core/text.hpp"
#include "records/exporting.hpp"
#include "records/vocabulary.hpp"
#include "web/public_frame.hpp"
#include "web/security_headers.hpp"

namespace greffier::reception {

using namespace web::literals;

namespace {

/// The address of this page in the other language.
std::string in_other_language(Visit const& visit)
{
    if (visit.request.method == web::Method::Post) return {};   // what was typed would be lost
    auto const other = visit.locale().language() == Language::French ? Language::English : Language::French;
    return visit.request.path + "?lang=" + std::string{code_of(other)};
}

std::string logo_of(Visit const& visit)
{
    auto const& logo = visit.where().logo;
    if (logo.empty()) return {};
    return visit.preview ? visit.context.address("/logo/" + logo) : "/p/" + visit.where().slug + "/logo/" + logo;
}

std::string foot_of(Visit const& visit)
{
    auto const& profile = visit.profile;
    auto text = joined({visit.organisation_name(), profile.address, joined({profile.postcode, profile.city}, " ")}) + ". ";
    auto const contact = profile.dpo.published_contact.empty() ? joined({profile.dpo.email, phone_words(profile.dpo.phone.value)}) : profile.dpo.published_contact;
    if (!contact.empty()) text += visit.locale().text("public.foot.dpo", {{"contact", contact}}) + " ";
    return text + visit.locale().text("public.foot.cnil");
}

profile::Profile profile_of(ReceptionServices& services, OrganisationId organisation)
{
    // The profile is what an organisation says of itself: everybody's who may read anything of it.
    records::Records const records(services.machinery, organisation, accounts::Sight::everything());
    auto const row = records::profile_of(records, {});
    if (!row) return {};
    auto profile = profile::profile_schema().unpack(*row);
    return profile.ok() ? std::move(*profile) : profile::Profile{};
}

Response moved(Visit const& visit)
{
    auto target = visit.request.target;
    auto const& former = visit.request.param("organisation");
    constexpr std::string_view fixed = "/p/";
    if (target.starts_with(fixed) && target.compare(fixed.size(), former.size(), former) == 0) target.replace(fixed.size(), former.size(), visit.where().slug);
    auto answer = Response::redirect(target);
    answer.status = visit.request.method == web::Method::Get || visit.request.method == web::Method::Head ? 301 : 308;
    return answer;
}

/// The register a page brings to: without its module there is no page.
std::string_view register_behind(Page page)
{
    switch (page) {
    case Page::Request:
    case Page::FollowUp: return "requests";
    case Page::Incident: return "breaches";
    case Page::Register: return "processings";
    case Page::Preferences: return "consents";
    case Page::Notices: return "notices";
    case Page::Policies: return "policies";
    }
    return "";
}

Answer enter(Visit visit, bool open, VisitHandler const& handler)
{
    if (!open) return Error::not_found();
    if (visit.where().slug != visit.request.param("organisation")) return moved(visit);
    return handler(visit);
}

}  // namespace

std::string joined(std::initializer_list<std::string> parts, std::string_view separator)
{
    std::string text;
    for (auto const& part : parts)
        if (!part.empty()) text.append(text.empty() ? "" : separator).append(part);
    return text;
}

std::string Visit::address(std::string_view rest) const
{
    auto text = "/p/" + where().slug + std::string{rest};
    if (locale().language() != where().language) text += "?lang=" + std::string{locale().code()};
    return text;
}

Visit visit_of(ReceptionServices& services, Context& context, Request const& request, Page page)
{
    Visit visit{services, context, request, page};
    visit.settings = PublicPages(services.database(), context.where().id).all();
    for (auto& [which, settings] : visit.settings)
        if (!records::known_registers(services.machinery, context).find(register_behind(which)) || !accounts::keeps_register(context.where(), register_behind(which))) settings.opened_at.reset();
    visit.profile = profile_of(services, context.where().id);
    return visit;
}

web::Handler<Context> at_page(ReceptionServices& services, Page page, VisitHandler handler)
{
    return [&services, page, handler = std::move(handler)](Context& context, Request const& request) -> Answer {
        auto visit = visit_of(services, context, request, page);
        auto const open = visit.is_open(page);
        return enter(std::move(visit), open, handler);
    };
}

web::Handler<Context> at_any_page(ReceptionServices& services, VisitHandler handler)
{
    return [&services, handler = std::move(handler)](Context& context, Request const& request) -> Answer {
        auto visit = visit_of(services, context, request, Page::Request);
        auto const open = std::ranges::any_of(all_pages(), [&](Page page) { return visit.is_open(page); });
        return enter(std::move(visit), open, handler);
    };
}

Response shown(Visit const& visit, std::string title, Html const& body, ShownAs as)
{
    auto const& organisation = visit.where();
    web::PublicFrame outside;
    outside.frame.locale = visit.locale();
    outside.frame.title = std::move(title);
    outside.frame.refused = as.status >= 400;
    outside.frame.footer = visit.context.frame.footer;
    outside.frame.organisation = web::FrameOrganisation{organisation.slug, visit.organisation_name(), "", organisation.colour};
    outside.frame.organisation->own_colour = organisation.accent.empty() ? "" : organisation.accent.substr(1);
    outside.frame.organisation->logo = logo_of(visit);
    outside.subtitle = visit.locale().text("public.subtitle");
    outside.home = visit.preview ? "" : visit.address("");
    outside.other_language = in_other_language(visit);
    outside.foot = foot_of(visit);
    outside.indexed = as.indexed && !visit.preview;
    outside.preview = visit.preview;
    auto answer = Response::html(web::public_page(outside, body), as.status);
    answer.header("Referrer-Policy", "no-referrer");
    answer.header("Cache-Control", "private, no-store");
    if (!outside.indexed) web::add_token_page_headers(answer);
    return answer;
}

void page_title(Html& out, Visit const& visit, std::string_view title, std::string_view lead)
{
    if (visit.preview) {
        out << "<p class=\"g-alert g-alert--info\" role=\"status\">"_h;
        web::icon(out, "eye");
        out << "<span>"_h << visit.locale().text("public.preview") << "</span></p>"_h;
    }
    out << "<h1>"_h << title << "</h1>"_h;
    if (!lead.empty()) out << "<p>"_h << lead << "</p>"_h;
    if (auto const& words = visit.own().words(visit.locale().language()); !words.empty()) {
        out << "<p class=\"g-public-words\">"_h;
        out.lines(words);
        out << "</p>"_h;
    }
}

}  // namespace greffier::reception
