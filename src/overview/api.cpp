#include "overview/api.hpp"

#include <algorithm>

#include "core/json_writer.hpp"
#include "core/text.hpp"
#include "law/deadline_question.hpp"
#include "overview/agenda_page.hpp"
#include "overview/notifications_page.hpp"
#include "overview/portfolio.hpp"
#include "records/api_json.hpp"
#include "records/api_parts.hpp"
#include "web/problem.hpp"

namespace greffier::overview {

using accounts::Context;
using records::api::field_error;
using web::Method;
using web::Permission;
using web::Request;
using web::Response;

namespace {

constexpr int found_at_most = 500;       ///< beyond, one says more words
constexpr std::size_t longest_query = 200;

void text_or_null(JsonWriter& out, std::string_view name, std::string_view text)
{
    out.key(name);
    if (text.empty()) out.null();
    else out.value(text);
}

void write_record(JsonWriter& out, PlacedRecord const& record, std::string_view instant)
{
    out.member("organisation", record.where.slug).member("register", record.register_slug).member("id", record.id.text()).member("reference", record.reference);
    out.member("title", record.title).member("status", record.status).member(instant, to_text(record.at)).member("address", record.address());
}

Result<Response> search(OverviewServices const& services, Context& context, Request const& request)
{
    auto const paging = TRY(records::api::paging_of(request));
    auto const text = request.query.get("q");
    if (length_utf8(text) > longest_query) return field_error("q", "too_long", {{"max", std::to_string(longest_query)}});
    if (words(text).empty()) return field_error("q", "required");
    auto const wanted = std::min<std::int64_t>(found_at_most, static_cast<std::int64_t>(paging.page) * paging.per_page);
    auto const found = Portfolio{services.machinery.database, context.who()}.search({text, SearchWish::Where::Everywhere, {}, static_cast<int>(wanted)});
    if (found.too_short) return field_error("q", "search_too_short", {{"min", "3"}});
    auto const from = std::min(found.items.size(), static_cast<std::size_t>(paging.page - 1) * static_cast<std::size_t>(paging.per_page));
    JsonWriter out;
    out.begin_object().key("items").begin_array();
    for (auto i = from; i < found.items.size(); ++i) {
        out.begin_object();
        write_record(out, found.items[i], "updated_at");
        out.end_object();
    }
    // Counting all that a broad word finds would cost more than showing it.
    out.end_array().member("page", paging.page).member("per_page", paging.per_page).member("total", found.items.size()).member("total_capped", found.more).end_object();
    return Response::json(std::move(out).take());
}

void write_notification(JsonWriter& out, ShownNotification const& one)
{
    out.member("id", one.id.text()).member("kind", records::code_of(one.kind)).member("organisation", one.where.slug);
    text_or_null(out, "register", one.record || one.about ? one.register_slug : std::string{});
    text_or_null(out, "record", one.record ? one.record->text() : std::string{});
    text_or_null(out, "reference", one.reference);
    text_or_null(out, "title", one.title);
    text_or_null(out, "comment", one.comment ? one.comment->text() : std::string{});
    text_or_null(out, "detail", one.detail);
    text_or_null(out, "address", target_of(one));
    out.member("actor", one.actor.text()).member("created_at", to_text(one.created_at));
    text_or_null(out, "read_at", one.read_at ? to_text(*one.read_at) : std::string{});
}

Result<Response> list_notifications(OverviewServices const& services, Context& context, Request const& request)
{
    auto const paging = TRY(records::api::paging_of(request));
    bool const unread = TRY(records::api::yes_or_no(request, "unread")).value_or(false);
    auto const page = Portfolio{services.machinery.database, context.who()}.notifications(unread, paging.per_page, static_cast<std::int64_t>(paging.page - 1) * paging.per_page);
    JsonWriter out;
    out.begin_object().key("items").begin_array();
    for (auto const& one : page.items) {
        out.begin_object();
        write_notification(out, one);
        out.end_object();
    }
    out.end_array().member("page", paging.page).member("per_page", paging.per_page).member("total", page.total).member("unread", page.unread).end_object();
    return Response::json(std::move(out).take());
}

Result<PersonId> person_of(Context const& context)
{
    if (!context.who().person) return Error::forbidden("token_without_person");
    return *context.who().person;
}

Result<Response> mark_read(OverviewServices const& services, Context& context, Request const& request)
{
    auto const person = TRY(person_of(context));
    auto const id = records::NotificationId::parse(request.param("id"));
    if (!id) return Error::not_found();
    (void)TRY(records::Notifications{services.machinery.database}.mark_read(person, *id, context.now, context.who().organisation));
    return Response::no_content();
}

Result<Response> mark_all_read(OverviewServices const& services, Context& context, Request const&)
{
    (void)TRY(records::Notifications{services.machinery.database}.mark_all_read(TRY(person_of(context)), context.now, context.who().organisation));
    return Response::no_content();
}

Result<Response> list_of(Request const& request, std::vector<PlacedRecord> const& all, std::string_view instant)
{
    return records::api::paged(request, all.size(), [&](JsonWriter& out, std::size_t i) { write_record(out, all[i], instant); });
}

Result<Response> list_favourites(OverviewServices const& services, Context& context, Request const& request)
{
    return list_of(request, Portfolio{services.machinery.database, context.who()}.favourites(1000), "kept_at");
}

Result<Response> list_recent(OverviewServices const& services, Context& context, Request const& request)
{
    if (services.recent) services.recent->flush(context.now);
    return list_of(request, Portfolio{services.machinery.database, context.who()}.recent(20), "opened_at");
}

/// The command `greffier deadline`, with the same members.
Result<Response> ask_deadline(OverviewServices const&, Context& context, Request const& request)
{
    constexpr std::size_t longest = 60;
    law::DeadlineQuestion question;
    question.kind = request.param("kind");
    auto const members = law::deadline_members(question.kind);
    if (members.empty()) return Error::not_found();
    auto const sent = TRY(records::api::SentObject::read(request, members));
    for (auto const& [name, into] : {std::pair{"aware", &question.aware}, {"received", &question.received}, {"obtained", &question.obtained}, {"contact", &question.contact},
                                     {"disclosed", &question.disclosed}, {"calendar", &question.calendar}, {"zone", &question.zone}})
        if (sent.has(name)) *into = TRY(sent.text(name, longest));
    question.extended = TRY(sent.truth("extended")).value_or(false);
    if (sent.has("pause")) question.pauses = TRY(sent.texts("pause", longest));
    auto const answer = TRY(law::answer(question, local_date(context.now, "Europe/Paris")));
    JsonWriter out;
    law::write_json(out, question, answer);
    return Response::json(std::move(out).take());
}

}  // namespace

std::vector<accounts::Route> api_routes(OverviewServices const& services)
{
    auto route = [&services](auto handler) {
        return [&services, handler](Context& context, Request const& request) -> Result<Response> {
            auto answer = handler(services, context, request);
            if (!answer.ok()) return web::problem(answer.error(), context.locale, records::api::status_of(answer.error()));
            return answer;
        };
    };
    std::string const root = "/api/v1";
    return {
        {Method::Post, root + "/deadlines/{kind}", Permission::Token, route(ask_deadline)},
        {Method::Get, root + "/organisations/{organisation}/agenda", Permission::ApiRead, route(agenda_json)},
        {Method::Get, root + "/search", Permission::ApiRead, route(search)},
        {Method::Get, root + "/notifications", Permission::ApiRead, route(list_notifications)},
        {Method::Post, root + "/notifications/read", Permission::ApiRead, route(mark_all_read)},
        {Method::Post, root + "/notifications/{id}/read", Permission::ApiRead, route(mark_read)},
        {Method::Get, root + "/favourites", Permission::ApiRead, route(list_favourites)},
        {Method::Get, root + "/recent", Permission::ApiRead, route(list_recent)},
    };
}

}  // namespace greffier::overview
