#pragma once
// Tags of the registers, so that one register can hold the id of another's record without knowing it.

#include "schema/kinds.hpp"

namespace greffier {

struct ProcessingTag;
using ProcessingId = Id<ProcessingTag>;

namespace schema {
template <> inline constexpr std::string_view link_register<ProcessingTag> = "processings";
}

}  // namespace greffier
