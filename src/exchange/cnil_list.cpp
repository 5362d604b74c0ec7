#include "exchange/cnil_list.hpp"

#include <algorithm>
#include <set>

#include "core/text.hpp"
#include "exchange/cnil_table.hpp"

namespace greffier::exchange::cnil {
namespace {

using documents::Sheet;

constexpr std::size_t looked_at = 1000; // rows: headings and contacts stand at the top

std::set<Field> list_fields(Sheet const& sheet, std::size_t row)
{
    std::set<Field> fields;
    for (std::size_t column : filled_columns(sheet, row))
        if (auto const field = list_column_of(key_of(sheet.at(row, column).text))) fields.insert(*field);
    return fields;
}

bool is_heading_row(Sheet const& sheet, std::size_t row)
{
    auto const fields = list_fields(sheet, row);
    return fields.size() >= 2 && fields.contains(Field::Name);
}

// Headings take two rows in the template: the upper one names what the lower one leaves blank.
Columns list_columns(Sheet const& sheet, std::size_t headings)
{
    Columns columns;
    for (std::size_t row : {headings, headings - 1}) {
        if (row >= sheet.rows.size()) continue; // there is nothing above the first row
        for (std::size_t column : filled_columns(sheet, row)) {
            auto const field = list_column_of(key_of(sheet.at(row, column).text));
            bool const known =
                std::any_of(columns.begin(), columns.end(), [&](Column const& one) { return one.field == field; });
            if (field && !known && !owns(columns, column))
                columns.push_back({*field, column, right_end(sheet, row, column)});
        }
    }
    std::sort(columns.begin(), columns.end(), [](Column const& a, Column const& b) { return a.first < b.first; });
    return columns;
}

// Some people repeat the headings at the top of each printed page.
bool repeats_headings(Sheet const& sheet, std::size_t row, Columns const& columns)
{
    auto const name = field_of(sheet, row, columns, Field::Name);
    return list_column_of(key_of(name.text)) == Field::Name && is_heading_row(sheet, row);
}

void take_example_mark(CnilListRow& row)
{
    std::string& text = row.name.text;
    auto const end = text.find(')');
    bool const marked = text.starts_with('(') && end != std::string::npos && says_example(text.substr(0, end));
    row.example = marked || says_example(row.reference.text);
    if (marked) text = std::string(trim(std::string_view(text).substr(end + 1)));
}

Placed* slot(CnilContact& contact, Field field)
{
    switch (field) {
    case Field::PersonName: return &contact.name;
    case Field::FirstName: return &contact.first_name;
    case Field::Company: return &contact.company;
    case Field::Address: return &contact.address;
    case Field::Postcode: return &contact.postcode;
    case Field::City: return &contact.city;
    case Field::Country: return &contact.country;
    case Field::Phone: return &contact.phone;
    case Field::Email: return &contact.email;
    default: return nullptr;
    }
}

CnilContact* contact_of(CnilHeader& header, Group group)
{
    switch (group) {
    case Group::Controller: return &header.controller;
    case Group::Representative: return &header.representative;
    case Group::Dpo: return &header.dpo;
    case Group::None: break;
    }
    return nullptr;
}

class ContactReader {
public:
    ContactReader(Sheet const& sheet, CnilWorkbook& out) : sheet_(sheet), out_(out) {}

    void read_row(std::size_t row, bool last)
    {
        Placed* waiting = nullptr; // the value may stand in the cell after its label
        for (std::size_t column : filled_columns(sheet_, row)) {
            std::string const& text = sheet_.at(row, column).text;
            if (auto const group = group_of(key_of(text))) {
                group_ = *group, waiting = nullptr;
                continue;
            }
            CnilContact* const contact = contact_of(out_.header, group_);
            auto const [key, rest] = split_label(text);
            auto const field = contact_field_of(key);
            if (contact && field && slot(*contact, *field))
                waiting = take_label(*slot(*contact, *field), row, column, rest);
            else if (waiting)
                keep(*waiting, placed(sheet_, row, column)), waiting = nullptr;
            else if (contact && !last)
                add_note(out_, place_of(sheet_, row, column), "not_recognised", text);
        }
    }

private:
    Placed* take_label(Placed& target, std::size_t row, std::size_t column, std::string const& rest)
    {
        if (!rest.empty()) {
            keep(target, {rest, {}, place_of(sheet_, row, column)});
            return nullptr;
        }
        if (target.place.empty()) target.place = place_of(sheet_, row, right_end(sheet_, row, column) + 1);
        return &target;
    }

    void keep(Placed& target, Placed value)
    {
        if (target.empty())
            target = std::move(value);
        else
            add_note(out_, value.place, "not_recognised", value.text);
    }

    Sheet const& sheet_;
    CnilWorkbook& out_;
    Group group_ = Group::None;
};

} // namespace

std::optional<std::size_t> list_headings(Sheet const& sheet)
{
    for (std::size_t row = 0; row < std::min(sheet.rows.size(), looked_at); ++row)
        if (is_heading_row(sheet, row)) return row;
    return std::nullopt;
}

void read_list(Sheet const& sheet, std::size_t headings, CnilWorkbook& out)
{
    Columns columns = list_columns(sheet, headings);
    for (std::size_t row = headings + 1; row < sheet.rows.size(); ++row) {
        if (repeats_headings(sheet, row, columns)) {
            columns = list_columns(sheet, row);
            continue;
        }
        auto const filled = filled_columns(sheet, row);
        auto const get = [&](Field field) { return field_of(sheet, row, columns, field); };
        for (std::size_t column : filled)
            if (!owns(columns, column))
                add_note(out, place_of(sheet, row, column), "not_recognised", sheet.at(row, column).text);
        bool const any =
            std::any_of(filled.begin(), filled.end(), [&](std::size_t column) { return owns(columns, column); });
        if (!any) continue;
        CnilListRow found{get(Field::Name),
                          get(Field::Reference),
                          get(Field::Created),
                          get(Field::Updated),
                          get(Field::Purposes),
                          get(Field::SensitiveData),
                          false,
                          place_of(sheet, row, filled.front())};
        take_example_mark(found);
        for (Placed const* date : {&found.created, &found.updated})
            if (!date->empty() && !date_of(*date)) add_note(out, date->place, "not_a_date", date->text);
        out.list.push_back(std::move(found));
    }
}

bool has_contacts(Sheet const& sheet)
{
    for (std::size_t row = 0; row < std::min(sheet.rows.size(), looked_at); ++row)
        for (std::size_t column : filled_columns(sheet, row))
            if (group_of(key_of(sheet.at(row, column).text))) return true;
    return false;
}

void read_contacts(Sheet const& sheet, std::size_t end, CnilWorkbook& out)
{
    ContactReader reader(sheet, out);
    for (std::size_t row = 0; row < std::min({end, sheet.rows.size(), looked_at}); ++row)
        reader.read_row(row, row + 1 == end);
}

} // namespace greffier::exchange::cnil
