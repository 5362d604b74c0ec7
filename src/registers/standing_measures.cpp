#include "registers/standing_measures.hpp"

#include <algorithm>

#include "records/find_many.hpp"
#include "records/related.hpp"
#include "schema/texts_of.hpp"

namespace greffier {

namespace {

// The register of measures is known here by the names of its fields alone: registers never see each other.
bool protects(schema::SchemaInfo const& info, records::Stored const& measure, std::vector<RecordId> const& processings, std::vector<RecordId> const& applied)
{
    if (schema::truth_of(info, measure.row, "everywhere") || std::ranges::find(applied, measure.head.id) != applied.end()) return true;
    auto const named = schema::texts_of(info, measure.row, "processings");
    return std::ranges::any_of(processings, [&](RecordId const& id) { return std::ranges::find(named, id.text()) != named.end(); });
}

}  // namespace

bool is_there(std::string_view status_of_measure) { return status_of_measure == "partial" || status_of_measure == "in_place" || status_of_measure == "tested"; }

StandingMeasures standing_measures(records::Records const& records, records::Register const& register_of_measures, std::vector<RecordId> const& processings,
                                   std::vector<RecordId> const& applied, std::optional<Timestamp> at)
{
    auto const& info = *register_of_measures.schema;
    auto const ids = records::related(records, register_of_measures, {.named = applied, .links_to = processings, .facet = "everywhere:yes"}, at, most_standing_measures);
    StandingMeasures found{{}, ids.size() == most_standing_measures};
    for (auto& [id, one] : records::find_many(records, register_of_measures, ids, at)) {
        if (!is_there(one.head.status) || !protects(info, one, processings, applied)) continue;
        auto kinds = schema::texts_of(info, one.row, "kinds");
        bool const partial = one.head.status == "partial";
        found.measures.push_back({std::move(one.head), kinds.empty() ? std::string{} : std::move(kinds.front()), partial});
    }
    std::ranges::sort(found.measures, {}, [](StandingMeasure const& one) { return one.head.reference; });
    return found;
}

}  // namespace greffier
