// What the public sees: which pages are open, at which addresses, with which words. For who runs the organisation.
#include <algorithm>

#include "accounts/pages/form.hpp"
#include "reception/deliveries.hpp"
#include "reception/fields.hpp"
#include "reception/page_handlers.hpp"
#include "web/problem.hpp"

namespace greffier::reception {

using namespace web::literals;

namespace {

std::string here(Context const& context, Page page, std::string_view rest = "") { return context.address("/settings/public/" + std::string{code_of(page)} + std::string{rest}); }

void words_area(Html& out, Locale const& locale, FormState const& form, Page page, std::string_view name, std::string_view label)
{
    // Ids are the page's own: one such form a page stands here.
    auto const id = std::string{name} + "-" + std::string{code_of(page)};
    auto const* error = form.error_of(name);
    out << "<div"_h;
    out.attr("class"_h, error ? "g-field g-field--err" : "g-field");
    out << "><label class=\"form-label\""_h;
    out.attr("for"_h, id);
    out << ">"_h << locale.text(label) << " <span class=\"g-req\">"_h << locale.text("accounts.optional") << "</span></label>"_h;
    if (error) {
        out << "<p class=\"g-err\""_h;
        out.attr("id"_h, id + "-e");
        out << ">"_h;
        web::icon(out, "alert-circle");
        out << "<span>"_h << locale.text("error." + error->code, error->arguments) << "</span></p>"_h;
    }
    out << "<textarea class=\"form-control\" rows=\"3\""_h;
    out.attr("id"_h, id).attr("name"_h, name);
    if (error) out.attr("aria-invalid"_h, "true").attr("aria-describedby"_h, id + "-e");
    out << ">\n"_h << form.values.get(name) << "</textarea></div>"_h;
}

void shown_boxes(Html& out, Locale const& locale, FormState const& form)
{
    auto const chosen = form.values.all("shown");
    out << "<fieldset class=\"g-field\"><legend class=\"form-label\">"_h << locale.text("public.settings.shown") << "</legend><p class=\"g-hint\">"_h << locale.text("public.settings.shown.hint") << "</p>"_h;
    for (auto const part : shown_parts()) {
        auto const id = "shown-" + std::string{part};
        out << "<div class=\"form-check\"><input class=\"form-check-input\" type=\"checkbox\" name=\"shown\""_h;
        out.attr("id"_h, id).attr("value"_h, part).flag("checked"_h, std::ranges::find(chosen, part) != chosen.end());
        out << "><label"_h;
        out.attr("for"_h, id);
        out << ">"_h << locale.text("public.part." + std::string{part}) << "</label></div>"_h;
    }
    out << "</fieldset>"_h;
}

Deliveries deliveries_of(ReceptionServices const& services, Context const& context) { return {services.database(), context.where().id, services.delivery_key}; }

FormState stored(Visit const& visit, Page page)
{
    auto const& settings = visit.settings.at(page);
    FormState form;
    form.values.add("words_fr", settings.words_fr);
    form.values.add("words_en", settings.words_en);
    for (auto const& part : settings.shown) form.values.add("shown", part);
    if (page == Page::FollowUp) {
        auto const usual = deliveries_of(visit.services, visit.context).defaults();
        form.values.add("downloads", std::to_string(usual.downloads));
        form.values.add("days", std::to_string(usual.days));
    }
    return form;
}

void write_state(Html& out, Visit const& visit, Page page, PageSettings const& settings)
{
    auto const& locale = visit.locale();
    auto const& context = visit.context;
    if (settings.is_open()) {
        out << "<p><span class=\"g-badge g-badge--ok\">"_h << locale.text("public.settings.open") << "</span> "_h << locale.text("public.settings.open_since", {{"when", locale.instant(*settings.opened_at)}}) << "</p>"_h;
        if (page != Page::FollowUp) {
            auto const address = accounts::absolute(visit.services.accounts, visit.request, "/p/" + visit.where().slug + "/" + std::string{code_of(page)});
            out << "<p class=\"g-public-address\">"_h << locale.text("public.settings.address") << " <a"_h;
            out.url("href"_h, address);
            out << ">"_h << address << "</a></p>"_h;
        }
    } else {
        out << "<p><span class=\"g-badge\">"_h << locale.text("public.settings.closed") << "</span></p>"_h;
    }
    out << "<div class=\"g-public-acts\"><a class=\"btn btn-outline\""_h;
    out.url("href"_h, here(context, page, "/preview"));
    out << ">"_h << locale.text("public.settings.preview") << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon") << locale.text("public.page." + std::string{code_of(page)}) << "</span></a>"_h;
}

void act_button(Html& out, Visit const& visit, Page page, PageSettings const& settings)
{
    auto const& locale = visit.locale();
    accounts::open_form(out, visit.context, here(visit.context, page));
    out << "<input type=\"hidden\" name=\"op\""_h;
    out.attr("value"_h, settings.is_open() ? "close" : "open");
    out << "><button type=\"submit\""_h;
    out.attr("class"_h, settings.is_open() ? "btn btn-danger-outline" : "btn btn-primary");
    out << ">"_h << locale.text(settings.is_open() ? "public.settings.close" : "public.settings.open_it") << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon")
        << locale.text("public.page." + std::string{code_of(page)}) << "</span></button></form>"_h;
}

void write_page(Html& out, Visit const& visit, Page page, FormState const& form, bool may_open)
{
    auto const& locale = visit.locale();
    auto const& settings = visit.settings.at(page);
    std::string const of = "public.page." + std::string{code_of(page)};
    out << "<section class=\"g-section\""_h;
    out.attr("id"_h, code_of(page)).attr("aria-labelledby"_h, "page-" + std::string{code_of(page)});
    out << "><h2"_h;
    out.attr("id"_h, "page-" + std::string{code_of(page)});
    out << ">"_h << locale.text(of) << "</h2><p>"_h << locale.text(of + ".inside") << "</p>"_h;
    write_state(out, visit, page, settings);
    if (settings.is_open() || may_open) act_button(out, visit, page, settings);
    out << "</div><details class=\"g-disclose\""_h;
    out.flag("open"_h, !form.errors.empty());
    out << "><summary>"_h;
    web::icon(out, "chevron-right");
    out << locale.text("public.settings.words") << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon") << locale.text(of) << "</span></summary>"_h;
    accounts::open_form(out, visit.context, here(visit.context, page));
    out << "<input type=\"hidden\" name=\"op\" value=\"keep\"><p class=\"g-hint\">"_h << locale.text("public.settings.words.hint") << "</p>"_h;
    words_area(out, locale, form, page, "words_fr", "public.settings.words_fr");
    words_area(out, locale, form, page, "words_en", "public.settings.words_en");
    if (page == Page::Register) shown_boxes(out, locale, form);
    if (page == Page::FollowUp) {
        accounts::text_field(out, locale, form, {.name = "downloads", .label = "delivery.downloads", .type = "number", .hint = "delivery.downloads.hint", .max_length = 3});
        accounts::text_field(out, locale, form, {.name = "days", .label = "delivery.days", .type = "number", .hint = "delivery.days.hint", .max_length = 3});
    }
    accounts::submit_button(out, locale.text("accounts.save"), false);
    out << "</form></details></section>\n"_h;
}

Response page_of(Visit const& visit, std::optional<Page> refused, FormState const& form, int status)
{
    auto const& locale = visit.locale();
    auto& context = visit.context;
    context.frame.crumbs = {{locale.text("nav.administration"), ""}, {locale.text("accounts.settings.title"), context.address("/settings")}};
    Html out;
    web::page_head(out, context.frame, locale.text("public.settings.title"), locale.text("public.settings.lead"), {});
    accounts::error_summary(out, locale, refused ? form : FormState{});
    auto const missing = missing_for_notice(visit.profile);
    if (!missing.empty()) {
        out << "<div class=\"g-alert g-alert--warn\">"_h;
        web::icon(out, "alert-triangle");
        out << "<div class=\"g-alert-text\"><h2>"_h << locale.text("public.settings.incomplete") << "</h2><p>"_h << locale.text("error.public_notice_incomplete") << " <a"_h;
        out.url("href"_h, context.address("/profile"));
        out << ">"_h << locale.text("public.settings.to_profile") << "</a></p></div></div>"_h;
    }
    out << "<div class=\"g-settings\">"_h;
    for (auto const page : all_pages()) write_page(out, visit, page, refused == page ? form : stored(visit, page), missing.empty());
    out << "</div>"_h;
    return accounts::shown(context, locale.text("public.settings.title"), out, status);
}

/// The page that the address names, of an organisation whose pages these are.
Result<Page> page_in(Request const& request)
{
    auto const page = parse_page(request.param("page"));
    if (!page) return Error::not_found();
    return *page;
}

}  // namespace

Answer show_settings(ReceptionServices& services, Context& context, Request const& request)
{
    return page_of(visit_of(services, context, request, Page::Request), {}, {}, 200);
}

Answer save_settings(ReceptionServices& services, Context& context, Request const& request)
{
    auto const page = TRY(page_in(request));
    PublicPages const pages(services.database(), context.where().id);
    auto const op = request.form.get("op");
    auto const done = [&]() -> Status {
        if (op == "close") return pages.close(page);
        if (op == "keep" && page == Page::FollowUp) TRY(deliveries_of(services, context).keep_defaults({whole_number(request.form.get("downloads")), whole_number(request.form.get("days"))}));
        if (op == "keep") return pages.keep_words(page, request.form.get("words_fr"), request.form.get("words_en"), request.form.all("shown"));
        if (op != "open") return Error::not_found();
        // What article 13 wants told could not be.
        if (!missing_for_notice(visit_of(services, context, request, page).profile).empty()) return Error::conflict("public_notice_incomplete");
        return pages.open(page, context.who().id, context.now);
    }();
    if (done.ok()) return Response::redirect(context.address("/settings/public?done=public_" + op + "#" + std::string{code_of(page)}));
    if (done.error().kind == ErrorKind::NotFound) return done.error();
    auto form = accounts::typed(request, {"words_fr", "words_en", "downloads", "days"});
    for (auto const& part : request.form.all("shown")) form.values.add("shown", part);
    form.take(done.error());
    return page_of(visit_of(services, context, request, page), page, form, web::status_of(done.error().kind));
}

Answer show_preview(ReceptionServices& services, Context& context, Request const& request)
{
    auto const page = TRY(page_in(request));
    if (auto const chosen = parse_language(request.query.get("lang"))) context.locale = Locale(*chosen, context.where().zone);
    auto visit = visit_of(services, context, request, page);
    visit.preview = true;
    switch (page) {
    case Page::Request: return show_request(visit);
    case Page::Incident: return show_incident(visit);
    case Page::Register: return show_register(visit);
    case Page::FollowUp: return show_follow_up(visit);
    case Page::Preferences: return show_preferences(visit);
    case Page::Notices: return show_notices(visit);
    case Page::Policies: return show_policies(visit);
    }
    return Error::not_found();
}

}  // namespace greffier::reception
