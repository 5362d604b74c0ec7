#pragma once
// The list of processings and the contacts above it.

#include "exchange/cnil_labels.hpp"

namespace greffier::exchange::cnil {

/// The row of the list's column headings, when the sheet has one.
std::optional<std::size_t> list_headings(documents::Sheet const& sheet);
/// Adds the rows below the headings to `out`.
void read_list(documents::Sheet const& sheet, std::size_t headings, CnilWorkbook& out);

/// True when the sheet names contacts of the organisation ("Coordonnées du …").
bool has_contacts(documents::Sheet const& sheet);
/// Reads the contacts of the rows before `end`; a value stands after the colon of its label or in the next cell.
void read_contacts(documents::Sheet const& sheet, std::size_t end, CnilWorkbook& out);

} // namespace greffier::exchange::cnil
