#pragma once
// Internal to records/pages: what a form that started from a model says of it, and beside which questions.

#include <string_view>

#include "records/pages/form.hpp"
#include "records/record_models.hpp"

namespace greffier::records {

/// What the model asks to be done at a question; nullptr when it asks nothing, or when there is no model.
ToComplete const* to_complete(RecordModel const* model, std::string_view field);
/// Above the form: that a model is no legal advice, its day and its sources, and what is left to complete, each leading to its question.
void write_model_notice(web::Html& out, schema::SchemaInfo const& info, RecordModel const& model, Locale const& locale);
/// Beside a question that the model leaves open; nothing beside the others.
void write_to_complete(web::Html& out, FormView const& view, schema::FieldInfo const& field);
/// "RGPD, article 13, paragraphe 1 ; loi Informatique et Libertés, article 48".
std::string sources_of(RecordModel const& model, Locale const& locale);

}  // namespace greffier::records
