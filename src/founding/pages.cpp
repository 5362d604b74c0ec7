// The pages on which a list of organisations becomes organisations: the file, what would be made line by line, the making,
// what was made and how to take it back; and one organisation "like this one".
#include <fstream>
#include <iterator>

#include "accounts/pages/form.hpp"
#include "accounts/pages/second_step.hpp"
#include "core/text.hpp"
#include "founding/job.hpp"
#include "founding/preview.hpp"
#include "web/problem.hpp"

namespace greffier::founding {

using accounts::Context;
using accounts::FormState;
using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;
using Answer = Result<Response>;

namespace {

std::string place_of(Context const& context, Founding const& founding) { return context.address("/organisations/" + founding.id.text()); }

std::vector<web::Crumb> crumbs(Context const& context)
{
    return {{context.locale.text("nav.administration"), ""}, {context.locale.text("founding.title"), context.address("/organisations")}};
}

void past_ones(FoundingServices& services, Html& out, Context const& context)
{
    auto const& locale = context.locale;
    auto const all = services.foundings().list(context.where().id);
    if (all.empty()) return;
    out << "<section class=\"g-section\" aria-labelledby=\"past-t\"><h2 id=\"past-t\">"_h << locale.text("founding.past") << "</h2>"_h;
    accounts::open_table(out, locale, {"founding.file", "founding.when", "founding.state", "founding.count"}, false);
    for (auto const& one : all) {
        out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><div><a class=\"g-title\""_h;
        out.url("href"_h, place_of(context, one));
        out << ">"_h << one.file_name << "</a></div></th><td role=\"cell\""_h;
        out.attr("data-label"_h, locale.text("founding.when"));
        out << "><div>"_h << locale.instant(one.created_at) << "</div></td><td role=\"cell\""_h;
        out.attr("data-label"_h, locale.text("founding.state"));
        out << "><div>"_h << locale.text("founding.state." + std::string{code_of(one.state)}) << "</div></td><td role=\"cell\""_h;
        out.attr("data-label"_h, locale.text("founding.count"));
        out << "><div class=\"g-num\">"_h << locale.number(one.state == State::Ready ? one.wanted : one.made) << "</div></td></tr>\n"_h;
    }
    accounts::close_table(out);
    out << "</section>"_h;
}

Response file_page(FoundingServices& services, Context& context, FormState const& form, int status = 200)
{
    auto const& locale = context.locale;
    context.frame.crumbs = {{locale.text("nav.administration"), ""}};
    Html out;
    web::page_head(out, context.frame, locale.text("founding.title"), locale.text("founding.lead", {{"name", context.where().name}}), {});
    accounts::error_summary(out, locale, form, {{"file", "founding.file"}});
    out << "<div class=\"g-settings\"><section class=\"g-section\"><p>"_h << locale.text("founding.file_lead") << "</p><p><a class=\"btn btn-outline\""_h;
    out.url("href"_h, context.address("/organisations/example.csv"));
    out << ">"_h << locale.text("founding.example") << "</a></p><form method=\"post\" enctype=\"multipart/form-data\" novalidate"_h;
    out.url("action"_h, context.address("/organisations"));
    out << ">"_h;
    web::csrf_field(out, context.frame);
    accounts::text_field(out, locale, form, {.name = "file", .label = "founding.file", .type = "file", .hint = "founding.file_hint"});
    model_fields(out, context, form, true);
    accounts::submit_button(out, locale.text("founding.read"));
    out << "</form></section>"_h;
    past_ones(services, out, context);
    out << "</div>"_h;
    return accounts::shown(context, locale.text("founding.title"), out, status);
}

FormState with_all_parts()
{
    FormState form;
    for (auto const part : all_parts()) form.values.add("part", std::string{code_of(part)});
    return form;
}

Answer show_file(FoundingServices& services, Context& context, Request const&)
{
    if (!may_found(context.who())) return Error::forbidden();
    return file_page(services, context, with_all_parts());
}

Answer give_example(FoundingServices&, Context& context, Request const&)
{
    return Response::download(context.locale.text("founding.example_name") + ".csv", "text/csv; charset=utf-8", example(context.locale));
}

Result<List> list_of(Request const& request)
{
    if (request.files.empty() || request.files.front().size == 0) return Error{ErrorKind::Invalid, "invalid", {}, {{"file", "required", {}}}};
    auto const& file = request.files.front();
    if (file.size > most_bytes) return Error::too_large("founding.too_long", {{"max", std::to_string(most_lines)}});
    std::ifstream stream(file.path, std::ios::binary);
    return read_list({std::istreambuf_iterator<char>(stream), {}}, file.name);
}

Plan plan_for(FoundingServices& services, Context const& context, List list)
{
    auto session = services.machinery.database.read();
    return make_plan(*session, *services.machinery.registers.find("profile"), std::move(list), {context.where().id});
}

Answer take_file(FoundingServices& services, Context& context, Request const& request)
{
    if (!may_found(context.who())) return Error::forbidden();
    FormState form;
    form.values = request.form;
    auto const refused = [&](Error error) {
        for (auto& field : error.fields)
            if (field.field.empty()) field.field = "file";
        form.take(error);
        if (error.fields.empty()) form.errors.back().field = "file";
        return file_page(services, context, form, web::status_of(error.kind));
    };
    auto model = model_of_form(services, context, request);
    if (!model.ok()) return refused(model.error());
    auto list = list_of(request);
    if (!list.ok()) return refused(list.error());
    auto const plan = plan_for(services, context, std::move(*list));
    auto const name = shorten(squeeze(request.files.front().name), 200);
    if (!plan.sound() || plan.to_make() == 0) {
        context.frame.crumbs = crumbs(context);
        return plan_page(context, plan, name, nullptr, plan.sound() ? 200 : 422);
    }
    Wish const wish{context.where().id, context.who().id, context.who().person, name, accounts::absolute(*services.accounts, request, ""), *model};
    auto const id = services.foundings().keep(plan, wish, context.now);
    if (!id.ok()) return refused(id.error());
    auto const founding = TRY(services.foundings().find(*id));
    context.frame.crumbs = crumbs(context);
    return plan_page(context, plan, name, &founding, 200);
}

/// Of this organisation, and seen by who may.
Result<Founding> founding_of(FoundingServices& services, Context const& context, Request const& request)
{
    auto const id = FoundingId::parse(request.param("founding"));
    if (!id) return Error::not_found();
    auto found = TRY(services.foundings().find(*id));
    if (found.under != context.where().id) return Error::not_found();
    if (!may_found(context.who())) return Error::forbidden();
    return found;
}

Answer show_founding(FoundingServices& services, Context& context, Request const& request)
{
    auto const founding = TRY(founding_of(services, context, request));
    context.frame.crumbs = crumbs(context);
    auto const foundings = services.foundings();
    auto const untouched = founding.state == State::Made && foundings.is_untouched(founding.id);
    auto const model = founding.model ? services.organisations.find(founding.model->organisation) : std::nullopt;
    return founding_page(context, founding, foundings.lines(founding.id), job_of(services, founding), untouched, model ? model->name : std::string{});
}

Answer begin_making(FoundingServices& services, Context& context, Request const& request)
{
    auto const founding = TRY(founding_of(services, context, request));
    if (auto asked = accounts::ask_again(*services.accounts, context, request)) return std::move(*asked);
    TRY(hand_over(services, acting(context), founding, Direction::There, context.now));
    return Response::redirect(place_of(context, founding));
}

Answer begin_undoing(FoundingServices& services, Context& context, Request const& request)
{
    auto const founding = TRY(founding_of(services, context, request));
    if (!services.foundings().is_untouched(founding.id)) return Error::conflict("founding.written_in");
    if (auto asked = accounts::ask_again(*services.accounts, context, request)) return std::move(*asked);
    TRY(hand_over(services, acting(context), founding, Direction::Back, context.now));
    return Response::redirect(place_of(context, founding));
}

// ---- one like this one ---------------------------------------------------------------------------------

/// Beside this one: under the same organisation, by whoever may make organisations there.
Result<std::optional<OrganisationId>> beside(FoundingServices& services, Context const& context)
{
    auto const& who = context.who();
    auto const& above = context.where().parent;
    if (who.installation_administrator) return above;
    if (!above || !who.person) return Error::forbidden();
    auto const membership = accounts::Memberships(services.machinery.database).of(*who.person, *above);
    if (!membership || !may_found(accounts::make_actor(*membership))) return Error::forbidden();
    return above;
}

Response like_page(Context& context, FormState const& form, int status = 200)
{
    auto const& locale = context.locale;
    auto const& town = context.where();
    context.frame.crumbs = {{locale.text("nav.administration"), ""}, {locale.text("accounts.settings.title"), context.address("/settings")}};
    Html out;
    web::page_head(out, context.frame, locale.text("founding.like.title", {{"name", town.name}}), locale.text("founding.like.lead"), {});
    accounts::error_summary(out, locale, form, {{"name", "accounts.organisation_name"}});
    out << "<div class=\"g-settings\"><section class=\"g-section\">"_h;
    accounts::open_form(out, context, context.address("/like"), true);
    accounts::organisation_name_field(out, locale, form);
    accounts::kind_field(out, locale, form);
    accounts::text_field(out, locale, form, {.name = "siren", .label = "founding.column.siren", .required = false, .max_length = 20});
    accounts::text_field(out, locale, form, {.name = "insee", .label = "founding.column.insee", .required = false, .max_length = 10});
    accounts::text_field(out, locale, form, {.name = "email", .label = "founding.column.email", .type = "email", .required = false, .max_length = 200});
    accounts::text_field(out, locale, form, {.name = "administrator_email", .label = "founding.column.administrator_email", .type = "email", .hint = "founding.administrator_hint", .required = false, .max_length = 200});
    model_fields(out, context, form, false);
    accounts::submit_button(out, locale.text("founding.like.button"));
    out << "</form></section></div>"_h;
    return accounts::shown(context, locale.text("founding.like.title", {{"name", town.name}}), out, status);
}

Answer show_like(FoundingServices& services, Context& context, Request const&)
{
    (void)TRY(beside(services, context));
    auto form = with_all_parts();
    form.values.add("kind", context.where().kind);
    return like_page(context, form);
}

Answer make_like(FoundingServices& services, Context& context, Request const& request)
{
    auto const above = TRY(beside(services, context));
    FormState form;
    form.values = request.form;
    List list;
    Line line;
    line.number = 1;
    for (auto const& [field, member] : {std::pair{"name", &Line::name}, {"siren", &Line::siren}, {"insee", &Line::insee}, {"email", &Line::email}, {"administrator_email", &Line::administrator_email}, {"kind", &Line::kind}})
        line.*member = squeeze(request.form.get(field));
    if (!line.siren.empty() && !is_siren(line.siren)) list.trouble(1, "siren", "founding.bad_siren", {{"value", shorten(line.siren, 40)}});
    if (!line.insee.empty() && !is_insee_code(line.insee)) list.trouble(1, "insee", "founding.bad_insee", {{"value", shorten(line.insee, 40)}});
    list.lines.push_back(std::move(line));
    auto const plan = [&] {
        auto session = services.machinery.database.read();
        return make_plan(*session, *services.machinery.registers.find("profile"), std::move(list), {above});
    }();
    for (auto const& trouble : plan.troubles) form.errors.push_back({trouble.field, trouble.code, trouble.arguments});
    if (plan.sound() && plan.to_make() == 0) form.refuse("name", "founding.there_already");
    std::optional<Model> model;
    if (auto const parts = parse_parts(request.form.all("part")); !parts.empty()) model = Model{context.where().id, parts};
    if (model && !may_take(services.machinery.database, *context.who().person, *model, context.who().installation_administrator)) form.refuse("", "founding.model_not_yours");
    if (!form.errors.empty()) return like_page(context, form, 422);
    if (auto asked = accounts::ask_again(*services.accounts, context, request)) return std::move(*asked);
    auto const foundings = services.foundings();
    auto const id = TRY(foundings.keep(plan, {above, context.who().id, context.who().person, context.locale.text("founding.like.file", {{"name", context.where().name}}), accounts::absolute(*services.accounts, request, ""), model}, context.now));
    auto const made = make_all(foundings, services.machinery, services.organisations, id, context.now);
    if (!made.ok()) {
        form.take(made.error());
        return like_page(context, form, web::status_of(made.error().kind));
    }
    if (services.post) services.post->outbox.ring();
    auto const lines = foundings.lines(id);
    bool const enters = lines.front().made && accounts::Memberships(services.machinery.database).of(*context.who().person, *lines.front().made);
    return Response::redirect("/o/" + lines.front().slug + (enters ? "?done=organisation_made" : "/people?done=organisation_added"));
}

using Page = Answer (*)(FoundingServices&, Context&, Request const&);

}  // namespace

std::vector<accounts::Route> founding_routes(FoundingServices& services)
{
    using enum web::Permission;
    using enum web::Method;
    auto const at = [&services](web::Method method, char const* path, web::Permission permission, Page page) -> accounts::Route {
        return {method, path, permission, [&services, page](Context& context, Request const& request) { return page(services, context, request); }};
    };
    // Those who administer the branch or run the installation, among those who administer: the handlers look.
    return {
        at(Get, "/o/{organisation}/organisations", AdministerOrganisation, show_file),
        at(Post, "/o/{organisation}/organisations", AdministerOrganisation, take_file),
        at(Get, "/o/{organisation}/organisations/example.csv", AdministerOrganisation, give_example),
        at(Get, "/o/{organisation}/organisations/{founding}", AdministerOrganisation, show_founding),
        at(Post, "/o/{organisation}/organisations/{founding}/make", AdministerOrganisation, begin_making),
        at(Post, "/o/{organisation}/organisations/{founding}/undo", AdministerOrganisation, begin_undoing),
        at(Get, "/o/{organisation}/like", AdministerOrganisation, show_like),
        at(Post, "/o/{organisation}/like", AdministerOrganisation, make_like),
    };
}

}  // namespace greffier::founding
