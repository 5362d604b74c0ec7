#pragma once
// Internal to records/pages: which questions of a form stand in the open, and the fold of the others. What a question is
// follows from its declaration and from what is asked of the record; nothing is remembered.

#include "records/pages/form.hpp"
#include "schema/info.hpp"

namespace greffier::records {

/// Required, demanded by the law or by article 30, shown in lists, asked by the organisation itself or by a finding;
/// a question goes with the one it depends on.
bool is_main(FormView const& view, schema::FieldInfo const& field);

/// The beginning of a section's fold: open when an answer or an error stands in it. `fields` are those it holds.
void begin_fold(web::Html& out, FormView const& view, std::string const& section, std::vector<schema::FieldInfo const*> const& fields);
void end_fold(web::Html& out);

/// The button that opens every fold: at once with script, by drawing the form again without; nothing when none is shut.
void write_open_all(web::Html& out, FormView const& view);
/// True when a form asks to be drawn again with every fold open rather than to be saved.
bool asks_to_open(web::Pairs const& form);
/// True when every fold was opened, now or before other buttons of the same form.
bool opens_all(web::Pairs const& form);

/// A question a form never asks: it is set by acts, retired, or has a tab of its own.
bool is_asked(schema::FieldInfo const& field);
/// An answer, or a line that waits for its own; a box left unticked says nothing.
bool is_answered(FormView const& view, schema::FieldInfo const& field);
/// The error of a question, of one of its lines or of the codes that answer it.
bool has_error(FormView const& view, schema::FieldInfo const& field);

}  // namespace greffier::records
