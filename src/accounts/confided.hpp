#pragma once
// Registers confided to the data protection officer alone (art. 38(5), decision 51): for every other role, and for whoever
// sees the product as somebody else, they do not exist. Their rows are hidden by sight.cpp; here are the doors.

#include <string_view>

#include "accounts/context.hpp"

namespace greffier::accounts {

bool is_confided(std::string_view register_slug);
/// Holds the officer's role in this organisation, as themselves.
bool reads_confided(Context const& context);
/// From then on the confided registers are parts that the organisation does without, unless the caller reads them.
void hide_confided(Context& context);

}  // namespace greffier::accounts
