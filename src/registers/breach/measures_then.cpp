#include "registers/breach/measures_then.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "accounts/modules.hpp"
#include "records/store.hpp"
#include "schema/texts_of.hpp"
#include "web/frame.hpp"

namespace greffier::breach {

using namespace web::literals;

namespace {

// The register of measures is known here by its slug and the names of its fields alone.
constexpr std::array<std::string_view, 3> there{"partial", "in_place", "tested"};

std::set<std::string> ids_in(schema::SchemaInfo const& info, schema::Row const& row, std::string_view field)
{
    auto const ids = schema::texts_of(info, row, field);
    return {ids.begin(), ids.end()};
}

/// What protected the processings then: the measures they named, and their own ids for those that name them.
struct Covered {
    std::set<std::string> processings, measures;
};

Covered covered_then(records::Records const& records, records::Register const& processings, Breach const& breach)
{
    Covered covered;
    for (auto const id : breach.processings) {
        covered.processings.insert(id.text());
        auto const stood = records.find_at(processings, RecordId{id.uuid}, *breach.aware_at);
        if (stood.ok()) covered.measures.merge(ids_in(*processings.schema, stood->row, "applied_measures"));
    }
    return covered;
}

bool covers(schema::SchemaInfo const& info, records::Stored const& measure, Covered const& covered)
{
    auto const* everywhere = std::get_if<bool>(&schema::get(info, measure.row, "everywhere"));
    if ((everywhere && *everywhere) || covered.measures.contains(measure.head.id.text())) return true;
    return std::ranges::any_of(ids_in(info, measure.row, "processings"), [&](auto const& id) { return covered.processings.contains(id); });
}

}  // namespace

void write_measures_then(web::Html& out, records::PanelView const& view, Breach const& breach)
{
    auto const& known = view.machinery.registers;
    auto const* measures = known.find(schema::link_register<MeasureTag>);
    auto const* processings = known.find(schema::link_register<ProcessingTag>);
    if (!measures || !processings || !breach.aware_at || !accounts::keeps_register(view.context.where(), measures->slug)) return;
    auto const& locale = view.context.locale;
    records::Records const records(view.machinery, view.context.where().id, view.context.who().sight);
    auto const covered = covered_then(records, *processings, breach);
    out << "<h3 class=\"g-h3 mt-3\">"_h << locale.text("breach.panel.measures") << "</h3>"_h;
    web::Html lines;
    bool any = false;
    records.each(*measures, *breach.aware_at, [&](records::Stored const& one) {
        if (std::ranges::find(there, one.head.status) == there.end() || !covers(*measures->schema, one, covered)) return;
        any = true;
        lines << "<li><a"_h;
        lines.url("href"_h, view.context.address("/measures/" + one.head.id.text() + "?at=" + to_text(*breach.aware_at)));
        lines << ">"_h << one.head.title << "</a> <span class=\"g-ref\">"_h << one.head.reference << "</span> <span class=\"g-muted\">"_h << locale.text("status." + one.head.status) << "</span></li>"_h;
    });
    if (any) out << "<ul class=\"g-list\">"_h << lines << "</ul>"_h;
    else out << "<p class=\"g-muted mb-0\">"_h << locale.text("breach.panel.measures.none") << "</p>"_h;
}

}  // namespace greffier::breach
