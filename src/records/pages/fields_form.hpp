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
struct SentOptions {
    std::vector<CustomOption> options;
    std::vector<int> lines;             ///< where each stood in the form
};
SentOptions sent_options(web::Pairs const& form);
/// The errors of a refusal, those of an answer at the line it was typed on.
void take_errors(accounts::FormState& form, Error const& error, std::vector<int> const& lines);
/// What was wrong, each with the name of its question and a link to it.
void write_field_errors(web::Html& out, Locale const& locale, accounts::FormState const& form);

/// Somebody changed the question meanwhile: answers it has by now and the form has not are added to the form, an aid to the
/// box left empty; the same new answer of both is one. The names of the boxes that were filled so.
std::vector<std::string> add_what_stands(CustomField const& now, accounts::FormState& form);
/// Says so, with what stands there now wherever the form says something else, and what was put into its boxes.
void write_met(web::Html& out, Context const& context, Register const& kind, CustomField const& now, accounts::FormState const& form, std::vector<std::string> const& put_back);

/// `unsaved`: it holds what was typed and refused, which leaving would lose.
void open_field_form(web::Html& out, Context const& context, std::string const& address, bool unsaved);
/// `added`: a new question, whose kind and code are still to be chosen.
void write_field_form(web::Html& out, Context const& context, Register const& kind, accounts::FormState const& form, bool added);

}  // namespace greffier::records::pages
