#pragma once
// The mapping as a form of a page, written and read. Every choice is a plain control with a name of its own, so that
// nothing needs a script and nothing chosen is lost from one step to the next.

#include "accounts/context.hpp"
#include "exchange/mapping_store.hpp"
#include "exchange/table_format.hpp"
#include "web/html.hpp"
#include "web/message.hpp"

namespace greffier::exchange {

/// What stands between the page's head and its buttons.
struct MappingView {
    records::Register const& kind;
    TableMapping const& mapping;
    TableLook const* look = nullptr;              ///< absent when a saved mapping is edited without a file
    std::vector<FieldError> const& problems;
};
/// How the file is read: sheet, encoding, separator, row of the headings.
void write_reading(web::Html& out, Locale const& locale, MappingView const& view);
/// The table of columns, then what names a record, and the constants.
void write_columns(web::Html& out, Locale const& locale, MappingView const& view);
/// The problems, each leading to its control.
void write_problems(web::Html& out, Locale const& locale, std::vector<FieldError> const& problems);

/// The mapping that such a form describes.
TableMapping mapping_of_form(web::Pairs const& form);

} // namespace greffier::exchange
