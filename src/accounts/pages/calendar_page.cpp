// A person's reminders: how often the letter that gathers them comes, and the addresses their calendar programs read.
#include <algorithm>

#include "accounts/calendar_feeds.hpp"
#include "accounts/pages/form.hpp"
#include "accounts/pages/pages.hpp"
#include "web/problem.hpp"
#include "web/security_headers.hpp"

namespace greffier::accounts {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

namespace {

constexpr std::size_t offered_at_most = 40;   ///< organisations to choose from; beyond, a feed holds all

std::vector<OrganisationInfo> own_organisations(AccountServices& services, PersonId person)
{
    std::vector<OrganisationInfo> all;
    for (auto const& held : services.memberships.held_by(person)) {
        if (all.size() > offered_at_most) break;
        if (auto found = services.organisations.find(held.organisation); found && !found->archived) all.push_back(std::move(*found));
    }
    std::ranges::sort(all, {}, &OrganisationInfo::name);
    return all;
}

void pace_section(Html& out, AccountServices& services, Context const& context)
{
    if (!services.sends_mail()) return;
    auto const& locale = context.locale;
    auto const choice = [&] {
        auto session = services.database.read();
        return digest_choice(*session, *context.who().person);
    }();
    FormState form;
    form.values.add("pace", std::string{code_of(choice.pace)});
    out << "<section class=\"g-section\" aria-labelledby=\"pace-t\"><h2 id=\"pace-t\">"_h << locale.text("accounts.calendar.letters") << "</h2><p>"_h << locale.text("accounts.calendar.letters_lead") << "</p>"_h;
    open_form(out, context, "/account/reminders");
    select_field(out, locale, form, {.name = "pace", .label = "accounts.calendar.pace"}, {{"daily", locale.text("accounts.calendar.daily")}, {"weekly", locale.text("accounts.calendar.weekly")}});
    submit_button(out, locale.text("accounts.save"), false);
    out << "</form></section>\n"_h;
}

void feeds_section(Html& out, Context const& context, std::vector<CalendarFeed> const& feeds, std::vector<OrganisationInfo> const& organisations)
{
    auto const& locale = context.locale;
    out << "<section class=\"g-section\" aria-labelledby=\"feeds-t\"><h2 id=\"feeds-t\">"_h << locale.text("accounts.calendar.feeds") << "</h2><p>"_h << locale.text("accounts.calendar.feeds_lead") << "</p>"_h;
    for (auto const& feed : feeds) {
        out << "<div class=\"g-setting\"><div><h3>"_h << feed.name << "</h3><p>"_h;
        if (feed.organisations.empty()) out << locale.text("accounts.calendar.all");
        else {
            bool first = true;
            for (auto const& id : feed.organisations) {
                auto const found = std::ranges::find(organisations, id, &OrganisationInfo::id);
                if (found == organisations.end()) continue;   // left since: nothing of it is shown any more
                if (!std::exchange(first, false)) out << ", "_h;
                out << found->name;
            }
            if (first) out << locale.text("accounts.calendar.none_left");
        }
        out << "<br>"_h << locale.text("accounts.calendar.made", {{"when", locale.instant(feed.created_at)}}) << "<br>"_h
            << (feed.used_at ? locale.text("accounts.calendar.used", {{"when", locale.date(local_date(*feed.used_at, locale.zone()))}}) : locale.text("accounts.calendar.never_used"))
            << "</p></div><div class=\"g-push\">"_h;
        button_form(out, context, "/account/calendar/" + feed.id.text() + "/revoke", locale.text("accounts.calendar.revoke"), feed.name, true);
        out << "</div></div>\n"_h;
    }
    out << "</section>\n"_h;
}

void new_section(Html& out, Context const& context, FormState const& form, std::vector<OrganisationInfo> const& organisations)
{
    auto const& locale = context.locale;
    out << "<section class=\"g-section\" aria-labelledby=\"new-t\"><h2 id=\"new-t\">"_h << locale.text("accounts.calendar.new") << "</h2>"_h;
    open_form(out, context, "/account/calendar");
    text_field(out, locale, form, {.name = "name", .label = "accounts.calendar.name", .hint = "accounts.calendar.name_hint", .max_length = 60});
    if (organisations.size() > 1 && organisations.size() <= offered_at_most) {
        auto const chosen = form.values.all("organisation");
        out << "<fieldset class=\"g-field\"><legend class=\"form-label\">"_h << locale.text("accounts.calendar.organisations") << "</legend><p class=\"g-hint\">"_h << locale.text("accounts.calendar.organisations_hint") << "</p>"_h;
        for (auto const& one : organisations) {
            out << "<div class=\"form-check\"><input class=\"form-check-input\" type=\"checkbox\" name=\"organisation\""_h;
            out.attr("id"_h, "org-" + one.slug).attr("value"_h, one.slug).flag("checked"_h, std::ranges::find(chosen, one.slug) != chosen.end());
            out << "><label"_h;
            out.attr("for"_h, "org-" + one.slug);
            out << ">"_h << one.name << "</label></div>"_h;
        }
        out << "</fieldset>"_h;
    }
    submit_button(out, locale.text("accounts.calendar.make"));
    out << "</form></section>\n"_h;
}

Response page_of(AccountServices& services, Context& context, FormState const& form, std::string const& address, int status)
{
    auto const& locale = context.locale;
    auto const person = *context.who().person;
    context.frame.crumbs = {{locale.text("nav.account"), "/account"}};
    auto const organisations = own_organisations(services, person);
    Html out;
    web::page_head(out, context.frame, locale.text("accounts.calendar.title"), locale.text("accounts.calendar.lead"), {});
    if (!address.empty()) secret(out, locale, locale.text("accounts.calendar.secret_title"), locale.text("accounts.calendar.secret_words"), address);
    error_summary(out, locale, form, {{"name", "accounts.calendar.name"}});
    out << "<div class=\"g-settings\">"_h;
    pace_section(out, services, context);
    feeds_section(out, context, CalendarFeeds{services.database}.of(person), organisations);
    new_section(out, context, form, organisations);
    out << "</div>"_h;
    auto response = shown(context, locale.text("accounts.calendar.title"), out, status);
    if (!address.empty()) web::add_token_page_headers(response);
    return response;
}

}  // namespace

void calendar_section(Html& out, Context const& context)
{
    auto const& locale = context.locale;
    out << "<section class=\"g-section\" aria-labelledby=\"calendar-t\"><h2 id=\"calendar-t\">"_h << locale.text("accounts.calendar.title") << "</h2><p>"_h << locale.text("accounts.calendar.lead")
        << "</p><a class=\"btn btn-outline\" href=\"/account/calendar\">"_h << locale.text("accounts.calendar.open") << "</a></section>\n"_h;
}

Answer show_calendar(AccountServices& services, Context& context, Request const&)
{
    if (!context.who().person) return Error::not_found();
    return page_of(services, context, {}, {}, 200);
}

Answer make_calendar(AccountServices& services, Context& context, Request const& request)
{
    if (!context.who().person) return Error::not_found();
    auto const person = *context.who().person;
    std::vector<OrganisationId> chosen;
    auto const wanted = request.form.all("organisation");
    for (auto const& one : own_organisations(services, person))
        if (std::ranges::find(wanted, one.slug) != wanted.end()) chosen.push_back(one.id);
    if (chosen.size() < wanted.size()) return Error::not_found();   // one that is not theirs
    auto const token = CalendarFeeds{services.database}.make(person, request.form.get("name"), chosen, context.now);
    if (token.ok()) return page_of(services, context, {}, absolute(services, request, "/calendar/" + *token + ".ics"), 200);
    auto form = typed(request, {"name"});
    for (auto const& slug : wanted) form.values.add("organisation", slug);
    form.take(token.error());
    return page_of(services, context, form, {}, web::status_of(token.error().kind));
}

Answer revoke_calendar(AccountServices& services, Context& context, Request const& request)
{
    auto const id = FeedId::parse(request.param("feed"));
    if (!id || !context.who().person) return Error::not_found();
    TRY(CalendarFeeds{services.database}.revoke(*context.who().person, *id, context.now));
    return Response::redirect("/account/calendar?done=feed_revoked");
}

Answer save_pace(AccountServices& services, Context& context, Request const& request)
{
    auto const pace = parse_pace(request.form.get("pace"));
    if (!pace || !context.who().person) return Error::not_found();
    TRY(services.database.write([&](storage::Session& session) -> Status {
        session.lock_nothing();
        keep_digest_pace(session, *context.who().person, *pace);
        return Nothing{};
    }));
    return Response::redirect("/account/calendar?done=kept");
}

}  // namespace greffier::accounts
