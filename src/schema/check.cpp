#include "schema/check.hpp"

#include <algorithm>
#include <set>

#include "core/id.hpp"
#include "core/text.hpp"
#include "schema/kinds.hpp"

namespace greffier::schema {
namespace {

/// ISO 3166-1 alpha-2 shape, or the one international organisation that has an adequacy decision.
bool is_country_code(std::string_view code)
{
    auto const upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    return code == "EPO" || (code.size() == 2 && upper(code[0]) && upper(code[1]));
}

bool is_decimal(std::string_view text)
{
    if (!text.empty() && text.front() == '-') text.remove_prefix(1);
    auto const point = text.find('.');
    auto digits = [](std::string_view part) { return !part.empty() && std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; }); };
    if (point == std::string_view::npos) return text.size() <= 18 && digits(text);
    return text.size() <= 19 && digits(text.substr(0, point)) && digits(text.substr(point + 1));
}

/// Control characters other than line breaks and tabs are never typed by a person: they come from a broken paste.
bool has_control_characters(std::string_view text, bool several_lines)
{
    return std::ranges::any_of(text, [several_lines](char c) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte == 0x7F) return true;
        if (byte >= 0x20) return false;
        return !(several_lines && (c == '\n' || c == '\t'));
    });
}

/// Marks that turn the letters after them around (U+202A to U+202E, U+2066 to U+2069): they come with a paste, nobody sees
/// them, and a title that holds one turns around the line it is shown in. A text stands by itself, and keeps them.
bool turns_letters_around(std::string_view text)
{
    for (auto at = text.find('\xE2'); at != std::string_view::npos && at + 2 < text.size(); at = text.find('\xE2', at + 1)) {
        auto const second = static_cast<unsigned char>(text[at + 1]), third = static_cast<unsigned char>(text[at + 2]);
        if ((second == 0x80 && third >= 0xAA && third <= 0xAE) || (second == 0x81 && third >= 0xA6 && third <= 0xA9)) return true;
    }
    return false;
}

int default_length(Kind kind)
{
    switch (kind) {
    case Kind::Text: return 10000;
    case Kind::Url: return 2000;
    case Kind::Email: return 254;
    case Kind::Phone: return 40;
    default: return 200;
    }
}

class Checker {
public:
    Checker(KnowsTerm const& knows_term, Strictness strictness, std::vector<FieldError>& errors)
        : knows_term_(knows_term), strictness_(strictness), errors_(errors) {}

    void row(SchemaInfo const& info, Row const& row, std::string const& prefix)
    {
        for (std::size_t i = 0; i < info.fields.size(); ++i) {
            auto const& field = info.fields[i];
            static Value const absent;
            auto const& value = i < row.values.size() ? row.values[i] : absent;
            one(field, value, prefix + field.name);
        }
    }

private:
    void error(std::string const& path, char const* code, Arguments arguments = {}) { errors_.push_back({path, code, std::move(arguments)}); }

    void one(FieldInfo const& field, Value const& value, std::string const& path)
    {
        if (is_empty(value)) {
            if (field.required && strictness_ == Strictness::Whole) error(path, "required");
            return;
        }
        switch (field.kind) {
        case Kind::Bool: if (!std::holds_alternative<bool>(value)) error(path, "wrong_kind"); return;
        case Kind::Integer: count(field, value, path); return;
        case Kind::Money: integer(value, path, -900'000'000'000'000, 900'000'000'000'000); return;
        case Kind::Percent: integer(value, path, 0, 100); return;
        case Kind::Date: if (!std::holds_alternative<Date>(value)) error(path, "not_a_date"); return;
        case Kind::Timestamp: if (!std::holds_alternative<Timestamp>(value)) error(path, "not_an_instant"); return;
        case Kind::Choices: case Kind::Terms: case Kind::Links: case Kind::Strings: texts(field, value, path); return;
        case Kind::Localised: case Kind::Contact: case Kind::Attachment: case Kind::Object: part(field, value, path); return;
        case Kind::Attachments: case Kind::Rows: rows(field, value, path); return;
        default: text(field, value, path);
        }
    }

    void integer(Value const& value, std::string const& path, std::int64_t low, std::int64_t high)
    {
        auto const* number = std::get_if<std::int64_t>(&value);
        if (!number) error(path, "not_a_number");
        else if (*number < low || *number > high) error(path, "out_of_range", {{"min", std::to_string(low)}, {"max", std::to_string(high)}});
    }

    /// What the registers count is never below zero; the answer to an organisation's own question may be.
    void count(FieldInfo const& field, Value const& value, std::string const& path)
    {
        auto const* number = std::get_if<std::int64_t>(&value);
        if (number && *number < 0 && !field.custom) error(path, "below_minimum", {{"min", "0"}});
        else integer(value, path, -900'000'000'000'000, 900'000'000'000'000);
    }

    void text(FieldInfo const& field, Value const& value, std::string const& path)
    {
        auto const* held = std::get_if<std::string>(&value);
        if (!held) return error(path, "wrong_kind");
        one_text(field, *held, path);
    }

    void one_text(FieldInfo const& field, std::string const& text, std::string const& path)
    {
        if (!is_utf8(text)) return error(path, "bad_utf8");
        bool const lines = field.kind == Kind::Text;
        if (has_control_characters(text, lines) || (!lines && turns_letters_around(text))) return error(path, "control_characters");
        int const limit = field.max_length ? field.max_length : default_length(field.kind);
        if (length_utf8(text) > static_cast<std::size_t>(limit)) return error(path, "too_long", {{"max", std::to_string(limit)}});
        switch (field.kind) {
        case Kind::Email: if (!is_email(text)) error(path, "not_an_email"); break;
        case Kind::Phone: if (!is_phone(text)) error(path, "not_a_phone"); break;
        case Kind::Url: if (!is_http_url(text)) error(path, "not_a_url"); break;
        case Kind::Country: if (!is_country_code(text)) error(path, "unknown_country", {{"value", text}}); break;
        case Kind::Decimal: if (!is_decimal(text)) error(path, "not_a_number"); break;
        case Kind::Duration: if (!Duration::parse(text)) error(path, "not_a_duration", {{"value", text}}); break;
        case Kind::Choice: case Kind::Choices: case Kind::Term: case Kind::Terms: code(field, text, path); break;
        case Kind::Link: case Kind::Links: if (!Uuid::parse(text)) error(path, "not_an_id"); break;
        default: break;
        }
    }

    void code(FieldInfo const& field, std::string const& text, std::string const& path)
    {
        if (!field.list) return;
        if (field.list->find(text)) return;   // a retired code stays readable and storable: forms stop offering it
        if (field.list->open && knows_term_ && knows_term_(field.list->name, text)) return;
        error(path, "unknown_choice", {{"value", shorten(text, 60)}});
    }

    void texts(FieldInfo const& field, Value const& value, std::string const& path)
    {
        auto const* held = std::get_if<Texts>(&value);
        if (!held) return error(path, "wrong_kind");
        if (held->size() > max_texts) return error(path, "too_many", {{"max", std::to_string(max_texts)}});
        std::set<std::string_view> seen;
        for (std::size_t i = 0; i < held->size(); ++i) {
            auto const at = path + "[" + std::to_string(i) + "]";
            one_text(field, (*held)[i], at);
            if (!seen.insert((*held)[i]).second) error(at, "duplicate");
        }
    }

    void part(FieldInfo const& field, Value const& value, std::string const& path)
    {
        auto const* held = std::get_if<Rows>(&value);
        if (!held || held->size() != 1) return error(path, "wrong_kind");
        row(*field.rows, held->front(), path + ".");
    }

    void rows(FieldInfo const& field, Value const& value, std::string const& path)
    {
        auto const* held = std::get_if<Rows>(&value);
        if (!held) return error(path, "wrong_kind");
        if (held->size() > max_rows) return error(path, "too_many", {{"max", std::to_string(max_rows)}});
        std::set<std::string_view> ids;
        for (std::size_t i = 0; i < held->size(); ++i) {
            auto const at = path + "[" + std::to_string(i) + "]";
            auto const& owned = (*held)[i];
            if (!owned.id.empty() && !ids.insert(owned.id).second) error(at, "duplicate");   // the row: no control shows its id
            row(*field.rows, owned, at + ".");
        }
    }

    KnowsTerm const& knows_term_;
    Strictness strictness_;
    std::vector<FieldError>& errors_;
};

void normalise_value(FieldInfo const& field, Value& value, NewRows new_rows);

/// A row where no box was ticked and nothing written is a row nobody filled; the answer "no" is an answer.
bool is_blank_row(SchemaInfo const& info, Row const& row)
{
    for (std::size_t i = 0; i < info.fields.size(); ++i) {
        auto const* truth = std::get_if<bool>(&row.values[i]);
        bool const unticked = truth && !*truth && !info.fields[i].tristate;
        if (!unticked && !is_empty(row.values[i])) return false;
    }
    return true;
}

/// One way of writing each id, so that two of them are equal when their texts are.
void canonical_id(std::string& text)
{
    if (auto const id = Uuid::parse(text)) text = id->text();
}

void normalise_text(FieldInfo const& field, std::string& text)
{
    if (field.kind == Kind::Text) {
        std::string out;
        for (std::size_t i = 0; i < text.size(); ++i) {   // browsers send CRLF
            if (text[i] == '\r') { if (i + 1 >= text.size() || text[i + 1] != '\n') out += '\n'; }
            else out += text[i];
        }
        text = std::string{trim(out)};
    } else if (field.kind == Kind::String || field.kind == Kind::Strings) {
        text = squeeze(text);
    } else {
        text = std::string{trim(text)};
        if (field.kind == Kind::Link || field.kind == Kind::Links) canonical_id(text);
    }
}

void normalise_value(FieldInfo const& field, Value& value, NewRows new_rows)
{
    if (auto* text = std::get_if<std::string>(&value)) {
        normalise_text(field, *text);
        if (field.kind == Kind::Duration)
            if (auto parsed = Duration::parse(*text)) *text = parsed->text();
    } else if (auto* texts = std::get_if<Texts>(&value)) {
        for (auto& text : *texts) normalise_text(field, text);
        std::erase_if(*texts, [](std::string const& text) { return text.empty(); });
        // Codes of a list are a set: one order, the list's, or ticking the same boxes again would count as a change.
        if (field.list) {
            auto const rank = [&field](std::string const& code) {
                auto const* entry = field.list->find(code);
                return entry ? entry - field.list->entries.data() : static_cast<std::ptrdiff_t>(field.list->entries.size());
            };
            std::ranges::stable_sort(*texts, {}, rank);
        }
    } else if (auto* rows = std::get_if<Rows>(&value); rows && field.rows) {
        for (auto& row : *rows) normalise(*field.rows, row, new_rows);
        std::erase_if(*rows, [&](Row const& row) { return is_blank_row(*field.rows, row); });
        for (auto& row : *rows) {
            canonical_id(row.id);
            if (!has_row_id(field.kind)) row.id.clear();
            else if (!Uuid::parse(row.id)) row.id = new_rows == NewRows::GetIds ? Uuid::make().text() : std::string{};
        }
    }
    if (is_empty(value)) value = {};
    if (field.kind == Kind::Bool && !field.tristate && is_empty(value)) value = false;   // a box is ticked or not
}

void count_answers(SchemaInfo const& info, Row const& row, std::string const& prefix, int& asked, std::vector<std::string>& missing)
{
    for (std::size_t i = 0; i < info.fields.size(); ++i) {
        static Value const absent;
        auto const& field = info.fields[i];
        auto const& value = i < row.values.size() ? row.values[i] : absent;
        auto const* rows = std::get_if<Rows>(&value);
        if (field.mandatory) {
            ++asked;
            if (is_empty(value)) missing.push_back(prefix + field.name);
        }
        if (rows && field.kind == Kind::Rows)
            for (std::size_t n = 0; n < rows->size(); ++n)
                count_answers(*field.rows, (*rows)[n], prefix + field.name + "[" + std::to_string(n) + "].", asked, missing);
    }
}

}  // namespace

std::vector<FieldError> check(SchemaInfo const& info, Row const& row, KnowsTerm const& knows_term, Strictness strictness)
{
    std::vector<FieldError> errors;
    Checker(knows_term, strictness, errors).row(info, row, "");
    return errors;
}

void normalise(SchemaInfo const& info, Row& row, NewRows rows)
{
    row.values.resize(info.fields.size());
    for (std::size_t i = 0; i < info.fields.size(); ++i) normalise_value(info.fields[i], row.values[i], rows);
}

std::vector<std::string> unanswered(SchemaInfo const& info, Row const& row)
{
    int asked = 0;
    std::vector<std::string> missing;
    count_answers(info, row, "", asked, missing);
    return missing;
}

int completeness(SchemaInfo const& info, Row const& row)
{
    int asked = 0;
    std::vector<std::string> missing;
    count_answers(info, row, "", asked, missing);
    return asked == 0 ? 100 : static_cast<int>((asked - static_cast<int>(missing.size())) * 100 / asked);
}

}  // namespace greffier::schema
