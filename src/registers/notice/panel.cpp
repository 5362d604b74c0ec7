#include "registers/notice/panel.hpp"

#include <algorithm>

#include "records/pages/proofs.hpp"
#include "registers/notice/notice.hpp"
#include "web/frame.hpp"

namespace greffier::notice {

using records::Due;
using records::PanelView;
using web::Html;
using namespace web::literals;

namespace {

void write_items(Html& out, Locale const& locale, Notice const& notice)
{
    auto const missing = missing_items(notice);
    auto const given = std::ranges::count_if(notice.items, [](ItemRow const& row) { return row.state == ItemState::Given; });
    out << "<p><span class=\"g-rail-big\">"_h << locale.text("notice.panel.given", {{"given", std::to_string(given)}, {"count", std::to_string(all_items().size())}}) << "</span></p>"_h;
    if (missing.empty()) {
        out << "<p class=\"mb-0\">"_h << locale.text("notice.panel.complete") << "</p>"_h;
        return;
    }
    out << "<p class=\"mb-1\">"_h << locale.text("notice.panel.missing") << "</p><ul class=\"mb-0\">"_h;
    for (auto const* item : missing) out << "<li>"_h << locale.text("notice_item." + std::string{item->code}) << "</li>"_h;
    out << "</ul>"_h;
}

void write_way(Html& out, std::string const& address, std::string_view picture, std::string const& words, bool first)
{
    out << "<a"_h;
    out.attr("class"_h, first ? "btn btn-primary" : "btn btn-outline").url("href"_h, address);
    out << ">"_h;
    web::icon(out, picture);
    out << " "_h << words << "</a> "_h;
}

void write_words(Html& out, PanelView const& view, Notice const& notice)
{
    auto const& locale = view.context.locale;
    if (notice.is_poster()) {
        out << "<p>"_h << locale.text("notice.panel.poster") << "</p>"_h;
    } else if (!notice.has_words()) {
        out << "<p>"_h << locale.text("notice.panel.unwritten") << "</p>"_h;
    } else if (notice.written_on) {
        out << "<p>"_h << locale.text("notice.panel.written", {{"day", locale.date(*notice.written_on)}}) << "</p>"_h;
    }
    if (view.at) return;
    out << "<p class=\"mb-0\">"_h;
    auto const sheets = view.context.address("/sheets/");
    if (notice.situation == Situation::PosterData) write_way(out, sheets + "poster-data", "printer", locale.text("sheet.poster-data"), true);
    else if (notice.situation == Situation::PosterIncident) write_way(out, sheets + "poster-incident", "printer", locale.text("sheet.poster-incident"), true);
    else write_way(out, view.address + "/text", "file-text", locale.text("notice.panel.open"), true);
    out << "</p><details class=\"g-disclose mt-2\"><summary>"_h;
    web::icon(out, "chevron-right");
    out << locale.text("notice.panel.sheets") << "</summary><ul class=\"mb-0\">"_h;
    for (auto const* sheet : {"reflex", "attack", "poster-data", "poster-incident"}) {
        out << "<li><a"_h;
        out.url("href"_h, sheets + sheet);
        out << ">"_h << locale.text("sheet." + std::string{sheet}) << "</a></li>"_h;
    }
    out << "</ul></details>"_h;
}

}  // namespace

void write_panel(Html& out, PanelView const& view)
{
    auto const& locale = view.context.locale;
    auto const notice = notice_schema().unpack(view.stored.row);
    if (!notice.ok()) return;
    out << "<div class=\"g-cols\"><section class=\"g-panel g-col-7\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << locale.text("notice.panel.words") << "</h2></div><div class=\"g-panel-body\">"_h;
    write_words(out, view, *notice);
    out << "</div></section>"_h;
    if (!notice->is_poster()) {
        out << "<section class=\"g-panel g-col-5\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << locale.text("notice.items.short") << "</h2></div><div class=\"g-panel-body\">"_h;
        write_items(out, locale, *notice);
        out << "</div></section>"_h;
    }
    out << "</div>"_h;
    records::write_proofs(out, view);
}

std::vector<Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    auto const notice = notice_schema().unpack(row);
    if (!notice.ok() || notice->sent_on) return {};
    auto const due = indirect_due(*notice, context.where);
    return due ? std::vector{context.on("notice.indirect", *due, true, {"sent_on"})} : std::vector<Due>{};
}

}  // namespace greffier::notice
