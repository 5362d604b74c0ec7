// GET /o/{organisation}/settings/reminders: the steps at which people are reminded, and those the organisation adds or does without.
#include <algorithm>

#include "accounts/pages/form.hpp"
#include "core/text.hpp"
#include "law/ladders.hpp"
#include "overview/agenda.hpp"
#include "overview/agenda_page.hpp"
#include "overview/reminders.hpp"
#include "web/frame.hpp"
#include "web/problem.hpp"

namespace greffier::overview {

using namespace web::literals;
using accounts::Context;
using accounts::FormState;
using law::Rung;
using web::Html;
using web::Request;
using web::Response;

namespace {

constexpr std::array all_told{law::Told::Owner, law::Told::Dpo, law::Told::Controller, law::Told::Administrator};
constexpr std::array units{std::pair{Rung::Unit::Days, "d"}, std::pair{Rung::Unit::WorkingDays, "w"}, std::pair{Rung::Unit::Months, "m"}, std::pair{Rung::Unit::Hours, "h"}};
constexpr int longest_amount = 999;

std::string kind_words(std::string const& kind, Locale const& locale)
{
    if (kind == "*legal") return locale.text("reminders.other_legal");
    if (kind == "*house") return locale.text("reminders.other_house");
    return words_of_due(kind, locale);
}

/// "7 jours avant l’échéance"
std::string rung_words(Rung const& rung, Locale const& locale)
{
    auto const code = rung.code();
    std::string const unit(1, code.back());
    std::string const from = rung.anchor == Rung::Anchor::Start ? "start" : "due";
    if (rung.amount == 0) return locale.text("rung." + from + ".at." + (rung.unit == Rung::Unit::Hours ? "h" : "d"));
    return locale.plural("rung." + from + (rung.amount < 0 ? ".before." : ".after.") + unit, std::abs(rung.amount));
}

std::string told_words(std::vector<law::Told> const& told, Locale const& locale)
{
    std::vector<std::string> names;
    for (auto const one : told) names.push_back(locale.text("told." + std::string{law::code_of(one)}));
    return join(names, ", ");
}

struct Settings {
    Context& context;
    OwnRungs own;
    Date today{};
};

void button(Html& out, Settings const& settings, std::string_view op, std::string const& kind, std::string const& code, std::string const& words, std::string_view key)
{
    auto const& locale = settings.context.locale;
    accounts::open_form(out, settings.context, settings.context.address("/settings/reminders"));
    for (auto const& [name, value] : {std::pair<std::string_view, std::string>{"op", std::string{op}}, {"kind", kind}, {"rung", code}}) {
        out << "<input type=\"hidden\""_h;
        out.attr("name"_h, name).attr("value"_h, value);
        out << ">"_h;
    }
    out << "<button class=\"btn btn-outline btn-sm\" type=\"submit\">"_h << locale.text(key) << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon") << kind_words(kind, locale) << ", "_h << words
        << "</span></button></form>"_h;
}

void write_rung(Html& out, Settings const& settings, Rung const& rung, bool own, bool left_out)
{
    auto const& locale = settings.context.locale;
    auto const words = rung_words(rung, locale);
    auto const code = rung.code();
    out << "<li><div>"_h;
    if (left_out) out << "<s>"_h << words << "</s> <span class=\"g-badge\">"_h << locale.text("reminders.left_out") << "</span>"_h;
    else out << "<strong>"_h << words << "</strong>"_h;
    if (own) out << " <span class=\"g-badge g-badge--info\">"_h << locale.text("reminders.own") << "</span>"_h;
    out << " <span class=\"g-small g-muted\">"_h << told_words(rung.told, locale);
    if (!rung.escalated.empty()) out << locale.text("reminders.escalated", {{"who", told_words(rung.escalated, locale)}});
    out << "</span></div><div class=\"g-push\">"_h;
    if (own) button(out, settings, "restore", rung.kind, code, words, "reminders.remove");
    else if (left_out) button(out, settings, "restore", rung.kind, code, words, "reminders.restore");
    else if (!law::is_legal_ladder(rung.kind)) button(out, settings, "leave_out", rung.kind, code, words, "reminders.leave_out");
    out << "</div></li>"_h;
}

void write_kind(Html& out, Settings const& settings, std::string const& kind)
{
    auto const& locale = settings.context.locale;
    bool const legal = law::is_legal_ladder(kind);
    auto const mine = settings.own.find(kind);
    out << "<details class=\"g-disclose\""_h;
    out.flag("open"_h, mine != settings.own.end());
    out << "><summary>"_h;
    web::icon(out, "chevron-right");
    out << kind_words(kind, locale) << " <span"_h;
    out.attr("class"_h, legal ? "g-badge g-badge--info" : "g-badge");
    out << ">"_h << locale.text(legal ? "agenda.of_law" : "agenda.of_house") << "</span></summary><ul class=\"g-rungs\">"_h;
    auto const defaults = law::ladder_of(kind, legal, settings.today);
    for (auto const& rung : defaults) {
        auto const left_out = mine != settings.own.end() && mine->second.contains(rung.code()) && mine->second.at(rung.code()).empty();
        write_rung(out, settings, rung, false, left_out && !legal);
    }
    if (mine != settings.own.end())
        for (auto const& [code, told] : mine->second) {
            auto rung = law::parse_rung(code);
            if (told.empty() || !rung) continue;
            rung->kind = kind;
            rung->told = told;
            write_rung(out, settings, *rung, true, false);
        }
    out << "</ul></details>"_h;
}

void write_form(Html& out, Settings const& settings, FormState const& form)
{
    auto const& locale = settings.context.locale;
    out << "<section class=\"g-section\" aria-labelledby=\"add-t\"><h2 id=\"add-t\">"_h << locale.text("reminders.add") << "</h2>"_h;
    accounts::open_form(out, settings.context, settings.context.address("/settings/reminders"));
    out << "<input type=\"hidden\" name=\"op\" value=\"add\">"_h;
    std::vector<accounts::Option> kinds, unit_options;
    for (auto const& kind : law::kinds_with_ladders()) kinds.push_back({kind, kind_words(kind, locale)});
    accounts::select_field(out, locale, form, {.name = "kind", .label = "agenda.kind"}, kinds);
    accounts::text_field(out, locale, form, {.name = "amount", .label = "reminders.amount", .type = "number", .max_length = 3});
    for (auto const& [unit, letter] : units) unit_options.push_back({letter, locale.text("reminders.unit." + std::string{letter})});
    accounts::select_field(out, locale, form, {.name = "unit", .label = "reminders.unit"}, unit_options);
    accounts::select_field(out, locale, form, {.name = "side", .label = "reminders.side"}, {{"before", locale.text("reminders.before")}, {"after", locale.text("reminders.after")}});
    auto const chosen = form.values.all("told");
    out << "<fieldset class=\"g-field\"><legend class=\"form-label\">"_h << locale.text("reminders.told") << "</legend>"_h;
    if (auto const* error = form.error_of("told")) out << "<p class=\"g-err\" id=\"told-e\">"_h << locale.text("error." + error->code, error->arguments) << "</p>"_h;
    for (auto const one : all_told) {
        auto const code = std::string{law::code_of(one)};
        out << "<div class=\"form-check\"><input class=\"form-check-input\" type=\"checkbox\" name=\"told\""_h;
        out.attr("id"_h, "told-" + code).attr("value"_h, code).flag("checked"_h, std::ranges::find(chosen, code) != chosen.end());
        out << "><label"_h;
        out.attr("for"_h, "told-" + code);
        out << ">"_h << locale.text("told." + code) << "</label></div>"_h;
    }
    out << "</fieldset>"_h;
    accounts::submit_button(out, locale.text("reminders.add_it"));
    out << "</form></section>"_h;
}

Response page_of(OverviewServices const& services, Context& context, FormState const& form, int status)
{
    auto const& locale = context.locale;
    Settings settings{context, {}, local_date(context.now, context.where().zone)};
    {
        auto session = services.machinery.database.read_of(context.where().id);
        settings.own = own_rungs(*session, context.where().id);
    }
    context.frame.crumbs = {{locale.text("nav.agenda"), context.address("/agenda")}};
    Html out;
    web::page_head(out, context.frame, locale.text("reminders.title"), locale.text("reminders.lead"), {});
    accounts::error_summary(out, locale, form, {{"amount", "reminders.amount"}, {"told", "reminders.told"}});
    out << "<div class=\"g-settings\"><section class=\"g-section\" aria-labelledby=\"ladders-t\"><h2 id=\"ladders-t\">"_h << locale.text("reminders.ladders") << "</h2><p>"_h << locale.text("reminders.ladders_lead") << "</p>"_h;
    for (auto const& kind : law::kinds_with_ladders()) write_kind(out, settings, kind);
    out << "</section>"_h;
    write_form(out, settings, form);
    out << "</div>"_h;
    return accounts::shown(context, locale.text("reminders.title"), out, status);
}

Result<Rung> sent_rung(Request const& request)
{
    auto const amount = request.form.get("amount"), unit = request.form.get("unit");
    if (amount.empty()) return Error{ErrorKind::Invalid, "invalid", {}, {{"amount", "required", {}}}};
    if (amount.size() > 3 || !std::ranges::all_of(amount, [](char c) { return c >= '0' && c <= '9'; }) || std::stoi(amount) > longest_amount) return Error{ErrorKind::Invalid, "invalid", {}, {{"amount", "not_a_number", {}}}};
    Rung rung;
    rung.amount = std::stoi(amount) * (request.form.get("side") == "after" ? 1 : -1);
    auto const found = std::ranges::find(units, unit, [](auto const& one) { return std::string{one.second}; });
    if (found == units.end()) return Error::not_found();
    rung.unit = found->first;
    for (auto const& code : request.form.all("told"))
        if (auto const told = law::parse_told(code); told && std::ranges::find(rung.told, *told) == rung.told.end()) rung.told.push_back(*told);
    return rung;
}

Result<Response> save(OverviewServices const& services, Context& context, Request const& request)
{
    auto& database = services.machinery.database;
    auto const op = request.form.get("op"), kind = request.form.get("kind"), code = request.form.get("rung");
    auto const done = [&]() -> Status {
        if (op == "leave_out") return leave_out_rung(database, context.where().id, kind, code, context.now);
        if (op == "restore") return forget_rung(database, context.where().id, kind, code, context.now);
        if (op != "add") return Error::not_found();
        return keep_rung(database, context.where().id, kind, TRY(sent_rung(request)), context.now);
    }();
    if (done.ok()) return Response::redirect(context.address("/settings/reminders?done=kept"));
    if (done.error().kind == ErrorKind::NotFound) return done.error();
    auto form = accounts::typed(request, {"kind", "amount", "unit", "side"});
    for (auto const& one : request.form.all("told")) form.values.add("told", one);
    form.take(done.error());
    return page_of(services, context, form, web::status_of(done.error().kind));
}

}  // namespace

std::vector<accounts::Route> reminder_settings_routes(OverviewServices const& services)
{
    using web::Method;
    using web::Permission;
    return {
        {Method::Get, "/o/{organisation}/settings/reminders", Permission::ShapeRecords, [&services](Context& context, Request const&) -> Result<Response> {
             FormState form;
             form.values.add("told", "owner");
             return page_of(services, context, form, 200);
         }},
        {Method::Post, "/o/{organisation}/settings/reminders", Permission::ShapeRecords, [&services](Context& context, Request const& request) { return save(services, context, request); }},
    };
}

}  // namespace greffier::overview
