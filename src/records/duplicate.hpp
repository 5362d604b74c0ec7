#pragma once
// A new record made from an existing one: what describes it stays, what happened to it does not.

#include <string>

#include "records/register.hpp"

namespace greffier::records {

/// The row of a copy: same answers and links, owned rows with ids of their own; without attachments, reviews (the last
/// and the next), what acts set, the DPO's advice, the impact assessment, the CNIL declaration and the dates of the sheet. `mark`, such as "(copie)", follows the title, which is cut to leave it room.
schema::Row copy_of(Register const& kind, schema::Row row, std::string const& mark);

}  // namespace greffier::records
