// The form by which anybody exercises their rights (art. 12(2)): a record of the register of requests, a number at once.
#include "core/text.hpp"
#include "law/cases.hpp"
#include "reception/fields.hpp"
#include "reception/letters.hpp"
#include "reception/page_handlers.hpp"
#include "reception/sender.hpp"
#include "reception/submissions.hpp"
#include "records/vocabulary.hpp"
#include "registers/request/request.hpp"
#include "schema/extend.hpp"

namespace greffier::reception {

using namespace web::literals;
using request::Capacity;
using request::Right;

namespace {

constexpr std::string_view action = "request";

std::vector<Choice> common_rights()
{
    return {{"access", "public.right.access", "public.right.access.hint"},
            {"rectification", "public.right.rectification", "public.right.rectification.hint"},
            {"erasure", "public.right.erasure", "public.right.erasure.hint"},
            {"marketing_objection", "public.right.marketing_objection", "public.right.marketing_objection.hint"}};
}

std::vector<Choice> other_rights()
{
    return {{"objection", "public.right.objection", "public.right.objection.hint"},
            {"restriction", "public.right.restriction", "public.right.restriction.hint"},
            {"portability", "public.right.portability", "public.right.portability.hint"},
            {"consent_withdrawal", "public.right.consent_withdrawal", "public.right.consent_withdrawal.hint"},
            {"automated_decision", "public.right.automated_decision", "public.right.automated_decision.hint"},
            {"post_mortem", "public.right.post_mortem", "public.right.post_mortem.hint"},
            {"information", "public.right.information", "public.right.information.hint"}};
}

std::vector<Choice> capacities()
{
    return {{"person", "public.for.self"}, {"guardian", "public.for.child", "public.for.child.hint"}, {"representative", "public.for.other", "public.for.other.hint"}, {"heir", "public.for.heir", "public.for.heir.hint"}};
}

/// The day by which somebody who writes now is answered, in words.
std::string due_of(Visit const& visit)
{
    auto const deadline = law::request_deadline({.received = local_date(visit.context.now, visit.where().zone)}, place_of(visit));
    return deadline.ok() ? visit.locale().date(deadline->answer.due) : std::string{};
}

Response form_of(Visit const& visit, FormState form, int status = 200, std::optional<std::chrono::seconds> wait = {})
{
    auto const& locale = visit.locale();
    auto const title = locale.text("public.request.title");
    if (form.values.empty()) form.values.add("for", "person");
    Html out;
    page_title(out, visit, title, locale.text("public.request.lead", {{"organisation", visit.organisation_name()}, {"date", due_of(visit)}}));
    out << "<p class=\"g-muted\">"_h << locale.text("public.request.no_identity") << "</p>"_h;
    errors_of(out, visit, form, {{"right", "public.request.rights"}, {"name", "public.request.name"}, {"person_name", "public.request.person_name"}, {"email", "public.request.email"}});
    open_form(out, visit, form, action);
    out << "<h2>"_h << locale.text("public.request.yours") << "</h2>"_h;
    Choices const rights{.name = "right", .legend = "public.request.rights", .hint = "public.request.rights.hint", .several = true};
    choice_fields(out, locale, form, rights, common_rights());
    folded_choices(out, locale, form, rights, "public.request.other_rights", other_rights());
    area_field(out, locale, form, {.name = "message", .label = "public.request.message", .hint = "public.request.message.hint", .required = false, .rows = 5, .max_length = 8000});
    area_field(out, locale, form, {.name = "identifiers", .label = "public.request.identifiers", .hint = "public.request.identifiers.hint", .required = false, .rows = 2, .max_length = 1500});
    out << "<h2>"_h << locale.text("public.request.you") << "</h2>"_h;
    choice_fields(out, locale, form, {.name = "for", .legend = "public.request.for"}, capacities());
    accounts::text_field(out, locale, form, {.name = "person_name", .label = "public.request.person_name", .hint = "public.request.person_name.hint", .required = false, .max_length = 200});
    accounts::text_field(out, locale, form, {.name = "name", .label = "public.request.name", .autocomplete = "name", .max_length = 200});
    accounts::text_field(out, locale, form, {.name = "email", .label = "public.request.email", .type = "email", .autocomplete = "email", .hint = "public.request.email.hint", .required = false, .max_length = 254});
    accounts::text_field(out, locale, form, {.name = "phone", .label = "public.request.phone", .type = "tel", .autocomplete = "tel", .required = false, .max_length = 30});
    area_field(out, locale, form, {.name = "address", .label = "public.request.address", .hint = "public.request.address.hint", .required = false, .rows = 2, .max_length = 300});
    files_field(out, locale, form, "public.request.files.hint");
    out << "<p class=\"g-hint\">"_h << locale.text("public.request.first_layer", {{"organisation", visit.organisation_name()}}) << "</p>"_h;
    close_form(out, visit, "public.request.send", "public.request.send.hint");
    write_notice(out, visit, action);
    auto answer = shown(visit, title, out, {.status = status});
    if (wait) answer.header("Retry-After", std::to_string(wait->count()));
    return answer;
}

struct Filled {
    request::Request request;
    mail::Mailbox to;
};

Filled read(Visit const& visit, FormState& form)
{
    auto const& sent = visit.request;
    Filled filled;
    auto& request = filled.request;
    for (auto const& code : sent.form.all("right"))
        if (auto const right = choices_of(Right{}).find(code); right && !request.asks(*right)) request.rights.push_back(*right);
    if (request.rights.empty()) form.refuse("right", "required");
    request.wording.value = text_of(sent, form, "message", 8000, false);
    request.identifiers.value = text_of(sent, form, "identifiers", 1500, false);
    request.capacity = choices_of(Capacity{}).find(sent.form.get("for", "person")).value_or(Capacity::Person);
    bool const for_another = request.capacity != Capacity::Person;
    auto const person = line_of(sent, form, "person_name", 200, for_another);
    if (for_another) request.person_concerned.name = person;
    request.requester.name = line_of(sent, form, "name", 200, true);
    request.requester.email.value = line_of(sent, form, "email", 254, false);
    request.requester.phone.value = line_of(sent, form, "phone", 30, false);
    request.requester.address = line_of(sent, form, "address", 300, false);
    auto const& email = request.requester.email.value;
    if (!email.empty() && !is_email(email)) form.refuse("email", "not_an_email");
    if (auto const& phone = request.requester.phone.value; !phone.empty() && !is_phone(phone)) form.refuse("phone", "not_a_phone");
    if (email.empty() && request.requester.address.empty() && request.requester.phone.empty()) form.refuse("email", "public_no_way_back");
    request.received_at = visit.context.now;
    request.channel = request::Channel::Form;
    request.language = visit.locale().language() == Language::English ? request::LetterLanguage::English : request::LetterLanguage::French;
    request.subject = request::subject_of(request.rights, Locale(visit.where().language, visit.where().zone));
    // The number is given at once: that is the acknowledgement.
    request.acknowledged_on = local_date(visit.context.now, visit.where().zone);
    filled.to = {request.requester.name, email};
    return filled;
}

Response thanks(Visit const& visit, Kept const& kept, bool written_to)
{
    auto const& locale = visit.locale();
    auto const title = locale.text("public.request.done", {{"number", kept.record.head.reference}});
    Html out;
    out << "<h1>"_h << title << "</h1><p>"_h
        << locale.text("public.request.done_lead", {{"when", locale.instant(visit.context.now)}, {"date", due_of(visit)}, {"organisation", visit.organisation_name()}}) << "</p>"_h;
    if (!kept.files_kept) out << "<p class=\"g-alert g-alert--warn\">"_h << locale.text("error.public_files_lost") << "</p>"_h;
    if (!kept.token.empty()) {
        auto const address = accounts::absolute(visit.services.accounts, visit.request, visit.address("/follow-up/" + kept.token));
        out << "<section class=\"g-secret\" aria-labelledby=\"follow-t\"><h2 id=\"follow-t\">"_h << locale.text("public.request.follow") << "</h2><p>"_h << locale.text("public.request.follow_lead")
            << "</p><p><a class=\"g-public-address\""_h;
        out.url("href"_h, address);
        out << ">"_h << address << "</a></p></section>"_h;
    }
    if (written_to) out << "<p>"_h << locale.text("public.request.mailed") << "</p>"_h;
    out << "<h2>"_h << locale.text("public.request.next") << "</h2><p>"_h << locale.text("public.request.next_lead") << "</p><p>"_h << locale.text("public.foot.cnil") << "</p>"_h;
    return shown(visit, title, out, {.indexed = false});
}

}  // namespace

law::Place place_of(Visit const& visit)
{
    return profile::place_of(profile::profile_schema().pack(visit.profile));
}

Response sent_already(Visit const& visit, std::string const& reference)
{
    auto const& locale = visit.locale();
    auto const title = locale.text("public.sent_already", {{"number", reference}});
    Html out;
    out << "<h1>"_h << title << "</h1><p>"_h << locale.text("public.sent_already_lead") << "</p>"_h;
    return shown(visit, title, out, {.indexed = false});
}

Answer show_request(Visit& visit) { return form_of(visit, {}); }

Answer take_request(Visit& visit)
{
    auto form = typed(visit.request);
    auto const word = word_of(visit, form, action);
    if (!word) return form_of(visit, std::move(form), 422);
    auto filled = read(visit, form);
    auto files = files_of(visit.request, form);
    if (!form.errors.empty()) return form_of(visit, std::move(form), 422);
    if (auto const wait = wait_of(visit, form)) return form_of(visit, std::move(form), 429, wait);
    bool const writes = visit.services.sends_mail() && !filled.to.address.empty();
    auto const& kind = *records::known_registers(visit.services.machinery, visit.context).find("requests");
    auto row = schema::carry(request::request_schema().info(), request::request_schema().pack(filled.request), *kind.schema);
    auto kept = keep(visit, {kind, *word, std::move(row), std::move(files), {accounts::Role::Dpo, accounts::Role::DpoAssistant}, visit.is_open(Page::FollowUp)},
                     [&](Kept const& one) -> std::optional<mail::NewMail> {
                         if (!writes) return std::nullopt;
                         return number_letter(visit, filled.to, one.record, due_of(visit), one.token);
                     });
    if (kept.ok()) return thanks(visit, *kept, writes);
    if (kept.error().code == "form_sent_already") return sent_already(visit, kept.error().arguments.at("reference"));
    auto const refusal = refusal_of(kept.error());
    form.take(kept.error());
    return form_of(visit, std::move(form), refusal.status, refusal.wait);
}

}  // namespace greffier::reception
