// The form by which anybody of the house tells of a new project before it begins (art. 25): a draft in the register of projects.
// It stands at the address of the incident form, "?about=project": one page to know for whoever has something to tell.
#include "core/local_time.hpp"
#include "core/text.hpp"
#include "reception/page_handlers.hpp"
#include "reception/sender.hpp"
#include "reception/submissions.hpp"
#include "records/vocabulary.hpp"
#include "registers/project/project.hpp"
#include "schema/extend.hpp"
#include "schema/unpacked.hpp"

namespace greffier::reception {

using namespace web::literals;

namespace {

constexpr std::string_view action = "incident";

Response form_of(Visit const& visit, FormState form, Refusal const& refusal = {.status = 200, .wait = {}})
{
    auto const& locale = visit.locale();
    auto const title = locale.text("public.project.title");
    Html out;
    page_title(out, visit, title, locale.text("public.project.lead", {{"organisation", visit.organisation_name()}}));
    errors_of(out, visit, form, {{"project", "public.project.name"}, {"description", "public.project.description"}, {"live_on", "public.project.live_on"}});
    open_form(out, visit, form, action);
    out << "<input type=\"hidden\" name=\"about\" value=\"project\"><h2>"_h << locale.text("public.project.what") << "</h2>"_h;
    accounts::text_field(out, locale, form, {.name = "project", .label = "public.project.name", .hint = "public.project.name.hint", .max_length = 300});
    area_field(out, locale, form, {.name = "description", .label = "public.project.description", .hint = "public.project.description.hint", .rows = 6, .max_length = 8000});
    accounts::text_field(out, locale, form, {.name = "service", .label = "public.project.service", .required = false, .max_length = 200});
    choice_fields(out, locale, form, {.name = "personal", .legend = "public.project.personal", .hint = "public.incident.personal.hint"}, yes_no_unknown());
    area_field(out, locale, form, {.name = "people_and_data", .label = "public.project.people", .hint = "public.project.people.hint", .required = false, .rows = 3, .max_length = 4000});
    accounts::text_field(out, locale, form, {.name = "live_on", .label = "public.project.live_on", .type = "date", .hint = "public.project.live_on.hint", .required = false});
    out << "<h2>"_h << locale.text("public.incident.who") << "</h2><p class=\"g-hint\">"_h << locale.text("public.project.who_lead") << "</p>"_h;
    sender_fields(out, locale, form);
    files_field(out, locale, form, "public.project.files.hint");
    out << "<p class=\"g-hint\">"_h << locale.text("public.project.first_layer") << "</p>"_h;
    close_form(out, visit, "public.project.send");
    write_notice(out, visit, "project");
    auto answer = shown(visit, title, out, {.status = refusal.status});
    if (refusal.wait) answer.header("Retry-After", std::to_string(refusal.wait->count()));
    return answer;
}

std::optional<Date> live_on(Request const& request, FormState& form)
{
    auto const text = std::string{trim(request.form.get("live_on"))};
    if (text.empty()) return std::nullopt;
    auto date = parse_date(text);
    if (!date) date = parse_french_date(text);
    if (!date) form.refuse("live_on", "not_a_date");
    return date;
}

/// Onto the register's blank project, whose principles and defaults wait to be gone through.
project::Project read(Visit const& visit, records::Register const& kind, FormState& form)
{
    auto const& sent = visit.request;
    auto project = kind.blank ? schema::unpacked(project::project_schema(), kind.blank()) : project::Project{};
    project.name = line_of(sent, form, "project", 300, true);
    project.description.value = text_of(sent, form, "description", 8000, true);
    project.service = line_of(sent, form, "service", 200, false);
    if (auto const answer = sent.form.get("personal"); answer == "yes" || answer == "no") project.personal_data = answer == "yes";
    project.people_and_data.value = text_of(sent, form, "people_and_data", 4000, false);
    project.live_on = live_on(sent, form);
    project.owner = sender_of(sent, form);
    // To tell the officer is to ask for their advice (art. 38(1)): its time counts from here.
    project.dpo_asked_on = local_date(visit.context.now, visit.where().zone);
    return project;
}

Response thanks(Visit const& visit, Kept const& kept)
{
    auto const& locale = visit.locale();
    auto const title = locale.text("public.incident.done", {{"number", kept.record.head.reference}});
    Html out;
    out << "<h1>"_h << title << "</h1><p>"_h << locale.text("public.project.done_lead", {{"when", locale.instant(visit.context.now)}, {"organisation", visit.organisation_name()}}) << "</p>"_h;
    if (!kept.files_kept) out << "<p class=\"g-alert g-alert--warn\">"_h << locale.text("error.public_files_lost") << "</p>"_h;
    out << "<h2>"_h << locale.text("public.project.meanwhile") << "</h2><p>"_h << locale.text("public.project.meanwhile_lead") << "</p>"_h;
    return shown(visit, title, out, {.indexed = false});
}

}  // namespace

Answer show_project(Visit& visit) { return form_of(visit, {}); }

Answer take_project(Visit& visit)
{
    auto form = typed(visit.request);
    auto const word = word_of(visit, form, action);
    if (!word) return form_of(visit, std::move(form), {});
    auto const& kind = *records::known_registers(visit.services.machinery, visit.context).find("projects");
    auto const project = read(visit, kind, form);
    auto files = files_of(visit.request, form);
    if (!form.errors.empty()) return form_of(visit, std::move(form), {});
    if (auto const wait = wait_of(visit, form)) return form_of(visit, std::move(form), {429, wait});
    auto row = schema::carry(project::project_schema().info(), project::project_schema().pack(project), *kind.schema);
    auto kept = keep(visit, {kind, *word, std::move(row), std::move(files), {accounts::Role::Dpo, accounts::Role::DpoAssistant}}, {});
    if (kept.ok()) return thanks(visit, *kept);
    if (kept.error().code == "form_sent_already") return sent_already(visit, kept.error().arguments.at("reference"));
    form.take(kept.error());
    return form_of(visit, std::move(form), refusal_of(kept.error()));
}

}  // namespace greffier::reception
