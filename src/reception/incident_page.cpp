// The form by which anybody reports what may be a breach (art. 33): a record in its first status, to be judged by others.
#include <algorithm>

#include "core/local_time.hpp"
#include "core/text.hpp"
#include "reception/fields.hpp"
#include "reception/letters.hpp"
#include "reception/page_handlers.hpp"
#include "reception/submissions.hpp"
#include "records/vocabulary.hpp"
#include "registers/breach/breach.hpp"
#include "schema/extend.hpp"
#include "web/problem.hpp"

namespace greffier::reception {

using namespace web::literals;

namespace {

constexpr std::string_view action = "incident";

std::vector<Choice> kinds()
{
    return {{"confidentiality", "public.incident.confidentiality", "public.incident.confidentiality.hint"},
            {"integrity", "public.incident.integrity", "public.incident.integrity.hint"},
            {"availability", "public.incident.availability", "public.incident.availability.hint"}};
}

std::vector<Choice> yes_no_unknown() { return {{"yes", "public.yes"}, {"no", "public.no"}, {"", "public.unknown"}}; }

Response form_of(Visit const& visit, FormState form, int status = 200, std::optional<std::chrono::seconds> wait = {})
{
    auto const& locale = visit.locale();
    auto const title = locale.text("public.incident.title");
    if (form.values.empty()) {
        auto const now = local_time(visit.context.now, visit.where().zone);
        form.values.add("noticed_on", to_text(now.date));
    }
    Html out;
    page_title(out, visit, title, locale.text("public.incident.lead", {{"organisation", visit.organisation_name()}}));
    errors_of(out, visit, form, {{"facts", "public.incident.facts"}, {"noticed_on", "public.incident.noticed_on"}, {"noticed_time", "public.incident.noticed_time"}});
    open_form(out, visit, form, action);
    out << "<h2>"_h << locale.text("public.incident.what") << "</h2>"_h;
    area_field(out, locale, form, {.name = "facts", .label = "public.incident.facts", .hint = "public.incident.facts.hint", .rows = 6, .max_length = 8000});
    choice_fields(out, locale, form, {.name = "nature", .legend = "public.incident.nature", .hint = "public.incident.nature.hint", .several = true}, kinds());
    accounts::text_field(out, locale, form, {.name = "systems", .label = "public.incident.systems", .hint = "public.incident.systems.hint", .required = false, .max_length = 500});
    choice_fields(out, locale, form, {.name = "personal", .legend = "public.incident.personal", .hint = "public.incident.personal.hint"}, yes_no_unknown());
    out << "<h2>"_h << locale.text("public.incident.when") << "</h2>"_h;
    accounts::text_field(out, locale, form, {.name = "noticed_on", .label = "public.incident.noticed_on", .type = "date", .hint = "public.incident.noticed_on.hint"});
    accounts::text_field(out, locale, form, {.name = "noticed_time", .label = "public.incident.noticed_time", .type = "time", .hint = "public.incident.noticed_time.hint", .required = false});
    choice_fields(out, locale, form, {.name = "ongoing", .legend = "public.incident.ongoing"}, yes_no_unknown());
    area_field(out, locale, form, {.name = "done", .label = "public.incident.done_already", .hint = "public.incident.done_already.hint", .required = false, .rows = 3, .max_length = 2000});
    out << "<h2>"_h << locale.text("public.incident.who") << "</h2><p class=\"g-hint\">"_h << locale.text("public.incident.who_lead") << "</p>"_h;
    accounts::text_field(out, locale, form, {.name = "name", .label = "public.request.name", .autocomplete = "name", .required = false, .max_length = 200});
    accounts::text_field(out, locale, form, {.name = "function", .label = "public.incident.function", .autocomplete = "organization-title", .required = false, .max_length = 200});
    accounts::text_field(out, locale, form, {.name = "email", .label = "public.request.email", .type = "email", .autocomplete = "email", .required = false, .max_length = 254});
    accounts::text_field(out, locale, form, {.name = "phone", .label = "public.request.phone", .type = "tel", .autocomplete = "tel", .required = false, .max_length = 30});
    files_field(out, locale, form, "public.incident.files.hint");
    out << "<p class=\"g-hint\">"_h << locale.text("public.incident.first_layer", {{"organisation", visit.organisation_name()}}) << "</p>"_h;
    close_form(out, visit, "public.incident.send");
    write_notice(out, visit, action);
    auto answer = shown(visit, title, out, {.status = status});
    if (wait) answer.header("Retry-After", std::to_string(wait->count()));
    return answer;
}

std::optional<Timestamp> noticed_at(Visit const& visit, FormState& form)
{
    auto const& sent = visit.request.form;
    auto const& zone = visit.where().zone;
    auto const text = std::string{trim(sent.get("noticed_on"))};
    auto date = parse_date(text);
    if (!date) date = parse_french_date(text);
    if (!date) {
        form.refuse("noticed_on", text.empty() ? "required" : "not_a_date");
        return std::nullopt;
    }
    auto const clock = std::string{trim(sent.get("noticed_time"))};
    auto const time = clock.empty() ? std::nullopt : read_local_time(to_text(*date) + "T" + clock, zone);
    if (!clock.empty() && !time) {
        form.refuse("noticed_time", "public_not_a_time");
        return std::nullopt;
    }
    if (*date > local_date(visit.context.now, zone)) {
        form.errors.push_back({"noticed_on", "public_future", {{"now", visit.locale().instant(visit.context.now)}}});
        return std::nullopt;
    }
    // Without an hour: when the day began; the earlier instant harms nobody, for awareness is judged apart.
    auto const instant = time ? time->at : start_of_day(*date, zone);
    if (instant > visit.context.now) {
        form.errors.push_back({"noticed_time", "public_future", {{"now", visit.locale().instant(visit.context.now)}}});
        return std::nullopt;
    }
    return instant;
}

std::optional<bool> truth_of(std::string_view answer)
{
    if (answer == "yes") return true;
    if (answer == "no") return false;
    return std::nullopt;
}

breach::Breach read(Visit const& visit, FormState& form)
{
    auto const& sent = visit.request;
    breach::Breach incident;
    incident.facts.value = text_of(sent, form, "facts", 8000, true);
    for (auto const& code : sent.form.all("nature"))
        if (auto const nature = choices_of(breach::Nature{}).find(code); nature && std::ranges::find(incident.nature, *nature) == incident.nature.end()) incident.nature.push_back(*nature);
    incident.systems.value = line_of(sent, form, "systems", 500, false);
    incident.personal_data = truth_of(sent.form.get("personal"));
    incident.ongoing = truth_of(sent.form.get("ongoing")).value_or(false);
    incident.detected_at = noticed_at(visit, form);
    if (auto const done = text_of(sent, form, "done", 2000, false); !done.empty()) {
        breach::Measure measure;
        measure.id = Uuid::make().text();
        measure.what.value = done;
        incident.measures.push_back(std::move(measure));
    }
    incident.reported_by.name = line_of(sent, form, "name", 200, false);
    incident.reported_by.function = line_of(sent, form, "function", 200, false);
    incident.reported_by.email.value = line_of(sent, form, "email", 254, false);
    incident.reported_by.phone.value = line_of(sent, form, "phone", 30, false);
    if (auto const& email = incident.reported_by.email.value; !email.empty() && !is_email(email)) form.refuse("email", "not_an_email");
    if (auto const& phone = incident.reported_by.phone.value; !phone.empty() && !is_phone(phone)) form.refuse("phone", "not_a_phone");
    incident.intake = schema::Term<breach::Intakes>{"public_form"};
    incident.reported_at = visit.context.now;
    // Nothing of what was written: the title is read by people to whom the rest is sealed.
    Locale const locale(visit.where().language, visit.where().zone);
    incident.title = locale.text("public.incident.record_title", {{"when", locale.instant(visit.context.now)}});
    return incident;
}

Response thanks(Visit const& visit, Kept const& kept)
{
    auto const& locale = visit.locale();
    auto const title = locale.text("public.incident.done", {{"number", kept.record.head.reference}});
    Html out;
    out << "<h1>"_h << title << "</h1><p>"_h << locale.text("public.incident.done_lead", {{"when", locale.instant(visit.context.now)}, {"organisation", visit.organisation_name()}}) << "</p>"_h;
    if (!kept.files_kept) out << "<p class=\"g-alert g-alert--warn\">"_h << locale.text("error.public_files_lost") << "</p>"_h;
    out << "<h2>"_h << locale.text("public.incident.meanwhile") << "</h2><p>"_h << locale.text("public.incident.meanwhile_lead") << "</p>"_h;
    return shown(visit, title, out, {.indexed = false});
}

}  // namespace

Answer show_incident(Visit& visit) { return form_of(visit, {}); }

Answer take_incident(Visit& visit)
{
    auto form = typed(visit.request);
    auto const word = word_of(visit, form, action);
    if (!word) return form_of(visit, std::move(form), 422);
    auto const incident = read(visit, form);
    auto files = files_of(visit.request, form);
    if (!form.errors.empty()) return form_of(visit, std::move(form), 422);
    if (auto const wait = wait_of(visit, form)) return form_of(visit, std::move(form), 429, wait);
    auto const& kind = *records::known_registers(visit.services.machinery, visit.context).find("breaches");
    auto row = schema::carry(breach::breach_schema().info(), breach::breach_schema().pack(incident), *kind.schema);
    auto kept = keep(visit, {kind, *word, std::move(row), std::move(files), {accounts::Role::Dpo, accounts::Role::DpoAssistant, accounts::Role::Ciso}}, {});
    if (kept.ok()) return thanks(visit, *kept);
    if (kept.error().code == "form_sent_already") return sent_already(visit, kept.error().arguments.at("reference"));
    bool const full = kept.error().code == "public_full";
    form.take(kept.error());
    return form_of(visit, std::move(form), full ? 429 : web::status_of(kept.error().kind), full ? std::optional{std::chrono::seconds{3600}} : std::nullopt);
}

}  // namespace greffier::reception
