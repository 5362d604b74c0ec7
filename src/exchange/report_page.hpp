#pragma once
// The pages of an import: the form that takes a file, the report before and after.

#include <string>

#include "accounts/context.hpp"
#include "exchange/mapping_store.hpp"
#include "exchange/table_format.hpp"
#include "records/import_runs.hpp"
#include "records/import_report.hpp"
#include "records/register.hpp"
#include "web/html.hpp"

namespace greffier::exchange {

/// The upload form, with what was wrong with the last file when something was.
web::Html upload_form(accounts::Context const& context, records::Register const& kind, std::string_view problem = {});

struct Confirmation {
    std::string word, name, format;    ///< of the waiting file
    std::string mapping;               ///< JSON, of a table
    web::Html const* records;          ///< the first ones as they would become, of a table
};
/// `confirm` is absent once the import has run; `run` before.
web::Html report_page(accounts::Context const& context, records::Register const& kind, records::ImportReport const& report, Confirmation const* confirm, records::ImportRun const* run);

/// The columns of a table and what becomes of them; `saved` are the mappings to choose from.
web::Html columns_page(accounts::Context const& context, records::Register const& kind, Confirmation const& waiting, TableProposal const& proposal, std::vector<FieldError> const& problems,
                       std::vector<SavedMapping> const& saved, std::string_view lead);
/// How far a long import is, with the button that goes on.
web::Html running_page(accounts::Context const& context, records::Register const& kind, records::ImportReport const& report, Confirmation const& confirm);
/// The first records of a file, field by field, as they would be saved.
void write_first_records(web::Html& out, accounts::Context const& context, records::Register const& kind, records::ImportFile const& file);
/// The way to undo a run while it may be undone, or to what its undoing did; else nothing.
void undo_link(web::Html& out, accounts::Context const& context, records::ImportRun const& run, bool small);
enum class Step { File, Columns, Check, Done };
/// The steps of an import, the one in hand marked; a file that is no table has no columns to match.
void steps(web::Html& out, Locale const& locale, Step step, bool table);

} // namespace greffier::exchange
