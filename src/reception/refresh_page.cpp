// Old agreements of one point (CON-006): asked again by mail with the address of the person's preferences, noted as asked, or
// noted as ended when nobody answered.
#include <algorithm>

#include "accounts/modules.hpp"
#include "accounts/pages/form.hpp"
#include "reception/follow_ups.hpp"
#include "reception/letters.hpp"
#include "reception/page_handlers.hpp"
#include "reception/preferences.hpp"
#include "records/vocabulary.hpp"
#include "web/frame.hpp"

namespace greffier::reception {

using namespace web::literals;

namespace {

constexpr std::size_t most_at_once = 200;
constexpr int days_to_answer = 30;

struct Campaign {
    records::Stored point;
    Preferences preferences;
    std::vector<Held> stale;
    Date today{};
};

Result<Campaign> campaign_of(ReceptionServices& services, Context& context, Request const& request)
{
    auto const id = RecordId::parse(request.param("id"));
    auto const& kinds = records::known_registers(services.machinery, context);
    auto const* consents = kinds.find("consents");
    auto const* points = kinds.find("consent-points");
    if (!id || !consents || !points || !accounts::keeps_register(context.where(), "consents")) return Error::not_found();
    auto point = TRY(records::Records(services.machinery, context.where().id, context.who().sight).find(*points, *id));
    Preferences preferences(services.machinery, *consents, *points, context.where().id, context.who().sight);
    auto const today = local_date(context.now, context.where().zone);
    auto stale = preferences.stale_of(*id, today, context.where().zone);
    return Campaign{std::move(point), std::move(preferences), std::move(stale), today};
}

bool is_unanswered(Held const& held, Date today) { return held.consent.asked_again_on && add_days(*held.consent.asked_again_on, days_to_answer) < today; }

void op_button(Html& out, Context const& context, std::string const& here, std::string_view op, std::string_view label, bool primary)
{
    accounts::open_form(out, context, here);
    out << "<input type=\"hidden\" name=\"op\""_h;
    out.attr("value"_h, op);
    out << ">"_h;
    accounts::submit_button(out, context.locale.text(label), primary);
    out << "</form>"_h;
}

void write_line(Html& out, Context const& context, Held const& held)
{
    auto const& locale = context.locale;
    out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><a"_h;
    out.url("href"_h, context.address("/consents/" + held.record.head.id.text()));
    out << ">"_h << held.record.head.reference << "</a></th><td role=\"cell\">"_h << held.consent.purpose << "</td><td role=\"cell\">"_h
        << (held.consent.given_at ? locale.date(local_date(*held.consent.given_at, context.where().zone)) : std::string{}) << "</td><td role=\"cell\">"_h
        << (held.consent.asked_again_on ? locale.date(*held.consent.asked_again_on) : locale.text("consent.refresh.not_yet")) << "</td><td role=\"cell\">"_h
        << locale.text(held.consent.email.empty() ? "consent.refresh.no_address" : "consent.refresh.has_address") << "</td></tr>"_h;
}

Response page_of(ReceptionServices& services, Context& context, Campaign const& campaign, std::string const& done)
{
    auto const& locale = context.locale;
    auto const here = context.address("/consent-points/" + campaign.point.head.id.text());
    auto const title = locale.text("consent_point.refresh");
    context.frame.crumbs = {{locale.text("register.consent-points"), context.address("/consent-points")}, {campaign.point.head.reference + " " + campaign.point.head.title, here}};
    Html out;
    web::page_head(out, context.frame, title, locale.text("consent.refresh.lead"), {});
    if (!done.empty()) {
        out << "<p class=\"g-alert g-alert--ok\" role=\"status\">"_h;
        web::icon(out, "circle-check");
        out << "<span>"_h << done << "</span></p>"_h;
    }
    if (campaign.stale.empty()) {
        out << "<p>"_h << locale.text("consent.refresh.none") << "</p>"_h;
        return accounts::shown(context, title, out);
    }
    bool const open = PublicPages(services.database(), context.where().id).of(Page::Preferences).is_open();
    out << "<p>"_h << locale.plural("consent.refresh.count", static_cast<std::int64_t>(campaign.stale.size())) << "</p>"_h;
    if (!open) out << "<p class=\"g-muted\">"_h << locale.text("consent.refresh.closed") << "</p>"_h;
    out << "<div class=\"g-public-acts mb-3\">"_h;
    if (open && services.sends_mail()) op_button(out, context, here + "/refresh", "mail", "consent.refresh.mail", true);
    op_button(out, context, here + "/refresh", "mark", "consent.refresh.mark", false);
    if (std::ranges::any_of(campaign.stale, [&](Held const& held) { return is_unanswered(held, campaign.today); })) op_button(out, context, here + "/refresh", "expire", "consent.refresh.expire", false);
    out << "</div><div class=\"g-tablewrap\" tabindex=\"0\" role=\"group\""_h;
    out.attr("aria-label"_h, title);
    out << "><table class=\"g-table g-table--cards\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    for (auto const* key : {"column.reference", "consent.purpose", "consent.given_at", "consent.asked_again_on", "consent.refresh.address"}) out << "<th role=\"columnheader\" scope=\"col\">"_h << locale.text(key) << "</th>"_h;
    out << "</tr></thead><tbody role=\"rowgroup\">"_h;
    for (std::size_t i = 0; i < std::min(campaign.stale.size(), most_at_once); ++i) write_line(out, context, campaign.stale[i]);
    out << "</tbody></table></div>"_h;
    return accounts::shown(context, title, out);
}

struct Campaigned {
    int noted = 0, written_to = 0;
};

/// Those not asked yet come first; a second press asks the next ones.
Result<Campaigned> run(ReceptionServices& services, Context& context, Request const& request, Campaign const& campaign, std::string const& op)
{
    Campaigned done;
    auto const visit = visit_of(services, context, request, Page::Preferences);
    auto* post = services.accounts.post;
    bool const writes = op == "mail" && post && visit.is_open(Page::Preferences);
    Locale const locale(context.where().language, context.where().zone);
    std::function<void()> once_committed = [] {};
    TRY(services.database().write([&](storage::Session& session) -> Status {
        session.lock(context.where().id);
        if (accounts::is_archived(session, context.where().id)) return Error::conflict("organisation_archived");
        records::Batch batch(services.machinery, context.where().id, session, {context.who().id, context.now, context.where().zone}, context.who().sight);
        for (auto const& held : campaign.stale) {
            if (static_cast<std::size_t>(done.noted) >= most_at_once) break;
            auto const id = held.record.head.id;
            if (op == "expire") {
                if (!is_unanswered(held, campaign.today)) continue;
                TRY(campaign.preferences.expire_in(batch, id));
                ++done.noted;
                continue;
            }
            if (held.consent.asked_again_on || (op == "mail" && (!writes || held.consent.email.empty()))) continue;
            TRY(campaign.preferences.ask_again_in(batch, id, campaign.today));
            ++done.noted;
            if (!writes) continue;
            auto const token = FollowUps::make_in(session, context.where().id, id, context.now, FollowUps::life_of_preferences);
            if (post->outbox.queue(session, preferences_letter(services.accounts, request, locale, visit.organisation_name(), context.where(), {"", held.consent.email.value}, id, token, false, context.now), context.now)) ++done.written_to;
        }
        batch.finish();
        once_committed = batch.once_committed();
        return Nothing{};
    }));
    once_committed();
    if (done.written_to > 0) post->outbox.ring();
    return done;
}

}  // namespace

Answer show_refresh(ReceptionServices& services, Context& context, Request const& request)
{
    auto const campaign = TRY(campaign_of(services, context, request));
    return page_of(services, context, campaign, {});
}

Answer take_refresh(ReceptionServices& services, Context& context, Request const& request)
{
    auto const op = request.form.get("op");
    if (op != "mail" && op != "mark" && op != "expire") return Error::not_found();
    auto const campaign = TRY(campaign_of(services, context, request));
    auto const done = TRY(run(services, context, request, campaign, op));
    auto const after = TRY(campaign_of(services, context, request));
    return page_of(services, context, after, context.locale.plural("consent.refresh.done", done.noted));
}

}  // namespace greffier::reception
