// Outgoing mail, for whoever runs the installation: what waits, what failed and why; never what a message says.
#include "accounts/pages/form.hpp"
#include "accounts/pages/pages.hpp"
#include "web/problem.hpp"

namespace greffier::accounts {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

namespace {

void state_cell(Html& out, Locale const& locale, mail::Listed const& mail)
{
    open_cell(out, locale, "mail.outbox.state");
    if (mail.state == mail::State::Failed) {
        out << "<span class=\"g-badge g-badge--danger\">"_h << locale.text("mail.state.failed") << "</span>"_h;
    } else {
        out << "<span class=\"g-badge g-badge--info\">"_h << locale.text(mail.under_way ? "mail.state.under_way" : "mail.state.waiting") << "</span>"_h;
        if (mail.attempts > 0 && !mail.under_way) out << "<br><span class=\"g-small g-muted\">"_h << locale.text("mail.outbox.next", {{"when", locale.instant(mail.next_try)}}) << "</span>"_h;
    }
    if (mail.attempts > 0) out << "<br><span class=\"g-small g-muted\">"_h << locale.plural("mail.outbox.attempts", mail.attempts) << "</span>"_h;
    out << "</div></td>"_h;
}

void problem_cell(Html& out, Locale const& locale, mail::Listed const& mail)
{
    open_cell(out, locale, "mail.outbox.problem");
    if (mail.problem.empty()) out << "<span class=\"g-muted\">–</span>"_h;
    else out << locale.text("mail.problem." + mail.problem);
    if (!mail.said.empty()) out << "<br><span class=\"g-small g-muted\">"_h << locale.text("mail.outbox.said", {{"words", mail.said}}) << "</span>"_h;
    out << "</div></td>"_h;
}

void row(Html& out, Context const& context, mail::Listed const& mail)
{
    auto const& locale = context.locale;
    auto const spoken = locale.text("mail.outbox.spoken", {{"address", mail.recipient}});
    out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><div><span class=\"g-title\">"_h << locale.text("mail.kind." + std::string(code_of(mail.kind)))
        << "</span><br><span class=\"g-small g-muted\">"_h << mail.recipient << "</span>"_h;
    if (mail.organisation) out << "<br><span class=\"g-small g-muted\">"_h << *mail.organisation << "</span>"_h;
    out << "</div></th>"_h;
    open_cell(out, locale, "mail.outbox.since");
    out << "<time"_h;
    out.attr("datetime"_h, to_text(mail.created_at));
    out << ">"_h << locale.instant(mail.created_at) << "</time></div></td>"_h;
    state_cell(out, locale, mail);
    problem_cell(out, locale, mail);
    out << "<td role=\"cell\"><div class=\"g-actions\">"_h;
    auto const place = "/installation/mail/" + mail.id.text();
    if (mail.can_retry) button_form(out, context, place + "/retry", locale.text("mail.outbox.retry"), spoken, false);
    if (!mail.under_way) button_form(out, context, place + "/remove", locale.text("mail.outbox.remove"), spoken, true);
    out << "</div></td></tr>\n"_h;
}

void how_it_leaves(Html& out, AccountServices const& services, Locale const& locale)
{
    bool const sends = services.sends_mail();
    out << "<div class=\"g-settings\"><section class=\"g-section\" aria-labelledby=\"way-t\"><h2 id=\"way-t\">"_h << locale.text("mail.outbox.way") << "</h2><p>"_h;
    if (!sends) out << locale.text("mail.outbox.closed");
    else if (services.post->way.starts_with('/')) out << locale.text("mail.outbox.written", {{"directory", services.post->way}});
    else if (!services.post->way.empty()) out << locale.text("mail.outbox.by", {{"way", services.post->way}});
    else out << locale.text("mail.outbox.open");
    out << "</p><p class=\"g-small g-muted mb-0\">"_h << locale.text(sends ? "mail.outbox.try" : "mail.outbox.set") << "</p></section></div>\n"_h;
}

Response page_of(AccountServices& services, Context& context, FormState const& form, int status)
{
    auto const& locale = context.locale;
    auto const& outbox = services.post->outbox;
    context.frame.crumbs = {{locale.text("nav.installation"), ""}};
    auto const tally = outbox.tally();
    auto const list = outbox.list(context.now);
    Html out;
    web::page_head(out, context.frame, locale.text("mail.outbox.title"), locale.text("mail.outbox.lead"), {});
    error_summary(out, locale, form);
    how_it_leaves(out, services, locale);
    out << "<h2 class=\"mt-4\">"_h << locale.text("mail.outbox.list") << "</h2><p class=\"g-muted\">"_h
        << locale.text("mail.outbox.tally", {{"waiting", locale.number(tally.waiting)}, {"failed", locale.number(tally.failed)}, {"sent", locale.number(tally.sent)}}) << "</p>\n"_h;
    if (!list.empty()) {
        open_table(out, locale, {"mail.outbox.message", "mail.outbox.since", "mail.outbox.state", "mail.outbox.problem"}, true);
        for (auto const& mail : list) row(out, context, mail);
        close_table(out);
        if (static_cast<std::int64_t>(list.size()) < tally.waiting + tally.failed) out << "<p class=\"g-muted\">"_h << locale.text("mail.outbox.more") << "</p>\n"_h;
    }
    return shown(context, locale.text("mail.outbox.title"), out, status);
}

Answer acted(AccountServices& services, Context& context, Status const& done, std::string_view what)
{
    if (!done.ok() && done.error().kind == ErrorKind::NotFound) return done.error();
    if (!done.ok()) {
        FormState form;
        form.take(done.error());
        return page_of(services, context, form, web::status_of(done.error().kind));
    }
    return Response::redirect("/installation/mail?done=" + std::string(what));
}

}  // namespace

Answer show_outbox(AccountServices& services, Context& context, Request const&)
{
    if (!services.post) return Error::not_found();
    return page_of(services, context, {}, 200);
}

Answer retry_mail(AccountServices& services, Context& context, Request const& request)
{
    auto const id = mail::MailId::parse(request.param("id"));
    if (!services.post || !id) return Error::not_found();
    auto const done = services.post->outbox.retry(*id, context.now);
    if (done.ok()) services.post->outbox.ring();
    return acted(services, context, done, "mail_retried");
}

Answer remove_mail(AccountServices& services, Context& context, Request const& request)
{
    auto const id = mail::MailId::parse(request.param("id"));
    if (!services.post || !id) return Error::not_found();
    return acted(services, context, services.post->outbox.remove(*id), "mail_removed");
}

}  // namespace greffier::accounts
