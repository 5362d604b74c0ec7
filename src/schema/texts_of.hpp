#pragma once

#include <string_view>

#include "schema/info.hpp"
#include "schema/value.hpp"

namespace greffier::schema {

/// Codes, ids or words of a field that holds several; none where the register has no such field.
inline Texts texts_of(SchemaInfo const& info, Row const& row, std::string_view field)
{
    if (info.index_of(field) < 0) return {};
    auto const* texts = std::get_if<Texts>(&get(info, row, field));
    return texts ? *texts : Texts{};
}

}  // namespace greffier::schema
