#pragma once
// Internal to records/pages: one control per kind of field, and small widgets lists and records share.

#include <string>
#include <string_view>

#include "core/locale.hpp"
#include "records/record.hpp"
#include "records/register.hpp"
#include "schema/info.hpp"
#include "web/html.hpp"

namespace greffier::records {

struct FormAids;

struct Control {
    schema::FieldInfo const& field;
    schema::Value const& value;      ///< a text where the kind wants none: typed and unreadable, shown again
    std::string name, id, described_by;
    bool invalid = false;
    Locale const& locale;
    FormAids const* aids = nullptr;  ///< words to suggest, records to link to
};
/// `words` is the label of a single tick box, which holds it itself.
void write_control(web::Html& out, Control const& control, std::string_view words);

/// The names that country fields offer; once per page, after the form's sections.
void write_country_names(web::Html& out, Locale const& locale);

/// The words that fields suggest, once each; after the form's sections.
void write_suggestions(web::Html& out, FormAids const& aids);

/// "data_categories[1].retention_text" -> "Données, ligne 2, durée".
std::string path_words(schema::SchemaInfo const& info, std::string_view path, Locale const& locale);

void status_badge(web::Html& out, std::string_view status, Locale const& locale);
/// On a record that most do not see.
void restricted_badge(web::Html& out, Locale const& locale);
void severity_badge(web::Html& out, Severity severity, Locale const& locale);
std::string_view severity_icon(Severity severity);
std::string_view severity_letter(Severity severity);   ///< b m n: classes g-sev-b, g-note--b
/// "dans 13 j" over the exact local date; late and soon say so in words and colour.
/// With `hour`, for a deadline that falls at an hour, the hour stands beside the date.
void due_date(web::Html& out, Timestamp due, Timestamp now, Locale const& locale, bool hour = false);
std::string days_left(Date due, Date today, Locale const& locale);

}  // namespace greffier::records
