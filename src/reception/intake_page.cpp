// "Take in a message": an .eml that somebody received elsewhere becomes a record, by a page or by the API.
#include <filesystem>
#include <fstream>

#include "accounts/pages/form.hpp"
#include "core/json_writer.hpp"
#include "reception/intake.hpp"
#include "reception/page_handlers.hpp"
#include "records/vocabulary.hpp"
#include "web/problem.hpp"

namespace greffier::reception {

using namespace web::literals;

namespace {

Result<records::Register const*> register_in(ReceptionServices const& services, Context& context, Request const& request)
{
    auto const* kind = TRY(records::register_of_path(services.machinery, context, request));
    if (!takes_messages(kind->slug)) return Error::not_found();
    return kind;
}

/// The one file of a form, or the body itself.
Result<std::string> message_in(Request const& request)
{
    if (request.files.empty()) {
        if (request.body.empty()) return Error{ErrorKind::Invalid, "invalid", {}, {{"file", "required"}}};
        return request.body;
    }
    auto const& file = request.files.front();
    if (file.size == 0) return Error{ErrorKind::Invalid, "invalid", {}, {{"file", "required"}}};
    std::ifstream stream(file.path, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(stream), {}};
}

Result<TakenIn> take(ReceptionServices& services, Context& context, records::Register const& kind, std::string const& message)
{
    IntakeServices const intake{services.machinery, services.vault, services.accounts.memberships};
    return take_in(intake, context.where(), kind.slug, message, {context.who().id, context.now, context.where().zone});
}

Response page_of(Context& context, records::Register const& kind, FormState const& form, int status = 200)
{
    auto const& locale = context.locale;
    std::string const slug{kind.slug};
    auto const title = locale.text("intake.title." + slug);
    context.frame.crumbs = {{locale.text("register." + slug), context.address("/" + slug)}};
    Html out;
    web::page_head(out, context.frame, title, locale.text("intake.lead"), {});
    accounts::error_summary(out, locale, form, {{"file", "intake.file"}});
    out << "<form class=\"g-section\" method=\"post\" enctype=\"multipart/form-data\" novalidate"_h;
    out.url("action"_h, context.address("/intake/" + slug));
    out << ">"_h;
    web::csrf_field(out, context.frame);
    out << "<div class=\"g-field\"><label class=\"form-label\" for=\"f-file\">"_h << locale.text("intake.file") << "</label><p class=\"g-hint\" id=\"f-file-h\">"_h << locale.text("intake.file.hint")
        << "</p><input class=\"form-control\" type=\"file\" id=\"f-file\" name=\"file\" accept=\".eml,message/rfc822\" aria-describedby=\"f-file-h\"></div>"_h;
    accounts::submit_button(out, locale.text("intake.button"));
    out << "</form>"_h;
    return accounts::shown(context, title, out, status);
}

}  // namespace

Answer show_intake(ReceptionServices& services, Context& context, Request const& request)
{
    return page_of(context, *TRY(register_in(services, context, request)), {});
}

Answer take_message(ReceptionServices& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_in(services, context, request));
    auto const message = message_in(request);
    auto const taken = message.ok() ? take(services, context, kind, *message) : Result<TakenIn>{message.error()};
    if (taken.ok()) {
        auto const done = taken->known ? "message_known" : taken->files_left_out > 0 || !taken->message_kept ? "message_partly" : "message_taken";
        return Response::redirect(context.address("/" + std::string{kind.slug} + "/" + taken->record.head.id.text() + "?done=" + done));
    }
    FormState form;
    form.take(taken.error());
    return page_of(context, kind, form, web::status_of(taken.error().kind));
}

Answer api_take_message(ReceptionServices& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_in(services, context, request));
    auto const taken = TRY(take(services, context, kind, TRY(message_in(request))));
    JsonWriter out;
    out.begin_object().member("id", taken.record.head.id.text()).member("reference", taken.record.head.reference).member("known", taken.known).member("message_kept", taken.message_kept)
        .member("files_left_out", static_cast<std::int64_t>(taken.files_left_out)).end_object();
    auto answer = Response::json(std::move(out).take(), taken.known ? 200 : 201);
    answer.header("Location", "/api/v1/organisations/" + context.where().slug + "/" + std::string{kind.slug} + "/" + taken.record.head.id.text());
    return answer;
}

}  // namespace greffier::reception
