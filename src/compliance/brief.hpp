#pragma once
// A neighbour's record, unpacked once however many records are judged against it in one go.

#include <memory>

#include "records/rule.hpp"
#include "schema/unpacked.hpp"

namespace greffier::compliance {

/// The fields that were asked for (Surroundings::each_brief); every reader of a register makes of it the same T.
template <class T>
T const& brief(records::Surroundings::Neighbour const& neighbour, schema::Schema<T> const& kind)
{
    if (!neighbour.digest) neighbour.digest = std::make_shared<T const>(schema::unpacked(kind, neighbour.row));
    return *static_cast<T const*>(neighbour.digest.get());
}

}  // namespace greffier::compliance
