#include "registers/consent/panel.hpp"

#include <algorithm>

#include "registers/consent/consent.hpp"
#include "registers/consent/point.hpp"
#include "web/frame.hpp"

namespace greffier::consent {

using namespace web::literals;
using records::PanelView;
using web::Html;

namespace {

void open_panel(Html& out, std::string_view heading, std::string_view id)
{
    out << "<section class=\"g-panel mb-3\""_h;
    out.attr("aria-labelledby"_h, id);
    out << "><div class=\"g-panel-head\"><h2"_h;
    out.attr("id"_h, id);
    out << ">"_h << heading << "</h2></div><div class=\"g-panel-body\">"_h;
}

void close_panel(Html& out) { out << "</div></section>"_h; }

void link(Html& out, std::string const& address, std::string_view icon, std::string_view words)
{
    out << "<a class=\"btn btn-outline\""_h;
    out.url("href"_h, address);
    out << ">"_h;
    web::icon(out, icon);
    out << " "_h << words << "</a> "_h;
}

/// What makes a consent worth nothing, or doubtful: each with its reason.
std::vector<std::string> doubts_of(Point const& point)
{
    std::vector<std::string> keys;
    for (auto const act : point.acts)
        if (!counts(act)) keys.push_back("consent_act.refused." + std::string{choices_of(act).code(act)});
    for (auto const& [holds, key] : {std::pair{point.staff, "staff"}, {point.imbalance, "imbalance"}, {point.bundled, "bundled"}, {point.detriment, "detriment"},
                                     {point.collective_agreement, "collective_agreement"}, {point.blanket, "blanket"},
                                     {point.freely_given == false, "not_free"}, {point.specific == false, "not_specific"}, {point.informed == false, "not_informed"},
                                     {point.unambiguous == false, "ambiguous"}, {point.minors && point.parental_mechanism.value.empty(), "minors"},
                                     {!point.proof_processing.has_value(), "store"}})
        if (holds) keys.push_back(std::string{"consent_point.doubt."} + key);
    return keys;
}

}  // namespace

void write_point_panel(Html& out, PanelView const& view)
{
    auto const read = point_schema().unpack(view.stored.row);
    if (!read.ok()) return;
    auto const& locale = view.context.locale;
    if (auto const doubts = doubts_of(*read); !doubts.empty()) {
        open_panel(out, locale.text("consent_point.doubts"), "doubts-t");
        out << "<ul>"_h;
        for (auto const& key : doubts) out << "<li>"_h << locale.text(key) << "</li>"_h;
        out << "</ul><p class=\"g-small g-muted mb-0\">"_h << locale.text("consent_point.sanction") << "</p>"_h;
        close_panel(out);
    }
    if (view.at || !view.editable) return;
    out << "<p class=\"mb-3\">"_h;
    link(out, view.address + "/refresh", "refresh", locale.text("consent_point.refresh"));
    out << "</p>"_h;
}

void write_consent_panel(Html& out, PanelView const& view)
{
    auto const& locale = view.context.locale;
    auto const read = consent_schema().unpack(view.stored.row);
    if (!read.ok() || view.at) return;
    if (view.stored.head.status == "withdrawn" && !read->effects_on) {
        out << "<p class=\"g-alert g-alert--warn\" role=\"status\">"_h;
        web::icon(out, "alert-triangle");
        out << "<span>"_h << locale.text("consent.to_stop") << "</span></p>"_h;
    }
    out << "<p class=\"mb-3\">"_h;
    link(out, view.address + "/receipt", "download", locale.text("consent.receipt"));
    out << "</p>"_h;
}

void write_objection_panel(Html& out, PanelView const& view)
{
    if (view.at) return;
    out << "<p class=\"mb-3\">"_h;
    link(out, view.context.address("/objections/check"), "list-check", view.context.locale.text("objection.check.open"));
    out << "</p>"_h;
}

}  // namespace greffier::consent
