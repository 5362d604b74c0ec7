#pragma once
// Internal to overview: one record or owned row, read by the names of its fields, with fields and terms of the organisation's own.

#include <string>
#include <string_view>
#include <vector>

#include "schema/show.hpp"

namespace greffier::overview {

struct Reading {
    schema::SchemaInfo const& info;
    schema::Row const& row;
    Locale const& locale;

    [[nodiscard]] std::string words(std::string_view field) const
    {
        auto const* known = info.find(field);
        return known ? schema::show(*known, schema::get(info, row, field), locale) : "";
    }
    /// A code, or a text as it was typed.
    [[nodiscard]] std::string const& code(std::string_view field) const { return schema::text_of(info, row, field); }
    [[nodiscard]] bool holds(std::string_view field) const { return schema::truth_of(info, row, field); }
    /// The text of each owned row that `tell` makes one of; empty ones are left out.
    template <class Tell>
    [[nodiscard]] std::vector<std::string> each(std::string_view field, Tell tell) const
    {
        std::vector<std::string> all;
        auto const* known = info.find(field);
        auto const* rows = known ? std::get_if<schema::Rows>(&schema::get(info, row, field)) : nullptr;
        if (rows)
            for (auto const& one : *rows)
                if (auto text = tell(Reading{*known->rows, one, locale}); !text.empty()) all.push_back(std::move(text));
        return all;
    }
};

/// Two pieces of a line; a full stop that the first was typed with goes.
inline std::string joined(std::string first, std::string const& second, char const* between)
{
    if (first.empty() || second.empty()) return first + second;
    while (first.ends_with('.')) first.pop_back();
    return first + between + second;
}

}  // namespace greffier::overview
