#include "overview/training_invitation_page.hpp"

#include "accounts/pages/form.hpp"
#include "core/json_writer.hpp"
#include "core/text.hpp"
#include "overview/training_invitations.hpp"
#include "records/api_parts.hpp"
#include "records/pages/paper.hpp"
#include "records/pages/shared.hpp"
#include "records/vocabulary.hpp"
#include "web/frame.hpp"
#include "web/problem.hpp"

namespace greffier::overview {

using namespace web::literals;
using accounts::Context;
using web::Html;
using web::Request;
using web::Response;
using Standing = Invitee::Standing;

namespace {

constexpr auto where_sent = "/api/v1/organisations/{organisation}/trainings/{id}/invitations";

struct Asked {
    records::Register const& kind;
    InvitationPlan plan;
};

/// A session that has an hour, or that somebody was invited to; a campaign invites nobody.
Result<Asked> asked_for(OverviewServices const& services, Context& context, Request const& request)
{
    auto const* kind = records::known_registers(services.machinery, context).find("trainings");
    auto const id = RecordId::parse(request.param("id"));
    if (!kind || !id || !services.outbox) return Error::not_found();
    auto plan = TRY(TrainingInvitations(services.machinery, *services.outbox).plan(*kind, context.where().id, context.who().sight, *id, context.now));
    bool const no_session = !plan.training.starts_at || plan.training.kind == training::Kind::Campaign;
    if (no_session && plan.count(Standing::Leaving) + plan.count(Standing::Off) == 0) return Error::not_found();
    return Asked{*kind, std::move(plan)};
}

Result<Response> give_file(OverviewServices const& services, Context& context, Request const& request)
{
    auto const [kind, plan] = TRY(asked_for(services, context, request));
    if (!plan.training.starts_at) return Error::not_found();
    auto const& head = plan.stored.head;
    std::vector<exchange::CalendarPerson> attendees;
    for (auto const& one : plan.training.attendees)
        if (is_email(one.email.value)) attendees.push_back({one.name, one.email.value, true});
    auto const calendar = calendar_of(head.id, head.version, head.updated_at, plan.training, plan.off, plan.organiser, std::move(attendees), context.locale.language());
    auto answer = Response::text(exchange::write_calendar(calendar));
    answer.header("Content-Type", exchange::calendar_media_type(calendar.method));
    answer.header("Content-Disposition", "attachment; filename=\"" + head.reference + ".ics\"");
    return answer;
}

// ---- the page -------------------------------------------------------------------------------------------

struct Shown {
    Context& context;
    OverviewServices const& services;
    Asked const& asked;
    std::string back;
    bool may_send = false;

    [[nodiscard]] Locale const& locale() const { return context.locale; }
};

void write_standing(Html& out, Shown const& page, Invitee const& invitee, std::optional<mail::State> fate)
{
    auto const& locale = page.locale();
    bool const undelivered = fate == mail::State::Failed;
    bool const calls = undelivered || invitee.standing == Standing::Outdated || invitee.standing == Standing::Leaving || invitee.standing == Standing::NoAddress;
    out << (calls ? "<span class=\"g-badge g-badge--warn\">"_h : invitee.standing == Standing::Told ? "<span class=\"g-badge g-badge--ok\">"_h : "<span class=\"g-badge g-badge--line\">"_h);
    web::icon(out, calls ? "alert-triangle" : invitee.standing == Standing::Told ? "circle-check" : "send");
    out << " "_h << locale.text("training.standing." + std::string{code_of(invitee.standing)}) << "</span>"_h;
    if (!invitee.last) return;
    out << "<span class=\"g-sub\">"_h
        << locale.text(invitee.last->cancelled ? "training.invitation.cancelled_at" : "training.invitation.sent_at",
                       {{"instant", locale.instant(invitee.last->sent_at)}, {"name", page.services.actor_name(page.context.where().id, invitee.last->sent_by, locale)}})
        << (fate ? " " + locale.text("training.invitation.fate." + std::string{code_of(*fate)}) : std::string{}) << "</span>"_h;
}

void write_people(Html& out, Shown const& page)
{
    auto const& locale = page.locale();
    auto const& plan = page.asked.plan;
    auto const fates = TrainingInvitations(page.services.machinery, *page.services.outbox).fates(plan, page.context.where().id);
    records::PaperTable table(out, locale.text("training.invitation.who"),
                              {locale.text("training_attendee.name.short"), locale.text("training_attendee.service.short"), locale.text("training_attendee.email.short"), locale.text("training.invitation.state")});
    for (auto const& one : plan.people) {
        table.row(one.name.empty() ? one.address : one.name);
        table.cell(one.row.empty() ? locale.text("training.invitation.taken_off") : one.service);
        table.cell(one.address.empty() ? locale.text("training.invitation.no_address") : one.address);
        std::optional<mail::State> fate;
        if (one.last)
            if (auto const found = fates.find({one.address, one.last->version}); found != fates.end()) fate = found->second;
        Html standing;
        write_standing(standing, page, one, fate);
        table.cell(standing);
    }
    table.end();
}

void write_alert(Html& out, std::string_view icon, std::string const& words)
{
    out << "<p class=\"g-alert g-alert--warn\">"_h;
    web::icon(out, icon);
    out << "<span>"_h << words << "</span></p>"_h;
}

/// Who gets which letter, before anybody presses the button.
void write_forecast(Html& out, Shown const& page)
{
    auto const& plan = page.asked.plan;
    out << "<ul>"_h;
    for (auto const& [standing, key] : {std::pair{Standing::Waiting, "training.invitation.count_new"}, {Standing::Outdated, "training.invitation.count_moved"}, {Standing::Leaving, "training.invitation.count_off"},
                                        {Standing::NoAddress, "training.invitation.count_no_address"}})
        if (auto const count = plan.count(standing); count > 0) out << "<li>"_h << page.locale().plural(key, count) << "</li>"_h;
    out << "</ul>"_h;
}

void write_sending(Html& out, Shown const& page)
{
    auto const& locale = page.locale();
    auto const& plan = page.asked.plan;
    if (plan.past) {
        out << "<p>"_h << locale.text("training.invitation.past") << "</p>"_h;
        return;
    }
    write_forecast(out, page);
    if (!plan.is_news()) {
        out << "<p>"_h << locale.text("training.invitation.no_news") << "</p>"_h;
        return;
    }
    if (!page.services.outbox->sends()) return write_alert(out, "mail-forward", locale.text("training.invitation.no_mail"));
    if (!plan.organiser && plan.count(Standing::Waiting) > 0) return write_alert(out, "alert-triangle", locale.text("training.invitation.who_invites"));
    if (!page.may_send) return;
    accounts::open_form(out, page.context, page.back + "/invitation");
    out << "<input type=\"hidden\" name=\"_version\""_h;
    out.attr("value"_h, plan.stored.head.version);
    out << ">"_h;
    accounts::submit_button(out, locale.text("training.invitation.send"));
    out << "</form><p class=\"g-muted\">"_h << locale.text("training.invitation.by_itself") << "</p>"_h;
}

Response page_of(OverviewServices const& services, Context& context, Asked const& asked, int status)
{
    auto const& locale = context.locale;
    auto const& plan = asked.plan;
    auto const& head = plan.stored.head;
    Shown const page{context, services, asked, context.address("/trainings/" + head.id.text()), accounts::may(context.who(), web::Permission::WriteRecords) && !context.seeing_as && !context.where().archived};
    context.frame.title = locale.text("training.invitation.title");
    context.frame.crumbs = {{locale.text("register.trainings"), context.address("/trainings")}, {head.reference + " " + head.title, page.back}};
    Html out, actions;
    if (plan.training.starts_at) {
        actions << "<a class=\"btn btn-outline\""_h;
        actions.url("href"_h, page.back + "/invitation.ics");
        actions << ">"_h;
        web::icon(actions, "calendar-plus");
        actions << " "_h << locale.text("training.invitation.download") << "</a>"_h;
    }
    actions << records::paper_actions(locale, page.back, locale.text("training.back"));
    web::page_head(out, context.frame, context.frame.title, head.title, actions);
    if (plan.training.starts_at)
        out << "<p>"_h << locale.text("training.invitation.when", {{"instant", locale.instant(*plan.training.starts_at)}, {"minutes", locale.number(plan.training.minutes.value_or(usual_minutes))}})
            << (plan.off ? " " + locale.text("training.invitation.is_off") : std::string{}) << "</p><p>"_h << locale.text(plan.organiser ? "training.invitation.how" : "training.invitation.no_organiser") << "</p>"_h;
    write_sending(out, page);
    write_people(out, page);
    return Response::html(web::page(context.frame, out), status);
}

Result<Response> show_invitation(OverviewServices const& services, Context& context, Request const& request)
{
    return page_of(services, context, TRY(asked_for(services, context, request)), 200);
}

Result<TrainingInvitations::Sent> send(OverviewServices const& services, Context const& context, Asked const& asked, std::int64_t version)
{
    return TrainingInvitations(services.machinery, *services.outbox)
        .send(asked.kind, context.where(), context.who().sight, asked.plan.stored.head.id, version, TrainingInvitations::Whom::Everybody, {context.who().id, context.now, context.where().zone});
}

Result<Response> send_invitations(OverviewServices const& services, Context& context, Request const& request)
{
    auto const asked = TRY(asked_for(services, context, request));
    auto const sent = send(services, context, asked, records::pages::sent_version(request.form));
    if (sent.ok()) return Response::redirect(context.address("/trainings/" + asked.plan.stored.head.id.text() + "/invitation?done=invitations_sent"));
    if (sent.error().kind != ErrorKind::Conflict) return sent.error();
    // Nothing left: the page says what stands in the way, over what is so now.
    bool const changed = sent.error().code == "stale";
    context.frame.notice = web::Notice{web::Notice::Tone::Danger, changed ? context.locale.text("error.act_on_changed") : describe(sent.error(), context.locale)};
    return page_of(services, context, TRY(asked_for(services, context, request)), 409);
}

// ---- the same for programs --------------------------------------------------------------------------------

std::string plan_json(InvitationPlan const& plan, mail::Outbox const& outbox)
{
    JsonWriter out;
    out.begin_object().member("version", plan.stored.head.version).member("off", plan.off).member("past", plan.past).member("sends_mail", outbox.sends());
    out.key("organiser");
    if (plan.organiser) out.value(plan.organiser->address);
    else out.null();
    out.key("people").begin_array();
    for (auto const& one : plan.people) {
        out.begin_object().member("name", one.name).member("service", one.service).member("email", one.address).member("in_record", !one.row.empty()).member("standing", code_of(one.standing));
        if (one.last) out.member("last", one.last->cancelled ? "cancel" : "request").member("sequence", one.last->version).member("sent_at", to_text(one.last->sent_at));
        out.end_object();
    }
    out.end_array().end_object();
    return std::move(out).take();
}

Result<Response> api_show(OverviewServices const& services, Context& context, Request const& request)
{
    auto const asked = TRY(asked_for(services, context, request));
    auto answer = Response::json(plan_json(asked.plan, *services.outbox));
    answer.header("ETag", records::api::etag_of(asked.plan.stored.head.version));
    return answer;
}

Result<Response> api_send(OverviewServices const& services, Context& context, Request const& request)
{
    auto const asked = TRY(asked_for(services, context, request));
    auto const version = TRY(records::api::demanded_version(request, asked.plan.stored.head.version));
    auto const sent = TRY(send(services, context, asked, version));
    JsonWriter out;
    out.begin_object().member("invited", sent.invited).member("updated", sent.updated).member("cancelled", sent.cancelled).end_object();
    return Response::json(std::move(out).take());
}

}  // namespace

std::vector<accounts::Route> training_invitation_routes(OverviewServices const& services)
{
    using web::Method;
    using web::Permission;
    auto const page = [&services](auto handler) { return [&services, handler](Context& context, Request const& request) -> Result<Response> { return handler(services, context, request); }; };
    auto const api = [&services](auto handler) {
        return [&services, handler](Context& context, Request const& request) -> Result<Response> {
            auto answer = handler(services, context, request);
            if (!answer.ok()) return web::problem(answer.error(), context.locale, records::api::status_of(answer.error()));
            return answer;
        };
    };
    return {
        {Method::Get, "/o/{organisation}/trainings/{id}/invitation", Permission::ReadRecords, page(show_invitation)},
        {Method::Post, "/o/{organisation}/trainings/{id}/invitation", Permission::WriteRecords, page(send_invitations)},
        {Method::Get, "/o/{organisation}/trainings/{id}/invitation.ics", Permission::ReadRecords, page(give_file)},
        {Method::Get, where_sent, Permission::ApiRead, api(api_show)},
        {Method::Post, where_sent, Permission::ApiWrite, api(api_send)},
    };
}

}  // namespace greffier::overview
