#include "records/made_title.hpp"

#include "core/text.hpp"

namespace greffier::records {

namespace {

/// nullptr when titles of this register are written by people.
schema::FieldInfo const* source_of(schema::SchemaInfo const& info, std::string_view title_field)
{
    auto const* title = info.find(title_field);
    if (!title || title->required || title->suggest.empty()) return nullptr;
    auto const* source = info.find(title->suggest);
    return source && source->kind == schema::Kind::Choices ? source : nullptr;
}

}  // namespace

std::string made_title(schema::SchemaInfo const& info, std::string_view title_field, std::vector<std::string> const& codes, Locale const& locale)
{
    auto const* source = source_of(info, title_field);
    auto const key = info.name + "." + std::string{title_field};
    if (!source || codes.empty()) return locale.text(key + ".none");
    std::vector<std::string> words;
    for (auto const& code : codes) words.push_back(locale.text(std::string{source->list->name} + ".in_title." + code));
    auto const last = std::move(words.back());
    words.pop_back();
    return locale.text(key + ".of", {{"words", words.empty() ? last : join(words, ", ") + locale.text(key + ".and") + last}});
}

bool lacks_title(Register const& kind, schema::Row const& row)
{
    return source_of(*kind.schema, kind.title_field) && schema::text_of(*kind.schema, row, kind.title_field).empty();
}

void make_title(Register const& kind, schema::Row& row, Locale const& locale)
{
    auto const* source = source_of(*kind.schema, kind.title_field);
    auto const* codes = std::get_if<schema::Texts>(&schema::get(*kind.schema, row, source->name));
    schema::set(*kind.schema, row, kind.title_field, made_title(*kind.schema, kind.title_field, codes ? *codes : schema::Texts{}, locale));
}

}  // namespace greffier::records
