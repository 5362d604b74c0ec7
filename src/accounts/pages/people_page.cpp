// Who works in an organisation, and with which roles.
#include <algorithm>

#include "accounts/letters.hpp"
#include "accounts/pages/second_step.hpp"
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
    LinkPurpose purpose = LinkPurpose::Welcome;
};

void role_box(Html& out, Locale const& locale, std::string const& id, Role role, bool checked)
{
    auto const code = std::string(code_of(role));
    auto const box = "role-" + code + "-" + id;
    out << "<div class=\"form-check\"><input class=\"form-check-input\" type=\"checkbox\" name=\"role\""_h;
    out.attr("id"_h, box).attr("value"_h, code).flag("checked"_h, checked);
    out << "><label"_h;
    out.attr("for"_h, box);
    out << ">"_h << locale.text("role." + code) << "</label></div>"_h;
}

/// Those of the profile, and those that a role names and the profile no longer does.
std::vector<std::string> services_to_offer(AccountServices const& services, Context const& context, std::vector<std::string> const& held)
{
    auto names = services.services_of ? services.services_of(context.where().id) : std::vector<std::string>{};
    for (auto const& name : held)
        if (std::ranges::none_of(names, [&](std::string const& known) { return service_key(known) == service_key(name); })) names.push_back(name);
    return names;
}

/// Which services a contributor writes for; none ticked: all of them.
void service_boxes(Html& out, Locale const& locale, std::string const& id, std::vector<std::string> const& offered, std::vector<std::string> const& ticked)
{
    if (offered.empty()) return;
    out << "<fieldset class=\"g-field\"><legend class=\"form-label\">"_h << locale.text("accounts.people.services") << "</legend><p class=\"g-hint\">"_h << locale.text("accounts.people.services_hint")
        << "</p><input type=\"hidden\" name=\"services\" value=\"asked\">"_h;
    int number = 0;
    for (auto const& name : offered) {
        auto const box = "service-" + std::to_string(++number) + "-" + id;
        bool const is_ticked = std::ranges::any_of(ticked, [&](std::string const& one) { return service_key(one) == service_key(name); });
        out << "<div class=\"form-check\"><input class=\"form-check-input\" type=\"checkbox\" name=\"service\""_h;
        out.attr("id"_h, box).attr("value"_h, name).flag("checked"_h, is_ticked);
        out << "><label"_h;
        out.attr("for"_h, box);
        out << ">"_h << name << "</label></div>"_h;
    }
    out << "</fieldset>"_h;
}

/// Someone who has a password forgot it; someone who has none is still invited.
LinkPurpose purpose_for(Person const& person) { return person.has_password ? LinkPurpose::Reset : LinkPurpose::Welcome; }

/// By mail where there is any; an address shown, to be handed over, where there is none or that is asked for.
void link_buttons(Html& out, Context const& context, Person const& person, bool sends_mail)
{
    auto const& locale = context.locale;
    auto const place = context.address("/people/" + person.id.text() + "/link");
    if (!sends_mail) return button_form(out, context, place, locale.text(person.has_password ? "accounts.people.reset_link" : "accounts.people.new_link"), person.name, false);
    button_form(out, context, place, locale.text(person.has_password ? "accounts.people.mail_reset" : "accounts.people.mail_again"), person.name, false);
    button_form(out, context, place + "?how=show", locale.text("accounts.people.show_link"), person.name, false);
}

void roles_form(Html& out, Context const& context, Member const& member, AccountServices const& services, bool protected_twice)
{
    auto const& locale = context.locale;
    auto id = member.person.id.text();
    out << "<details class=\"g-disclose\"><summary>"_h << locale.text("accounts.people.change") << "<span class=\"g-hidden\"> "_h << member.person.name << "</span></summary>"_h;
    open_form(out, context, context.address("/people/" + id + "/role"));
    out << "<fieldset class=\"g-field\"><legend class=\"g-hidden\">"_h << locale.text("accounts.people.roles_of", {{"name", member.person.name}}) << "</legend>"_h;
    // An auditor's role has an end, which the form below asks for: here it can only be kept or taken back.
    for (auto role : all_roles())
        if (role != Role::Auditor || member.holds_here(role)) role_box(out, locale, id, role, member.holds_here(role));
    out << "</fieldset>"_h;
    std::vector<std::string> held;
    for (auto const& each : member.held)
        if (each.from.empty()) held.insert(held.end(), each.services.begin(), each.services.end());
    service_boxes(out, locale, id, services_to_offer(services, context, held), held);
    submit_button(out, locale.text("accounts.people.change_button"), false);
    out << "</form>"_h;
    out << "<div class=\"g-actions mt-2\">"_h;
    link_buttons(out, context, member.person, services.sends_mail());
    if (protected_twice) button_form(out, context, context.address("/people/" + id + "/factors/reset"), locale.text("factor.reset"), member.person.name, true);
    if (std::ranges::any_of(member.held, [](HeldRole const& held) { return held.from.empty(); }))
        button_form(out, context, context.address("/people/" + id + "/revoke"), locale.text("accounts.people.revoke"), member.person.name, true);
    out << "<a class=\"btn btn-outline btn-sm\""_h;
    out.url("href"_h, context.address("/people/" + id + "/departure"));
    out << ">"_h << locale.text("departure.prepare") << "<span class=\"g-hidden\"> "_h << member.person.name << "</span></a>"_h;
    out << "</div></details>"_h;
}

/// The last day on which it holds: an end is the midnight after it.
Date last_day(Timestamp ends_at, Locale const& locale) { return local_date(ends_at - std::chrono::milliseconds{1}, locale.zone()); }

/// A provider by its label, as on its button; an organisation by its name.
std::string giver_of(AccountServices const& services, HeldRole const& held)
{
    return held.by_provider && services.ways ? services.ways->label_of(held.from) : held.from;
}

void write_held(Html& out, Locale const& locale, HeldRole const& held, AccountServices const& services)
{
    out << "<span class=\"g-badge g-badge--line\">"_h << locale.text("role." + std::string(code_of(held.role))) << "</span> "_h;
    std::vector<std::string> words;
    if (!held.from.empty()) words.push_back(locale.text("accounts.people.from_above", {{"name", giver_of(services, held)}}));
    else if (held.branch) words.push_back(locale.text("accounts.people.on_branch"));
    if (!held.services.empty()) words.push_back(locale.text("accounts.people.for_services", {{"services", join(held.services, ", ")}}));
    if (held.ends_at) words.push_back(locale.text("accounts.people.until", {{"date", locale.date(last_day(*held.ends_at, locale))}}));
    if (!words.empty()) out << "<span class=\"g-small g-muted\">"_h << join(words, ", ") << "</span> "_h;
}

void member_row(Html& out, Context const& context, Member const& member, AccountServices const& services, bool protected_twice)
{
    auto const& locale = context.locale;
    out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><div><span class=\"g-title\">"_h << member.person.name << "</span><br><span class=\"g-small g-muted\">"_h
        << member.person.email_shown << "</span></div></th><td role=\"cell\""_h;
    out.attr("data-label"_h, locale.text("accounts.people.roles"));
    out << "><div>"_h;
    for (auto const& held : member.held) write_held(out, locale, held, services);
    if (member.person.disabled) {
        out << "<span class=\"g-badge g-badge--danger\">"_h << locale.text("accounts.people.disabled") << "</span>"_h;
    } else if (!member.person.has_password) {
        out << "<span class=\"g-badge g-badge--warn\">"_h << locale.text("accounts.people.pending") << "</span>"_h;
    }
    if (protected_twice) out << "<span class=\"g-badge g-badge--ok\">"_h << locale.text("factor.badge") << "</span>"_h;
    auto since = local_date(member.since, locale.zone());
    out << "</div></td><td role=\"cell\""_h;
    out.attr("data-label"_h, locale.text("accounts.people.since"));
    out << "><time"_h;
    out.attr("datetime"_h, to_text(since));
    out << ">"_h << locale.date(since) << "</time></td><td role=\"cell\">"_h;
    roles_form(out, context, member, services, protected_twice);
    out << "</td></tr>\n"_h;
}

void table(Html& out, Context const& context, std::vector<Member> const& members, AccountServices const& services, std::set<PersonId> const& protected_twice)
{
    auto const& locale = context.locale;
    if (members.empty()) {
        out << "<p class=\"g-muted\">"_h << locale.text("accounts.people.none") << "</p>\n"_h;
        return;
    }
    open_table(out, locale, {"accounts.person_name", "accounts.people.roles", "accounts.people.since"}, true);
    for (auto const& member : members) member_row(out, context, member, services, protected_twice.contains(member.person.id));
    close_table(out);
}

/// A role on a branch opens the organisations below: only who already runs them may give one.
bool may_grant_below(AccountServices& services, Context const& context)
{
    auto const& actor = context.who();
    return (actor.installation_administrator || actor.over_branch) && services.organisations.has_below(context.where().id);
}

void branch_box(Html& out, Locale const& locale, FormState const& form)
{
    out << "<div class=\"g-field\"><div class=\"form-check\"><input class=\"form-check-input\" type=\"checkbox\" id=\"f-branch\" name=\"branch\" value=\"yes\" aria-describedby=\"f-branch-h\""_h;
    out.flag("checked"_h, form.values.get("branch") == "yes");
    out << "><label for=\"f-branch\">"_h << locale.text("accounts.people.branch") << "</label></div><p class=\"g-hint\" id=\"f-branch-h\">"_h << locale.text("accounts.people.branch_hint")
        << "</p></div>"_h;
}

void invitation(Html& out, Context const& context, AccountServices const& services, FormState const& form, bool below)
{
    bool const sends_mail = services.sends_mail();
    auto const& locale = context.locale;
    out << "<section class=\"g-section\" aria-labelledby=\"invite-t\"><h2 id=\"invite-t\">"_h << locale.text("accounts.people.invite") << "</h2><p>"_h
        << locale.text(sends_mail ? "accounts.people.invite_by_mail" : "accounts.people.invite_lead") << "</p>"_h;
    open_form(out, context, context.address("/people"), true);
    text_field(out, locale, form, {.name = "email", .label = "accounts.email", .type = "email"});
    text_field(out, locale, form, {.name = "name", .label = "accounts.person_name", .hint = "accounts.people.name_hint", .max_length = 200});
    select_field(out, locale, form, {.name = "role", .label = "accounts.people.role"}, role_options(locale));
    text_field(out, locale, form, {.name = "until", .label = "accounts.people.last_day", .type = "date", .hint = "accounts.people.last_day_hint", .required = false});
    service_boxes(out, locale, "new", services_to_offer(services, context, {}), form.values.all("service"));
    if (below) branch_box(out, locale, form);
    if (!sends_mail) {
        submit_button(out, locale.text("accounts.people.invite_button"));
    } else {
        out << "<div class=\"g-field g-actions\"><button type=\"submit\" class=\"btn btn-primary\">"_h << locale.text("accounts.people.invite_button")
            << "</button><button type=\"submit\" class=\"btn btn-outline\" name=\"how\" value=\"show\">"_h << locale.text("accounts.people.invite_show") << "</button></div>\n"_h;
    }
    out << "</form></section>\n"_h;
}

void meanings(Html& out, Context const& context)
{
    auto const& locale = context.locale;
    out << "<section class=\"g-section\" aria-labelledby=\"roles-t\"><h2 id=\"roles-t\">"_h << locale.text("accounts.people.meanings") << "</h2><dl>"_h;
    for (auto role : all_roles()) {
        auto key = "role." + std::string(code_of(role));
        out << "<dt>"_h << locale.text(key) << "</dt><dd>"_h << locale.text(key + ".help") << "</dd>"_h;
    }
    out << "</dl><p><a"_h;
    out.url("href"_h, context.address("/people/permissions"));
    out << ">"_h << locale.text("accounts.permissions.link") << "</a></p></section>\n"_h;
}

Response page_of(AccountServices& services, Context& context, FormState const& form, std::optional<HandedOver> const& link, int status)
{
    auto const& locale = context.locale;
    context.frame.crumbs = {{locale.text("nav.administration"), ""}};
    Html out;
    Html actions;
    actions << "<a class=\"btn btn-outline\""_h;
    actions.url("href"_h, context.address("/people/reviews"));
    actions << ">"_h << locale.text("review.title") << "</a> <a class=\"btn btn-outline\""_h;
    actions.url("href"_h, context.address("/people/movements"));
    actions << ">"_h << locale.text("movement.title") << "</a> <a class=\"btn btn-outline\""_h;
    actions.url("href"_h, context.address("/see-as"));
    actions << ">"_h << locale.text("see_as.title") << "</a>"_h;
    web::page_head(out, context.frame, locale.text("accounts.people.title"), locale.text("accounts.people.lead"), actions);
    if (link)
        secret(out, locale, locale.text("accounts.people.link_title", {{"name", link->name}}), locale.text(link->purpose == LinkPurpose::Reset ? "accounts.people.reset_words" : "accounts.people.link_words"), link->address);
    error_summary(out, locale, form, {{"email", "accounts.email"}, {"name", "accounts.person_name"}, {"until", "accounts.people.last_day"}});
    table(out, context, services.memberships.in(context.where().id), services, services.factors.holders(context.where().id));
    out << "<div class=\"g-settings mt-4\">"_h;
    invitation(out, context, services, form, may_grant_below(services, context));
    meanings(out, context);
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

/// In the transaction that makes the link: a link that nobody was sent opens nothing.
void write_to(AccountServices& services, Context const& context, Request const& request, storage::Session& session, Person const& person)
{
    auto const purpose = purpose_for(person);
    auto const token = OneTimeLinks::make_in(session, purpose, person.id, context.now);
    auto letter = password_letter(person, purpose, context.where().name, absolute(services, request, ""), token, context.where().language, context.now);
    letter.organisation = context.where().id;
    services.post->outbox.queue(session, letter, context.now);
}

bool by_mail(AccountServices const& services, Request const& request)
{
    return services.sends_mail() && request.form.get("how", request.query.get("how")) != "show";
}

Result<Person> add_person(AccountServices& services, Context const& context, Request const& request, Role role, GrantTerms const& terms)
{
    auto prepared = TRY(People::prepare({.email = request.form.get("email"), .name = request.form.get("name")}, context.now));
    TRY(check_terms(role, terms, context.now));
    return services.database.write_result<Person>([&](storage::Session& session) -> Result<Person> {
        auto person = TRY(People::add_in(session, prepared));
        grant_on(session, person.id, context.where().id, role, terms, context.now, Uuid::make());
        if (by_mail(services, request)) write_to(services, context, request, session, person);
        return person;
    });
}

/// As the form has them. A day holds to its end, in the organisation's zone.
Result<GrantTerms> terms_of(AccountServices& services, Context const& context, Request const& request)
{
    GrantTerms terms;
    if (auto const text = squeeze(request.form.get("until")); !text.empty()) {
        auto const day = parse_date(text);
        if (!day) return Error{ErrorKind::Invalid, "invalid", {}, {{"until", "bad_date", {{"value", text}}}}};
        terms.ends_at = start_of_day(add_days(*day, 1), context.where().zone);
    }
    if (request.form.get("branch") == "yes") {
        if (!may_grant_below(services, context)) return Error::forbidden();
        terms.branch = true;
    }
    // Nothing ticked says nothing: somebody new is for all services, and a limit that somebody has is lifted on their own line.
    if (auto ticked = request.form.all("service"); request.form.get("role") == code_of(Role::Contributor) && !ticked.empty()) terms.services = std::move(ticked);
    return terms;
}

Response refused(AccountServices& services, Context& context, Error const& error, FormState form = blank_form())
{
    form.take(error);
    return page_of(services, context, form, std::nullopt, web::status_of(error.kind));
}

Response handed_over(AccountServices& services, Context& context, Request const& request, Person const& person)
{
    auto const purpose = purpose_for(person);
    auto const path = std::string(OneTimeLinks::page_of(purpose)) + services.links.make(purpose, person.id, context.now);
    return page_of(services, context, blank_form(), HandedOver{person.name, absolute(services, request, path), purpose}, 200);
}

}  // namespace

Answer list_people(AccountServices& services, Context& context, Request const&)
{
    return page_of(services, context, blank_form(), std::nullopt, 200);
}

Answer invite(AccountServices& services, Context& context, Request const& request)
{
    auto form = typed(request, {"email", "name", "role", "until", "branch"});
    for (auto const& name : request.form.all("service")) form.values.add("service", name);
    auto code = request.form.get("role");
    auto role = parse_role(code);
    if (!role) {
        form.errors.push_back({"role", "unknown_role", {{"value", code}}});
        return page_of(services, context, form, std::nullopt, 422);
    }
    auto const terms = terms_of(services, context, request);
    if (!terms.ok()) {
        if (terms.error().kind == ErrorKind::Forbidden) return terms.error();
        return refused(services, context, terms.error(), form);
    }
    if (*role == Role::Administrator)
        if (auto asked = ask_again(services, context, request)) return std::move(*asked);
    if (auto known = services.people.find(request.form.get("email"))) {
        bool const there = services.memberships.of(known->id, context.where().id).has_value();
        auto granted = services.memberships.grant(known->id, context.where().id, *role, context.now, *terms);
        if (!granted.ok()) return refused(services, context, granted.error(), form);
        if (!there) begin_movement(services, context, MovementKind::Joiner, *known);
        return Response::redirect(context.address("/people?done=role_granted"));
    }
    auto person = add_person(services, context, request, *role, *terms);
    if (!person.ok()) return refused(services, context, person.error(), form);
    begin_movement(services, context, MovementKind::Joiner, *person);
    if (by_mail(services, request)) {
        services.post->outbox.ring();
        return Response::redirect(context.address("/people?done=invited_by_mail"));
    }
    return handed_over(services, context, request, *person);
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
    // What comes down from above stays whatever is ticked here; without it, nothing ticked would be somebody without a role.
    auto const members = services.memberships.in(context.where().id);
    auto const member = std::ranges::find(members, person.id, [](Member const& each) { return each.person.id; });
    bool const from_above = member != members.end() && std::ranges::any_of(member->held, [](HeldRole const& held) { return !held.from.empty(); });
    if (roles.empty() && !from_above) return refused(services, context, Error::invalid("role_needed"));
    if (std::find(roles.begin(), roles.end(), Role::Administrator) != roles.end())
        if (auto asked = ask_again(services, context, request)) return std::move(*asked);
    std::optional<std::vector<std::string>> of_services;
    if (request.form.find("services")) of_services = request.form.all("service");
    auto changed = services.memberships.set_roles(person.id, context.where().id, roles, context.now, of_services);
    if (!changed.ok()) return refused(services, context, changed.error());
    if (auto const now = services.memberships.of(person.id, context.where().id); member != members.end() && now && now->roles != member->roles()) begin_movement(services, context, MovementKind::Mover, person);
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

Answer reset_factors(AccountServices& services, Context& context, Request const& request)
{
    auto person = TRY(member_of(services, context, request.param("id")));
    // As for the link that chooses a password: the account of one who works elsewhere too is not this town's.
    if (!services.memberships.only_in(person.id, context.where().id) && !context.who().installation_administrator)
        return refused(services, context, Error::conflict("factor_reset_refused"));
    if (auto asked = ask_again(services, context, request)) return std::move(*asked);
    TRY(services.database.write([&](storage::Session& session) -> Status {
        Factors::reset_in(session, person.id);
        if (services.tell_of_reset) services.tell_of_reset(session, person.id, context.where().id, context.who().id, context.now);
        tell_of_factor(services, context, request, session, person, FactorNews::Reset);
        return Nothing{};
    }));
    ring_for_mail(services);
    return Response::redirect(context.address("/people?done=factor_reset"));
}

Answer renew_link(AccountServices& services, Context& context, Request const& request)
{
    auto person = TRY(member_of(services, context, request.param("id")));
    // A link chooses the password: handed over by one town, it must not open another town to it. By mail, it comes to the person alone.
    bool const safe = by_mail(services, request) || context.who().installation_administrator || services.memberships.only_in(person.id, context.where().id);
    if (person.disabled || !safe) return refused(services, context, Error::conflict("link_refused"));
    if (!by_mail(services, request)) {
        if (auto asked = ask_again(services, context, request)) return std::move(*asked);   // whoever holds it takes the account over
        return handed_over(services, context, request, person);
    }
    TRY(services.database.write([&](storage::Session& session) -> Status {
        write_to(services, context, request, session, person);
        return Nothing{};
    }));
    services.post->outbox.ring();
    return Response::redirect(context.address("/people?done=link_by_mail"));
}

}  // namespace greffier::accounts
