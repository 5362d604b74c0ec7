#include "registers/undertaking/panel.hpp"

#include "records/pages/paper.hpp"
#include "records/vocabulary.hpp"
#include "registers/undertaking/register.hpp"
#include "registers/undertaking/undertaking.hpp"
#include "web/frame.hpp"

namespace greffier::undertaking {

using accounts::Context;
using records::PanelView;
using web::Html;
using web::Response;
using namespace web::literals;

namespace {

constexpr std::string_view blank_line = "………………………………";   // filled in by hand

std::string or_blank(std::string const& words) { return words.empty() ? std::string{blank_line} : words; }

void write_paper(Html& out, Undertaking const& one, std::string const& organisation, Locale const& words)
{
    out << "<article class=\"g-letter\""_h;
    out.attr("lang"_h, words.code());
    out << "><h2>"_h << words.text("undertaking.paper.title") << "</h2><p>"_h
        << words.text("undertaking.paper.opening", {{"person", or_blank(one.person)}, {"function", or_blank(one.function)}, {"company", or_blank(one.company.empty() ? organisation : one.company)}})
        << "</p>"_h;
    if (!one.access.empty()) {
        out << "<p>"_h << words.text("undertaking.paper.access") << "</p><p>"_h;
        out.lines(one.access.value);
        out << "</p>"_h;
    }
    out << "<p>"_h << words.text("undertaking.paper.care") << "</p><p>"_h << words.text("undertaking.paper.promises") << "</p><ul>"_h;
    for (auto const code : all_promises()) out << "<li>"_h << words.text("undertaking.promise." + std::string{code}) << "</li>"_h;
    out << "</ul><p>"_h << words.text("undertaking.paper.lasting") << "</p><p>"_h << words.text("undertaking.paper.sanctions") << "</p><p>"_h
        << words.text("undertaking.paper.done", {{"place", or_blank(one.place)}, {"day", one.signed_on ? words.date(*one.signed_on) : std::string{blank_line}}, {"count", std::to_string(one.originals.value_or(2))}})
        << "</p><p class=\"g-letter-signature\">"_h << words.text("undertaking.paper.signature") << "</p></article>"_h;
}

Result<Response> show_paper(records::Machinery const& machinery, Context& context, web::Request const& request)
{
    auto const* kind = records::known_registers(machinery, context).find(undertaking_register().slug);
    auto const id = RecordId::parse(request.param("id"));
    if (!kind || !id) return Error::not_found();
    auto const stored = TRY(records::Records(machinery, context.where().id, context.who().sight).find(*kind, *id));
    auto const one = TRY(undertaking_schema().unpack(stored.row));
    auto const& locale = context.locale;
    auto const back = context.address("/undertakings/" + stored.head.id.text());
    context.frame.title = locale.text("undertaking.paper.title");
    context.frame.crumbs = {{locale.text("register.undertakings"), context.address("/undertakings")}, {stored.head.reference + " " + stored.head.title, back}};
    auto const shown = parse_language(request.query.get("lang")).value_or(context.where().language);
    Html out, actions = records::paper_link(back, locale.text("undertaking.paper.back"));
    actions << records::paper_in_two_languages(locale, back + "/paper", shown);
    web::page_head(out, context.frame, context.frame.title, locale.text("undertaking.paper.lead"), actions);
    write_paper(out, one, context.where().name, Locale(shown, context.where().zone));
    return Response::html(web::page(context.frame, out));
}

}  // namespace

void write_panel(Html& out, PanelView const& view)
{
    if (view.at) return;
    auto const& locale = view.context.locale;
    out << "<section class=\"g-panel mb-4\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << locale.text("undertaking.paper.title") << "</h2><a class=\"btn btn-outline\""_h;
    out.url("href"_h, view.address + "/paper");
    out << ">"_h;
    web::icon(out, "printer");
    out << " "_h << locale.text("undertaking.paper.open") << "</a></div></section>"_h;
}

std::vector<accounts::Route> paper_routes(records::Machinery const& machinery)
{
    return {{web::Method::Get, "/o/{organisation}/undertakings/{id}/paper", web::Permission::ReadRecords,
             [&machinery](Context& context, web::Request const& request) { return show_paper(machinery, context, request); }}};
}

}  // namespace greffier::undertaking
