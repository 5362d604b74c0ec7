#include "schema/info.hpp"

#include <algorithm>
#include <stdexcept>

namespace greffier::schema {

Row::Row(SchemaInfo const& info) : values(info.fields.size()) {}

bool is_empty(Value const& value)
{
    return std::visit([](auto const& held) {
        using T = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<T, std::monostate>) return true;
        else if constexpr (requires { held.empty(); }) return held.empty();
        else return false;
    }, value);
}

std::string_view name_of(Kind kind)
{
    switch (kind) {
    case Kind::String: return "string";
    case Kind::Text: return "text";
    case Kind::Email: return "email";
    case Kind::Phone: return "phone";
    case Kind::Url: return "url";
    case Kind::Country: return "country";
    case Kind::Decimal: return "decimal";
    case Kind::Duration: return "duration";
    case Kind::Choice: return "choice";
    case Kind::Term: return "term";
    case Kind::Link: return "link";
    case Kind::Bool: return "boolean";
    case Kind::Integer: return "integer";
    case Kind::Percent: return "percent";
    case Kind::Money: return "money";
    case Kind::Date: return "date";
    case Kind::Timestamp: return "timestamp";
    case Kind::Choices: return "choices";
    case Kind::Terms: return "terms";
    case Kind::Links: return "links";
    case Kind::Strings: return "strings";
    case Kind::Localised: return "localised";
    case Kind::Contact: return "contact";
    case Kind::Attachment: return "attachment";
    case Kind::Attachments: return "attachments";
    case Kind::Object: return "object";
    case Kind::Rows: return "rows";
    }
    return "";
}

bool has_row_id(Kind kind) { return kind == Kind::Rows || kind == Kind::Attachments || kind == Kind::Attachment; }

bool ListEntry::has_flag(std::string_view flag) const
{
    for (std::size_t at = flags.find(flag); at != std::string_view::npos; at = flags.find(flag, at + 1)) {
        bool const starts = at == 0 || flags[at - 1] == ' ';
        bool const ends = at + flag.size() == flags.size() || flags[at + flag.size()] == ' ';
        if (starts && ends) return true;
    }
    return false;
}

ListEntry const* List::find(std::string_view code) const
{
    auto found = std::ranges::find(entries, code, &ListEntry::code);
    return found == entries.end() ? nullptr : &*found;
}

int SchemaInfo::index_of(std::string_view field) const
{
    for (std::size_t i = 0; i < fields.size(); ++i)
        if (fields[i].name == field) return static_cast<int>(i);
    return -1;
}

FieldInfo const* SchemaInfo::find(std::string_view field) const
{
    auto index = index_of(field);
    return index < 0 ? nullptr : &fields[static_cast<std::size_t>(index)];
}

List const* find_list(SchemaInfo const& info, std::string_view name)
{
    for (auto const& field : info.fields) {
        if (field.list && field.list->name == name) return field.list;
        if (auto const* found = field.rows ? find_list(*field.rows, name) : nullptr) return found;
    }
    return nullptr;
}

Value const& get(SchemaInfo const& info, Row const& row, std::string_view field)
{
    static Value const absent;
    auto index = info.index_of(field);
    return index < 0 || static_cast<std::size_t>(index) >= row.values.size() ? absent : row.values[static_cast<std::size_t>(index)];
}

void set(SchemaInfo const& info, Row& row, std::string_view field, Value value)
{
    auto index = info.index_of(field);
    if (index < 0) throw std::logic_error("schema " + info.name + " has no field " + std::string{field});
    row.values.resize(info.fields.size());
    row.values[static_cast<std::size_t>(index)] = std::move(value);
}

std::string const& text_of(SchemaInfo const& info, Row const& row, std::string_view field)
{
    static std::string const none;
    auto const* text = std::get_if<std::string>(&get(info, row, field));
    return text ? *text : none;
}

bool truth_of(SchemaInfo const& info, Row const& row, std::string_view field)
{
    auto const* truth = std::get_if<bool>(&get(info, row, field));
    return truth && *truth;
}

}  // namespace greffier::schema
