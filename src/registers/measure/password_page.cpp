#include "registers/measure/password_page.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "law/parameters.hpp"
#include "law/passwords.hpp"
#include "web/frame.hpp"

namespace greffier::measure {

using accounts::Context;
using web::Html;
using web::Response;
using namespace web::literals;

namespace {

constexpr std::array<std::string_view, 3> cases{"alone", "restricted", "device"};
constexpr std::array<std::string_view, 4> characters{"lower", "upper", "digit", "special"};
constexpr int longest = 200, most_words = 30;

struct Asked {
    std::string password_case = "alone";
    law::PasswordPolicy policy{.length = 12, .lower = true, .upper = true, .digit = true, .special = true};
};

/// A number of the address; what is none, or beyond reason, is nothing.
int number_of(std::string const& text, int most)
{
    int value = 0;
    if (text.empty() || text.size() > 4) return 0;
    for (char const c : text) {
        if (c < '0' || c > '9') return 0;
        value = value * 10 + (c - '0');
    }
    return std::min(value, most);
}

bool& part_of(law::PasswordPolicy& policy, std::string_view name)
{
    return name == "lower" ? policy.lower : name == "upper" ? policy.upper : name == "digit" ? policy.digit : policy.special;
}

Asked read(web::Request const& request)
{
    Asked asked;
    if (!request.query.find("case")) return asked;
    auto const chosen = request.query.get("case");
    if (std::ranges::find(cases, chosen) != cases.end()) asked.password_case = chosen;
    asked.policy = {.length = number_of(std::string{request.query.get("length")}, longest), .words = number_of(std::string{request.query.get("words")}, most_words)};
    for (auto const& name : request.query.all("with"))
        if (std::ranges::find(characters, name) != characters.end()) part_of(asked.policy, name) = true;
    return asked;
}

void write_number(Html& out, Locale const& locale, std::string_view name, int value, int most)
{
    auto const key = "measure.passwords." + std::string{name};
    out << "<div class=\"mb-3\"><label class=\"form-label\""_h;
    out.attr("for"_h, name);
    out << ">"_h << locale.text(key) << "</label><input class=\"form-control\" type=\"number\" min=\"0\" inputmode=\"numeric\""_h;
    out.attr("id"_h, name).attr("name"_h, name).attr("max"_h, static_cast<std::int64_t>(most));
    if (value > 0) out.attr("value"_h, static_cast<std::int64_t>(value));
    out << "></div>"_h;
}

void write_form(Html& out, Context const& context, Asked asked)
{
    auto const& locale = context.locale;
    out << "<section class=\"g-panel g-col-5\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << locale.text("measure.passwords.policy")
        << "</h2></div><div class=\"g-panel-body\"><form method=\"get\"><div class=\"mb-3\"><label class=\"form-label\" for=\"case\">"_h << locale.text("measure.passwords.case")
        << "</label><select class=\"form-select\" id=\"case\" name=\"case\">"_h;
    for (auto const one : cases) {
        out << "<option"_h;
        out.attr("value"_h, one);
        if (one == asked.password_case) out << " selected"_h;
        out << ">"_h << locale.text("asset_password_case." + std::string{one}) << "</option>"_h;
    }
    out << "</select></div>"_h;
    write_number(out, locale, "length", asked.policy.length, longest);
    out << "<fieldset class=\"mb-3\"><legend class=\"form-label\">"_h << locale.text("measure.passwords.with") << "</legend>"_h;
    for (auto const name : characters) {
        auto const id = "with-" + std::string{name};
        out << "<div class=\"form-check\"><input class=\"form-check-input\" type=\"checkbox\" name=\"with\""_h;
        out.attr("id"_h, id).attr("value"_h, name);
        if (part_of(asked.policy, name)) out << " checked"_h;
        out << "><label class=\"form-check-label\""_h;
        out.attr("for"_h, id);
        out << ">"_h << locale.text("asset_password_characters." + std::string{name}) << "</label></div>"_h;
    }
    out << "</fieldset>"_h;
    write_number(out, locale, "words", asked.policy.words, most_words);
    out << "<button class=\"btn btn-primary\">"_h << locale.text("measure.passwords.compute") << "</button></form></div></section>"_h;
}

void write_result(Html& out, Context const& context, Asked const& asked)
{
    auto const& locale = context.locale;
    auto const today = local_date(context.now, context.where().zone);
    auto const bits = law::password_bits(asked.policy, today), wanted = law::password_threshold(asked.password_case, today);
    bool const enough = bits >= wanted;
    out << "<section class=\"g-panel g-col-7\" aria-live=\"polite\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << locale.text("measure.passwords.result")
        << "</h2></div><div class=\"g-panel-body\"><p><span class=\"g-rail-big\">"_h << locale.text("measure.passwords.bits", {{"bits", std::to_string(bits)}}) << "</span></p><p><span"_h;
    out.attr("class"_h, enough ? "g-badge g-badge--ok" : "g-badge g-badge--danger");
    out << ">"_h;
    web::icon(out, enough ? "circle-check" : "circle-x");
    out << " "_h << locale.text(enough ? "measure.passwords.enough" : "measure.passwords.short") << "</span></p><p>"_h << locale.text("measure.passwords.wanted", {{"bits", std::to_string(wanted)}}) << "</p>"_h;
    if (auto const length = law::shortest_password(asked.policy, wanted, today); !enough && length > 0)
        out << "<p>"_h << locale.text("measure.passwords.longer", {{"length", std::to_string(length)}}) << "</p>"_h;
    out << "<p class=\"g-small g-muted mb-0\">"_h << locale.text("measure.passwords.advice") << "</p><p class=\"g-xs g-muted mb-0\">"_h
        << locale.text("measure.source", {{"source", law::parameter("password." + asked.password_case, today).source}}) << "</p></div></section>"_h;
}

}  // namespace

Result<Response> show_passwords(records::PageServices const& services, Context& context, web::Request const& request)
{
    (void)services;
    auto const& locale = context.locale;
    context.frame.title = locale.text("measure.passwords.title");
    context.frame.crumbs = {{locale.text("register.measures"), context.address("/measures")}};
    auto const asked = read(request);
    Html out, actions;
    actions << "<a class=\"btn btn-outline\""_h;
    actions.url("href"_h, context.address("/measures/assessment"));
    actions << ">"_h << locale.text("measure.assessment.open") << "</a>"_h;
    web::page_head(out, context.frame, context.frame.title, locale.text("measure.passwords.lead"), actions);
    out << "<div class=\"g-cols\">"_h;
    write_form(out, context, asked);
    write_result(out, context, asked);
    out << "</div>"_h;
    return Response::html(web::page(context.frame, out));
}

}  // namespace greffier::measure
