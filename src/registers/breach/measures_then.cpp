#include "registers/breach/measures_then.hpp"

#include "accounts/modules.hpp"
#include "registers/ids.hpp"
#include "registers/standing_measures.hpp"
#include "schema/texts_of.hpp"
#include "web/frame.hpp"

namespace greffier::breach {

using namespace web::literals;

namespace {

/// What the processings named among their measures then.
std::vector<RecordId> applied_in(schema::SchemaInfo const& processing, std::map<RecordId, records::Stored> const& then)
{
    std::vector<RecordId> applied;
    for (auto const& [id, stood] : then)
        for (auto const& text : schema::texts_of(processing, stood.row, "applied_measures"))
            if (auto const measure = RecordId::parse(text)) applied.push_back(*measure);
    return applied;
}

}  // namespace

void write_measures_then(web::Html& out, records::PanelView const& view, std::vector<RecordId> const& affected, std::map<RecordId, records::Stored> const& then, Timestamp aware_at)
{
    auto const& known = view.machinery.registers;
    auto const* measures = known.find(schema::link_register<MeasureTag>);
    auto const* processings = known.find(schema::link_register<ProcessingTag>);
    if (!measures || !processings || !accounts::keeps_register(view.context.where(), measures->slug)) return;
    auto const& locale = view.context.locale;
    records::Records const records(view.machinery, view.context.where().id, view.context.who().sight);
    auto const standing = standing_measures(records, *measures, affected, applied_in(*processings->schema, then), aware_at);
    out << "<h3 class=\"g-h3 mt-3\">"_h << locale.text("breach.panel.measures") << "</h3>"_h;
    if (standing.measures.empty()) {
        out << "<p class=\"g-muted mb-0\">"_h << locale.text("breach.panel.measures.none") << "</p>"_h;
        return;
    }
    out << "<ul class=\"g-list\">"_h;
    for (auto const& one : standing.measures) {
        out << "<li><a"_h;
        out.url("href"_h, view.context.address("/measures/" + one.head.id.text() + "?at=" + to_text(aware_at)));
        out << ">"_h << one.head.title << "</a> <span class=\"g-ref\">"_h << one.head.reference << "</span> <span class=\"g-muted\">"_h << locale.text("status." + one.head.status) << "</span></li>"_h;
    }
    out << "</ul>"_h;
    if (standing.more) out << "<p class=\"g-small g-muted mb-0\">"_h << locale.text("measures.not_all", {{"most", locale.number(static_cast<std::int64_t>(most_standing_measures))}}) << "</p>"_h;
}

}  // namespace greffier::breach
