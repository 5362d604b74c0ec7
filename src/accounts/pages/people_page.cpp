// Who works in an organisation, and with which roles.
#include "accounts/pages/form.hpp"
#include "accounts/pages/pages.hpp"
#include "core/text.hpp"
#include "web/problem.hpp"

namespace greffier::accounts {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

namespace {

struct HandedOver {
    std::string name, address;
};

void roles_form(Html& out, Context const& context, Member const& member)
{
    auto const& locale = context.locale;
    auto id = member.person.id.text();
    out << "<details class=\"g-disclose\"><summary>"_h << locale.text("accounts.people.change") << "<span class=\"g-hidden\"> "_h << member.person.name << "</span></summary>"_h;
    open_form(out, context, context.address("/people/" + id + "/role"));
    out << "<fieldset class=\"g-field\"><legend class=\"g-hidden\">"_h << locale.text("accounts.people.roles_of", {{"name", member.person.name}}) << "</legend>"_h;
    for (auto role : all_roles()) {
        auto code = std::string(code_of(role));
        auto box = "role-" + code + "-" + id;
        out << "<div class=\"form-check\"><input class=\"form-check-input\" type=\"checkbox\" name=\"role\""_h;
        out.attr("id"_h, box).attr("value"_h, code);
        out.flag("checked"_h, std::find(member.roles.begin(), member.roles.end(), role) != member.roles.end());
        out << "><label"_h;
        out.attr("for"_h, box);
        out << ">"_h << locale.text("role." + code) << "</label></div>"_h;
    }
    out << "</fieldset>"_h;
    submit_button(out, locale.text("accounts.people.change_button"), false);
    out << "</form>"_h;
    auto link = member.person.has_password ? "accounts.people.reset_link" : "accounts.people.new_link";
    button_form(out, context, context.address("/people/" + id + "/link"), locale.text(link), member.person.name, false);
    button_form(out, context, context.address("/people/" + id + "/revoke"), locale.text("accounts.people.revoke"), member.person.name, true);
    out << "</details>"_h;
}

void member_row(Html& out, Context const& context, Member const& member)
{
    auto const& locale = context.locale;
    out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><div><span class=\"g-title\">"_h << member.person.name << "</span><br><span class=\"g-small g-muted\">"_h
        << member.person.email_shown << "</span></div></th><td role=\"cell\""_h;
    out.attr("data-label"_h, locale.text("accounts.people.roles"));
    out << "><div>"_h;
    for (auto role : member.roles) out << "<span class=\"g-badge g-badge--line\">"_h << locale.text("role." + std::string(code_of(role))) << "</span> "_h;
    if (member.person.disabled) {
        out << "<span class=\"g-badge g-badge--danger\">"_h << locale.text("accounts.people.disabled") << "</span>"_h;
    } else if (!member.person.has_password) {
        out << "<span class=\"g-badge g-badge--warn\">"_h << locale.text("accounts.people.pending") << "</span>"_h;
    }
    auto since = local_date(member.since, locale.zone());
    out << "</div></td><td role=\"cell\""_h;
    out.attr("data-label"_h, locale.text("accounts.people.since"));
    out << "><time"_h;
    out.attr("datetime"_h, to_text(since));
    out << ">"_h << locale.date(since) << "</time></td><td role=\"cell\">"_h;
    roles_form(out, context, member);
    out << "</td></tr>\n"_h;
}

void table(Html& out, Context const& context, std::vector<Member> const& members)
{
    auto const& locale = context.locale;
    if (members.empty()) {
        out << "<p class=\"g-muted\">"_h << locale.text("accounts.people.none") << "</p>\n"_h;
        return;
    }
    open_table(out, locale, {"accounts.person_name", "accounts.people.roles", "accounts.people.since"}, true);
    for (auto const& member : members) member_row(out, context, member);
    close_table(out);
}

void invitation(Html& out, Context const& context, FormState const& form)
{
    auto const& locale = context.locale;
    out << "<section class=\"g-section\" aria-labelledby=\"invite-t\"><h2 id=\"invite-t\">"_h << locale.text("accounts.people.invite") << "</h2><p>"_h
        << locale.text("accounts.people.invite_lead") << "</p>"_h;
    open_form(out, context, context.address("/people"), true);
    text_field(out, locale, form, {.name = "email", .label = "accounts.email", .type = "email"});
    text_field(out, locale, form, {.name = "name", .label = "accounts.person_name", .hint = "accounts.people.name_hint", .max_length = 200});
    select_field(out, locale, form, {.name = "role", .label = "accounts.people.role"}, role_options(locale));
    submit_button(out, locale.text("accounts.people.invite_button"));
    out << "</form></section>\n"_h;
}

void meanings(Html& out, Locale const& locale)
{
    out << "<section class=\"g-section\" aria-labelledby=\"roles-t\"><h2 id=\"roles-t\">"_h << locale.text("accounts.people.meanings") << "</h2><dl>"_h;
    for (auto role : all_roles()) {
        auto key = "role." + std::string(code_of(role));
        out << "<dt>"_h << locale.text(key) << "</dt><dd>"_h << locale.text(key + ".help") << "</dd>"_h;
    }
    out << "</dl></section>\n"_h;
}

Response page_of(AccountServices& services, Context& context, FormState const& form, std::optional<HandedOver> const& link, int status)
{
    auto const& locale = context.locale;
    context.frame.crumbs = {{locale.text("nav.administration"), ""}};
    Html out;
    web::page_head(out, context.frame, locale.text("accounts.people.title"), locale.text("accounts.people.lead"), {});
    if (link)
        secret(out, locale, locale.text("accounts.people.link_title", {{"name", link->name}}), locale.text("accounts.people.link_words"), link->address);
    error_summary(out, locale, form, {{"email", "accounts.email"}, {"name", "accounts.person_name"}});
    table(out, context, services.memberships.in(context.where().id));
    out << "<div class=\"g-settings mt-4\">"_h;
    invitation(out, context, form);
    meanings(out, locale);
    out << "</div>"_h;
    auto response = shown(context, locale.text("accounts.people.title"), out, status);
    if (link) response.header("Cache-Control", "no-store");
    return response;
}

FormState blank_form()
{
    FormState form;
    form.values.add("role", "contributor");
    return form;
}

/// A person of this organisation: others' ids do not exist here.
Result<Person> member_of(AccountServices& services, Context const& context, std::string const& id)
{
    auto person = PersonId::parse(id);
    auto found = person ? services.people.find(*person) : std::nullopt;
    if (!found) return Error::not_found("unknown_person");
    for (auto const& member : services.memberships.in(context.where().id))
        if (member.person.id == found->id) return *found;
    return Error::not_found("unknown_person");
}

Result<Person> add_person(AccountServices& services, Context const& context, Request const& request, Role role)
{
    auto prepared = TRY(People::prepare({.email = request.form.get("email"), .name = request.form.get("name")}, context.now));
    return services.database.write_result<Person>([&](storage::Session& session) -> Result<Person> {
        auto person = TRY(People::add_in(session, prepared));
        Memberships::grant_in(session, person.id, context.where().id, role, context.now);
        return person;
    });
}

Response refused(AccountServices& services, Context& context, Error const& error, FormState form = blank_form())
{
    form.take(error);
    return page_of(services, context, form, std::nullopt, web::status_of(error.kind));
}

}  // namespace

Answer list_people(AccountServices& services, Context& context, Request const&)
{
    return page_of(services, context, blank_form(), std::nullopt, 200);
}

Answer invite(AccountServices& services, Context& context, Request const& request)
{
    auto form = typed(request, {"email", "name", "role"});
    auto code = request.form.get("role");
    auto role = parse_role(code);
    if (!role) {
        form.errors.push_back({"role", "unknown_role", {{"value", code}}});
        return page_of(services, context, form, std::nullopt, 422);
    }
    if (auto known = services.people.find(request.form.get("email"))) {
        auto granted = services.memberships.grant(known->id, context.where().id, *role, context.now);
        if (!granted.ok()) return refused(services, context, granted.error(), form);
        return Response::redirect(context.address("/people?done=role_granted"));
    }
    auto person = add_person(services, context, request, *role);
    if (!person.ok()) return refused(services, context, person.error(), form);
    auto address = absolute(services, request, "/welcome/" + services.links.welcome(person->id, context.now));
    return page_of(services, context, blank_form(), HandedOver{person->name, address}, 200);
}

Answer change_roles(AccountServices& services, Context& context, Request const& request)
{
    auto person = TRY(member_of(services, context, request.param("id")));
    std::vector<Role> roles;
    for (auto const& code : request.form.all("role")) {
        auto role = parse_role(code);
        if (!role) return refused(services, context, Error::invalid("unknown_role", {{"value", code}}));
        roles.push_back(*role);
    }
    if (roles.empty()) return refused(services, context, Error::invalid("role_needed"));
    auto changed = services.memberships.set_roles(person.id, context.where().id, roles, context.now);
    if (!changed.ok()) return refused(services, context, changed.error());
    return Response::redirect(context.address("/people?done=role_changed"));
}

Answer revoke_roles(AccountServices& services, Context& context, Request const& request)
{
    auto person = TRY(member_of(services, context, request.param("id")));
    auto revoked = services.memberships.revoke(person.id, context.where().id, std::nullopt, context.now);
    if (!revoked.ok()) return refused(services, context, revoked.error());
    // Whoever leaves by their own hand has no page of this organisation to come back to.
    bool gone = context.who().person == person.id && !context.who().installation_administrator;
    return Response::redirect(gone ? std::string("/organisations") : context.address("/people?done=role_revoked"));
}

Answer renew_link(AccountServices& services, Context& context, Request const& request)
{
    auto person = TRY(member_of(services, context, request.param("id")));
    // A link chooses the password: handed over by one town, it must not open another town to it.
    bool alone = services.memberships.only_in(person.id, context.where().id);
    if (person.disabled || !(alone || context.who().installation_administrator))
        return refused(services, context, Error::conflict("link_refused"));
    auto address = absolute(services, request, "/welcome/" + services.links.welcome(person.id, context.now));
    return page_of(services, context, blank_form(), HandedOver{person.name, address}, 200);
}

}  // namespace greffier::accounts
