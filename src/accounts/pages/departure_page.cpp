// Somebody leaves: what they hold and what hangs on them, who takes over, and the act that takes it all back.
#include <algorithm>

#include "accounts/departure.hpp"
#include "accounts/pages/second_step.hpp"
#include "core/text.hpp"
#include "web/problem.hpp"

namespace greffier::accounts {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

namespace {

Departures departures_of(AccountServices& services, Context const& context) { return {services.database, context.where().id, services.belongings}; }

void write_count(Html& out, Locale const& locale, std::string_view key, std::int64_t number)
{
    if (number == 0) return;
    out << "<li>"_h << locale.plural(key, number) << "</li>"_h;
}

void write_taken(Html& out, Locale const& locale, DeparturePreview const& found)
{
    out << "<section class=\"g-section\" aria-labelledby=\"taken-t\"><h2 id=\"taken-t\">"_h << locale.text("departure.taken") << "</h2><ul>"_h;
    for (auto const& held : found.roles) {
        out << "<li>"_h << locale.text("role." + std::string{code_of(held.role)});
        if (!held.from.empty()) out << " <span class=\"g-badge g-badge--warn\">"_h << locale.text("accounts.people.from_above", {{"name", held.from}}) << "</span>"_h;
        out << "</li>"_h;
    }
    write_count(out, locale, "departure.tokens", found.tokens);
    if (found.whole) {
        write_count(out, locale, "departure.sessions", found.sessions);
        write_count(out, locale, "departure.factors", found.factors);
    }
    out << "</ul><p>"_h << locale.text(found.whole ? "departure.whole" : "departure.elsewhere") << "</p></section>\n"_h;
}

void write_belongings(Html& out, Locale const& locale, DeparturePreview const& found)
{
    auto const& left = found.belongings;
    out << "<section class=\"g-section\" aria-labelledby=\"left-t\"><h2 id=\"left-t\">"_h << locale.text("departure.belongings") << "</h2>"_h;
    if (left.records + left.drafts + left.comments + left.views == 0) {
        out << "<p class=\"g-muted\">"_h << locale.text("departure.nothing") << "</p></section>\n"_h;
        return;
    }
    out << "<ul>"_h;
    write_count(out, locale, "departure.records", left.records);
    write_count(out, locale, "departure.reviews", left.reviews);
    write_count(out, locale, "departure.drafts", left.drafts);
    write_count(out, locale, "departure.views", left.views);
    write_count(out, locale, "departure.comments", left.comments);
    out << "</ul></section>\n"_h;
}

void write_form(Html& out, AccountServices& services, Context const& context, DeparturePreview const& found, FormState const& form)
{
    auto const& locale = context.locale;
    std::vector<Option> people{{"", locale.text("departure.nobody")}};
    for (auto const& member : services.memberships.in(context.where().id))
        if (member.person.id != found.person.id && !member.person.disabled) people.push_back({member.person.id.text(), member.person.name});
    out << "<section class=\"g-section\" aria-labelledby=\"act-t\"><h2 id=\"act-t\">"_h << locale.text("departure.act") << "</h2>"_h;
    open_form(out, context, context.address("/people/" + found.person.id.text() + "/departure"));
    select_field(out, locale, form, {.name = "successor", .label = "departure.successor", .hint = "departure.successor_hint", .required = false}, people);
    text_field(out, locale, form, {.name = "day", .label = "departure.day", .type = "date"});
    text_field(out, locale, form, {.name = "note", .label = "movement.note", .hint = "departure.note_hint", .required = false, .max_length = 300});
    submit_button(out, locale.text("departure.button"));
    out << "</form></section>\n"_h;
}

Response page_of(AccountServices& services, Context& context, DeparturePreview const& found, FormState const& form, int status)
{
    auto const& locale = context.locale;
    auto const title = locale.text("movement.of.leaver", {{"name", found.person.name}});
    context.frame.crumbs = {{locale.text("nav.administration"), ""}, {locale.text("nav.people"), context.address("/people")}, {locale.text("movement.title"), context.address("/people/movements")}};
    Html out;
    web::page_head(out, context.frame, title, locale.text("departure.lead"), {});
    error_summary(out, locale, form, {{"day", "departure.day"}});
    out << "<div class=\"g-settings\">"_h;
    write_taken(out, locale, found);
    write_belongings(out, locale, found);
    if (found.from_above()) out << "<p class=\"g-alert g-alert--warn\">"_h << locale.text("departure.from_above") << "</p>"_h;
    else write_form(out, services, context, found, form);
    out << "</div>"_h;
    return shown(context, title, out, status);
}

Result<DeparturePreview> asked_for(AccountServices& services, Context const& context, Request const& request)
{
    auto const id = PersonId::parse(request.param("id"));
    if (!id) return Error::not_found("unknown_person");
    return departures_of(services, context).look(*id, context.now);
}

}  // namespace

Answer show_departure(AccountServices& services, Context& context, Request const& request)
{
    auto const found = TRY(asked_for(services, context, request));
    FormState form;
    form.values.add("day", to_text(local_date(context.now, context.locale.zone())));
    return page_of(services, context, found, form, 200);
}

Answer carry_out_departure(AccountServices& services, Context& context, Request const& request)
{
    auto const found = TRY(asked_for(services, context, request));
    auto form = typed(request, {"successor", "day", "note"});
    auto const day = parse_date(request.form.get("day"));
    if (!day) form.errors.push_back({"day", "bad_date", {{"value", shorten(request.form.get("day"), 40)}}});
    auto const sent = request.form.get("successor");
    auto const successor = PersonId::parse(sent);
    if (!sent.empty() && !successor) form.refuse("successor", "unknown_person");
    if (!form.errors.empty()) return page_of(services, context, found, form, 422);
    if (auto asked = ask_again(services, context, request)) return std::move(*asked);
    auto const left = departures_of(services, context).carry_out({.person = found.person.id, .successor = successor, .day = *day, .note = squeeze(request.form.get("note")),
                                                                 .reason = context.locale.text("departure.reason", {{"name", found.person.name}}), .actor = context.who().id, .locale = context.locale,
                                                                 .zone = context.where().zone, .now = context.now});
    if (!left.ok()) {
        form.take(left.error());
        return page_of(services, context, found, form, web::status_of(left.error().kind));
    }
    // Whoever leaves by their own hand has no page of this organisation to come back to.
    if (context.who().person == found.person.id && !context.who().installation_administrator) return Response::redirect("/organisations");
    return Response::redirect(context.address("/people/movements/" + left->text() + "?done=departure_done"));
}

}  // namespace greffier::accounts
