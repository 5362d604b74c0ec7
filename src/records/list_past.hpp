#pragma once
// Internal to records/: a list of the past, out of versions; and what looks into records instead of the index of words.

#include <vector>

#include "records/store.hpp"

namespace greffier::records {

/// All that a list with `at` shows on its pages, in its order. Costs the records of that register in that organisation,
/// once. Filters and orders that only the present has are not looked at.
std::vector<Listed> list_of_the_past(Records const& records, Register const& kind, ListQuery const& query);

/// The words and coded values of a question, looked for in a record itself: for those whose words are not kept.
class Sieve {
public:
    Sieve(Register const& kind, ListQuery const& query);
    [[nodiscard]] bool passes(Head const& head, schema::Row const& row) const;

private:
    schema::SchemaInfo const& schema_;
    std::vector<std::string> words_, tokens_;
};

}  // namespace greffier::records
