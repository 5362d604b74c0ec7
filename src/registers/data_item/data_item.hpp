#pragma once
// The dictionary of data: one sheet for one datum, wherever it is used.

#include <optional>
#include <string>
#include <vector>

#include "registers/data_item/lists.hpp"
#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::data_item {

struct DataItem {
    // item
    std::string name;
    schema::Text definition;
    std::optional<schema::Term<DataCategories>> category;
    std::optional<Origin> origin;
    std::optional<Sensitivity> sensitivity;
    std::string format;
    std::string service;
    schema::Contact owner;
    // use
    std::vector<ProcessingId> processings;
    std::vector<AssetId> assets;
    std::string location;
    std::optional<bool> consent;
    std::string received_from;
    std::string given_to;
    std::optional<Date> next_review;
    std::optional<Date> last_review;
    schema::Text notes;
    std::vector<schema::Attachment> attachments;
};

schema::Schema<DataItem> const& schema_of(DataItem const*);
inline schema::Schema<DataItem> const& data_item_schema() { return schema_of(static_cast<DataItem const*>(nullptr)); }

}  // namespace greffier::data_item
