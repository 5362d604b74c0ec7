#include "registers/processor/panel.hpp"

#include <algorithm>

#include "registers/processor/processor.hpp"
#include "registers/processor/rules.hpp"
#include "web/frame.hpp"

namespace greffier::processor {

using records::Due;
using records::LinkedRecord;
using records::PanelView;
using web::Html;
using namespace web::literals;

namespace {

std::string words_of(Qualification qualification, Locale const& locale) { return locale.text("processor_qualification." + std::string{choices_of(qualification).code(qualification)}); }

void open_panel(Html& out, std::string_view heading)
{
    out << "<section class=\"g-panel g-col-4\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << heading << "</h2></div><div class=\"g-panel-body\">"_h;
}

void close_panel(Html& out) { out << "</div></section>"_h; }

void write_suggestion(Html& out, Locale const& locale, Processor const& p)
{
    open_panel(out, locale.text("processor.panel.suggestion"));
    auto const suggested = suggested_qualification(p);
    if (suggested == Qualification::NotQualified) {
        out << "<p class=\"mb-0\">"_h << locale.text("processor.panel.suggestion.none") << "</p>"_h;
    } else {
        out << "<p class=\"mb-1\"><strong>"_h << words_of(suggested, locale) << "</strong></p><p class=\"mb-0\">"_h
            << (suggested == p.qualification ? locale.text("processor.panel.suggestion.agrees")
                                             : locale.text("processor.panel.suggestion.differs", {{"chosen", words_of(p.qualification, locale)}}))
            << "</p>"_h;
    }
    close_panel(out);
}

void write_linked(Html& out, PanelView const& view, std::vector<LinkedRecord> const& linked, std::string_view slug, std::string const& key)
{
    auto const& locale = view.context.locale;
    open_panel(out, locale.text(key));
    bool open = false;
    for (auto const& one : linked) {
        if (one.register_slug != slug) continue;
        if (!open) out << "<ul class=\"mb-0\">"_h;
        open = true;
        out << "<li><a"_h;
        out.url("href"_h, view.context.address("/" + one.register_slug + "/" + one.id.text()));
        out << ">"_h << one.title << "</a> <span class=\"g-ref\">"_h << one.reference << "</span></li>"_h;
    }
    if (open) out << "</ul>"_h;
    else out << "<p class=\"mb-0\">"_h << locale.text(key + ".none") << "</p>"_h;
    close_panel(out);
}

void write_windows(Html& out, PanelView const& view, Processor const& p)
{
    auto const& locale = view.context.locale;
    auto const today = local_date(view.context.now, view.place.zone);
    if (std::ranges::none_of(p.subprocessors, [&](Subprocessor const& one) { return one.may_be_opposed(today); })) return;
    out << "<section class=\"g-alert g-alert--info\">"_h;
    web::icon(out, "hourglass");
    out << "<div class=\"g-alert-text\"><h2>"_h << locale.text("processor.panel.windows") << "</h2>"_h;
    for (auto const& one : p.subprocessors)
        if (one.may_be_opposed(today)) out << "<p>"_h << locale.text("processor.panel.window", {{"name", one.name}, {"day", locale.date(*one.objection_end())}}) << "</p>"_h;
    out << "</div></section>"_h;
}

}  // namespace

void write_panel(Html& out, PanelView const& view)
{
    auto const p = processor_schema().unpack(view.stored.row);
    if (!p.ok()) return;
    out << "<div class=\"g-cols\">"_h;
    write_suggestion(out, view.context.locale, *p);
    if (!view.at) {
        records::Records const records{view.machinery, view.context.where().id, view.context.who().sight};
        auto const linked = records.links_to(view.stored.head.id);
        write_linked(out, view, linked, "contracts", "processor.panel.contracts");
        write_linked(out, view, linked, "processings", "processor.panel.processings");
    }
    out << "</div>"_h;
    if (!view.at) write_windows(out, view, *p);
}

std::vector<Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    std::vector<Due> dues;
    auto const p = processor_schema().unpack(row);
    if (!p.ok() || context.status == "terminated" || context.status == "archived") return dues;
    for (auto const& one : p->certificates)
        if (one.expires_on) dues.push_back(context.on("processor.certificate", *one.expires_on, false, {"certificates", one.id, "expires_on"}));
    for (auto const& one : p->subprocessors)
        if (one.may_be_opposed(context.today)) dues.push_back(context.on("processor.objection", *one.objection_end(), false, {"subprocessors", one.id, "state"}));
    // An audit held since keeps the day that an earlier one had set.
    std::optional<Date> last;
    for (auto const& one : p->audits)
        if (one.held_on && (!last || *one.held_on > *last)) last = one.held_on;
    for (auto const& one : p->audits)
        if (one.next_on && (!last || *one.next_on > *last)) dues.push_back(context.on("processor.audit", *one.next_on, false, {"audits", one.id, "next_on"}));
    if (p->falls_under_28() && p->assessment && p->assessment_date)
        dues.push_back(context.on("processor.assessment", law::months_after_unmoved(*p->assessment_date, months_between_assessments).due, false, {"assessment_date"}));
    return dues;
}

}  // namespace greffier::processor
