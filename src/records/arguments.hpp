#pragma once
// The arguments of a finding or a refusal as the database keeps them: {"max":"60"}.

#include <string>
#include <string_view>

#include "core/result.hpp"

namespace greffier::records {

std::string arguments_json(Arguments const& arguments);
/// What is no text of an object is left out: our own program wrote it.
Arguments parse_arguments(std::string_view json);

}  // namespace greffier::records
