#pragma once
// A title that nobody wrote, made from what was ticked: where the title may be left empty and its suggestions are named after
// a coded field of the same record. So no list of a sealed register has to name a person.
//
// Words: "<schema>.<title>.none" without a code, else "<schema>.<title>.of" with {words}; each code's are
// "<list>.in_title.<code>", joined by ", " and "<schema>.<title>.and".

#include <string>

#include "core/locale.hpp"
#include "records/register.hpp"

namespace greffier::records {

std::string made_title(schema::SchemaInfo const& info, std::string_view title_field, std::vector<std::string> const& codes, Locale const& locale);
/// True when the title of this record is left to be made.
bool lacks_title(Register const& kind, schema::Row const& row);
void make_title(Register const& kind, schema::Row& row, Locale const& locale);

}  // namespace greffier::records
