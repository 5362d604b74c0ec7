#include "overview/training_invitation_page.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "exchange/icalendar.hpp"
#include "records/pages/paper.hpp"
#include "records/vocabulary.hpp"
#include "registers/training/training.hpp"
#include "web/frame.hpp"

namespace greffier::overview {

using namespace web::literals;
using accounts::Context;
using training::Training;
using web::Html;
using web::Response;

namespace {

constexpr std::int64_t usual_minutes = 60, longest_minutes = 24 * 60;

struct Session {
    records::Stored stored;
    Training training;
};

/// A session that has an hour; a campaign invites nobody.
Result<Session> session_of(OverviewServices const& services, Context& context, web::Request const& request)
{
    auto const* kind = records::known_registers(services.machinery, context).find("trainings");
    auto const id = RecordId::parse(request.param("id"));
    if (!kind || !id) return Error::not_found();
    records::Records const records{services.machinery, context.where().id, context.who().sight};
    auto stored = TRY(records.find(*kind, *id));
    auto training = TRY(training::training_schema().unpack(stored.row));
    if (!training.starts_at || training.kind == training::Kind::Campaign) return Error::not_found();
    return Session{std::move(stored), std::move(training)};
}

/// Whoever invites: the owner of the record, else the trainer; without an address the file can only be published.
std::optional<exchange::CalendarPerson> organiser_of(Training const& training)
{
    for (auto const* contact : {&training.owner, &training.trainer})
        if (is_email(contact->email.value)) return exchange::CalendarPerson{contact->name, contact->email.value};
    return std::nullopt;
}

exchange::Calendar calendar_of(Session const& session, Context const& context)
{
    auto const& training = session.training;
    auto const& locale = context.locale;
    exchange::CalendarEvent event{.uid = session.stored.head.id.text() + "@greffier", .stamp = session.stored.head.updated_at};
    event.starts = *training.starts_at;
    event.ends = *training.starts_at + std::chrono::minutes(std::clamp<std::int64_t>(training.minutes.value_or(usual_minutes), 1, longest_minutes));
    event.summary = training.title;
    event.description = training.objectives.value;
    event.location = training.place;
    event.address = training.link.value;
    event.sequence = static_cast<int>(std::min<std::int64_t>(session.stored.head.version, 1'000'000));
    event.busy = true;
    event.organiser = organiser_of(training);
    for (auto const& one : training.attendees)
        if (event.organiser && is_email(one.email.value)) event.attendees.push_back({one.name, one.email.value, true});
    bool const over = session.stored.head.status == "called_off";
    if (over) event.state = exchange::CalendarEvent::State::Cancelled;
    using Method = exchange::Calendar::Method;
    auto const method = !event.organiser ? Method::Publish : over ? Method::Cancel : Method::Request;
    return {.method = method, .name = training.title, .language = locale.language(), .events = {std::move(event)}};
}

Result<Response> give_file(OverviewServices const& services, Context& context, web::Request const& request)
{
    auto const session = TRY(session_of(services, context, request));
    auto const calendar = calendar_of(session, context);
    auto answer = Response::text(exchange::write_calendar(calendar));
    answer.header("Content-Type", exchange::calendar_media_type(calendar.method));
    answer.header("Content-Disposition", "attachment; filename=\"" + session.stored.head.reference + ".ics\"");
    return answer;
}

void write_invited(Html& out, Locale const& locale, Training const& training)
{
    records::PaperTable table(out, locale.text("training.invitation.who"), {locale.text("training_attendee.name.short"), locale.text("training_attendee.service.short"), locale.text("training_attendee.email.short")});
    for (auto const& one : training.attendees) {
        table.row(one.name);
        table.cell(one.service);
        Html address;
        if (one.email.empty()) address << locale.text("training.invitation.no_address");
        else {
            address << "<a"_h;
            address.url("href"_h, "mailto:" + one.email.value);
            address << ">"_h << one.email.value << "</a>"_h;
        }
        table.cell(address);
    }
    table.end();
}

Result<Response> show_invitation(OverviewServices const& services, Context& context, web::Request const& request)
{
    auto const session = TRY(session_of(services, context, request));
    auto const& locale = context.locale;
    auto const& training = session.training;
    auto const back = context.address("/trainings/" + session.stored.head.id.text());
    context.frame.title = locale.text("training.invitation.title");
    context.frame.crumbs = {{locale.text("nav.registers"), context.address("")}, {locale.text("register.trainings"), context.address("/trainings")}, {session.stored.head.reference + " " + session.stored.head.title, back}};
    Html out, actions;
    actions << "<a class=\"btn btn-primary\""_h;
    actions.url("href"_h, back + "/invitation.ics");
    actions << ">"_h;
    web::icon(actions, "calendar-plus");
    actions << " "_h << locale.text("training.invitation.download") << "</a>"_h << records::paper_actions(locale, back, locale.text("training.back"));
    web::page_head(out, context.frame, context.frame.title, session.stored.head.title, actions);
    out << "<p>"_h << locale.text("training.invitation.when", {{"instant", locale.instant(*training.starts_at)}, {"minutes", locale.number(training.minutes.value_or(usual_minutes))}}) << "</p><p>"_h
        << locale.text(organiser_of(training) ? "training.invitation.how" : "training.invitation.no_organiser") << "</p>"_h;
    write_invited(out, locale, training);
    return Response::html(web::page(context.frame, out));
}

}  // namespace

std::vector<accounts::Route> training_invitation_routes(OverviewServices const& services)
{
    using web::Method;
    using web::Permission;
    return {
        {Method::Get, "/o/{organisation}/trainings/{id}/invitation", Permission::ReadRecords, [&services](Context& context, web::Request const& request) { return show_invitation(services, context, request); }},
        {Method::Get, "/o/{organisation}/trainings/{id}/invitation.ics", Permission::ReadRecords, [&services](Context& context, web::Request const& request) { return give_file(services, context, request); }},
    };
}

}  // namespace greffier::overview
