// What became of a request, for who sent it: state and due day in plain words, and what may still be said or sent.
// The address is all that opens it; nothing of what was asked is repeated there.
#include <algorithm>

#include "core/text.hpp"
#include "core/phone.hpp"
#include "reception/fields.hpp"
#include "reception/followed.hpp"
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

/// So many messages in all: what is longer belongs into a letter.
constexpr std::size_t most_messages = 30;

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

void op_button(Html& out, Visit const& visit, std::string_view op, std::string_view label)
{
    open_form(out, visit, {}, follow_up_form(visit));
    out << "<input type=\"hidden\" name=\"op\""_h;
    out.attr("value"_h, op);
    out << "><p><button class=\"btn btn-outline\" type=\"submit\">"_h << visit.locale().text(label) << "</button></p></form>"_h;
}

void write_acts(Html& out, Visit const& visit, Followed const& one, FormState const& form)
{
    auto const& locale = visit.locale();
    if (one.kind.is_closed(one.record.head.status)) return;
    out << "<h2>"_h << locale.text("public.follow.add") << "</h2>"_h;
    open_form(out, visit, form, follow_up_form(visit));
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

/// `one`: absent in the example. Words against an answer that is there reach the officer with the request.
void write_complaint(Html& out, Visit const& visit, Followed const* one)
{
    auto const& locale = visit.locale();
    auto const& profile = visit.profile;
    auto const contact = profile.dpo.published_contact.empty() ? joined({profile.dpo.email, phone_words(profile.dpo.phone.value), profile.email}) : profile.dpo.published_contact;
    out << "<h2>"_h << locale.text("public.follow.complain") << "</h2><p>"_h << locale.text("public.follow.complain_lead", {{"contact", contact}}) << "</p>"_h;
    if (!one || one->kind.is_closed(one->record.head.status) || one->record.head.status == "withdrawn") return;
    out << "<details class=\"g-disclose\"><summary>"_h;
    web::icon(out, "chevron-right");
    out << locale.text("public.follow.complain_here") << "</summary>"_h;
    open_form(out, visit, {}, follow_up_form(visit));
    out << "<input type=\"hidden\" name=\"op\" value=\"complain\">"_h;
    area_field(out, locale, {}, {.name = "complaint", .label = "public.follow.complaint", .hint = "public.follow.complaint.hint", .required = true, .rows = 4, .max_length = 4000});
    close_form(out, visit, "public.follow.complaint.send");
    out << "</details>"_h;
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
    errors_of(out, visit, form, {{"message", "public.follow.message"}, {"code", "public.delivery.code"}, {"complaint", "public.follow.complaint"}});
    write_state(out, visit, one);
    write_delivery(out, visit, one, form);
    write_exchanges(out, visit, one);
    write_acts(out, visit, one, form);
    write_complaint(out, visit, &one);
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
    write_complaint(out, visit, nullptr);
    return shown(visit, title, out, {.indexed = false});
}

/// In the transaction: the words join the exchanges of the record.
Status say(Visit const& visit, records::Register const& kind, records::Batch& batch, records::Stored& current, std::string const& words, bool complains = false)
{
    auto request = TRY(request_of(kind, current.row));
    if (request.exchanges.size() >= most_messages) return Error::conflict("public_too_many_messages");
    request::Exchange exchange;
    exchange.id = Uuid::make().text();
    exchange.at = visit.context.now;
    exchange.side = request::ExchangeSide::Person;
    exchange.text.value = words;
    request.exchanges.push_back(std::move(exchange));
    if (complains && !request.complaint_on) request.complaint_on = local_date(visit.context.now, visit.where().zone);
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
    if (op == "fetch") {
        if (auto given = fetch_delivery(visit, one, form)) return std::move(*given);
        return page_of(visit, one, form, "", form.error_of("code") ? 422 : 409);
    }
    auto const word = word_of(visit, form, follow_up_form(visit));
    if (!word) return page_of(visit, one, form, "", 422);
    bool const complains = op == "complain";
    auto const words = text_of(visit.request, form, complains ? "complaint" : "message", 4000, complains);
    auto const files = files_of(visit.request, form);
    if (op != "withdraw" && !complains && words.empty() && files.empty()) form.refuse("message", "required");
    if (one.kind.is_closed(one.record.head.status)) form.refuse("", "public_closed_request");
    if (!form.errors.empty()) return page_of(visit, one, form, "", 422);
    if (auto const wait = wait_of(visit, form)) {
        auto answer = page_of(visit, one, form, "", 429);
        answer.header("Retry-After", std::to_string(wait->count()));
        return answer;
    }
    auto const done = add_to(visit, one.kind, one.record.head.id, *word, files, [&](records::Batch& batch, records::Stored& current) -> Status {
        if (op == "withdraw") return withdraw(visit, one.kind, batch, current);
        if (complains) return say(visit, one.kind, batch, current, Locale(visit.where().language, visit.where().zone).text("public.follow.complaint.says", {{"words", words}}), true);
        return say(visit, one.kind, batch, current, words.empty() ? visit.locale().text("public.follow.files_alone") : words);
    });
    if (!done.ok()) {
        if (done.error().code == "form_sent_already") return page_of(visit, one, {}, "public.follow.kept");
        form.take(done.error());
        return page_of(visit, one, form, "", web::status_of(done.error().kind));
    }
    return page_of(visit, TRY(followed(visit)), {}, op == "withdraw" ? "public.follow.withdrawn" : complains ? "public.follow.complaint.kept" : "public.follow.kept");
}

}  // namespace greffier::reception
