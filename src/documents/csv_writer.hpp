#pragma once
// CSV as RFC 4180 has it (CRLF, quotes doubled), in UTF-8.
//
// A cell that starts with = + - @ tab, CR or LF is written with an apostrophe before it: a spreadsheet
// that opens the file would run it as a formula otherwise. The price is an apostrophe before "+33 1 …"
// and "-5", which our own reader takes off; for other programs, guard_formulas is set to false.

#include <string>
#include <string_view>
#include <vector>

namespace greffier::documents {

struct CsvOptions {
    char separator = ';';         ///< ';' is what spreadsheets expect in French, ',' what RFC 4180 says
    bool byte_order_mark = false; ///< some spreadsheet programs take the file for Latin letters without it
    bool guard_formulas = true;
};

/// One line per row; rows need not be of one length.
std::string write_csv(std::vector<std::vector<std::string>> const& rows, CsvOptions const& options = {});

/// True when a spreadsheet could take the text for a formula.
bool looks_like_formula(std::string_view text);
/// The same behind any apostrophes: "'=1" gets one more, or reading the file back would take away its own.
bool needs_guard(std::string_view text);

} // namespace greffier::documents
