#pragma once
// The pages of an import: the form that takes a file, the report before and after.

#include <string>

#include "accounts/context.hpp"
#include "records/import_report.hpp"
#include "records/register.hpp"
#include "web/html.hpp"

namespace greffier::exchange {

/// The upload form, with what was wrong with the last file when something was.
web::Html upload_form(accounts::Context const& context, records::Register const& kind, std::string_view problem = {});

struct Confirmation {
    std::string word, name, format;    ///< of the waiting file
};
/// `confirm` is absent once the import has run.
web::Html report_page(accounts::Context const& context, records::Register const& kind, records::ImportReport const& report, Confirmation const* confirm);

} // namespace greffier::exchange
