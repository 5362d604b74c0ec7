#include "registers/evidence/panel.hpp"

#include "registers/evidence/evidence.hpp"
#include "web/frame.hpp"

namespace greffier::evidence {

using records::PanelView;
using web::Html;
using namespace web::literals;

void write_panel(Html& out, PanelView const& view)
{
    auto const piece = evidence_schema().unpack(view.stored.row);
    if (!piece.ok()) return;
    auto const& locale = view.context.locale;
    if (!piece->attachments.empty()) {
        out << "<section class=\"g-panel mb-3\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << locale.text("evidence.fingerprint") << "</h2></div><ul class=\"g-list\">"_h;
        for (auto const& file : piece->attachments) {
            out << "<li><div>"_h << file.name << "<br><span class=\"g-xs g-muted\">SHA-256 <code>"_h;
            // In groups, so that a narrow screen breaks it and an eye compares it.
            for (std::size_t i = 0; i < file.sha256.size(); i += 8) out << (i ? " " : "") << file.sha256.substr(i, 8);
            out << "</code></span></div></li>"_h;
        }
        out << "</ul><div class=\"g-panel-body\"><p class=\"g-small g-muted mb-0\">"_h << locale.text("evidence.fingerprint.help") << "</p></div></section>"_h;
    }
    if (view.at) return;
    out << "<p class=\"mb-3\"><a class=\"btn btn-outline\""_h;
    out.url("href"_h, view.context.address("/evidence/map"));
    out << ">"_h;
    web::icon(out, "file-certificate");
    out << " "_h << locale.text("evidence.map.open") << "</a></p>"_h;
}

}  // namespace greffier::evidence
