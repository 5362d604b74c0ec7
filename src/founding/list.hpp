#pragma once
// A list of organisations to be, as people keep it: a sheet with one line each (CSV, XLSX, ODS), headings in French or
// English. Reading it says every problem at once, with its line, its column and what would mend it.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/locale.hpp"
#include "core/result.hpp"

namespace greffier::founding {

/// One line. Codes are without blanks; `kind` is a code of organisation_kind, "" when none was given.
struct Line {
    std::size_t number = 0;          ///< of the sheet, counted from 1
    std::string name, slug, kind, siren, insee, parent;
    std::string address, postcode, city, email, phone;
    std::string administrator_email, administrator_name;
};

/// What must be mended. `column` is the heading as the file writes it, "" for the whole line; `field` is ours.
struct Trouble {
    std::size_t line = 0;
    std::string column, field, code;
    Arguments arguments{};
};

struct List {
    std::vector<Line> lines;
    std::vector<Trouble> troubles;
    std::vector<std::string> unread;                      ///< headings that mean nothing here
    std::vector<std::pair<std::string, std::string>> headings;   ///< our field, the file's heading

    [[nodiscard]] std::string heading_of(std::string_view field) const;
    void trouble(std::size_t line, std::string_view field, std::string code, Arguments arguments = {});
};

constexpr std::size_t most_lines = 5'000;
constexpr std::size_t most_bytes = 8U << 20;

/// Errors: those of documents::open_table, founding.no_name_column, founding.too_many_lines, founding.nothing.
Result<List> read_list(std::string bytes, std::string const& name);

/// Our fields in the order of the example.
std::vector<std::string_view> const& list_fields();
/// A CSV to be filled in: headings and two lines, in the reader's language.
std::string example(Locale const& locale);
/// The sentence of a trouble, and how to mend it ("" when the sentence says so itself).
std::string words_of(Trouble const& trouble, Locale const& locale);
std::string mend_of(Trouble const& trouble, Locale const& locale);

bool is_siren(std::string_view text);        ///< nine digits, the last one a check
bool is_insee_code(std::string_view text);   ///< of a commune: 14118, 2A004, 97411

}  // namespace greffier::founding
