#include "records/articles.hpp"

#include <vector>

#include "core/text.hpp"
#include "schema/show.hpp"

namespace greffier::records {

std::string articles_in_words(std::string_view articles, char separator, Locale const& locale)
{
    std::vector<std::string> words;
    for (auto const& one : split(articles, separator))
        if (!is_blank(one)) words.push_back(schema::article_words(squeeze(one), locale));
    return join(words, locale.text("punctuation.semicolon"));
}

}  // namespace greffier::records
