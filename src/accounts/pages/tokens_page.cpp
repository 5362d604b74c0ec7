// API tokens of an organisation: listed, made (shown once), revoked.
#include <array>
#include <charconv>

#include "accounts/pages/second_step.hpp"
#include "web/problem.hpp"

namespace greffier::accounts {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

namespace {

constexpr std::array lives = {30, 90, 180, 365};   // days

void date_cell(Html& out, Locale const& locale, std::string_view label, std::optional<Timestamp> instant)
{
    out << "<td role=\"cell\""_h;
    out.attr("data-label"_h, locale.text(label));
    out << ">"_h;
    if (instant) {
        auto day = local_date(*instant, locale.zone());
        out << "<time"_h;
        out.attr("datetime"_h, to_text(*instant));
        out << ">"_h << locale.date(day) << "</time>"_h;
    } else {
        out << locale.text("accounts.tokens.never");
    }
    out << "</td>"_h;
}

void row(Html& out, Context const& context, TokenInfo const& token)
{
    auto const& locale = context.locale;
    bool in_force = !token.revoked_at && token.expires_at > context.now;
    out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><div><span class=\"g-title\">"_h << token.name << "</span>"_h;
    if (token.revoked_at)
        out << " <span class=\"g-badge g-badge--line\">"_h << locale.text("accounts.tokens.revoked") << "</span>"_h;
    else if (!in_force)
        out << " <span class=\"g-badge g-badge--line\">"_h << locale.text("accounts.tokens.expired") << "</span>"_h;
    out << "</div></th><td role=\"cell\""_h;
    out.attr("data-label"_h, locale.text("accounts.people.role"));
    out << ">"_h << locale.text("role." + std::string(code_of(token.role))) << "</td>"_h;
    date_cell(out, locale, "accounts.tokens.created", token.created_at);
    date_cell(out, locale, "accounts.tokens.last_used", token.last_used_at);
    date_cell(out, locale, "accounts.tokens.expires", token.expires_at);
    out << "<td role=\"cell\">"_h;
    if (in_force)
        button_form(out, context, context.address("/tokens/" + token.id.text() + "/revoke"), locale.text("accounts.tokens.revoke"), token.name, true);
    out << "</td></tr>\n"_h;
}

void table(Html& out, Context const& context, std::vector<TokenInfo> const& tokens)
{
    auto const& locale = context.locale;
    if (tokens.empty()) {
        out << "<p class=\"g-muted\">"_h << locale.text("accounts.tokens.none") << "</p>\n"_h;
        return;
    }
    open_table(out, locale, {"accounts.tokens.name", "accounts.people.role", "accounts.tokens.created", "accounts.tokens.last_used", "accounts.tokens.expires"}, true);
    for (auto const& token : tokens) row(out, context, token);
    close_table(out);
}

Response page_of(AccountServices& services, Context& context, FormState const& form, std::string const& plain, int status)
{
    auto const& locale = context.locale;
    context.frame.crumbs = {{locale.text("nav.administration"), ""}};
    Html out;
    web::page_head(out, context.frame, locale.text("accounts.tokens.title"), locale.text("accounts.tokens.lead"), {});
    if (!plain.empty()) secret(out, locale, locale.text("accounts.tokens.secret_title"), locale.text("accounts.tokens.secret_words"), plain);
    error_summary(out, locale, form, {{"name", "accounts.tokens.name"}});
    table(out, context, services.tokens.list(context.where().id));
    out << "<div class=\"g-settings mt-4\"><section class=\"g-section\" aria-labelledby=\"token-t\"><h2 id=\"token-t\">"_h << locale.text("accounts.tokens.new") << "</h2>"_h;
    open_form(out, context, context.address("/tokens"));
    text_field(out, locale, form, {.name = "name", .label = "accounts.tokens.name", .hint = "accounts.tokens.name_hint", .max_length = 100});
    select_field(out, locale, form, {.name = "role", .label = "accounts.people.role", .hint = "accounts.tokens.role_hint"}, role_options(locale, true));
    std::vector<Option> choices;
    for (auto days : lives) choices.push_back({std::to_string(days), locale.plural("accounts.tokens.days", days)});
    select_field(out, locale, form, {.name = "days", .label = "accounts.tokens.life"}, choices);
    submit_button(out, locale.text("accounts.tokens.add"));
    out << "</form></section></div>"_h;
    auto response = shown(context, locale.text("accounts.tokens.title"), out, status);
    if (!plain.empty()) response.header("Cache-Control", "no-store");
    return response;
}

FormState blank_form()
{
    FormState form;
    form.values.add("role", "reader");
    form.values.add("days", "90");
    return form;
}

}  // namespace

Answer list_tokens(AccountServices& services, Context& context, Request const&)
{
    return page_of(services, context, blank_form(), "", 200);
}

Answer add_token(AccountServices& services, Context& context, Request const& request)
{
    auto form = typed(request, {"name", "role", "days"});
    auto role = parse_role(request.form.get("role"));
    auto const sent_days = request.form.get("days");
    int days = 0;
    std::from_chars(sent_days.data(), sent_days.data() + sent_days.size(), days);
    if (!role) form.errors.push_back({"role", "unknown_role", {{"value", request.form.get("role")}}});
    if (std::find(lives.begin(), lives.end(), days) == lives.end()) form.errors.push_back({"days", "unknown_choice", {{"value", sent_days}}});
    if (!form.errors.empty()) return page_of(services, context, form, "", 422);
    if (auto asked = ask_again(services, context, request)) return std::move(*asked);   // it outlives the session
    // In the name of who makes it: it never does more than they may, and ends when they leave.
    auto added = services.tokens.add({.organisation = context.where().id, .person = context.who().person, .role = *role, .name = request.form.get("name"),
                                      .expires_at = context.now + std::chrono::hours{24 * days}}, context.now);
    if (!added.ok()) {
        form.take(added.error());
        return page_of(services, context, form, "", web::status_of(added.error().kind));
    }
    return page_of(services, context, blank_form(), added->plain, 200);
}

Answer revoke_token(AccountServices& services, Context& context, Request const& request)
{
    auto id = TokenId::parse(request.param("id"));
    if (!id) return Error::not_found();
    TRY(services.tokens.revoke(context.where().id, *id, context.now));
    return Response::redirect(context.address("/tokens?done=token_revoked"));
}

}  // namespace greffier::accounts
