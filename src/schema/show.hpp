#pragma once
// Values in words for people: pages, exports, histories. No markup.

#include <optional>
#include <string>

#include "core/locale.hpp"
#include "schema/info.hpp"

namespace greffier::schema {

std::string label(SchemaInfo const& info, FieldInfo const& field, Locale const& locale);        ///< the question
std::string short_label(SchemaInfo const& info, FieldInfo const& field, Locale const& locale);  ///< the noun
std::optional<std::string> help(SchemaInfo const& info, FieldInfo const& field, Locale const& locale);   ///< one plain sentence of why
std::string code_label(List const& list, std::string_view code, Locale const& locale);          ///< a code the list does not know comes back as it is
std::string duration_words(std::string_view iso, Locale const& locale);                         ///< P1Y6M -> "1 an et 6 mois"
/// "30(1)(f)" -> "RGPD, article 30, paragraphe 1, point f"; "LIL 30" -> "loi Informatique et Libertés, article 30".
std::string article_words(std::string_view article, Locale const& locale);

/// One value; lists joined by ", ", an owned row as "label: value; …", absent as "".
std::string show(FieldInfo const& field, Value const& value, Locale const& locale);
/// A short name for an owned row: the part declared title(), else its first non-empty text or code.
std::string row_title(SchemaInfo const& info, Row const& row, Locale const& locale);

}  // namespace greffier::schema
