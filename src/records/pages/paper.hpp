#pragma once
// Pieces of pages made to be printed: the buttons of their head, and a table that becomes cards on a telephone.

#include <string>
#include <string_view>
#include <vector>

#include "core/locale.hpp"
#include "web/html.hpp"

namespace greffier::records {

/// How much the button asks to be pressed: Chief where printing is what the page is for.
enum class PrintButton { Plain, Chief };

/// A button that prints where a script can, and is hidden elsewhere.
web::Html print_button(Locale const& locale, PrintButton weight = PrintButton::Plain);

/// A link among the buttons of the head.
web::Html paper_link(std::string const& address, std::string_view words);

/// The way back, and a button that prints.
web::Html paper_actions(Locale const& locale, std::string const& back, std::string_view back_label, PrintButton weight = PrintButton::Plain);

/// The paper at `here` in the language that is not `shown`, and a button that prints.
web::Html paper_in_two_languages(Locale const& locale, std::string const& here, Language shown);

/// One table; closed by end(). A row is its first cell, which names it, then the others in order.
class PaperTable {
public:
    PaperTable(web::Html& out, std::string_view label, std::vector<std::string> headings);
    void row(std::string_view name);
    void row(web::Html const& name);
    void blank_row();   ///< to be filled by hand: it names nothing, and so has no heading
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
