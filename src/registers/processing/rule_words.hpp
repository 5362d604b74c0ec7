#pragma once
// The few questions rules ask of a processing more than once.

#include <algorithm>
#include <string_view>

#include "registers/processing/processing.hpp"

namespace greffier::processing {

inline bool rests_on(Processing const& p, LegalBasis basis)
{
    return std::ranges::any_of(p.purposes, [basis](Purpose const& purpose) { return purpose.basis == basis; });
}

/// `flag` is a word of the list of categories of people: "staff", "minors", "prospects".
inline bool concerns(Processing const& p, std::string_view flag)
{
    return std::ranges::any_of(p.subject_categories, [flag](SubjectCategory const& row) { return row.category.has_flag(flag); });
}

}  // namespace greffier::processing
