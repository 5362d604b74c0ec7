#include "registers/consent/when_page.hpp"

#include "records/articles.hpp"
#include "records/pages/paper.hpp"
#include "web/frame.hpp"

namespace greffier::consent {

using accounts::Context;
using web::Html;
using web::Response;
using namespace web::literals;

std::span<When const> all_cases()
{
    using enum Answer;
    static constexpr When all[] = {
        {"public_task", Other, "6(1)(e);6(1)(c);recital 43"},
        {"contract", Other, "6(1)(b)"},
        {"staff", Other, "7(4);88;recital 43"},
        {"sensitive", Depends, "9(2)", "health"},
        {"cookies", Depends, "LIL 82", "cookies"},
        {"e_marketing", Needed, "CPCE L. 34-5", "newsletter"},
        {"own_products", Other, "CPCE L. 34-5;21(2)"},
        {"telephone", Depends, "C. consom. L. 223-1;21(2)"},
        {"partners", Needed, "6(1)(a);CPCE L. 34-5", "partners"},
        {"reuse", Depends, "6(4);5(1)(b)"},
        {"pictures", Needed, "Code civil 9;6(1)(a)", "photo-adults"},
        {"children_pictures", Needed, "Code civil 9;Code civil 372-1", "photo-minors"},
        {"children_online", Depends, "8;LIL 45"},
        {"automated", Depends, "22(2)"},
        {"transfer", Depends, "49(1)(a);49(3)"},
    };
    return all;
}

namespace {

std::string_view code_of(Answer answer) { return answer == Answer::Needed ? "needed" : answer == Answer::Other ? "other" : "depends"; }
std::string_view tone_of(Answer answer) { return answer == Answer::Needed ? "info" : answer == Answer::Other ? "line" : "warn"; }

void write_case(Html& out, Context const& context, When const& one, bool writes)
{
    auto const& locale = context.locale;
    auto const key = "consent.when." + std::string{one.code};
    out << "<li><div><h2 class=\"g-h3 mb-1\">"_h << locale.text(key) << "</h2><p class=\"mb-1\"><span"_h;
    out.attr("class"_h, "g-badge g-badge--" + std::string{tone_of(one.answer)});
    out << ">"_h << locale.text("consent.when.badge." + std::string{code_of(one.answer)}) << "</span></p><p class=\"mb-1\">"_h << locale.text(key + ".answer") << "</p><p class=\"g-small mb-1\">"_h
        << locale.text("consent.when.example", {{"example", locale.text(key + ".example")}}) << "</p><p class=\"g-xs g-muted mb-0\">"_h << records::articles_in_words(one.articles, ';', locale) << "</p></div>"_h;
    if (!one.model.empty() && writes) {
        out << "<a class=\"btn btn-outline g-noprint\""_h;
        out.url("href"_h, context.address("/consent-points/new?model=" + std::string{one.model}));
        out << ">"_h;
        web::icon(out, "copy");
        out << " "_h << locale.text("model.adopt") << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon") << locale.text(key) << "</span></a>"_h;
    }
    out << "</li>"_h;
}

Result<Response> show(Context& context)
{
    auto const& locale = context.locale;
    context.frame.title = locale.text("consent.when.title");
    context.frame.crumbs = {{locale.text("register.consent-points"), context.address("/consent-points")}};
    Html out;
    web::page_head(out, context.frame, context.frame.title, locale.text("consent.when.lead"), records::paper_actions(locale, context.address("/consent-points"), locale.text("register.consent-points")));
    out << "<p class=\"g-alert g-alert--warn\">"_h;
    web::icon(out, "alert-triangle");
    out << "<span class=\"g-alert-text\">"_h << locale.text("consent.when.no_advice") << "</span></p><ul class=\"g-models\">"_h;
    bool const writes = accounts::may(context.who(), web::Permission::WriteRecords) && !context.seeing_as && !context.where().archived;
    for (auto const& one : all_cases()) write_case(out, context, one, writes);
    out << "</ul>"_h;
    return Response::html(web::page(context.frame, out));
}

}  // namespace

std::vector<accounts::Route> when_routes()
{
    return {{web::Method::Get, "/o/{organisation}/consent-points/when", web::Permission::ReadRecords, [](Context& context, web::Request const&) { return show(context); }}};
}

}  // namespace greffier::consent
