// Mail that one does not want: the page of the address in it (RFC 8058: a mail program may post to it by itself), and the
// choice in one's own account.
#include "accounts/pages/form.hpp"
#include "accounts/pages/pages.hpp"
#include "web/security_headers.hpp"

namespace greffier::accounts {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

namespace {

std::string kind_key(mail::Kind kind) { return "mail.kind." + std::string(code_of(kind)); }

Result<mail::Refusals::Meant> meant_by(AccountServices& services, Request const& request)
{
    auto const meant = services.post ? services.post->refusals.read_token(request.param("token")) : std::nullopt;
    if (!meant || !services.people.find(meant->person)) return Error::not_found("expired_link");
    return *meant;
}

Response page_of(Context& context, Request const& request, mail::Kind kind, bool done)
{
    auto const& locale = context.locale;
    auto const title = locale.text(done ? "accounts.refusal.done_title" : "accounts.refusal.title");
    Arguments const what{{"what", locale.text(kind_key(kind))}};
    Html out;
    out << "<h1>"_h << title << "</h1><p class=\"g-lead mb-4\">"_h << locale.text(done ? "accounts.refusal.done" : "accounts.refusal.lead", what) << "</p>\n"_h;
    if (!done) {
        open_form(out, context, request.path);
        submit_button(out, locale.text("accounts.refusal.button"));
        out << "</form>"_h;
    }
    out << "<p class=\"g-small g-muted mt-3\">"_h << locale.text("accounts.refusal.again") << "</p>"_h;
    auto response = shown_alone(context, title, out, false, 200);
    web::add_token_page_headers(response);
    return response;
}

}  // namespace

Answer show_refusal(AccountServices& services, Context& context, Request const& request)
{
    auto const meant = TRY(meant_by(services, request));
    return page_of(context, request, meant.kind, services.post->refusals.of(meant.person).contains(meant.kind));
}

Answer refuse_mail(AccountServices& services, Context& context, Request const& request)
{
    auto const meant = TRY(meant_by(services, request));
    TRY(services.post->refusals.put(meant.person, meant.kind, true, context.now));
    return page_of(context, request, meant.kind, true);
}

void mail_choices(Html& out, AccountServices& services, Context const& context)
{
    if (!services.sends_mail() || !context.who().person) return;
    auto const& locale = context.locale;
    auto const refused = services.post->refusals.of(*context.who().person);
    out << "<section class=\"g-section\" aria-labelledby=\"mail-t\"><h2 id=\"mail-t\">"_h << locale.text("accounts.account.mail") << "</h2><p>"_h
        << locale.text("accounts.account.mail_lead") << "</p>"_h;
    open_form(out, context, "/account/mail");
    for (auto const kind : mail::all_kinds()) {
        if (!may_be_refused(kind)) continue;
        auto const code = std::string(code_of(kind));
        out << "<div class=\"g-field\"><div class=\"form-check\"><input class=\"form-check-input\" type=\"checkbox\" name=\"kind\""_h;
        out.attr("id"_h, "mail-" + code).attr("value"_h, code).flag("checked"_h, !refused.contains(kind));
        out << "><label"_h;
        out.attr("for"_h, "mail-" + code);
        out << ">"_h << locale.text("accounts.account.mail." + code) << "</label></div></div>"_h;
    }
    submit_button(out, locale.text("accounts.save"), false);
    out << "</form></section>\n"_h;
}

Answer save_mail_choices(AccountServices& services, Context& context, Request const& request)
{
    if (!services.post || !context.who().person) return Error::not_found();
    auto const wanted = request.form.all("kind");
    for (auto const kind : mail::all_kinds())
        if (may_be_refused(kind)) TRY(services.post->refusals.put(*context.who().person, kind, std::find(wanted.begin(), wanted.end(), code_of(kind)) == wanted.end(), context.now));
    return Response::redirect("/account?done=kept");
}

}  // namespace greffier::accounts
