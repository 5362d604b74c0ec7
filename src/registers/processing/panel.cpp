#include "registers/processing/panel.hpp"

#include "accounts/modules.hpp"
#include "registers/processing/processing.hpp"
#include "registers/processing/security_text.hpp"
#include "registers/standing_measures.hpp"
#include "web/frame.hpp"

namespace greffier::processing {

using records::PanelView;
using web::Html;
using namespace web::literals;

namespace {

/// What stands in the register of measures for this processing; whether there may be more than is read here.
bool add_registered(std::vector<SaidMeasure>& into, PanelView const& view, Processing const& processing)
{
    auto const* measures = view.machinery.registers.find(schema::link_register<MeasureTag>);
    if (!measures || !accounts::keeps_register(view.context.where(), measures->slug)) return false;
    std::vector<RecordId> applied;
    for (auto const& id : processing.applied_measures) applied.push_back({id.uuid});
    auto standing = standing_measures(records::Records(view.machinery, view.context.where().id, view.context.who().sight), *measures, {view.stored.head.id}, applied, {});
    for (auto& one : standing.measures) into.push_back({std::move(one.kind), std::move(one.head.title), one.partial});
    return standing.more;
}

/// The list of kinds with what the organisation added to it.
schema::List const& kinds_of(PanelView const& view)
{
    auto const* rows = view.kind.schema->find("measures");
    auto const* type = rows && rows->rows ? rows->rows->find("type") : nullptr;
    return type && type->list ? *type->list : MeasureTypes::list();
}

}  // namespace

void write_panel(Html& out, PanelView const& view)
{
    if (view.at) return;
    auto const processing = processing_schema().unpack(view.stored.row);
    if (!processing.ok()) return;
    std::vector<SaidMeasure> measures;
    for (auto const& row : processing->measures) measures.push_back({row.type ? row.type->code : std::string{}, row.details.value});
    bool const more = add_registered(measures, view, *processing);
    auto const sentences = security_text(measures, kinds_of(view), view.context.locale);
    if (sentences.empty()) return;
    auto const& locale = view.context.locale;
    out << "<details class=\"g-disclose mb-3\" id=\"security-text\"><summary>"_h;
    web::icon(out, "chevron-right");
    out << locale.text("security_text.title") << "</summary><p class=\"g-small g-muted\">"_h << locale.text("security_text.lead") << "</p><ul>"_h;
    for (auto const& sentence : sentences) out << "<li>"_h << sentence << "</li>"_h;
    out << "</ul>"_h;
    if (more) out << "<p class=\"g-small g-muted\">"_h << locale.text("measures.not_all", {{"most", locale.number(static_cast<std::int64_t>(most_standing_measures))}}) << "</p>"_h;
    out << "</details>"_h;
}

}  // namespace greffier::processing
