#pragma once
// Internal to records/pages: the form of a question that an organisation adds to a register, written and read.

#include "accounts/pages/form.hpp"
#include "records/custom_fields.hpp"
#include "records/pages/shared.hpp"

namespace greffier::records::pages {

/// The beginning of a table that folds into cards, up to its first row; `acts`: with a column of buttons.
void fields_table(web::Html& out, Locale const& locale, std::initializer_list<char const*> keys, bool acts);
void fields_cell(web::Html& out, Locale const& locale, char const* key);

/// A new question, and what is asked already.
accounts::FormState blank_field(Register const& kind);
accounts::FormState form_of(CustomField const& field);
/// What was sent, to be shown again where it was refused.
accounts::FormState typed_field(web::Request const& request);
/// Lines without a label are lines nobody filled, but for those that were answers already.
std::vector<CustomOption> sent_options(web::Pairs const& form);

/// `added`: a new question, whose kind and code are still to be chosen.
void write_field_form(web::Html& out, Context const& context, Register const& kind, accounts::FormState const& form, bool added);

}  // namespace greffier::records::pages
