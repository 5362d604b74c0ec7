#pragma once

#include <cstddef>
#include <string_view>

namespace greffier::schema {

/// What JSON from outside may be before it is read: well formed, nested at most `max_depth` deep, no member named twice in
/// one object (of two values, one would be lost unseen). Linear in the text, whatever it holds.
bool is_readable_json(std::string_view text, int max_depth);

}  // namespace greffier::schema
