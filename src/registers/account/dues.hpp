#pragma once
// What falls due in an account: its review, its password, its end.

#include <vector>

#include "records/due.hpp"
#include "schema/info.hpp"

namespace greffier::account {

std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context);

}  // namespace greffier::account
