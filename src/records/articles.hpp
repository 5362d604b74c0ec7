#pragma once
// Several articles, in words.

#include <string>
#include <string_view>

#include "core/locale.hpp"

namespace greffier::records {

/// "RGPD, article 28, paragraphe 3 ; RGPD, article 44" for "28(3), 44"; each between the separators is as schema::article_words takes it.
std::string articles_in_words(std::string_view articles, char separator, Locale const& locale);

}  // namespace greffier::records
