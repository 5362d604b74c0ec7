// Seeing the product as somebody else: what is asked, who consented, when it was done; and the two ends of it.
#include <algorithm>
#include <charconv>

#include "accounts/pages/second_step.hpp"
#include "web/problem.hpp"

namespace greffier::accounts {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

namespace {

std::string place(Context const& context, std::string_view rest = "") { return context.address("/see-as" + std::string{rest}); }

bool represents(Context const& context) { return std::ranges::find(context.who().roles, Role::Representative) != context.who().roles.end(); }

std::string who_sees_whom(Locale const& locale, std::string const& visitor, std::string const& person)
{
    return locale.text("see_as.who_whom", {{"visitor", visitor}, {"person", person}});
}

// ---- answering --------------------------------------------------------------------------------------------

void answer_button(Html& out, std::string_view op, std::string_view label, bool primary)
{
    out << "<button type=\"submit\" name=\"op\""_h;
    out.attr("value"_h, op).attr("class"_h, primary ? "btn btn-primary" : "btn btn-outline");
    out << ">"_h << label << "</button>"_h;
}

/// Several questions stand on one page: each field has a name of its own.
std::string answer_field(std::string const& consent) { return "answer-" + consent; }

void write_question(Html& out, Context const& context, FormState const& form, SeeAsConsent const& consent)
{
    auto const& locale = context.locale;
    auto const id = consent.id.text();
    bool const own = consent.person == context.who().person;
    out << "<section class=\"g-section\""_h;
    out.attr("aria-labelledby"_h, "ask-" + id);
    out << "><h2"_h;
    out.attr("id"_h, "ask-" + id);
    out << ">"_h << locale.text(own ? "see_as.question_own" : "see_as.question", {{"visitor", consent.asker_name}, {"person", consent.person_name}}) << "</h2><p>"_h
        << locale.plural("see_as.question_words", consent.days) << "</p><blockquote class=\"g-quote\">"_h << consent.reason << "</blockquote>"_h;
    open_form(out, context, place(context, "/" + id + "/answer"));
    auto const field = answer_field(id);
    if (!own) text_field(out, locale, form, {.name = field, .label = "see_as.answer", .hint = "see_as.answer_hint", .max_length = 500});
    out << "<div class=\"g-field g-actions\">"_h;
    answer_button(out, "give", locale.text("see_as.give"), true);
    answer_button(out, "refuse", locale.text("see_as.refuse"), false);
    out << "</div></form></section>\n"_h;
}

bool may_answer(Context const& context, SeeAsConsent const& consent)
{
    auto const self = context.who().person;
    return consent.waits(context.now) && (consent.person == self || (represents(context) && consent.asked_by != self));
}

// ---- what there is ------------------------------------------------------------------------------------------

void write_state(Html& out, Context const& context, SeeAsConsent const& consent)
{
    auto const& locale = context.locale;
    auto const badge = [&](std::string_view css, std::string const& words) {
        out << "<span"_h;
        out.attr("class"_h, css);
        out << ">"_h << words << "</span>"_h;
    };
    if (consent.waits(context.now)) return badge("g-badge g-badge--warn", locale.text("see_as.state.asked"));
    if (consent.holds(context.now)) badge("g-badge g-badge--ok", locale.text("see_as.state.until", {{"when", locale.instant(consent.ends_at)}}));
    else badge("g-badge g-badge--line", locale.text(consent.state == ConsentState::Asked || consent.state == ConsentState::Given ? "see_as.state.over" : "see_as.state." + std::string{code_of(consent.state)}));
    if (consent.state == ConsentState::Asked || !consent.answered_at) return;
    out << "<br><span class=\"g-small g-muted\">"_h
        << locale.text(consent.basis == ConsentBasis::Controller ? "see_as.by_controller" : "see_as.by_person", {{"name", consent.answerer_name}, {"when", locale.instant(*consent.answered_at)}});
    if (!consent.answer.empty()) out << "<br>"_h << consent.answer;
    out << "</span>"_h;
}

void write_consent(Html& out, Context const& context, SeeAsConsent const& consent)
{
    auto const& locale = context.locale;
    auto const self = context.who().person;
    out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><div><span class=\"g-title\">"_h << who_sees_whom(locale, consent.asker_name, consent.person_name)
        << "</span><br><span class=\"g-small g-muted\">"_h << locale.instant(consent.asked_at) << "</span></div></th>"_h;
    open_cell(out, locale, "see_as.reason");
    out << consent.reason << "</div></td>"_h;
    open_cell(out, locale, "see_as.state");
    write_state(out, context, consent);
    out << "</div></td><td role=\"cell\"><div class=\"g-actions\">"_h;
    auto const both = who_sees_whom(locale, consent.asker_name, consent.person_name);
    if (consent.holds(context.now) && consent.asked_by == self) button_form(out, context, place(context, "/" + consent.id.text() + "/start"), locale.text("see_as.start"), consent.person_name, false);
    bool const concerned = consent.person == self || consent.asked_by == self || represents(context);
    if (concerned && (consent.holds(context.now) || (consent.waits(context.now) && consent.asked_by == self)))
        button_form(out, context, place(context, "/" + consent.id.text() + "/withdraw"), locale.text("see_as.withdraw"), both, true);
    out << "</div></td></tr>\n"_h;
}

void write_visits(Html& out, Locale const& locale, std::vector<SeeAsVisit> const& visits)
{
    if (visits.empty()) return;
    out << "<h2 class=\"mt-4\">"_h << locale.text("see_as.visits") << "</h2>"_h;
    open_table(out, locale, {"see_as.who", "see_as.when", "see_as.pages", "see_as.ended"}, false);
    for (auto const& visit : visits) {
        out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">"_h << who_sees_whom(locale, visit.visitor_name, visit.person_name) << "</th>"_h;
        open_cell(out, locale, "see_as.when");
        out << locale.instant(visit.started_at);
        if (visit.ended_at) out << "<br><span class=\"g-small g-muted\">"_h << locale.text("see_as.to", {{"when", locale.instant(*visit.ended_at)}}) << "</span>"_h;
        out << "</div></td>"_h;
        open_cell(out, locale, "see_as.pages");
        if (visit.ended_at) out << visit.pages;
        out << "</div></td>"_h;
        open_cell(out, locale, "see_as.ended");
        out << locale.text(visit.ended.empty() ? "see_as.ended.not" : "see_as.ended." + visit.ended) << "</div></td></tr>\n"_h;
    }
    close_table(out);
}

// ---- asking ---------------------------------------------------------------------------------------------------

void write_form(Html& out, AccountServices& services, Context const& context, FormState const& form)
{
    auto const& locale = context.locale;
    std::vector<Option> people{{"", locale.text("see_as.choose")}};
    for (auto const& member : services.memberships.in(context.where().id))
        if (member.person.id != context.who().person && !member.person.disabled) people.push_back({member.person.id.text(), member.person.name});
    bool const administers = std::ranges::find(context.who().roles, Role::Administrator) != context.who().roles.end();
    out << "<section class=\"g-section\" aria-labelledby=\"new-t\"><h2 id=\"new-t\">"_h << locale.text("see_as.new") << "</h2><p>"_h
        << locale.text(administers ? "see_as.new_lead" : "see_as.new_lead_installation") << "</p>"_h;
    open_form(out, context, place(context));
    select_field(out, locale, form, {.name = "person", .label = "see_as.person"}, people);
    text_field(out, locale, form, {.name = "reason", .label = "see_as.reason", .hint = "see_as.reason_hint", .max_length = 500});
    text_field(out, locale, form, {.name = "days", .label = "see_as.days", .type = "number", .hint = "see_as.days_hint"});
    submit_button(out, locale.text("see_as.ask"));
    out << "</form></section>\n"_h;
}

FormState blank_form()
{
    FormState form;
    form.values.add("days", "7");
    return form;
}

Response page_of(AccountServices& services, Context& context, FormState const& form, int status)
{
    auto const& locale = context.locale;
    auto const consents = services.see_as.consents(context.who(), context.where().id);
    bool const administers = may(context.who(), web::Permission::AdministerOrganisation);
    context.frame.crumbs = {{locale.text("nav.administration"), ""}};
    if (administers) context.frame.crumbs.push_back({locale.text("nav.people"), context.address("/people")});
    Html out;
    web::page_head(out, context.frame, locale.text("see_as.title"), locale.text("see_as.lead"), {});
    error_summary(out, locale, form, {{"person", "see_as.person"}, {"reason", "see_as.reason"}, {"days", "see_as.days"}});
    for (auto const& consent : consents)
        if (may_answer(context, consent)) write_question(out, context, form, consent);
    if (consents.empty()) {
        out << "<p class=\"g-muted\">"_h << locale.text("see_as.none") << "</p>\n"_h;
    } else {
        open_table(out, locale, {"see_as.who", "see_as.reason", "see_as.state"}, true);
        for (auto const& consent : consents) write_consent(out, context, consent);
        close_table(out);
    }
    write_visits(out, locale, services.see_as.visits(context.who(), context.where().id));
    if (administers) {
        out << "<div class=\"g-settings mt-4\">"_h;
        write_form(out, services, context, form);
        out << "</div>"_h;
    }
    return shown(context, locale.text("see_as.title"), out, status);
}

/// Another's consent, or none at all, is not found; what else is wrong stands on the page.
Answer refused(AccountServices& services, Context& context, Error const& error, FormState form)
{
    if (error.kind == ErrorKind::NotFound || error.kind == ErrorKind::Forbidden) return error;
    form.take(error);
    return page_of(services, context, form, web::status_of(error.kind));
}

/// One that the caller may know of.
Result<SeeAsConsentId> consent_of(AccountServices& services, Context const& context, Request const& request)
{
    auto const id = SeeAsConsentId::parse(request.param("consent"));
    auto const all = services.see_as.consents(context.who(), context.where().id);
    if (!id || std::ranges::find(all, *id, &SeeAsConsent::id) == all.end()) return Error::not_found();
    return *id;
}

}  // namespace

void see_as_section(Html& out, AccountServices& services, Context const& context)
{
    auto const& locale = context.locale;
    auto const all = services.see_as.concerning(*context.who().person, context.now);
    if (all.empty()) return;
    out << "<section class=\"g-section\" id=\"see-as\" aria-labelledby=\"see-as-t\"><h2 id=\"see-as-t\">"_h << locale.text("see_as.title") << "</h2>"_h;
    for (auto const& each : all) {
        out << "<div class=\"g-setting\"><div><h3>"_h << each.consent.asker_name << "</h3><p>"_h
            << (each.consent.holds(context.now) ? locale.text("see_as.state.until", {{"when", locale.instant(each.consent.ends_at)}}) : locale.text("see_as.state.asked")) << "<br>"_h << each.organisation_name
            << "</p></div><div class=\"g-push\"><a class=\"btn btn-outline\""_h;
        out.url("href"_h, "/o/" + each.organisation_slug + "/see-as");
        out << ">"_h << locale.text("see_as.look") << "<span class=\"g-hidden\"> "_h << each.consent.asker_name << "</span></a></div></div>\n"_h;
    }
    out << "</section>\n"_h;
}

Answer show_see_as(AccountServices& services, Context& context, Request const&)
{
    return page_of(services, context, blank_form(), 200);
}

Answer ask_see_as(AccountServices& services, Context& context, Request const& request)
{
    auto form = typed(request, {"person", "reason", "days"});
    auto const person = PersonId::parse(request.form.get("person"));
    if (!person) {
        form.refuse("person", "required");
        return page_of(services, context, form, 422);
    }
    int days = 0;
    auto const sent = request.form.get("days");
    std::from_chars(sent.data(), sent.data() + sent.size(), days);
    auto const asked = services.see_as.ask(context.who(), context.where().id, {*person, request.form.get("reason"), days, absolute(services, request, "")}, context.now);
    if (!asked.ok()) return refused(services, context, asked.error(), form);
    return Response::redirect(place(context, "?done=see_as_asked"));
}

Answer answer_see_as(AccountServices& services, Context& context, Request const& request)
{
    auto const id = TRY(consent_of(services, context, request));
    auto const op = request.form.get("op");
    if (op != "give" && op != "refuse") return refused(services, context, Error::invalid("unknown_choice", {{"value", op}}), blank_form());
    auto const field = answer_field(id.text());
    auto form = typed(request, {field});
    auto const answered = services.see_as.answer(context.who(), context.where().id, id, op == "give", request.form.get(field), context.now);
    if (!answered.ok()) {
        auto error = answered.error();
        for (auto& each : error.fields) each.field = field;
        return refused(services, context, error, form);
    }
    return Response::redirect(place(context, op == "give" ? "?done=see_as_given" : "?done=see_as_refused"));
}

Answer withdraw_see_as(AccountServices& services, Context& context, Request const& request)
{
    auto const id = TRY(consent_of(services, context, request));
    auto const withdrawn = services.see_as.withdraw(context.who(), context.where().id, id, context.now);
    if (!withdrawn.ok()) return refused(services, context, withdrawn.error(), blank_form());
    return Response::redirect(place(context, "?done=see_as_withdrawn"));
}

Answer start_see_as(AccountServices& services, Context& context, Request const& request)
{
    auto const id = TRY(consent_of(services, context, request));
    if (auto asked = ask_again(services, context, request)) return std::move(*asked);
    auto const started = services.see_as.start(context.who(), context.where().id, id, context.session_hash, absolute(services, request, ""), request.remote_address, context.now);
    if (!started.ok()) return refused(services, context, started.error(), blank_form());
    return Response::redirect(context.address(""));
}

Answer end_see_as(AccountServices& services, Context& context, Request const&)
{
    auto const under_way = services.see_as.under_way(context.session_hash, context.now);
    if (!under_way) return Response::redirect("/organisations");   // its time came meanwhile
    services.see_as.end(under_way->visit.id, "button", context.now);
    return Response::redirect("/o/" + under_way->visit.organisation_slug + "/see-as?done=see_as_ended");
}

}  // namespace greffier::accounts
