// Inside, for who handles a request: giving the answer behind the follow-up address, what became of it, or the proof of another way.
#include "accounts/pages/form.hpp"
#include "core/text.hpp"
#include "reception/delivering.hpp"
#include "reception/page_handlers.hpp"
#include "records/attachments.hpp"
#include "records/vocabulary.hpp"
#include "schema/extend.hpp"
#include "web/problem.hpp"

namespace greffier::reception {

using namespace web::literals;

namespace {

void alert(Html& out, std::string_view look, std::string_view icon, std::string const& words)
{
    out << "<p"_h;
    out.attr("class"_h, "g-alert g-alert--" + std::string{look});
    out << ">"_h;
    web::icon(out, icon);
    out << "<span>"_h << words << "</span></p>"_h;
}

/// What would keep the person from reaching it.
void write_hindrances(Html& out, DeliveryPage const& page)
{
    auto const& locale = page.locale();
    if (!page.visit.is_open(Page::FollowUp)) alert(out, "warn", "alert-triangle", locale.text("delivery.page_closed"));
    if (has_address(page)) return;
    out << "<p class=\"g-alert g-alert--warn\">"_h;
    web::icon(out, "alert-triangle");
    out << "<span>"_h << locale.text("delivery.no_address") << " <a"_h;
    out.url("href"_h, page.here("/follow-up"));
    out << ">"_h << locale.text("request.follow_up_address") << "</a></span></p>"_h;
}

void write_trace(Html& out, DeliveryPage const& page, Delivery const& delivery)
{
    auto const& locale = page.locale();
    auto const attachments = records::attachments_of(page.kind, page.record.row);
    auto const name_of = [&](std::string const& sha256) {
        auto const found = std::ranges::find(attachments, sha256, &schema::Attachment::sha256);
        return found == attachments.end() ? std::string{} : found->name;
    };
    out << "<ul>"_h;
    for (auto const& line : page.deliveries().trace(delivery.id)) {
        out << "<li>"_h << locale.instant(line.at) << " · "_h << locale.text("delivery.trace." + line.what);
        if (!line.network.empty()) out << " · "_h << locale.text("delivery.from", {{"network", line.network}});
        if (!line.sha256.empty()) out << " · "_h << name_of(line.sha256) << " <code class=\"g-code\">SHA-256 "_h << line.sha256 << "</code>"_h;
        out << "</li>"_h;
    }
    out << "</ul>"_h;
}

void write_deliveries(Html& out, DeliveryPage const& page)
{
    auto const& locale = page.locale();
    auto const all = page.deliveries().of(page.record.head.id);
    out << "<section class=\"g-section\" aria-labelledby=\"given-t\"><h2 id=\"given-t\">"_h << locale.text("delivery.given") << "</h2>"_h;
    if (all.empty()) out << "<p class=\"g-muted\">"_h << locale.text("delivery.none") << "</p>"_h;
    for (auto const& one : all) {
        auto const state = one.state(page.context().now);
        out << "<h3>"_h << locale.text("delivery.made", {{"when", locale.instant(one.made_at)}}) << " <span"_h;
        out.attr("class"_h, state == Delivery::State::Ready ? "g-badge g-badge--ok" : state == Delivery::State::Locked ? "g-badge g-badge--warn" : "g-badge");
        out << ">"_h << locale.text("delivery.state." + std::string{code_of(state)}) << "</span></h3><p>"_h
            << locale.text("delivery.figures", {{"until", locale.instant(one.expires_at)}, {"done", locale.number(one.downloads())}, {"most", locale.number(one.most_downloads)}, {"way", locale.text("public.delivery.way." + std::string{code_of(one.way)})}})
            << "</p>"_h;
        write_trace(out, page, one);
        if (state != Delivery::State::Withdrawn && state != Delivery::State::Expired) {
            accounts::open_form(out, page.context(), page.here("/delivery"));
            out << "<input type=\"hidden\" name=\"op\" value=\"withdraw\">"_h;
            accounts::submit_button(out, locale.text("delivery.withdraw"), false);
            out << "</form>"_h;
        }
    }
    out << "</section>"_h;
}

void write_files(Html& out, DeliveryPage const& page, FormState const& form)
{
    auto const& locale = page.locale();
    auto const chosen = form.values.all("files");
    out << "<fieldset"_h;
    out.attr("class"_h, form.error_of("files") ? "g-field g-field--err" : "g-field");
    out << "><legend class=\"form-label\">"_h << locale.text("delivery.files") << "</legend><p class=\"g-hint\">"_h << locale.text("delivery.files.hint") << "</p>"_h;
    std::size_t at = 0;
    for (auto const& attachment : records::attachments_of(page.kind, page.record.row)) {
        auto const id = at++ == 0 ? std::string{"f-files"} : "f-files-" + std::to_string(at);
        out << "<div class=\"form-check\"><input class=\"form-check-input\" type=\"checkbox\" name=\"files\""_h;
        out.attr("id"_h, id).attr("value"_h, attachment.id).flag("checked"_h, std::ranges::find(chosen, attachment.id) != chosen.end());
        out << "><label"_h;
        out.attr("for"_h, id);
        out << ">"_h << attachment.name << " <span class=\"g-muted\">"_h << locale.bytes(static_cast<std::uint64_t>(attachment.size)) << "</span></label></div>"_h;
    }
    out << "</fieldset>"_h;
}

void write_form(Html& out, DeliveryPage const& page, FormState const& form)
{
    auto const& locale = page.locale();
    out << "<section class=\"g-section\" aria-labelledby=\"give-t\"><h2 id=\"give-t\">"_h << locale.text("delivery.give") << "</h2>"_h;
    write_hindrances(out, page);
    if (records::attachments_of(page.kind, page.record.row).empty()) {
        out << "<p>"_h << locale.text("delivery.no_files") << " <a"_h;
        out.url("href"_h, page.here("/attachments"));
        out << ">"_h << locale.text("delivery.to_files") << "</a></p></section>"_h;
        return;
    }
    accounts::open_form(out, page.context(), page.here("/delivery"));
    out << "<input type=\"hidden\" name=\"op\" value=\"make\">"_h;
    write_files(out, page, form);
    std::vector<accounts::Option> ways;
    for (auto const way : {CodeWay::Phone, CodeWay::Post, CodeWay::Desk}) ways.push_back({std::string{code_of(way)}, locale.text("delivery.way." + std::string{code_of(way)})});
    if (page.can_mail()) ways.push_back({"mail", locale.text("delivery.way.mail", {{"address", page.request.requester.email.value}})});
    accounts::select_field(out, locale, form, {.name = "way", .label = "delivery.way", .hint = "delivery.way.hint"}, ways);
    accounts::text_field(out, locale, form, {.name = "downloads", .label = "delivery.downloads", .type = "number", .hint = "delivery.downloads.hint", .max_length = 3});
    accounts::text_field(out, locale, form, {.name = "days", .label = "delivery.days", .type = "number", .hint = "delivery.days.hint", .max_length = 3});
    accounts::submit_button(out, locale.text("delivery.give_button"));
    out << "</form></section>"_h;
}

void write_handed(Html& out, DeliveryPage const& page, FormState const& form)
{
    auto const& locale = page.locale();
    out << "<section class=\"g-section\" aria-labelledby=\"handed-t\"><h2 id=\"handed-t\">"_h << locale.text("delivery.handed") << "</h2><p>"_h << locale.text("delivery.handed_lead") << "</p>"_h;
    if (page.kind.is_closed(page.record.head.status)) {
        out << "<p class=\"g-muted\">"_h << locale.text("delivery.closed") << "</p></section>"_h;
        return;
    }
    accounts::open_form(out, page.context(), page.here("/delivery"));
    out << "<input type=\"hidden\" name=\"op\" value=\"handed\">"_h;
    accounts::text_field(out, locale, form, {.name = "proof", .label = "request.delivery_proof", .hint = "request.delivery_proof.help", .max_length = 300});
    accounts::submit_button(out, locale.text("delivery.handed_button"), false);
    out << "</form></section>"_h;
}

FormState fresh(DeliveryPage const& page)
{
    auto const usual = page.deliveries().defaults();
    FormState form;
    form.values.add("downloads", std::to_string(usual.downloads));
    form.values.add("days", std::to_string(usual.days));
    form.values.add("way", "phone");
    form.values.add("proof", page.request.delivery_proof);
    return form;
}

Response shown_page(DeliveryPage const& page, FormState const& form, std::string const& code = {}, std::string_view done = "", int status = 200)
{
    auto& context = page.context();
    auto const& locale = page.locale();
    auto const title = locale.text("delivery.title", {{"number", page.record.head.reference}});
    context.frame.crumbs = {{locale.text("register.requests"), context.address("/requests")}, {page.record.head.reference + " " + page.record.head.title, page.here()}};
    Html out;
    web::page_head(out, context.frame, title, locale.text("delivery.lead"), {});
    if (!done.empty()) alert(out, "ok", "circle-check", locale.text(done));
    if (!code.empty()) accounts::secret(out, locale, locale.text("delivery.code"), locale.text("delivery.code_once"), code);
    accounts::error_summary(out, locale, form, {{"files", "delivery.files"}, {"downloads", "delivery.downloads"}, {"days", "delivery.days"}, {"proof", "request.delivery_proof"}});
    out << "<div class=\"g-settings\">"_h;
    write_deliveries(out, page);
    write_form(out, page, form);
    write_handed(out, page, form);
    out << "</div>"_h;
    auto answer = accounts::shown(context, title, out, status);
    answer.header("Referrer-Policy", "no-referrer");
    return answer;
}

Deliveries::New wish_of(DeliveryPage const& page, Request const& request)
{
    Deliveries::New wish{page.record.head.id, page.context().who().id, parse_code_way(request.form.get("way")).value_or(CodeWay::Desk), whole_number(request.form.get("downloads")), whole_number(request.form.get("days")), {}};
    if (wish.way == CodeWay::Mail && !page.can_mail()) wish.way = CodeWay::Desk;
    auto const chosen = request.form.all("files");
    for (auto const& attachment : records::attachments_of(page.kind, page.record.row))
        if (std::ranges::find(chosen, attachment.id) != chosen.end()) wish.files.push_back({attachment.id, attachment.sha256, attachment.size});
    return wish;
}

Status hand_over(DeliveryPage const& page, std::string const& proof)
{
    std::vector<FieldError> errors;
    if (proof.empty()) errors.push_back({"proof", "required"});
    else if (!is_utf8(proof)) errors.push_back({"proof", "bad_utf8"});
    else if (length_utf8(proof) > 300) errors.push_back({"proof", "too_long", {{"max", "300"}}});
    if (!errors.empty()) return Error{ErrorKind::Invalid, "invalid", {}, std::move(errors)};
    auto const& context = page.context();
    records::Records const store(page.visit.services.machinery, context.where().id, context.who().sight);
    auto request = page.request;
    request.delivery_proof = proof;
    if (!request.answered_on) request.answered_on = local_date(context.now, context.where().zone);
    auto row = schema::carry(request::request_schema().info(), request::request_schema().pack(request), *page.kind.schema, page.record.row);
    TRY(store.update(page.kind, {page.record.head.id, page.record.head.version, std::move(row), {}, false}, {context.who().id, context.now, context.where().zone}));
    return Nothing{};
}

}  // namespace

Answer show_delivery(ReceptionServices& services, Context& context, Request const& request)
{
    auto const page = TRY(delivery_of(services, context, request));
    return shown_page(page, fresh(page));
}

Answer change_delivery(ReceptionServices& services, Context& context, Request const& request)
{
    auto page = TRY(delivery_of(services, context, request));
    auto const op = request.form.get("op");
    auto const refused = [&](Error const& error) {
        auto form = accounts::typed(request, {"downloads", "days", "way", "proof"});
        for (auto const& file : request.form.all("files")) form.values.add("files", file);
        form.take(error);
        return shown_page(page, form, {}, "", web::status_of(error.kind));
    };
    if (op == "make") {
        auto const code = give(page, wish_of(page, request));
        if (!code.ok()) return refused(code.error());
        return shown_page(page, fresh(page), *code, code->empty() ? "delivery.done_mailed" : "delivery.done");
    }
    if (op == "withdraw") {
        TRY(page.deliveries().withdraw(page.record.head.id, context.who().id, context.now));
        return shown_page(page, fresh(page), {}, "delivery.done_withdrawn");
    }
    if (op != "handed") return Error::not_found();
    auto const proof = request.form.get("proof");
    if (auto const done = hand_over(page, is_utf8(proof) ? squeeze(proof) : proof); !done.ok()) return refused(done.error());
    return Response::redirect(page.here("?done=delivery_handed"));
}

}  // namespace greffier::reception
