// The open lists of an organisation: what is shipped, what it added, what it offers no more. Administrators and DPOs.
#include <algorithm>

#include "accounts/pages/form.hpp"
#include "core/text.hpp"
#include "records/pages/shared.hpp"
#include "records/terms.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"
#include "web/problem.hpp"

namespace greffier::records::pages {

using namespace web::literals;
using accounts::FormState;
using schema::List;
using web::Html;
using web::Request;
using web::Response;
using Answer = Result<Response>;

namespace {

Terms terms_of(PageServices const& services, Context const& context)
{
    return {services.machinery.database, services.machinery.registers, context.where().id};
}

std::string list_words(List const& list, Locale const& locale) { return locale.text("list." + std::string{list.name}); }
std::string at(Context const& context, List const& list, std::string_view rest = "") { return context.address("/terms/" + std::string{list.name} + std::string{rest}); }

Result<List const*> list_of(PageServices const& services, Context const& context, Request const& request)
{
    auto const* list = terms_of(services, context).list(request.param("list"));
    if (!list) return Error::not_found();
    return list;
}

void crumbs(Context& context, bool inside)
{
    auto const& locale = context.locale;
    context.frame.crumbs = {{locale.text("nav.administration"), ""}};
    if (inside) context.frame.crumbs.push_back({locale.text("nav.terms"), context.address("/terms")});
}

void head_cell(Html& out, Locale const& locale, char const* key)
{
    out << "<th role=\"columnheader\" scope=\"col\">"_h << locale.text(key) << "</th>"_h;
}

void begin_cell(Html& out, Locale const& locale, char const* key)
{
    out << "<td role=\"cell\""_h;
    out.attr("data-label"_h, locale.text(key));
    out << ">"_h;
}

// ---- all lists ---------------------------------------------------------------------------------------------------

Answer show_lists(PageServices const& services, Context& context, Request const&)
{
    auto const& locale = context.locale;
    auto const terms = terms_of(services, context);
    auto const offered = terms.offered();
    crumbs(context, false);
    Html out;
    web::page_head(out, context.frame, locale.text("terms.title"), locale.text("terms.lead"), {});
    out << "<div class=\"g-tablewrap\"><table class=\"g-table g-table--cards\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    for (auto const* key : {"terms.list", "terms.shipped", "terms.added", "terms.retired"}) head_cell(out, locale, key);
    out << "</tr></thead><tbody role=\"rowgroup\">"_h;
    for (auto const* list : terms.lists()) {
        auto const added = std::ranges::count_if(offered, [&](auto const& term) { return term.list == list->name && !term.retired; });
        auto const retired = std::ranges::count_if(offered, [&](auto const& term) { return term.list == list->name && term.retired; });
        out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><a class=\"g-title\""_h;
        out.url("href"_h, at(context, *list));
        out << ">"_h << list_words(*list, locale) << "</a></th>"_h;
        begin_cell(out, locale, "terms.shipped");
        out << static_cast<std::int64_t>(list->entries.size()) << "</td>"_h;
        begin_cell(out, locale, "terms.added");
        out << static_cast<std::int64_t>(added) << "</td>"_h;
        begin_cell(out, locale, "terms.retired");
        out << static_cast<std::int64_t>(retired) << "</td></tr>"_h;
    }
    out << "</tbody></table></div>"_h;
    return accounts::shown(context, locale.text("terms.title"), out);
}

// ---- one list ----------------------------------------------------------------------------------------------------

void write_acts(Html& out, Context const& context, List const& list, OfferedTerm const& term, std::string const& words)
{
    auto const& locale = context.locale;
    begin_cell(out, locale, "accounts.actions");
    if (term.owner == TermOwner::Own) {
        out << "<div class=\"g-cellacts\"><a class=\"btn btn-outline btn-sm\""_h;
        out.url("href"_h, at(context, list, "/" + term.code));
        out << ">"_h << locale.text("terms.rename") << "<span class=\"g-hidden\"> "_h << words << "</span></a>"_h;
        accounts::button_form(out, context, at(context, list, "/" + term.code + (term.retired ? "/reinstate" : "/retire")),
                              locale.text(term.retired ? "terms.reinstate" : "terms.retire"), words, false);
        out << "</div>"_h;
    }
    out << "</td>"_h;
}

void write_added(Html& out, Context const& context, List const& list, std::vector<OfferedTerm> const& terms)
{
    auto const& locale = context.locale;
    out << "<section aria-labelledby=\"added-t\"><h2 id=\"added-t\" class=\"mb-2\">"_h << locale.text("terms.added_title") << "</h2>"_h;
    if (terms.empty()) {
        out << "<p class=\"g-muted\">"_h << locale.text("terms.none") << "</p></section>"_h;
        return;
    }
    out << "<div class=\"g-tablewrap\"><table class=\"g-table g-table--cards\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    for (auto const* key : {"terms.label_fr", "terms.label_en", "terms.code", "terms.owner"}) head_cell(out, locale, key);
    out << "<th role=\"columnheader\" scope=\"col\"><span class=\"g-hidden\">"_h << locale.text("accounts.actions") << "</span></th></tr></thead><tbody role=\"rowgroup\">"_h;
    for (auto const& term : terms) {
        out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><div><span class=\"g-title\" lang=\"fr\">"_h << term.label_fr << "</span>"_h;
        if (term.retired) out << " <span class=\"g-badge g-badge--line\">"_h << locale.text("terms.retired_one") << "</span>"_h;
        out << "</div></th>"_h;
        begin_cell(out, locale, "terms.label_en");
        out << "<span lang=\"en\">"_h << term.label_en << "</span></td>"_h;
        begin_cell(out, locale, "terms.code");
        out << "<code>"_h << term.code << "</code></td>"_h;
        begin_cell(out, locale, "terms.owner");
        out << locale.text("terms.owner." + std::string{code_of(term.owner)}) << "</td>"_h;
        write_acts(out, context, list, term, locale.language() == Language::French ? term.label_fr : term.label_en);
        out << "</tr>"_h;
    }
    out << "</tbody></table></div></section>"_h;
}

void label_fields(Html& out, Locale const& locale, FormState const& form)
{
    accounts::text_field(out, locale, form, {.name = "label_fr", .label = "terms.label_fr", .hint = "terms.label_hint", .max_length = 120});
    accounts::text_field(out, locale, form, {.name = "label_en", .label = "terms.label_en", .hint = "terms.label_en_hint", .required = false, .max_length = 120});
}

Response list_page(PageServices const& services, Context& context, List const& list, FormState const& form, int status)
{
    auto const& locale = context.locale;
    auto const title = list_words(list, locale);
    crumbs(context, true);
    Html out;
    web::page_head(out, context.frame, title, locale.text("terms.list_lead"), {});
    accounts::error_summary(out, locale, form);
    write_added(out, context, list, terms_of(services, context).offered(list.name));
    out << "<div class=\"g-settings mt-4\"><section class=\"g-section\" aria-labelledby=\"new-t\"><h2 id=\"new-t\">"_h << locale.text("terms.new") << "</h2>"_h;
    accounts::open_form(out, context, at(context, list), true);
    label_fields(out, locale, form);
    accounts::text_field(out, locale, form, {.name = "code", .label = "terms.code", .hint = "terms.code_hint", .required = false, .max_length = 40});
    accounts::submit_button(out, locale.text("terms.add"));
    out << "</form></section></div><details class=\"g-disclose mt-4\"><summary>"_h;
    web::icon(out, "chevron-right");
    out << locale.plural("terms.shipped_list", static_cast<std::int64_t>(list.entries.size())) << "</summary><ul>"_h;
    for (auto const& entry : list.entries) out << "<li>"_h << schema::code_label(list, entry.code, locale) << " <code class=\"g-muted\">"_h << entry.code << "</code></li>"_h;
    out << "</ul></details>"_h;
    return accounts::shown(context, title, out, status);
}

Answer show_list(PageServices const& services, Context& context, Request const& request)
{
    return list_page(services, context, *TRY(list_of(services, context, request)), {}, 200);
}

Answer add_term(PageServices const& services, Context& context, Request const& request)
{
    auto const& list = *TRY(list_of(services, context, request));
    auto const& sent = request.form;
    auto const added = terms_of(services, context).add(list.name, {sent.get("code"), sent.get("label_fr"), sent.get("label_en")});
    if (added.ok()) return done(at(context, list), "term_added");
    if (added.error().kind != ErrorKind::Invalid) return added.error();
    auto form = accounts::typed(request, {"code", "label_fr", "label_en"});
    form.take(added.error());
    return list_page(services, context, list, form, web::status_of(added.error().kind));
}

// ---- one term ----------------------------------------------------------------------------------------------------

Result<OfferedTerm> own_term(PageServices const& services, Context const& context, List const& list, Request const& request)
{
    for (auto& term : terms_of(services, context).offered(list.name))
        if (term.owner == TermOwner::Own && term.code == request.param("code")) return std::move(term);
    return Error::not_found();
}

Response term_page(Context& context, List const& list, OfferedTerm const& term, FormState const& form, int status)
{
    auto const& locale = context.locale;
    crumbs(context, true);
    context.frame.crumbs.push_back({list_words(list, locale), at(context, list)});
    auto const title = locale.text("terms.rename_title");
    Html out;
    web::page_head(out, context.frame, title, locale.text("terms.rename_lead", {{"code", term.code}}), {});
    accounts::error_summary(out, locale, form);
    out << "<div class=\"g-settings\"><section class=\"g-section\">"_h;
    accounts::open_form(out, context, at(context, list, "/" + term.code), true);
    label_fields(out, locale, form);
    accounts::submit_button(out, locale.text("act.save"));
    out << "</form></section></div>"_h;
    return accounts::shown(context, title, out, status);
}

Answer edit_term(PageServices const& services, Context& context, Request const& request)
{
    auto const& list = *TRY(list_of(services, context, request));
    auto const term = TRY(own_term(services, context, list, request));
    FormState form;
    form.values.add("label_fr", term.label_fr);
    form.values.add("label_en", term.label_en);
    return term_page(context, list, term, form, 200);
}

Answer save_term(PageServices const& services, Context& context, Request const& request)
{
    auto const& list = *TRY(list_of(services, context, request));
    auto const term = TRY(own_term(services, context, list, request));
    auto const saved = terms_of(services, context).change(list.name, term.code, {request.form.get("label_fr"), request.form.get("label_en"), std::nullopt});
    if (saved.ok()) {
        reword(services.machinery, context.where().id, list.name, term.code, context.now);
        return done(at(context, list), "saved");
    }
    if (saved.error().kind != ErrorKind::Invalid) return saved.error();
    auto form = accounts::typed(request, {"label_fr", "label_en"});
    form.take(saved.error());
    return term_page(context, list, term, form, web::status_of(saved.error().kind));
}

template <bool Retired>
Answer retire_term(PageServices const& services, Context& context, Request const& request)
{
    auto const& list = *TRY(list_of(services, context, request));
    TRY(terms_of(services, context).change(list.name, request.param("code"), {{}, {}, Retired}));
    return done(at(context, list), Retired ? "term_retired" : "term_reinstated");
}

}  // namespace

std::vector<accounts::Route> terms_routes(PageServices const& services)
{
    using web::Method;
    using web::Permission;
    auto row = [&services](Method method, std::string path, auto handler) {
        return accounts::Route{method, "/o/{organisation}/terms" + std::move(path), Permission::ShapeRecords,
                               [&services, handler](Context& context, Request const& request) { return handler(services, context, request); }};
    };
    return {
        row(Method::Get, "", show_lists),
        row(Method::Get, "/{list}", show_list),
        row(Method::Post, "/{list}", add_term),
        row(Method::Get, "/{list}/{code}", edit_term),
        row(Method::Post, "/{list}/{code}", save_term),
        row(Method::Post, "/{list}/{code}/retire", retire_term<true>),
        row(Method::Post, "/{list}/{code}/reinstate", retire_term<false>),
    };
}

}  // namespace greffier::records::pages
