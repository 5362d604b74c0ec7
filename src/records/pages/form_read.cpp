#include <algorithm>
#include <charconv>
#include <set>

#include "core/text.hpp"
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
    auto const digits = plain.substr(0, point) + cents;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (cents.size() == 2 && error == std::errc{} && end == digits.data() + digits.size()) return number;
    return text;
}

Value read_date(std::string const& text)
{
    if (auto iso = parse_date(text)) return *iso;
    if (auto french = parse_french_date(text)) return *french;
    return text;
}

/// A number and a unit; a text that is no number is kept as typed.
Value read_duration(web::Pairs const& form, std::string const& name)
{
    auto const count = typed(form, name + ".count");
    auto const unit = typed(form, name + ".unit");
    if (count.empty()) return {};
    if (auto iso = schema::Duration::parse(count)) return iso->text();
    if (unit.size() == 1 && std::string_view{"YMWD"}.find(unit) != std::string_view::npos) {
        auto const iso = "P" + count + unit;
        if (auto parsed = schema::Duration::parse(iso)) return parsed->text();
    }
    return count;
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
    case Kind::Duration: return read_duration(form, name);
    case Kind::Choices: case Kind::Terms: case Kind::Links: {
        Texts chosen;
        for (auto& code : form.all(name))
            if (!code.empty()) chosen.push_back(std::move(code));
        return chosen;
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
        for (int index : indices(form, name)) {
            auto const at = name + "." + std::to_string(index) + ".";
            auto const id = typed(form, at + "id");
            Row const* same = nullptr;
            if (before)
                for (auto const& one : *before)
                    if (one.id == id) same = &one;
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
        row.values[i] = info.fields[i].read_only ? before : read_value(info.fields[i], form, prefix + info.fields[i].name, before);
    }
    return row;
}

}  // namespace

Row read_form(SchemaInfo const& info, web::Pairs const& form, Row const& base) { return read_row(info, form, "", base); }

bool apply_row_button(SchemaInfo const& info, web::Pairs const& form, Row& row)
{
    for (auto const& [name, value] : form) {
        auto const parts = split(name, '.');
        if (parts.size() < 2 || parts[0].size() < 3 || parts[0][0] != '_') continue;
        auto const* field = info.find(parts[1]);
        if (!field || field->kind != Kind::Rows) continue;
        auto& held = row.values[static_cast<std::size_t>(info.index_of(parts[1]))];
        if (!std::holds_alternative<Rows>(held)) held = Rows{};
        auto& rows = std::get<Rows>(held);
        if (parts[0] == "_add") {
            rows.emplace_back(*field->rows);
            return true;
        }
        std::size_t index = 0;
        if (parts.size() < 3 || std::from_chars(parts[2].data(), parts[2].data() + parts[2].size(), index).ec != std::errc{} || index >= rows.size()) continue;
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
