#include <algorithm>
#include <charconv>
#include <set>

#include "core/local_time.hpp"
#include "core/text.hpp"
#include "law/countries.hpp"
#include "records/pages/form.hpp"
#include "schema/kinds.hpp"

namespace greffier::records {

using schema::FieldInfo;
using schema::Kind;
using schema::Row;
using schema::Rows;
using schema::SchemaInfo;
using schema::Texts;
using schema::Value;

namespace {

std::string typed(web::Pairs const& form, std::string const& name) { return std::string{trim(form.get(name))}; }

Value read_number(std::string const& text)
{
    std::string digits;
    for (char c : squeeze(text))
        if (c != ' ') digits += c;   // people write 3 100
    std::int64_t number = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error == std::errc{} && end == digits.data() + digits.size()) return number;
    return text;
}

/// Euros as people write them ("1 250,50") to cents.
Value read_money(std::string const& text)
{
    std::string plain;
    for (char c : squeeze(text))
        if (c != ' ') plain += c == ',' ? '.' : c;
    auto const point = plain.find('.');
    auto cents = point == std::string::npos ? std::string{"00"} : plain.substr(point + 1);
    if (cents.size() == 1) cents += '0';
    std::int64_t number = 0;
    auto const euros = plain.substr(0, point);
    if (euros == "-" && point == std::string::npos) return text;
    auto const digits = euros + cents;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (cents.size() == 2 && error == std::errc{} && end == digits.data() + digits.size()) return number;
    return text;
}

/// "1 250,5" as the canonical "1250.5"; what is no number stays as it was typed, for check() to refuse.
std::string read_decimal(std::string const& text)
{
    std::string plain;
    for (char c : squeeze(text))
        if (c != ' ') plain += c == ',' ? '.' : c;
    bool const number = std::ranges::all_of(plain, [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == '-'; });
    return number ? plain : text;
}

Value read_date(std::string const& text)
{
    if (auto iso = parse_date(text)) return *iso;
    if (auto french = parse_french_date(text)) return *french;
    return text;
}

/// "5 ans", "18 months": the unit is written after the figure, and says more than the menu beside it.
std::optional<schema::Duration> duration_in_words(std::string_view text)
{
    auto const digits = text.find_first_not_of("0123456789");
    if (digits == 0 || digits == std::string_view::npos) return std::nullopt;
    struct Unit { std::string_view word; char code; };
    static constexpr Unit units[] = {{"an", 'Y'}, {"annee", 'Y'}, {"year", 'Y'}, {"mois", 'M'}, {"month", 'M'}, {"semaine", 'W'}, {"week", 'W'}, {"jour", 'D'}, {"day", 'D'}};
    auto word = fold(trim(text.substr(digits)));
    for (auto const& unit : units)
        if (word == unit.word || word == std::string{unit.word} + "s") return schema::Duration::parse("P" + std::string{text.substr(0, digits)} + unit.code);
    return std::nullopt;
}

/// "P18M" and "P1Y6M" are one length in months; the form can show only one of them.
bool same_months(schema::Duration const& a, schema::Duration const& b)
{
    return a.years * 12 + a.months == b.years * 12 + b.months && a.weeks == b.weeks && a.days == b.days;
}

/// A number and a unit; a text that is no number is kept as typed. An unchanged length keeps the writing of `base`.
Value read_duration(web::Pairs const& form, std::string const& name, Value const& base)
{
    auto const count = typed(form, name + ".count");
    auto const unit = typed(form, name + ".unit");
    if (count.empty()) return {};
    auto read = schema::Duration::parse(count);
    if (!read) read = duration_in_words(count);
    if (!read && unit.size() == 1 && std::string_view{"YMWD"}.find(unit) != std::string_view::npos) read = schema::Duration::parse("P" + count + unit);
    if (!read) return count;
    auto const* before = std::get_if<std::string>(&base);
    if (auto const was = before ? schema::Duration::parse(*before) : std::nullopt; was && same_months(*was, *read)) return base;
    return read->text();
}

/// Indices N for which some name "prefix.N.…" was sent, in order.
std::vector<int> indices(web::Pairs const& form, std::string const& prefix)
{
    std::set<int> found;
    auto const start = prefix + ".";
    for (auto const& [name, value] : form) {
        if (!name.starts_with(start)) continue;
        int index = 0;
        auto const* first = name.data() + start.size();
        auto const* last = name.data() + name.size();
        auto const [end, error] = std::from_chars(first, last, index);
        if (error == std::errc{} && end != last && *end == '.' && index >= 0 && index < 100000) found.insert(index);
    }
    return {found.begin(), found.end()};
}

Row read_row(SchemaInfo const& info, web::Pairs const& form, std::string const& prefix, Row const& base);

Value read_value(FieldInfo const& field, web::Pairs const& form, std::string const& name, Value const& base)
{
    static Row const no_base;
    switch (field.kind) {
    case Kind::Bool: {
        auto const text = typed(form, name);
        if (text == "true") return true;
        if (field.tristate && text != "false") return {};
        return false;
    }
    case Kind::Integer: case Kind::Percent: { auto text = typed(form, name); return text.empty() ? Value{} : read_number(text); }
    case Kind::Money: { auto text = typed(form, name); return text.empty() ? Value{} : read_money(text); }
    case Kind::Date: { auto text = typed(form, name); return text.empty() ? Value{} : read_date(text); }
    case Kind::Timestamp: {
        auto text = typed(form, name);
        if (text.empty()) return {};
        // The field holds minutes by the clock that its page was written for: an instant nobody touched keeps its seconds.
        auto zone = typed(form, name + ".zone");
        if (!is_time_zone(zone)) zone = "Europe/Paris";
        if (auto const* was = std::get_if<Timestamp>(&base); was && to_local_minutes(*was, zone) == text) return *was;
        if (auto const read = read_local_time(text, zone)) return read->at;
        if (auto const instant = parse_timestamp(text)) return *instant;
        return text;
    }
    case Kind::Decimal: return read_decimal(typed(form, name));
    case Kind::Duration: return read_duration(form, name, base);
    case Kind::Country: {
        auto text = typed(form, name);
        if (auto code = law::country_from_name(text)) return std::move(*code);
        return text;
    }
    case Kind::Choices: case Kind::Terms: {
        Texts chosen;
        for (auto& code : form.all(name))
            if (!code.empty()) chosen.push_back(std::move(code));
        return chosen;
    }
    case Kind::Links: {
        Texts targets;
        for (auto const& lines : form.all(name))
            for (auto const& line : split(lines, '\n'))
                if (auto const target = trim(line); !target.empty()) targets.emplace_back(target);
        return targets;
    }
    case Kind::Strings: return split(form.get(name), '\n');
    case Kind::Attachment: case Kind::Attachments: return base;   // their own tab
    case Kind::Contact: case Kind::Localised: case Kind::Object: {
        auto const* rows = std::get_if<Rows>(&base);
        return Rows{read_row(*field.rows, form, name + ".", rows && !rows->empty() ? rows->front() : no_base)};
    }
    case Kind::Rows: {
        auto const* before = std::get_if<Rows>(&base);
        Rows rows;
        std::set<std::string> seen;
        for (int index : indices(form, name)) {
            auto const at = name + "." + std::to_string(index) + ".";
            auto const id = typed(form, at + "id");
            Row const* same = nullptr;
            if (before)
                for (auto const& one : *before)
                    if (!id.empty() && one.id == id && !seen.contains(id)) same = &one;
            seen.insert(id);
            auto row = read_row(*field.rows, form, at, same ? *same : no_base);
            row.id = same ? id : std::string{};   // an id that is not this record's would be somebody else's row
            rows.push_back(std::move(row));
        }
        return rows;
    }
    default: return form.get(name);
    }
}

Row read_row(SchemaInfo const& info, web::Pairs const& form, std::string const& prefix, Row const& base)
{
    Row row(info);
    row.id = base.id;
    for (std::size_t i = 0; i < info.fields.size(); ++i) {
        static Value const absent;
        auto const& before = i < base.values.size() ? base.values[i] : absent;
        row.values[i] = info.fields[i].read_only || info.fields[i].retired ? before : read_value(info.fields[i], form, prefix + info.fields[i].name, before);
    }
    return row;
}

}  // namespace

Row read_form(SchemaInfo const& info, web::Pairs const& form, Row const& base) { return read_row(info, form, "", base); }

Value read_answer(FieldInfo const& field, web::Pairs const& form, std::string const& name, Value const& base) { return read_value(field, form, name, base); }

bool apply_row_button(SchemaInfo const& info, web::Pairs const& form, Row& row)
{
    for (auto const& [name, value] : form) {
        auto const parts = split(name, '.');
        if (parts.size() < 2 || (parts[0] != "_add" && parts[0] != "_remove" && parts[0] != "_up" && parts[0] != "_down")) continue;
        auto const* field = info.find(parts[1]);
        if (!field || field->kind != Kind::Rows || field->read_only) continue;
        auto& held = row.values[static_cast<std::size_t>(info.index_of(parts[1]))];
        if (!std::holds_alternative<Rows>(held)) held = Rows{};
        auto& rows = std::get<Rows>(held);
        if (parts[0] == "_add") {
            rows.emplace_back(*field->rows);
            return true;
        }
        // The button says which row of the page it stood in, and a page may have lost rows since it was written.
        int number = -1;
        if (parts.size() > 2) std::from_chars(parts[2].data(), parts[2].data() + parts[2].size(), number);
        auto const shown = indices(form, field->name);
        auto const index = static_cast<std::size_t>(std::ranges::find(shown, number) - shown.begin());
        if (index >= rows.size()) return true;   // pressed all the same: nothing is to be saved yet
        if (parts[0] == "_remove") rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(index));
        else if (parts[0] == "_up" && index > 0) std::swap(rows[index], rows[index - 1]);
        else if (parts[0] == "_down" && index + 1 < rows.size()) std::swap(rows[index], rows[index + 1]);
        return true;
    }
    return false;
}

std::string control_id(std::string_view path)
{
    std::string id;
    for (char c : path) {
        if (c == '[' || c == '.') id += '-';
        else if (c != ']') id += c;
    }
    return id;
}

}  // namespace greffier::records
