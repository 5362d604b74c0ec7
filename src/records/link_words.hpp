#pragma once
// Links in words: what a page or a table shows of a linked record is its reference and its title, not its id.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "records/store.hpp"

namespace greffier::records {

/// Id of a linked record -> "TRT-0001 Gérer la paie"; ids of no record of the organisation are absent.
using LinkWords = std::map<std::string, std::string, std::less<>>;

/// One statement for 16 links, none when the schema has no link. `at`: as the records stood then.
LinkWords link_words(Records const& records, std::vector<std::string> const& ids, std::optional<Timestamp> at = {});
LinkWords link_words(Records const& records, schema::SchemaInfo const& info, schema::Row const& row, std::optional<Timestamp> at = {});

bool has_links(schema::SchemaInfo const& info);
/// The row to be shown: words stand where ids were. Never to be stored.
schema::Row with_link_words(schema::SchemaInfo const& info, schema::Row row, LinkWords const& words);

}  // namespace greffier::records
