#pragma once
// Internal to records/: a statement that ends with a hundred ids, run as often as it takes.

#include <vector>

#include "records/store.hpp"

namespace greffier::records::detail {

constexpr std::size_t ids_at_once = 100;
#define GREFFIER_TEN_IDS "?,?,?,?,?,?,?,?,?,?"
#define GREFFIER_HUNDRED_IDS                                                                                                                                          \
    "(" GREFFIER_TEN_IDS "," GREFFIER_TEN_IDS "," GREFFIER_TEN_IDS "," GREFFIER_TEN_IDS "," GREFFIER_TEN_IDS "," GREFFIER_TEN_IDS "," GREFFIER_TEN_IDS                 \
    "," GREFFIER_TEN_IDS "," GREFFIER_TEN_IDS "," GREFFIER_TEN_IDS ")"

/// `take` is given the session and each row; `first` are the values that stand before the ids.
template <class Take>
void by_sets(Records const& records, storage::SqlText sql, std::vector<storage::Param> const& first, std::vector<RecordId> const& ids, Take const& take)
{
    auto const session = records.seen();
    RecordId const nobody;   // fills the last set: no record bears it
    for (std::size_t from = 0; from < ids.size(); from += ids_at_once) {
        auto params = first;
        for (std::size_t i = from; i < from + ids_at_once; ++i) params.push_back(storage::to_param(i < ids.size() ? ids[i] : nobody));
        auto rows = session->query_with(sql, std::move(params));
        while (rows.next()) take(*session, rows);
    }
}

}  // namespace greffier::records::detail
