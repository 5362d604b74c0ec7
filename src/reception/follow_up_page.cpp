// What became of a request, for who sent it: state and due day in plain words, and what may still be said or sent.
// The address is all that opens it; nothing of what was asked is repeated there.
#include <algorithm>

#include "core/text.hpp"
#include "reception/fields.hpp"
#include "reception/follow_ups.hpp"
#include "reception/page_handlers.hpp"
#include "reception/submissions.hpp"
#include "records/vocabulary.hpp"
#include "registers/request/clock.hpp"
#include "registers/request/request.hpp"
#include "schema/extend.hpp"
#include "web/problem.hpp"

namespace greffier::reception {

using namespace web::literals;

namespace {

constexpr std::string_view register_slug = "requests";
/// So many messages in all: what is longer belongs into a letter.
constexpr std::size_t most_messages = 30;

struct Followed {
    records::Register const& kind;
    records::Stored record;
    request::Request request;
};

records::Register const& kind_of(Visit const& visit) { return *records::known_registers(visit.services.machinery, visit.context).find(register_slug); }

Result<request::Request> request_of(records::Register const& kind, schema::Row const& row)
{
    return request::request_schema().unpack(schema::carry(*kind.schema, row, request::request_schema().info()));
}

/// Whoever holds the address sees the state of that one request, whatever else the register hides.
Result<Followed> followed(Visit const& visit)
{
    auto const found = FollowUps(visit.services.database(), visit.where().id).find(visit.request.param("token"), visit.context.now);
    if (!found) return Error::not_found();
    auto const& kind = kind_of(visit);
    auto record = TRY(records::Records(visit.services.machinery, visit.where().id, accounts::Sight::everything()).find(kind, found->record));
    auto request = TRY(request_of(kind, record.row));
    return Followed{kind, std::move(record), std::move(request)};
}

std::string due_of(Visit const& visit, request::Request const& request)
{
    auto const limit = request::time_limit(request, local_date(visit.context.now, visit.where().zone), place_of(visit));
    return limit ? visit.locale().date(limit->deadline.answer.due) : std::string{};
}

void fact(Html& out, std::string const& name, std::string const& words)
{
    if (!words.empty()) out << "<dt>"_h << name << "</dt><dd>"_h << words << "</dd>"_h;
}

void write_state(Html& out, Visit const& visit, Followed const& one)
{
    auto const& locale = visit.locale();
    auto const& request = one.request;
    out << "<dl class=\"g-public-facts\">"_h;
    fact(out, locale.text("public.follow.state"), locale.text("public.follow.state." + one.record.head.status));
    if (request.received_at) fact(out, locale.text("public.follow.received"), locale.instant(*request.received_at));
    if (request::is_open(one.record.head.status)) fact(out, locale.text("public.follow.due"), due_of(visit, request));
    if (request.extended) fact(out, locale.text("public.follow.extended"), locale.text("public.follow.extended_words"));
    if (request.answered_on) fact(out, locale.text("public.follow.answered"), locale.date(*request.answered_on));
    out << "</dl>"_h;
}

void write_exchanges(Html& out, Visit const& visit, Followed const& one)
{
    auto const& locale = visit.locale();
    if (one.request.exchanges.empty()) return;
    out << "<h2>"_h << locale.text("public.follow.said") << "</h2><ul class=\"g-public-list\">"_h;
    for (auto const& exchange : one.request.exchanges) {
        bool const ours = exchange.side == request::ExchangeSide::Organisation;
        out << "<li><strong>"_h << (ours ? visit.organisation_name() : locale.text("public.follow.you")) << "</strong>"_h;
        if (exchange.at) out << " <span class=\"g-muted\">"_h << locale.instant(*exchange.at) << "</span>"_h;
        out << "<br>"_h;
        // What the person wrote is not repeated: an address may fall into other hands.
        if (ours) out.lines(exchange.text.value);
        else out << locale.text("public.follow.message_kept");
        out << "</li>"_h;
    }
    out << "</ul>"_h;
}

std::string form_name(Visit const& visit) { return "follow-up/" + visit.request.param("token"); }

void op_button(Html& out, Visit const& visit, std::string_view op, std::string_view label)
{
    open_form(out, visit, {}, form_name(visit));
    out << "<input type=\"hidden\" name=\"op\""_h;
    out.attr("value"_h, op);
    out << "><p><button class=\"btn btn-outline\" type=\"submit\">"_h << visit.locale().text(label) << "</button></p></form>"_h;
}

void write_acts(Html& out, Visit const& visit, Followed const& one, FormState const& form)
{
    auto const& locale = visit.locale();
    if (one.kind.is_closed(one.record.head.status)) return;
    out << "<h2>"_h << locale.text("public.follow.add") << "</h2>"_h;
    open_form(out, visit, form, form_name(visit));
    out << "<input type=\"hidden\" name=\"op\" value=\"add\">"_h;
    area_field(out, locale, form, {.name = "message", .label = "public.follow.message", .hint = "public.follow.message.hint", .required = false, .rows = 4, .max_length = 4000});
    files_field(out, locale, form, "public.follow.files.hint");
    close_form(out, visit, "public.follow.send");
    if (!request::is_open(one.record.head.status)) return;
    out << "<details class=\"g-disclose\"><summary>"_h;
    web::icon(out, "chevron-right");
    out << locale.text("public.follow.withdraw") << "</summary><p>"_h << locale.text("public.follow.withdraw_lead") << "</p>"_h;
    op_button(out, visit, "withdraw", "public.follow.withdraw_button");
    out << "</details>"_h;
}

void write_complaint(Html& out, Visit const& visit)
{
    auto const& locale = visit.locale();
    auto const& profile = visit.profile;
    auto const contact = profile.dpo.published_contact.empty() ? joined({profile.dpo.email, profile.dpo.phone, profile.email}) : profile.dpo.published_contact;
    out << "<h2>"_h << locale.text("public.follow.complain") << "</h2><p>"_h << locale.text("public.follow.complain_lead", {{"contact", contact}}) << "</p>"_h;
}

Response page_of(Visit const& visit, Followed const& one, FormState const& form, std::string_view done = "", int status = 200)
{
    auto const& locale = visit.locale();
    auto const title = locale.text("public.follow.title", {{"number", one.record.head.reference}});
    Html out;
    page_title(out, visit, title, "");
    if (!done.empty()) {
        out << "<p class=\"g-alert g-alert--ok\" role=\"status\">"_h;
        web::icon(out, "circle-check");
        out << "<span>"_h << locale.text(done) << "</span></p>"_h;
    }
    errors_of(out, visit, form, {{"message", "public.follow.message"}});
    write_state(out, visit, one);
    write_exchanges(out, visit, one);
    write_acts(out, visit, one, form);
    write_complaint(out, visit);
    return shown(visit, title, out, {.status = status, .indexed = false});
}

Response example(Visit const& visit)
{
    auto const& locale = visit.locale();
    auto const title = locale.text("public.follow.title", {{"number", "DEM-0001"}});
    Html out;
    page_title(out, visit, title, "");
    out << "<dl class=\"g-public-facts\">"_h;
    fact(out, locale.text("public.follow.state"), locale.text("public.follow.state.received"));
    fact(out, locale.text("public.follow.received"), locale.instant(visit.context.now));
    out << "</dl>"_h;
    write_complaint(out, visit);
    return shown(visit, title, out, {.indexed = false});
}

/// In the transaction: the words join the exchanges of the record.
Status say(Visit const& visit, records::Register const& kind, records::Batch& batch, records::Stored& current, std::string const& words)
{
    auto request = TRY(request_of(kind, current.row));
    if (request.exchanges.size() >= most_messages) return Error::conflict("public_too_many_messages");
    request::Exchange exchange;
    exchange.id = Uuid::make().text();
    exchange.at = visit.context.now;
    exchange.side = request::ExchangeSide::Person;
    exchange.text.value = words;
    request.exchanges.push_back(std::move(exchange));
    auto row = schema::carry(request::request_schema().info(), request::request_schema().pack(request), *kind.schema, current.row);
    current = TRY(batch.update(kind, {current.head.id, current.head.version, std::move(row), {}, false}));
    return Nothing{};
}

Status withdraw(Visit const& visit, records::Register const& kind, records::Batch& batch, records::Stored& current)
{
    if (!request::is_open(current.head.status)) return Error::conflict("public_answered_already");
    current = TRY(batch.change_status(kind, {current.head.id, 0, "withdrawn", visit.locale().text("public.follow.withdrawn_reason"), {}}));
    return Nothing{};
}

}  // namespace

Answer show_follow_up(Visit& visit)
{
    if (visit.preview) return example(visit);
    auto const one = TRY(followed(visit));
    return page_of(visit, one, {});
}

Answer take_follow_up(Visit& visit)
{
    auto one = TRY(followed(visit));
    auto form = typed(visit.request);
    auto const op = visit.request.form.get("op");
    auto const word = word_of(visit, form, form_name(visit));
    if (!word) return page_of(visit, one, form, "", 422);
    auto const words = text_of(visit.request, form, "message", 4000, false);
    auto const files = files_of(visit.request, form);
    if (op != "withdraw" && words.empty() && files.empty()) form.refuse("message", "required");
    if (one.kind.is_closed(one.record.head.status)) form.refuse("", "public_closed_request");
    if (!form.errors.empty()) return page_of(visit, one, form, "", 422);
    if (auto const wait = wait_of(visit, form)) {
        auto answer = page_of(visit, one, form, "", 429);
        answer.header("Retry-After", std::to_string(wait->count()));
        return answer;
    }
    auto const done = add_to(visit, one.kind, one.record.head.id, *word, files, [&](records::Batch& batch, records::Stored& current) -> Status {
        if (op == "withdraw") return withdraw(visit, one.kind, batch, current);
        return say(visit, one.kind, batch, current, words.empty() ? visit.locale().text("public.follow.files_alone") : words);
    });
    if (!done.ok()) {
        if (done.error().code == "form_sent_already") return page_of(visit, one, {}, "public.follow.kept");
        form.take(done.error());
        return page_of(visit, one, form, "", web::status_of(done.error().kind));
    }
    return page_of(visit, TRY(followed(visit)), {}, op == "withdraw" ? "public.follow.withdrawn" : "public.follow.kept");
}

// ---- inside ---------------------------------------------------------------------------------------------

namespace {

Result<records::Stored> request_inside(ReceptionServices& services, Context& context, Request const& request)
{
    auto const id = RecordId::parse(request.param("id"));
    if (!id) return Error::not_found();
    auto const& kind = *records::known_registers(services.machinery, context).find(register_slug);
    return records::Records(services.machinery, context.where().id, context.who().sight).find(kind, *id);
}

Response address_page(ReceptionServices& services, Context& context, Request const& request, records::Stored const& record, std::string const& token)
{
    auto const& locale = context.locale;
    auto const title = locale.text("public.address.title", {{"number", record.head.reference}});
    auto const here = context.address("/requests/" + record.head.id.text());
    context.frame.crumbs = {{locale.text("register.requests"), context.address("/requests")}, {record.head.title, here}};
    Html out;
    web::page_head(out, context.frame, title, locale.text("public.address.lead"), {});
    if (!token.empty()) accounts::secret(out, locale, locale.text("public.address.new"), locale.text("public.address.once"), accounts::absolute(services.accounts, request, "/p/" + context.where().slug + "/follow-up/" + token));
    out << "<div class=\"g-settings\"><section class=\"g-section\">"_h;
    auto const all = FollowUps(services.database(), context.where().id).of(record.head.id);
    if (all.empty()) out << "<p class=\"g-muted\">"_h << locale.text("public.address.none") << "</p>"_h;
    bool opens = false;
    out << "<ul>"_h;
    for (auto const& one : all) {
        bool const ended = one.revoked_at || one.expires_at <= context.now;
        opens = opens || !ended;
        out << "<li>"_h << locale.text("public.address.given", {{"when", locale.instant(one.created_at)}}) << " · "_h
            << (one.revoked_at ? locale.text("public.address.revoked", {{"when", locale.instant(*one.revoked_at)}})
                               : locale.text(ended ? "public.address.ended" : "public.address.until", {{"when", locale.instant(one.expires_at)}}))
            << "</li>"_h;
    }
    out << "</ul>"_h;
    auto const button = [&](std::string_view op, std::string_view label, bool primary) {
        accounts::open_form(out, context, here + "/follow-up");
        out << "<input type=\"hidden\" name=\"op\""_h;
        out.attr("value"_h, op);
        out << ">"_h;
        accounts::submit_button(out, locale.text(label), primary);
        out << "</form>"_h;
    };
    button("renew", "public.address.renew", true);
    if (opens) button("revoke", "public.address.revoke", false);
    out << "</section></div>"_h;
    auto answer = accounts::shown(context, title, out);
    answer.header("Referrer-Policy", "no-referrer");
    return answer;
}

}  // namespace

Answer show_address(ReceptionServices& services, Context& context, Request const& request)
{
    auto const record = TRY(request_inside(services, context, request));
    return address_page(services, context, request, record, {});
}

Answer change_address(ReceptionServices& services, Context& context, Request const& request)
{
    auto const record = TRY(request_inside(services, context, request));
    FollowUps const addresses(services.database(), context.where().id);
    auto const op = request.form.get("op");
    std::string token;
    if (op == "renew") token = TRY(addresses.renew(record.head.id, context.now));
    else if (op == "revoke") TRY(addresses.revoke(record.head.id, context.now));
    else return Error::not_found();
    return address_page(services, context, request, record, token);
}

}  // namespace greffier::reception
