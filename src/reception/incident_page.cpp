// The form by which anybody reports what may be a breach (art. 33): a record in its first status, to be judged by others.
#include <algorithm>

#include "accounts/modules.hpp"
#include "core/local_time.hpp"
#include "core/text.hpp"
#include "reception/letters.hpp"
#include "reception/page_handlers.hpp"
#include "reception/sender.hpp"
#include "reception/submissions.hpp"
#include "records/vocabulary.hpp"
#include "registers/breach/breach.hpp"
#include "schema/extend.hpp"

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

/// The codes of equipment gone are causes of the register.
std::vector<Choice> tellings()
{
    return {{"incident", "public.incident.is_incident", "public.incident.is_incident.hint"},
            {"stolen_equipment", "public.incident.is_theft", "public.incident.is_theft.hint"},
            {"lost_equipment", "public.incident.is_loss", "public.incident.is_loss.hint"},
            {"weakness", "public.incident.is_weakness", "public.incident.is_weakness.hint"}};
}

std::string record_title(std::string_view what)
{
    if (what == "weakness" || what == "stolen_equipment" || what == "lost_equipment") return "public.incident.record_title." + std::string{what};
    return "public.incident.record_title";
}

/// Who prepares something and has seen nothing happen has a form of their own, where the organisation keeps projects.
void way_to_projects(Html& out, Visit const& visit)
{
    if (!accounts::keeps_register(visit.where(), "projects")) return;
    auto address = visit.address("/incident");
    address += (address.find('?') == std::string::npos ? "?" : "&") + std::string{"about=project"};
    out << "<p>"_h << visit.locale().text("public.incident.or_project") << " <a"_h;
    out.url("href"_h, visit.preview ? "#" : address);
    out << ">"_h << visit.locale().text("public.incident.tell_project") << "</a></p>"_h;
}

bool is_about_project(Visit const& visit, std::string_view about) { return about == "project" && accounts::keeps_register(visit.where(), "projects"); }

Response form_of(Visit const& visit, FormState form, int status = 200, std::optional<std::chrono::seconds> wait = {})
{
    auto const& locale = visit.locale();
    auto const title = locale.text("public.incident.title");
    if (form.values.empty()) {
        auto const now = local_time(visit.context.now, visit.where().zone);
        form.values.add("noticed_on", to_text(now.date));
        form.values.add("what", "incident");
    }
    Html out;
    page_title(out, visit, title, locale.text("public.incident.lead", {{"organisation", visit.organisation_name()}}));
    errors_of(out, visit, form, {{"facts", "public.incident.facts"}, {"noticed_on", "public.incident.noticed_on"}, {"noticed_time", "public.incident.noticed_time"}});
    way_to_projects(out, visit);
    open_form(out, visit, form, action);
    out << "<h2>"_h << locale.text("public.incident.what") << "</h2>"_h;
    choice_fields(out, locale, form, {.name = "what", .legend = "public.incident.which"}, tellings());
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
    sender_fields(out, locale, form);
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
    if (auto const what = sent.form.get("what"); what == "stolen_equipment" || what == "lost_equipment") incident.causes = {schema::Term<breach::Causes>{what}};
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
    incident.reported_by = sender_of(sent, form);
    incident.intake = schema::Term<breach::Intakes>{"public_form"};
    incident.reported_at = visit.context.now;
    // Nothing of what was written: the title is read by people to whom the rest is sealed.
    Locale const locale(visit.where().language, visit.where().zone);
    incident.title = locale.text(record_title(sent.form.get("what")), {{"when", locale.instant(visit.context.now)}});
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

Answer show_incident(Visit& visit) { return is_about_project(visit, visit.request.query.get("about")) ? show_project(visit) : Answer{form_of(visit, {})}; }

Answer take_incident(Visit& visit)
{
    if (is_about_project(visit, visit.request.form.get("about"))) return take_project(visit);
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
    auto const refusal = refusal_of(kept.error());
    form.take(kept.error());
    return form_of(visit, std::move(form), refusal.status, refusal.wait);
}

}  // namespace greffier::reception
