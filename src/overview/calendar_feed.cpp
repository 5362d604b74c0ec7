// GET /calendar/{token}: "<token>.ics", what falls due for one person, as their calendar program reads it (docs/decisions/0050).
#include <map>
#include <memory>
#include <mutex>

#include "accounts/calendar_feeds.hpp"
#include "accounts/people.hpp"
#include "core/crypto.hpp"
#include "exchange/icalendar.hpp"
#include "overview/agenda.hpp"
#include "overview/agenda_page.hpp"
#include "overview/training_invitations.hpp"
#include "web/security_headers.hpp"

namespace greffier::overview {

using accounts::Context;
using web::Request;
using web::Response;

namespace {

constexpr std::string_view suffix = ".ics";
constexpr int most_events = 3000;
constexpr std::chrono::days back{92}, ahead{2 * 366};
constexpr std::chrono::minutes refresh{60};

/// Wrong tokens by network. In memory and bounded; a right one is never made to wait.
class WrongTokens {
public:
    /// False when there were too many.
    bool take(std::string const& address, Timestamp now)
    {
        std::lock_guard const held(mutex_);
        if (tries_.size() >= most_addresses) std::erase_if(tries_, [&](auto const& one) { return one.second.since + period <= now; });
        if (tries_.size() >= most_addresses) tries_.clear();
        auto& one = tries_[address];
        if (one.count == 0 || one.since + period <= now || one.since > now) one = {now, 0};
        return ++one.count <= at_most;
    }
    static constexpr std::chrono::minutes period{10};

private:
    static constexpr int at_most = 10;
    static constexpr std::size_t most_addresses = 10'000;
    struct Tries {
        Timestamp since{};
        int count = 0;
    };
    std::mutex mutex_;
    std::map<std::string, Tries> tries_;
};

Locale locale_of(OverviewServices const& services, PersonId person)
{
    auto session = services.machinery.database.read();
    auto row = session->query(storage::SqlText{"SELECT language FROM person WHERE id=?"}, person);
    return Locale(row.next() ? parse_language(row.view(0)).value_or(Language::French) : Language::French);
}

/// A session lasts, as its invitation says; what else falls due is an instant or a day.
std::optional<Timestamp> end_of_session(OverviewServices const& services, AgendaItem const& item)
{
    auto const* kind = item.kind == "training.session" ? services.machinery.registers.find("trainings") : nullptr;
    if (!kind) return {};
    // The agenda looked at who may see it.
    auto const stored = records::Records(services.machinery, item.record.where.id, accounts::Sight::everything()).find(*kind, item.record.id);
    if (!stored.ok()) return {};
    auto const session = training::training_schema().unpack(stored->row);
    return session.ok() && session->starts_at ? std::optional{end_of(*session)} : std::nullopt;
}

/// Neither title nor name: a reference and what is to be done. Whoever reads the calendar program reads no register.
exchange::CalendarEvent event_of(AgendaItem const& item, std::string const& base, Locale const& locale)
{
    exchange::CalendarEvent event;
    auto const identity = sha256({as_bytes(item.record.where.id.text()), as_bytes(item.record.id.text()), as_bytes(item.kind), as_bytes(" "), as_bytes(item.place)});
    event.uid = to_hex(ByteView{identity}.first(16)) + "@greffier";
    event.stamp = item.changed_at;
    event.day = item.day;
    event.starts = item.record.at;
    event.summary = words_of_due(item.kind, locale) + locale.text("punctuation.colon") + item.record.reference;
    event.description = locale.text("agenda.feed.description", {{"register", locale.text("register." + item.record.register_slug)}, {"organisation", item.record.where.name},
                                                                {"origin", locale.text(item.legal ? "agenda.of_law" : "agenda.of_house")}});
    event.location = item.record.where.name;
    if (!base.empty()) event.address = base + item.record.address();
    event.categories = {locale.text(item.legal ? "agenda.of_law" : "agenda.of_house")};
    event.sequence = item.revision;
    return event;
}

Result<Response> show_feed(OverviewServices const& services, WrongTokens& wrong, Context& context, Request const& request)
{
    auto const& file = request.param("token");
    accounts::CalendarFeeds feeds{services.machinery.database};
    auto const feed = file.ends_with(suffix) ? feeds.find(std::string_view{file}.substr(0, file.size() - suffix.size())) : std::nullopt;
    if (!feed) {
        if (wrong.take(request.remote_address, context.now)) return Error::not_found();
        return Error{ErrorKind::Conflict, "too_many_waiting", {{"status", "429"}, {"retry_after", std::to_string(std::chrono::seconds{WrongTokens::period}.count())}}, {}};
    }
    accounts::Actor actor;
    actor.person = feed->person;
    AgendaFilter filter;
    filter.chosen = feed->organisations;
    // By the day: what the hour changes would make each answer another one.
    auto const today = std::chrono::floor<std::chrono::days>(context.now);
    filter.from = today - back;
    filter.until = today + ahead;
    auto const locale = locale_of(services, feed->person);
    auto const base = services.absolute ? services.absolute(request, "") : std::string{};
    exchange::Calendar calendar{.name = locale.text("agenda.feed.name", {{"name", feed->name}}), .language = locale.language(), .refresh = refresh};
    for (auto const& item : Agenda{services.machinery.database, actor, filter}.items(most_events)) {
        calendar.events.push_back(event_of(item, base, locale));
        calendar.events.back().ends = end_of_session(services, item);
    }
    feeds.note_use(*feed, context.now);
    auto body = write_calendar(calendar);
    auto const tag = "\"" + to_hex(sha256(as_bytes(body))).substr(0, 32) + "\"";
    auto const known = request.header("if-none-match");
    bool const same = known == "*" || known.find(tag) != known.npos;
    auto response = Response::text(same ? std::string{} : std::move(body), same ? 304 : 200);
    response.header("Content-Type", exchange::calendar_media_type(calendar.method));
    web::add_token_page_headers(response);
    response.header("ETag", tag);
    response.header("Cache-Control", "private, no-cache");   // asked for again each time, and answered by the tag
    return response;
}

}  // namespace

std::vector<accounts::Route> calendar_feed_routes(OverviewServices const& services)
{
    // Shared by the copies that a route's function is made of: they count together.
    auto const wrong = std::make_shared<WrongTokens>();
    return {{web::Method::Get, "/calendar/{token}", web::Permission::Public, [&services, wrong](Context& context, Request const& request) { return show_feed(services, *wrong, context, request); }}};
}

}  // namespace greffier::overview
