#include "registers/evidence/map_page.hpp"

#include <algorithm>

#include "accounts/modules.hpp"
#include "core/text.hpp"
#include "records/pages/paper.hpp"
#include "records/pages/prefilled.hpp"
#include "records/pages/shared.hpp"
#include "records/vocabulary.hpp"
#include "registers/evidence/map.hpp"
#include "registers/evidence/register.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::evidence {

using accounts::Context;
using records::PageServices;
using web::Html;
using web::Response;
using namespace web::literals;

namespace {

struct MapView {
    Context& context;
    records::Registers const& registers;
    std::vector<MapLine> lines;
    bool may_write;
};

std::string code_of(Family family) { return std::string{choices_of(Family{}).code(family)}; }

void write_found(Html& out, Locale const& locale, Found found)
{
    out << "<span"_h;
    out.attr("class"_h, std::string{"g-badge g-badge--"} + (found == Found::There ? "ok" : found == Found::Expired ? "danger" : "warn"));
    out << ">"_h;
    web::icon(out, found == Found::There ? "circle-check" : found == Found::Expired ? "circle-x" : "circle-dashed");
    out << " "_h << locale.text("evidence_found." + std::string{code_of(found)}) << "</span>"_h;
}

void write_pieces(Html& out, MapView const& view, MapLine const& line)
{
    auto const& context = view.context;
    auto const& locale = context.locale;
    if (line.records > 0) {
        auto const slug = std::string{line.expected->register_slug};
        out << "<p class=\"mb-1\"><a"_h;
        out.url("href"_h, context.address("/" + slug));
        out << ">"_h << locale.text("register." + slug) << "</a> <span class=\"g-muted\">"_h << locale.number(line.records) << "</span></p>"_h;
    }
    for (auto const* piece : line.pieces) {
        out << "<p class=\"mb-1\"><a"_h;
        out.url("href"_h, context.address("/evidence/" + piece->head.id.text()));
        out << ">"_h << piece->head.title << "</a> <span class=\"g-ref\">"_h << piece->head.reference << "</span>"_h;
        if (piece->evidence.valid_until) out << " <span class=\"g-muted g-small\">"_h << locale.text("evidence.map.until", {{"day", locale.date(*piece->evidence.valid_until)}}) << "</span>"_h;
        out << "</p>"_h;
    }
    if (line.found == Found::There || !view.may_write) return;
    if (!line.expected->document) {
        out << "<p class=\"mb-0\"><a"_h;
        out.url("href"_h, context.address("/" + std::string{line.expected->register_slug}));
        out << ">"_h << locale.text("evidence.map.begin") << "</a></p>"_h;
        return;
    }
    web::Pairs answers;
    answers.add("name", locale.text("evidence_expected." + std::string{line.expected->code}));
    answers.add("family", code_of(line.expected->family));
    answers.add("document", std::string{choices_of(Document{}).code(*line.expected->document)});
    out << "<p class=\"mb-0\"><a"_h;
    out.url("href"_h, records::new_form_address(context, "evidence", answers));
    out << ">"_h << locale.text("evidence.map.add") << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon") << locale.text("evidence_expected." + std::string{line.expected->code}) << "</span></a></p>"_h;
}

void write_line(Html& out, MapView const& view, MapLine const& line)
{
    auto const& locale = view.context.locale;
    out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">"_h << locale.text("evidence_expected." + std::string{line.expected->code});
    if (!line.expected->article.empty()) out << "<p class=\"g-xs g-muted mb-0\">"_h << schema::article_words(line.expected->article, locale) << "</p>"_h;
    out << "</th><td role=\"cell\">"_h;
    write_found(out, locale, line.found);
    out << "</td><td role=\"cell\"><div>"_h;
    write_pieces(out, view, line);
    out << "</div></td></tr>"_h;
}

void write_family(Html& out, MapView const& view, Family family)
{
    auto const& locale = view.context.locale;
    int there = 0, count = 0;
    for (auto const& line : view.lines)
        if (line.expected->family == family) ++count, there += line.found == Found::There;
    auto const words = locale.text("evidence_family." + code_of(family));
    out << "<section class=\"g-panel mb-4\"><div class=\"g-panel-head\"><h2>"_h << words << "</h2> <span class=\"g-muted\">"_h
        << locale.text("evidence.map.of", {{"there", std::to_string(there)}, {"count", std::to_string(count)}}) << "</span></div><div class=\"g-tablewrap\" tabindex=\"0\" role=\"group\""_h;
    out.attr("aria-label"_h, words);
    out << "><table class=\"g-table g-table--cards g-table--even\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    for (auto const* key : {"evidence.map.expected", "evidence.map.state", "evidence.map.pieces"}) out << "<th role=\"columnheader\" scope=\"col\">"_h << locale.text(key) << "</th>"_h;
    out << "</tr></thead><tbody role=\"rowgroup\">"_h;
    for (auto const& line : view.lines)
        if (line.expected->family == family) write_line(out, view, line);
    out << "</tbody></table></div></section>"_h;
}

/// Live records that count; none of a register that is switched off.
std::int64_t count_of(records::Registers const& registers, records::Records const& records, Context const& context, Expected const& expected)
{
    auto const* kind = registers.find(expected.register_slug);
    if (!kind || !accounts::keeps_register(context.where(), kind->slug)) return 0;
    std::int64_t count = 0;
    for (auto const& [status, number] : records.count_by_status(*kind))
        if (expected.status.empty() ? status != "archived" : status == expected.status) count += number;
    return count;
}

Result<Response> show_map(PageServices const& services, Context& context, web::Request const&)
{
    auto const& registers = records::known_registers(services.machinery, context);
    auto const* kind = registers.find(evidence_register().slug);
    if (!kind) return Error::not_found();
    auto const records = records::pages::store(services, context);
    std::vector<Piece> pieces;
    records.each(*kind, std::nullopt, [&](records::Stored const& stored) {
        if (auto piece = evidence_schema().unpack(stored.row); piece.ok()) pieces.push_back({stored.head, *std::move(piece)});
    });
    auto const& locale = context.locale;
    MapView const view{context, registers, map_of(pieces, [&](Expected const& expected) { return count_of(registers, records, context, expected); }, local_date(context.now, context.where().zone)),
                       accounts::may(context.who(), web::Permission::WriteRecords)};
    records::pages::begin(context, *kind, locale.text("evidence.map"));
    Html out;
    web::page_head(out, context.frame, context.frame.title, locale.text("evidence.map.lead"), records::print_button(locale));
    for (auto const family : {Family::Processings, Family::Information, Family::Contracts, Family::Rights, Family::Security, Family::Governance}) write_family(out, view, family);
    return Response::html(web::page(context.frame, out));
}

}  // namespace

std::vector<accounts::Route> map_routes(PageServices const& services)
{
    return {{web::Method::Get, "/o/{organisation}/evidence/map", web::Permission::ReadRecords, [&services](Context& context, web::Request const& request) { return show_map(services, context, request); }}};
}

}  // namespace greffier::evidence
