#include "registers/processing/panel.hpp"

#include <algorithm>
#include <array>

#include "accounts/modules.hpp"
#include "registers/processing/processing.hpp"
#include "registers/processing/security_text.hpp"
#include "schema/texts_of.hpp"
#include "web/frame.hpp"

namespace greffier::processing {

using records::PanelView;
using web::Html;
using namespace web::literals;

namespace {

// The register of measures is known here by its slug and the names of its fields alone.
constexpr std::array<std::string_view, 3> there{"partial", "in_place", "tested"};

/// What stands in the register of measures for this processing: linked from here, linked from there, or meant for everything.
void add_registered(std::vector<StandingMeasure>& into, PanelView const& view, Processing const& processing)
{
    auto const* measures = view.machinery.registers.find(schema::link_register<MeasureTag>);
    if (!measures || !accounts::keeps_register(view.context.where(), measures->slug)) return;
    auto const& info = *measures->schema;
    auto const self = view.stored.head.id.text();
    records::Records(view.machinery, view.context.where().id, view.context.who().sight).each(*measures, std::nullopt, [&](records::Stored const& one) {
        if (std::ranges::find(there, one.head.status) == there.end()) return;
        auto const* everywhere = info.index_of("everywhere") < 0 ? nullptr : std::get_if<bool>(&schema::get(info, one.row, "everywhere"));
        bool const linked = std::ranges::any_of(processing.applied_measures, [&](MeasureId const& id) { return id.uuid == one.head.id.uuid; });
        auto const named = schema::texts_of(info, one.row, "processings");
        if (!linked && !(everywhere && *everywhere) && std::ranges::find(named, self) == named.end()) return;
        auto const kinds = schema::texts_of(info, one.row, "kinds");
        into.push_back({kinds.empty() ? std::string{} : kinds.front(), one.head.title, one.head.status == "partial"});
    });
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
    std::vector<StandingMeasure> measures;
    for (auto const& row : processing->measures) measures.push_back({row.type ? row.type->code : std::string{}, row.details.value});
    add_registered(measures, view, *processing);
    auto const sentences = security_text(measures, kinds_of(view), view.context.locale);
    if (sentences.empty()) return;
    auto const& locale = view.context.locale;
    out << "<details class=\"g-disclose mb-3\" id=\"security-text\"><summary>"_h;
    web::icon(out, "chevron-right");
    out << locale.text("security_text.title") << "</summary><p class=\"g-small g-muted\">"_h << locale.text("security_text.lead") << "</p><ul>"_h;
    for (auto const& sentence : sentences) out << "<li>"_h << sentence << "</li>"_h;
    out << "</ul></details>"_h;
}

}  // namespace greffier::processing
