#pragma once
// A record of a row that was checked when it was written.

#include <stdexcept>
#include <utility>

#include "schema/schema.hpp"

namespace greffier::schema {

/// A row that does not fit its schema is a programming error and throws std::runtime_error.
template <class T>
T unpacked(Schema<T> const& schema, Row const& row)
{
    auto result = schema.unpack(row);
    if (!result.ok()) throw std::runtime_error("a row of " + schema.info().name + " does not fit its schema");
    return std::move(result).value();
}

}  // namespace greffier::schema
