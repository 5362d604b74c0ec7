#include "overview/notifications_page.hpp"

#include <algorithm>
#include <map>

#include "core/text.hpp"
#include "overview/agenda.hpp"
#include "overview/lines.hpp"
#include "overview/portfolio.hpp"
#include "web/frame.hpp"

namespace greffier::overview {

using namespace web::literals;
using accounts::Context;
using records::NotificationKind;
using web::Html;
using web::Response;

namespace {

constexpr int per_page = 50;
constexpr std::size_t shown_words = 240;

struct Inbox {
    Context& context;
    OverviewServices const& services;
    bool unread_only = false;
    int page = 1;
    NotificationPage content;
};

std::string_view icon_of(NotificationKind kind)
{
    switch (kind) {
    case NotificationKind::Mention: return "at";
    case NotificationKind::Reply: return "message";
    case NotificationKind::Assigned: return "user";
    case NotificationKind::Returned: return "arrow-back-up";
    case NotificationKind::Validated: return "circle-check";
    case NotificationKind::ActDone: return "checklist";
    case NotificationKind::ImportDone: return "file-import";
    case NotificationKind::FactorReset: return "shield-exclamation";
    case NotificationKind::SeeAsAsked:
    case NotificationKind::SeeAsEnded: return "eye";
    case NotificationKind::Received: return "mail-opened";
    case NotificationKind::Reminder: return "calendar-due";
    case NotificationKind::PurgeSoon: return "hourglass";
    }
    return "bell";
}

std::int64_t number_in(std::string const& text)
{
    return !text.empty() && text.size() < 10 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }) ? std::stoll(text) : 0;
}

/// "À faire avant le 7 avril : répondre à la personne." Its detail: kind, instant, day or "-".
std::string reminder_words(ShownNotification const& one, Locale const& locale)
{
    if (!one.record) return locale.plural("notification.reminder.many", number_in(one.detail));
    auto const parts = split(one.detail, ' ');
    if (parts.size() != 3 || parts[1].size() > 15 || !std::ranges::all_of(parts[1], [](char c) { return c >= '0' && c <= '9'; }) || parts[1].empty()) return locale.text("notification.reminder");
    auto const at = from_millis(std::stoll(parts[1]));
    return locale.text(at <= one.created_at ? "notification.reminder.late" : "notification.reminder.soon", {{"what", words_of_due(parts[0], locale)}, {"when", when_due(at, parse_date(parts[2]), locale)}});
}

/// "Claire Delmas vous a cité dans un échange."
std::string sentence_of(Inbox const& inbox, ShownNotification const& one)
{
    auto const& locale = inbox.context.locale;
    if (one.kind == NotificationKind::Reminder) return reminder_words(one, locale);
    auto const key = "notification." + std::string{records::code_of(one.kind)};
    if (one.kind == NotificationKind::ActDone || one.kind == NotificationKind::ImportDone) return locale.plural(key, number_in(one.detail));
    Arguments arguments{{"who", inbox.services.actor_name(one.where.id, one.actor, locale)}};
    if (one.about) return locale.plural(key + ".many", number_in(one.detail), arguments);
    if (!one.detail.empty()) arguments["status"] = locale.text("status." + one.detail);
    return locale.text(key, arguments);
}

/// Why a record came back: read from its version, so that nothing is kept twice.
std::string reason_of(Inbox const& inbox, ShownNotification const& one)
{
    if (one.kind != NotificationKind::Returned || !one.record || !one.version) return {};
    auto const* kind = inbox.services.machinery.registers.find(one.register_slug);
    if (!kind) return {};
    auto const version = records::Records{inbox.services.machinery, one.where.id, accounts::Sight::everything()}.version(*kind, *one.record, *one.version);
    return version.ok() && !version->erased ? version->reason : std::string{};
}

void write_quote(Html& out, std::string const& words)
{
    if (words.empty()) return;
    out << "<blockquote class=\"g-quote\">"_h;
    out.lines(shorten(words, shown_words));
    out << "</blockquote>"_h;
}

void write_mark_read(Html& out, Inbox const& inbox, ShownNotification const& one)
{
    auto const& locale = inbox.context.locale;
    out << "<form method=\"post\""_h;
    out.url("action"_h, "/notifications/" + one.id.text() + "/read");
    out << ">"_h;
    web::csrf_field(out, inbox.context.frame);
    out << "<button class=\"btn btn-outline btn-sm\" type=\"submit\">"_h << locale.text("notifications.mark_read") << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon")
        << (one.title.empty() ? sentence_of(inbox, one) : one.title) << "</span></button></form>"_h;
}

void write_one(Html& out, Inbox const& inbox, ShownNotification const& one)
{
    auto const& locale = inbox.context.locale;
    out << "<li"_h;
    out.attr("class"_h, one.read_at ? "g-told" : "g-told g-told--new");
    out << ">"_h;
    web::icon(out, icon_of(one.kind));
    out << "<div><p class=\"g-told-what\">"_h;
    if (!one.read_at) out << "<span class=\"g-hidden\">"_h << locale.text("notifications.unread") << locale.text("punctuation.colon") << "</span>"_h;
    out << sentence_of(inbox, one) << "</p>"_h;
    auto const target = target_of(one);
    if (!target.empty()) {
        out << "<p class=\"g-told-where\">"_h;
        write_link(out, "/notifications/" + one.id.text(), one.title.empty() ? locale.text("notifications.open") : one.title);
        if (!one.reference.empty()) out << " <span class=\"g-ref\">"_h << one.reference << "</span>"_h;
        if (one.deleted) out << " <span class=\"g-muted\">"_h << locale.text("notifications.in_bin") << "</span>"_h;
        out << "</p>"_h;
    } else {
        out << "<p class=\"g-muted\">"_h << locale.text("notifications.erased") << "</p>"_h;
    }
    write_quote(out, one.words.empty() ? reason_of(inbox, one) : one.words);
    out << "<p class=\"g-small g-muted\">"_h;
    write_place(out, one.where);
    out << " <time"_h;
    out.attr("datetime"_h, to_text(one.created_at));
    out << ">"_h << locale.instant(one.created_at) << "</time></p></div>"_h;
    if (!one.read_at) write_mark_read(out, inbox, one);
    out << "</li>"_h;
}

void write_views(Html& out, Inbox const& inbox)
{
    auto const& locale = inbox.context.locale;
    auto tab = [&](std::string const& href, std::string_view key, bool current, std::optional<std::int64_t> count) {
        out << "<li><a"_h;
        out.url("href"_h, href);
        if (current) out.attr("aria-current"_h, "page");
        out << ">"_h << locale.text(key);
        if (count) out << "<span class=\"g-count\">"_h << locale.number(*count) << "</span>"_h;
        out << "</a></li>"_h;
    };
    out << "<nav"_h;
    out.attr("aria-label"_h, locale.text("notifications.views"));
    out << "><ul class=\"g-tabs\">"_h;
    tab("/notifications", "notifications.all", !inbox.unread_only, {});
    tab("/notifications?unread=yes", "notifications.only_unread", inbox.unread_only, inbox.content.unread);
    out << "</ul></nav>"_h;
}

void write_pages(Html& out, Inbox const& inbox)
{
    auto const& locale = inbox.context.locale;
    auto const pages = (inbox.content.total + per_page - 1) / per_page;
    if (pages <= 1) return;
    auto link = [&](int page, std::string_view key) {
        out << "<li>"_h;
        write_link(out, "/notifications?page=" + std::to_string(page) + (inbox.unread_only ? "&unread=yes" : ""), locale.text(key));
        out << "</li>"_h;
    };
    out << "<div class=\"g-pager\"><nav"_h;
    out.attr("aria-label"_h, locale.text("list.pages"));
    out << "><ul class=\"g-pages\">"_h;
    if (inbox.page > 1) link(inbox.page - 1, "list.previous");
    if (inbox.page < pages) link(inbox.page + 1, "list.next");
    out << "</ul></nav></div>"_h;
}

Result<Response> show_notifications(OverviewServices const& services, Context& context, web::Request const& request)
{
    auto const& locale = context.locale;
    Inbox inbox{context, services, request.query.get("unread") == "yes", static_cast<int>(std::clamp<std::int64_t>(number_in(request.query.get("page", "1")), 1, 10'000)), {}};
    inbox.content = Portfolio{services.machinery.database, context.who()}.notifications(inbox.unread_only, per_page, static_cast<std::int64_t>(inbox.page - 1) * per_page);
    context.frame.crumbs.clear();
    context.frame.title = locale.text("nav.notifications");
    Html out, actions;
    if (inbox.content.unread > 0) {
        actions << "<form method=\"post\" action=\"/notifications/read\">"_h;
        web::csrf_field(actions, context.frame);
        actions << "<button class=\"btn btn-outline\" type=\"submit\">"_h;
        web::icon(actions, "mail-opened");
        actions << " "_h << locale.text("notifications.mark_all") << "</button></form>"_h;
    }
    web::page_head(out, context.frame, locale.text("nav.notifications"), locale.text("notifications.lead"), actions);
    write_views(out, inbox);
    if (inbox.content.items.empty()) {
        out << "<div class=\"g-empty\">"_h;
        web::icon(out, "bell");
        out << "<h2>"_h << locale.text("notifications.none") << "</h2><p>"_h << locale.text("notifications.none_lead") << "</p></div>"_h;
    } else {
        out << "<ul class=\"g-told-list g-panel\">"_h;
        for (auto const& one : inbox.content.items) write_one(out, inbox, one);
        out << "</ul>"_h;
        write_pages(out, inbox);
    }
    return Response::html(web::page(context.frame, out));
}

Result<records::NotificationId> id_of(web::Request const& request)
{
    auto const id = records::NotificationId::parse(request.param("id"));
    if (!id) return Error::not_found();
    return *id;
}

/// Following it is reading it; the same address again changes nothing more.
Result<Response> open_notification(OverviewServices const& services, Context& context, web::Request const& request)
{
    auto const id = TRY(id_of(request));
    auto const shown = Portfolio{services.machinery.database, context.who()}.notification(id);
    if (!shown) return Error::not_found();
    auto const target = target_of(*shown);
    if (target.empty()) return Error::not_found("erased");
    if (!shown->read_at && request.method == web::Method::Get)
        (void)TRY(records::Notifications{services.machinery.database}.mark_read(*context.who().person, id, context.now));
    return Response::redirect(target);
}

Result<Response> mark_read(OverviewServices const& services, Context& context, web::Request const& request)
{
    (void)TRY(records::Notifications{services.machinery.database}.mark_read(*context.who().person, TRY(id_of(request)), context.now));
    return Response::redirect("/notifications");
}

Result<Response> mark_all_read(OverviewServices const& services, Context& context, web::Request const&)
{
    (void)TRY(records::Notifications{services.machinery.database}.mark_all_read(*context.who().person, context.now));
    return Response::redirect("/notifications?done=all_read");
}

// ---- at hand ----------------------------------------------------------------------------------------------

constexpr int favourites_shown = 500, recent_shown = 20;

void write_group(Html& out, Context const& context, std::string_view id, std::string_view title, std::string_view none, std::vector<PlacedRecord> const& records)
{
    auto const& locale = context.locale;
    out << "<section class=\"g-panel mb-4\""_h;
    out.attr("aria-labelledby"_h, id);
    out << "><div class=\"g-panel-head\"><h2"_h;
    out.attr("id"_h, id);
    out << ">"_h << locale.text(title) << "</h2></div>"_h;
    if (records.empty()) out << "<p class=\"g-panel-body g-muted mb-0\">"_h << locale.text(none) << "</p>"_h;
    else {
        out << "<ul class=\"g-results\">"_h;
        for (auto const& record : records) write_record_line(out, record, locale, true);
        out << "</ul>"_h;
    }
    out << "</section>"_h;
}

Result<Response> show_favourites(OverviewServices const& services, Context& context, web::Request const&)
{
    if (services.recent) services.recent->flush(context.now);
    Portfolio const portfolio{services.machinery.database, context.who()};
    context.frame.crumbs.clear();
    context.frame.title = context.locale.text("nav.favourites");
    Html out;
    web::page_head(out, context.frame, context.locale.text("nav.favourites"), context.locale.text("favourites.lead"), {});
    write_group(out, context, "favourites", "favourites.favourites", "favourites.none", portfolio.favourites(favourites_shown));
    write_group(out, context, "recent", "favourites.recent", "favourites.none_recent", portfolio.recent(recent_shown));
    return Response::html(web::page(context.frame, out));
}

}  // namespace

std::string target_of(ShownNotification const& shown)
{
    if (shown.kind == NotificationKind::FactorReset) return "/account#factors";
    auto const root = "/o/" + shown.where.slug;
    if (shown.kind == NotificationKind::SeeAsAsked || shown.kind == NotificationKind::SeeAsEnded) return root + "/see-as";
    if (shown.kind == NotificationKind::ImportDone) return shown.about ? root + "/" + shown.register_slug + "/import?run=" + shown.about->text() : std::string{};
    if (shown.kind == NotificationKind::Reminder && !shown.record) return root + "/agenda";
    if (shown.kind == NotificationKind::ActDone || (shown.about && !shown.record)) return shown.about ? root + "/bulk-acts/" + shown.about->text() : std::string{};
    if (!shown.record) return {};
    auto const record = root + "/" + shown.register_slug + "/" + shown.record->text();
    if (shown.kind == NotificationKind::Mention || shown.kind == NotificationKind::Reply)
        return record + "/comments" + (shown.comment ? "#c-" + shown.comment->text() : std::string{});
    return record;
}

std::vector<accounts::Route> notification_routes(OverviewServices const& services)
{
    using web::Method;
    using web::Permission;
    auto route = [&services](auto handler) { return [&services, handler](Context& context, web::Request const& request) { return handler(services, context, request); }; };
    return {
        {Method::Get, "/notifications", Permission::SignedIn, route(show_notifications)},
        {Method::Post, "/notifications/read", Permission::SignedIn, route(mark_all_read)},
        {Method::Get, "/notifications/{id}", Permission::SignedIn, route(open_notification)},
        {Method::Post, "/notifications/{id}/read", Permission::SignedIn, route(mark_read)},
    };
}

std::vector<accounts::Route> favourite_routes(OverviewServices const& services)
{
    return {{web::Method::Get, "/favourites", web::Permission::SignedIn, [&services](Context& context, web::Request const& request) { return show_favourites(services, context, request); }}};
}

}  // namespace greffier::overview
