#pragma once
// Tells whether a processing is named after a tool ("Sage Paie") rather than by what it is for ("Gestion de la paie").
// The words stand in law/software_names.csv.

#include <string_view>

namespace greffier::law {

/// Whole words, whatever their case and accents. Thread-safe.
bool is_named_after_software(std::string_view name);
/// The same for one tool the organisation uses: the name begins with it, and the tool is not itself called by a purpose.
bool is_named_after(std::string_view name, std::string_view software);

}  // namespace greffier::law
