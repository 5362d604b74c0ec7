#pragma once
// Internal to the writing of the CNIL layout: its cells, and the sheet of one record.

#include <string>

#include "exchange/cnil_layout.hpp"

namespace greffier::exchange {

/// `validation` names a list of choices of the book.
documents::BookCell text_cell(std::string text, std::string style, int span = 1, std::string validation = {});
/// A day where the words are one, the words themselves otherwise.
documents::BookCell day_cell(Placed const& placed, int span = 1);
documents::BookSheet cnil_record_sheet(std::string name, CnilSheet const& record);

} // namespace greffier::exchange
