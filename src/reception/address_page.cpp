// Inside, for who handles a request: the secret address at which its sender follows it, made anew or closed.
#include "reception/address_page.hpp"

#include "accounts/pages/form.hpp"
#include "reception/follow_ups.hpp"
#include "reception/page_handlers.hpp"
#include "records/vocabulary.hpp"

namespace greffier::reception {

using namespace web::literals;

Result<records::Stored> request_inside(ReceptionServices& services, Context& context, Request const& request)
{
    auto const id = RecordId::parse(request.param("id"));
    auto const* kind = records::known_registers(services.machinery, context).find("requests");
    if (!id || !kind) return Error::not_found();
    return records::Records(services.machinery, context.where().id, context.who().sight).find(*kind, *id);
}

namespace {

Response address_page(ReceptionServices& services, Context& context, Request const& request, records::Stored const& record, std::string const& token)
{
    auto const& locale = context.locale;
    auto const title = locale.text("public.address.title", {{"number", record.head.reference}});
    auto const here = context.address("/requests/" + record.head.id.text());
    context.frame.crumbs = {{locale.text("register.requests"), context.address("/requests")}, {record.head.reference + " " + record.head.title, here}};
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
