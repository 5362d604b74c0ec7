#pragma once
// The form of any register, read from and written to HTML by its declaration. A value that cannot be read
// (31/02/2026, "deux ans") stays in the Row as the text that was typed: check() refuses it and the form shows
// it again, so nothing typed is ever lost.

#include <string>
#include <string_view>
#include <vector>

#include "core/locale.hpp"
#include "core/result.hpp"
#include "records/record.hpp"
#include "schema/info.hpp"
#include "web/html.hpp"
#include "web/message.hpp"

namespace greffier::records {

/// The Row that a sent form describes, over `base` (fields a form never shows keep their value).
schema::Row read_form(schema::SchemaInfo const& info, web::Pairs const& form, schema::Row const& base);

/// One answer, from the controls of that name; `base` is what it was.
schema::Value read_answer(schema::FieldInfo const& field, web::Pairs const& form, std::string const& name, schema::Value const& base);

/// A button of an owned row without script: add, remove, up, down. True when the form held one: `row` is to be shown
/// again, not saved.
bool apply_row_button(schema::SchemaInfo const& info, web::Pairs const& form, schema::Row& row);

struct FormAids;
struct RecordModel;

struct FormView {
    schema::SchemaInfo const& info;
    schema::Row const& row;
    Locale const& locale;
    std::vector<FieldError> const& errors;
    std::vector<Finding> const& findings;
    Date today{};
    FormAids const* aids = nullptr;
    bool folds = false;                  ///< what nothing asks for is folded, section by section
    bool opens_all = false;              ///< every fold is open, for this time
    RecordModel const* model = nullptr;  ///< whose answers the form began with: what it leaves open is marked
};

/// Id of the control of a path: "data_categories[1].retention_text" -> "data_categories-1-retention_text".
std::string control_id(std::string_view path);

/// Where a link to a path leads: its control, else the question or the section around it.
std::string anchor_of(schema::SchemaInfo const& info, std::string_view path);

void write_contents(web::Html& out, FormView const& view);          ///< the table of contents
void write_error_summary(web::Html& out, FormView const& view);     ///< nothing when there is no error
void write_sections(web::Html& out, FormView const& view);

/// One finding in words, with its reason, remedy and article; `mend` is where to go, empty on the form itself.
void write_finding(web::Html& out, Finding const& finding, Locale const& locale, std::string_view mend, bool in_place);

}  // namespace greffier::records
