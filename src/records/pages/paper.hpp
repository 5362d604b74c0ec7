#pragma once
// Pieces of pages made to be printed: the buttons of their head, and a table that becomes cards on a telephone.

#include <string>
#include <string_view>
#include <vector>

#include "core/locale.hpp"
#include "web/html.hpp"

namespace greffier::records {

/// The way back, and a button that prints where a script can.
web::Html paper_actions(Locale const& locale, std::string const& back, std::string_view back_label);

/// One table; closed by end(). A row is its first cell, which names it, then the others in order.
class PaperTable {
public:
    PaperTable(web::Html& out, std::string_view label, std::vector<std::string> headings);
    void row(std::string_view name);
    void row(web::Html const& name);
    void cell(std::string_view words);
    void cell(web::Html const& piece);
    void number(std::int64_t value, Locale const& locale);
    void end();

private:
    void open();
    void open_cell();
    web::Html& out_;
    std::vector<std::string> headings_;
    std::size_t column_ = 0;
    bool in_row_ = false;
};

}  // namespace greffier::records
