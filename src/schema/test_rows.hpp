#pragma once
// For tests: Rows of any schema, made by chance, that normalise() leaves alone and check() accepts.
// The same seed makes the same Row, ids apart from those asked for.

#include <algorithm>
#include <random>

#include "core/id.hpp"
#include "core/text.hpp"
#include "schema/check.hpp"

namespace greffier::schema {

class RowMaker {
public:
    /// `fullness` is the share of optional fields that get a value, in per cent; 100 fills every one.
    RowMaker(std::uint64_t seed, int fullness) : random_(seed), fullness_(fullness) {}

    Row make(SchemaInfo const& info)
    {
        Row row(info);
        for (std::size_t i = 0; i < info.fields.size(); ++i)
            if (info.fields[i].required || below(100) < fullness_) row.values[i] = value(info.fields[i]);
        normalise(info, row);
        return row;
    }

private:
    int below(int limit) { return static_cast<int>(random_() % static_cast<std::uint64_t>(limit)); }
    template <class Range>
    auto one_of(Range const& range) { return range[static_cast<std::size_t>(below(static_cast<int>(std::size(range))))]; }

    std::string id()
    {
        Uuid made;
        for (auto& byte : made.bytes) byte = static_cast<std::uint8_t>(random_());
        return made.text();
    }

    /// Words that hurt: markup, quotes, separators of other formats, letters of several bytes, CSV formulas.
    std::string words(FieldInfo const& field, bool several_lines)
    {
        static char const* const pieces[] = {"état civil", "<script>alert(1)</script>", "\"guillemets\"", "l’œuvre", "d'école", "a & b", "&amp;", "=1+1",
                                             "🏛 mairie", "100 %", "{n}", "a;b,c", "%41", "C:\\dossier", "</textarea>", "--", "Ünï", "x"};
        std::string text = one_of(pieces);
        for (int more = below(4); more > 0; --more) text += (several_lines && below(3) == 0 ? "\n" : " ") + std::string{one_of(pieces)};
        auto const limit = static_cast<std::size_t>(field.max_length ? field.max_length : 200);
        std::size_t end = text.size();
        while (length_utf8(std::string_view{text}.substr(0, end)) > limit) --end;
        while (end > 0 && !is_utf8(std::string_view{text}.substr(0, end))) --end;
        return text.substr(0, end);
    }

    std::string code(List const& list) { return std::string{list.entries[static_cast<std::size_t>(below(static_cast<int>(list.entries.size())))].code}; }

    std::string duration()
    {
        static char const* const shapes[] = {"P5Y", "P18M", "P1Y6M", "P12M", "P2W", "P30D", "P1Y10D", "P1M2W"};
        return one_of(shapes);
    }

    template <class Make>
    Texts several(Make make)
    {
        Texts texts;
        for (int more = 1 + below(3); more > 0; --more)
            if (auto text = make(); std::ranges::find(texts, text) == texts.end()) texts.push_back(std::move(text));
        return texts;
    }

    Row owned(FieldInfo const& field)
    {
        auto const fullness = fullness_;
        if (field.rows == &attachment_info()) fullness_ = 100;   // the program writes every part of these
        auto row = make(*field.rows);
        fullness_ = fullness;
        if (has_row_id(field.kind)) row.id = id();
        return row;
    }

    Value value(FieldInfo const& field)
    {
        static char const* const countries[] = {"FR", "BE", "US", "EPO"};
        static char const* const phones[] = {"01 02 03 04 05", "+33 6 12 34 56 78", "0102030405"};
        switch (field.kind) {
        case Kind::String: return words(field, false);
        case Kind::Text: return words(field, true);
        case Kind::Email: return std::string{"agent"} + std::to_string(below(999)) + "@ville.example";
        case Kind::Phone: return std::string{one_of(phones)};
        case Kind::Url: return std::string{"https://ville.example/a?b=1&c="} + std::to_string(below(99));
        case Kind::Country: return std::string{one_of(countries)};
        case Kind::Decimal: return std::to_string(below(1000)) + "." + std::to_string(10 + below(90));
        case Kind::Duration: return duration();
        case Kind::Choice: case Kind::Term: return code(*field.list);
        case Kind::Link: return id();
        case Kind::Bool: return below(2) == 1;
        case Kind::Integer: return std::int64_t{below(2'000'000)} - (field.custom ? 1000 : 0);
        case Kind::Percent: return std::int64_t{below(101)};
        case Kind::Money: return std::int64_t{below(200'000)} - 500;
        case Kind::Date: return Date{std::chrono::sys_days{std::chrono::year{1990} / 1 / 1} + std::chrono::days{below(18'000)}};
        case Kind::Timestamp: return from_millis(1'500'000'000'000 + std::int64_t{below(2'000'000'000)} * 137);
        case Kind::Choices: case Kind::Terms: return several([&] { return code(*field.list); });
        case Kind::Links: return several([&] { return id(); });
        case Kind::Strings: return several([&] { return words(field, false); });
        case Kind::Localised: case Kind::Contact: case Kind::Attachment: case Kind::Object: return Rows{owned(field)};
        case Kind::Attachments: case Kind::Rows: {
            Rows rows;
            for (int more = 1 + below(3); more > 0; --more) rows.push_back(owned(field));
            return rows;
        }
        }
        return {};
    }

    std::mt19937_64 random_;
    int fullness_;
};

}  // namespace greffier::schema
