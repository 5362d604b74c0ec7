#pragma once
// Security measures (art. 32): what the organisation does about a point of the authority's guide, or a measure of its own,
// with its proof, its tests and what it protects.

#include <optional>
#include <string>
#include <vector>

#include "registers/ids.hpp"
#include "registers/lists.hpp"
#include "schema/schema.hpp"

namespace greffier::measure {

using schema::Term;
using schema::Text;

enum class Risk { Access, Change, Loss };   ///< what a measure works against: undue access, unwanted change, disappearance
schema::ChoiceList<Risk> const& choices_of(Risk);

/// Codes of law::security_sheets(), and an organisation's own.
struct SecuritySheets { static schema::List const& list(); };

struct Measure {
    // what it is
    std::string name;
    std::optional<Term<SecuritySheets>> sheet;
    std::string point;                       ///< code of law/measures.csv
    std::vector<Term<MeasureTypes>> kinds;
    std::vector<Risk> risks;
    Text description;
    std::string service;
    schema::Contact owner;
    // what it protects
    bool everywhere = false;                 ///< every processing of the organisation
    std::vector<ProcessingId> processings;
    std::vector<AssetId> assets;
    // its proof
    std::optional<Date> planned_for, in_place_since, last_test, next_test;
    Text evidence, test_result;
    Text notes;
    std::vector<schema::Attachment> attachments;
};

schema::Schema<Measure> const& schema_of(Measure const*);
inline schema::Schema<Measure> const& measure_schema() { return schema_of(static_cast<Measure const*>(nullptr)); }

}  // namespace greffier::measure
