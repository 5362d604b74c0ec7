// What one agreed to, for who agreed: by purpose, with the words that were read; to withdraw as easily as it was given. The
// address is all that opens it. Who has none asks for it: the answer is the same whether an address is known or not.
#include <algorithm>

#include "core/text.hpp"
#include "reception/consent_receipt.hpp"
#include "reception/fields.hpp"
#include "reception/follow_ups.hpp"
#include "reception/letters.hpp"
#include "reception/page_handlers.hpp"
#include "reception/preferences.hpp"
#include "reception/submissions.hpp"
#include "records/vocabulary.hpp"
#include "web/problem.hpp"

namespace greffier::reception {

using namespace web::literals;

namespace {

constexpr std::string_view action = "preferences";

Preferences preferences_of(Visit const& visit)
{
    auto const& kinds = records::known_registers(visit.services.machinery, visit.context);
    // Whoever holds the address sees what is theirs, whatever the register hides from others.
    return {visit.services.machinery, *kinds.find("consents"), *kinds.find("consent-points"), visit.where().id, accounts::Sight::everything()};
}

std::string form_name(Visit const& visit) { return "preferences/" + visit.request.param("token"); }

// ---- asking for the address ------------------------------------------------------------------------------

Response ask_page(Visit const& visit, FormState const& form, int status = 200, std::optional<std::chrono::seconds> wait = {})
{
    auto const& locale = visit.locale();
    auto const title = locale.text("public.preferences.title");
    Html out;
    page_title(out, visit, title, locale.text("public.preferences.lead", {{"organisation", visit.organisation_name()}}));
    if (visit.services.sends_mail() || visit.preview) {
        errors_of(out, visit, form, {{"email", "public.request.email"}});
        open_form(out, visit, form, action);
        accounts::text_field(out, locale, form, {.name = "email", .label = "public.request.email", .type = "email", .autocomplete = "email", .hint = "public.preferences.email.hint", .max_length = 254});
        close_form(out, visit, "public.preferences.send");
    } else {
        auto const& profile = visit.profile;
        out << "<p>"_h << locale.text("public.preferences.no_mail", {{"contact", joined({profile.rights_contact, profile.dpo.published_contact, profile.dpo.email, profile.email})}}) << "</p>"_h;
    }
    write_notice(out, visit, action);
    auto answer = shown(visit, title, out, {.status = status});
    if (wait) answer.header("Retry-After", std::to_string(wait->count()));
    return answer;
}

/// The letters are queued, or nothing is; nobody can tell which.
void send_addresses(Visit const& visit, std::string const& email)
{
    auto* post = visit.services.accounts.post;
    if (!post) return;
    auto const people = preferences_of(visit).reached_at(email);
    if (people.empty()) return;
    (void)visit.services.database().write([&](storage::Session& session) -> Status {
        session.lock(visit.where().id);
        for (auto const& one : people) {
            auto const id = one.record.head.id;
            auto const token = FollowUps::make_in(session, visit.where().id, id, visit.context.now, FollowUps::life_of_preferences);
            // To the address that is kept, not as it was typed.
            (void)post->outbox.queue(session, preferences_letter(visit.services.accounts, visit.request, visit.locale(), visit.organisation_name(), visit.where(), {"", one.consent.email.value}, id, token, true, visit.context.now), visit.context.now);
        }
        return Nothing{};
    });
    post->outbox.ring();
}

// ---- the page of one person ------------------------------------------------------------------------------

Result<std::vector<Held>> held_by(Visit const& visit)
{
    auto const found = FollowUps(visit.services.database(), visit.where().id).find(visit.request.param("token"), visit.context.now);
    if (!found) return Error::not_found();
    return preferences_of(visit).of_record(found->record);
}

void fact(Html& out, std::string const& name, std::string const& words)
{
    if (!words.empty()) out << "<dt>"_h << name << "</dt><dd>"_h << words << "</dd>"_h;
}

bool is_stale(Visit const& visit, Held const& held)
{
    if (held.status() != "given" || !held.point || !held.point->refresh_months) return false;
    auto const until = consent::fresh_until(held.consent, *held.point->refresh_months, visit.where().zone);
    return until && *until < local_date(visit.context.now, visit.where().zone);
}

void act_button(Html& out, Visit const& visit, std::string_view op, std::string const& id, std::string_view label, std::string const& purpose, bool primary)
{
    out << "<button type=\"submit\" name=\"act\""_h;
    out.attr("class"_h, primary ? "btn btn-primary" : "btn btn-outline").attr("value"_h, std::string{op} + " " + id).flag("disabled"_h, visit.preview);
    out << ">"_h << visit.locale().text(label);
    if (!purpose.empty()) out << "<span class=\"g-hidden\">"_h << visit.locale().text("punctuation.colon") << purpose << "</span>"_h;
    out << "</button> "_h;
}

void write_wording(Html& out, Visit const& visit, Held const& held)
{
    auto const& locale = visit.locale();
    auto const* words = held.point ? held.point->wording(held.consent.wording_version) : nullptr;
    if (!words) return;
    auto const& text = locale.language() == Language::English && !words->wording_en.value.empty() ? words->wording_en.value : words->wording_fr.value;
    if (text.empty()) return;
    out << "<details class=\"g-disclose\"><summary>"_h;
    web::icon(out, "chevron-right");
    out << locale.text("public.preferences.wording") << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon") << held.consent.purpose << "</span></summary><blockquote class=\"g-quote\">"_h;
    out.lines(text);
    out << "</blockquote></details>"_h;
}

void write_held(Html& out, Visit const& visit, Held const& held)
{
    auto const& locale = visit.locale();
    auto const id = held.record.head.id.text();
    out << "<section class=\"g-public-record\"><h2>"_h << held.consent.purpose << "</h2><dl class=\"g-public-facts\">"_h;
    fact(out, locale.text("public.preferences.state"), locale.text("public.preferences.state." + held.status()));
    if (held.point) fact(out, locale.text("public.preferences.where"), held.point->name);
    if (held.consent.given_at) fact(out, locale.text("public.preferences.given"), locale.instant(*held.consent.given_at));
    if (held.consent.withdrawn_at) fact(out, locale.text("public.preferences.withdrawn"), locale.instant(*held.consent.withdrawn_at));
    if (auto const* purpose = held.point ? held.point->purpose(held.consent.purpose) : nullptr) {
        fact(out, locale.text("public.preferences.details"), purpose->details.value);
        fact(out, locale.text("public.preferences.recipients"), purpose->recipients);
    }
    out << "</dl>"_h;
    write_wording(out, visit, held);
    out << "<p class=\"mt-2\">"_h;
    if (is_stale(visit, held)) act_button(out, visit, "confirm", id, "public.preferences.confirm", held.consent.purpose, true);
    if (held.may_withdraw()) act_button(out, visit, "withdraw", id, "public.preferences.withdraw", held.consent.purpose, false);
    if (held.may_give_again()) act_button(out, visit, "again", id, "public.preferences.again", held.consent.purpose, false);
    if (!visit.preview) {
        out << "<a class=\"btn btn-ghost\""_h;
        out.url("href"_h, visit.address("/" + form_name(visit) + "/receipt/" + id));
        out << ">"_h << locale.text("public.preferences.receipt") << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon") << held.consent.purpose << "</span></a>"_h;
    }
    out << "</p></section>\n"_h;
}

Response own_page(Visit const& visit, std::vector<Held> const& all, FormState const& form, std::string const& done = "", int status = 200)
{
    auto const& locale = visit.locale();
    auto const title = locale.text("public.preferences.own");
    Html out;
    page_title(out, visit, title, locale.text("public.preferences.own_lead", {{"organisation", visit.organisation_name()}}));
    if (!done.empty()) {
        out << "<p class=\"g-alert g-alert--ok\" role=\"status\">"_h;
        web::icon(out, "circle-check");
        out << "<span>"_h << locale.text(done) << "</span></p>"_h;
    }
    errors_of(out, visit, form, {});
    open_form(out, visit, form, form_name(visit));
    for (auto const& held : all) write_held(out, visit, held);
    if (std::ranges::count_if(all, &Held::may_withdraw) > 1) {
        out << "<p>"_h;
        act_button(out, visit, "withdraw", "all", "public.preferences.withdraw_all", {}, false);
        out << "</p>"_h;
    }
    out << "</form><h2>"_h << locale.text("public.preferences.after") << "</h2><p>"_h << locale.text("public.preferences.after_words") << "</p>"_h;
    write_notice(out, visit, action);
    return shown(visit, title, out, {.status = status, .indexed = false});
}

struct Wish {
    std::string op;
    std::vector<Held const*> of;
};

/// What the button that was pressed asks, of those that stand on the page; nothing for what stands not there.
std::optional<Wish> wish_of(Request const& request, std::vector<Held> const& all)
{
    auto const act = request.form.get("act");
    auto const space = act.find(' ');
    if (space == std::string::npos) return std::nullopt;
    Wish wish{std::string{act.substr(0, space)}, {}};
    auto const id = act.substr(space + 1);
    for (auto const& held : all) {
        if (id != "all" && held.record.head.id.text() != id) continue;
        bool const may = wish.op == "withdraw" ? held.may_withdraw() : wish.op == "again" ? held.may_give_again() : wish.op == "confirm" && held.status() == "given";
        if (may) wish.of.push_back(&held);
    }
    if (wish.of.empty() || (id == "all" && wish.op != "withdraw")) return std::nullopt;
    return wish;
}

Status carry_out(Visit const& visit, records::Batch& batch, Wish const& wish)
{
    auto const preferences = preferences_of(visit);
    auto const today = local_date(visit.context.now, visit.where().zone);
    for (auto const* held : wish.of) {
        auto const id = held->record.head.id;
        if (wish.op == "withdraw") TRY(preferences.withdraw_in(batch, id, consent::Channel::PreferencesPage));
        else if (wish.op == "confirm") TRY(preferences.confirm_in(batch, id, today));
        else TRY(preferences.give_again_in(batch, *held, visit.context.now, today, visit.locale().text("public.preferences.evidence", {{"reference", held->record.head.reference}})));
    }
    return Nothing{};
}

std::vector<std::string> owners_of(Wish const& wish)
{
    std::vector<std::string> addresses;
    for (auto const* held : wish.of)
        if (held->point && !held->point->owner.email.empty()) addresses.push_back(held->point->owner.email.value);
    return addresses;
}

}  // namespace

Answer show_preferences(Visit& visit) { return ask_page(visit, {}); }

Answer ask_preferences(Visit& visit)
{
    auto form = typed(visit.request);
    if (!visit.services.sends_mail()) return Error::not_found();
    if (!word_of(visit, form, action)) return ask_page(visit, form, 422);
    auto const email = line_of(visit.request, form, "email", 254, true);
    if (!email.empty() && !is_email(email)) form.refuse("email", "not_an_email");
    if (!form.errors.empty()) return ask_page(visit, form, 422);
    if (auto const wait = wait_of(visit, form)) return ask_page(visit, form, 429, wait);
    send_addresses(visit, email);
    auto const& locale = visit.locale();
    auto const title = locale.text("public.preferences.sent");
    Html out;
    out << "<h1>"_h << title << "</h1><p>"_h << locale.text("public.preferences.sent_lead") << "</p>"_h;
    return shown(visit, title, out, {.indexed = false});
}

Answer show_own_preferences(Visit& visit)
{
    auto const all = TRY(held_by(visit));
    return own_page(visit, all, {});
}

Answer take_own_preferences(Visit& visit)
{
    auto const all = TRY(held_by(visit));
    auto form = typed(visit.request);
    auto const word = word_of(visit, form, form_name(visit));
    if (!word) return own_page(visit, all, form, "", 422);
    auto const wish = wish_of(visit.request, all);
    if (!wish) {
        form.refuse("", "preferences_nothing");
        return own_page(visit, all, form, "", 422);
    }
    if (auto const wait = wait_of(visit, form)) {
        auto answer = own_page(visit, all, form, "", 429);
        answer.header("Retry-After", std::to_string(wait->count()));
        return answer;
    }
    auto const preferences = preferences_of(visit);
    auto const done = add_to(visit, preferences.kind(), wish->of.front()->record.head.id, *word, {}, [&](records::Batch& batch, records::Stored&) { return carry_out(visit, batch, *wish); }, owners_of(*wish));
    if (!done.ok() && done.error().code != "form_sent_already") {
        form.take(done.error());
        return own_page(visit, all, form, "", web::status_of(done.error().kind));
    }
    return own_page(visit, TRY(held_by(visit)), {}, "public.preferences.done." + wish->op);
}

Answer give_own_receipt(Visit& visit)
{
    auto const all = TRY(held_by(visit));
    auto const id = visit.request.param("consent");
    auto const found = std::ranges::find(all, id, [](Held const& held) { return held.record.head.id.text(); });
    if (found == all.end()) return Error::not_found();
    auto answer = Response::json(consent_receipt({*found, visit.profile, visit.organisation_name(), std::string{visit.locale().code()},
                                                  accounts::absolute(visit.services.accounts, visit.request, "/p/" + visit.where().slug + "/preferences"), visit.context.now}));
    answer.header("Content-Disposition", "attachment; filename=\"" + found->record.head.reference + ".json\"");
    answer.header("Referrer-Policy", "no-referrer");
    answer.header("Cache-Control", "private, no-store");
    return answer;
}

}  // namespace greffier::reception
