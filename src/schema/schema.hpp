#pragma once
// Schema<T>: the one declaration of a record's fields.
//
//   Schema<Purpose> const& schema_of(Purpose const*)
//   {
//       static Schema<Purpose> const schema("purpose", 1, {
//           Field("kind", &Purpose::kind).required().article("30(1)(b)"),
//           Field("text", &Purpose::text).mandatory().searchable(),
//       });
//       return schema;
//   }
//
// The member's C++ type says its kind; the row adds what no type can. Schema<T> offers exactly pack and
// unpack, and an untyped SchemaInfo from which everything else derives. No macro, no code generator.

#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "core/result.hpp"
#include "schema/kinds.hpp"

namespace greffier::schema {

template <class T>
class Schema;

/// Code and value of a closed choice; `choices_of(E)` found by argument-dependent look-up returns the table.
template <class E>
struct ChoiceEntry {
    E value;
    ListEntry entry;
};

/// A closed list built once from its entries; E's values need not be contiguous.
template <class E>
struct ChoiceList {
    List list;
    std::vector<ListEntry> entries;
    std::vector<E> values;

    ChoiceList(std::string_view name, std::initializer_list<ChoiceEntry<E>> rows)
    {
        for (auto const& row : rows) {
            entries.push_back(row.entry);
            values.push_back(row.value);
        }
        list = {name, false, entries};
    }
    ChoiceList(ChoiceList const&) = delete;   // `list` points into `entries`
    ChoiceList& operator=(ChoiceList const&) = delete;

    [[nodiscard]] std::string_view code(E value) const
    {
        for (std::size_t i = 0; i < values.size(); ++i)
            if (values[i] == value) return entries[i].code;
        return {};
    }
    [[nodiscard]] std::optional<E> find(std::string_view code) const
    {
        for (std::size_t i = 0; i < values.size(); ++i)
            if (entries[i].code == code) return values[i];
        return std::nullopt;
    }
};

namespace detail {

template <class M> struct is_vector : std::false_type {};
template <class M> struct is_vector<std::vector<M>> : std::true_type { using item = M; };
template <class M> struct is_optional : std::false_type {};
template <class M> struct is_optional<std::optional<M>> : std::true_type { using item = M; };
template <class M> struct is_text_of : std::false_type {};
template <Kind K> struct is_text_of<TextOf<K>> : std::true_type { static constexpr Kind kind = K; };
template <class M> struct is_term : std::false_type {};
template <class L> struct is_term<Term<L>> : std::true_type { using list = L; };
template <class M> struct is_id : std::false_type {};
template <class Tag> struct is_id<Id<Tag>> : std::true_type { using tag = Tag; };

template <class M> concept HasSchema = requires(M const* m) { schema_of(m); };

template <class M>
constexpr Kind kind_of()
{
    if constexpr (is_optional<M>::value) return kind_of<typename is_optional<M>::item>();
    else if constexpr (std::is_same_v<M, std::string>) return Kind::String;
    else if constexpr (is_text_of<M>::value) return is_text_of<M>::kind;
    else if constexpr (std::is_same_v<M, bool>) return Kind::Bool;
    else if constexpr (std::is_same_v<M, std::int64_t>) return Kind::Integer;
    else if constexpr (std::is_same_v<M, Percent>) return Kind::Percent;
    else if constexpr (std::is_same_v<M, Money>) return Kind::Money;
    else if constexpr (std::is_same_v<M, Duration>) return Kind::Duration;
    else if constexpr (std::is_same_v<M, greffier::Date>) return Kind::Date;
    else if constexpr (std::is_same_v<M, greffier::Timestamp>) return Kind::Timestamp;
    else if constexpr (std::is_same_v<M, Localised>) return Kind::Localised;
    else if constexpr (std::is_same_v<M, Contact>) return Kind::Contact;
    else if constexpr (std::is_same_v<M, Attachment>) return Kind::Attachment;
    else if constexpr (std::is_enum_v<M>) return Kind::Choice;
    else if constexpr (is_term<M>::value) return Kind::Term;
    else if constexpr (is_id<M>::value) return Kind::Link;
    else if constexpr (is_vector<M>::value) {
        using Item = typename is_vector<M>::item;
        if constexpr (std::is_same_v<Item, std::string>) return Kind::Strings;
        else if constexpr (std::is_enum_v<Item>) return Kind::Choices;
        else if constexpr (is_term<Item>::value) return Kind::Terms;
        else if constexpr (is_id<Item>::value) return Kind::Links;
        else if constexpr (std::is_same_v<Item, Attachment>) return Kind::Attachments;
        else return Kind::Rows;
    }
    else return Kind::Object;
}

/// The schema a nested member needs: of the Line in vector<Line>, of an Object, of the shared parts.
template <class M>
SchemaInfo const* parts_of();
template <class M>
List const* list_of();
template <class M>
std::string_view register_of();

template <class M> Value to_value(M const& member);
template <class M> bool from_value(Value const& value, M& member);   ///< false on a wrong shape

}  // namespace detail

/// One row of a declaration.
template <class T>
class Field {
public:
    template <class M>
    Field(char const* name, M T::* member)
    {
        info_.name = name;
        info_.kind = detail::kind_of<M>();
        info_.tristate = std::is_same_v<M, std::optional<bool>>;
        info_.rows = detail::parts_of<M>();
        info_.list = detail::list_of<M>();
        info_.link_register = detail::register_of<M>();
        to_ = [member](T const& record) { return detail::to_value(record.*member); };
        from_ = [member](T& record, Value const& value) { return detail::from_value(value, record.*member); };
    }

    Field& required() { info_.required = info_.mandatory = true; return *this; }
    Field& mandatory() { info_.mandatory = true; return *this; }
    Field& max_length(int characters) { info_.max_length = characters; return *this; }
    Field& article(char const* source) { info_.article = source; return *this; }
    Field& personal_data() { info_.personal_data = true; return *this; }
    Field& in_list() { info_.in_list = true; return *this; }
    Field& title() { info_.title = true; return *this; }
    Field& facet() { info_.facet = true; return *this; }
    Field& searchable() { info_.searchable = true; return *this; }
    Field& material() { info_.material = true; return *this; }
    Field& read_only() { info_.read_only = true; return *this; }
    Field& section(char const* name) { info_.section = name; return *this; }
    Field& suggest(char const* source) { info_.suggest = source; return *this; }
    Field& since(int version) { info_.since = version; return *this; }
    Field& was(char const* old_name) { info_.was.emplace_back(old_name); return *this; }
    Field& converted(int from, std::function<Value(Value const&)> convert) { info_.conversions.push_back({from, std::move(convert)}); return *this; }
    Field& shown_when(char const* field, std::initializer_list<char const*> values)
    {
        info_.shown_when = FieldInfo::Condition{field, {values.begin(), values.end()}};
        return *this;
    }

    FieldInfo info_;
    std::function<Value(T const&)> to_;
    std::function<bool(T&, Value const&)> from_;
};
template <class T, class M>
Field(char const*, M T::*) -> Field<T>;

template <class T>
class Schema {
public:
    /// A field without section() stands in the section of the field before it.
    Schema(std::string name, int version, std::initializer_list<Field<T>> fields)
    {
        info_.name = std::move(name);
        info_.version = version;
        for (auto const& field : fields) {
            info_.fields.push_back(field.info_);
            auto& added = info_.fields.back();
            if (added.section.empty() && !info_.sections.empty()) added.section = info_.sections.back();
            if (!added.section.empty() && (info_.sections.empty() || info_.sections.back() != added.section)) info_.sections.push_back(added.section);
            to_.push_back(field.to_);
            from_.push_back(field.from_);
        }
    }

    [[nodiscard]] SchemaInfo const& info() const { return info_; }

    [[nodiscard]] Row pack(T const& record) const
    {
        Row row;
        row.values.reserve(to_.size());
        for (auto const& to : to_) row.values.push_back(to(record));
        if constexpr (requires { record.id; } ) row.id = record.id;
        return row;
    }

    /// A value of the wrong shape is Invalid; run check() on the Row first: absent stays the member's default.
    [[nodiscard]] Result<T> unpack(Row const& row) const
    {
        T record{};
        for (std::size_t i = 0; i < from_.size() && i < row.values.size(); ++i)
            if (!std::holds_alternative<std::monostate>(row.values[i]) && !from_[i](record, row.values[i]))
                return Error{ErrorKind::Invalid, "wrong_kind", {}, {{info_.fields[i].name, "wrong_kind", {}}}};
        if constexpr (requires { record.id; }) record.id = row.id;
        return record;
    }

private:
    SchemaInfo info_;
    std::vector<std::function<Value(T const&)>> to_;
    std::vector<std::function<bool(T&, Value const&)>> from_;
};

Schema<Contact> const& schema_of(Contact const*);
Schema<Localised> const& schema_of(Localised const*);
Schema<Attachment> const& schema_of(Attachment const*);

namespace detail {

template <class M>
SchemaInfo const* parts_of()
{
    if constexpr (is_optional<M>::value) return parts_of<typename is_optional<M>::item>();
    else if constexpr (is_vector<M>::value) return parts_of<typename is_vector<M>::item>();
    else if constexpr (HasSchema<M>) return &schema_of(static_cast<M const*>(nullptr)).info();
    else return nullptr;
}

template <class M>
List const* list_of()
{
    if constexpr (is_optional<M>::value) return list_of<typename is_optional<M>::item>();
    else if constexpr (is_vector<M>::value) return list_of<typename is_vector<M>::item>();
    else if constexpr (std::is_enum_v<M>) return &choices_of(M{}).list;
    else if constexpr (is_term<M>::value) return &is_term<M>::list::list();
    else return nullptr;
}

template <class M>
std::string_view register_of()
{
    if constexpr (is_optional<M>::value) return register_of<typename is_optional<M>::item>();
    else if constexpr (is_vector<M>::value) return register_of<typename is_vector<M>::item>();
    else if constexpr (is_id<M>::value) return link_register<typename is_id<M>::tag>;
    else return {};
}

inline Value text_value(std::string const& text) { return text.empty() ? Value{} : Value{text}; }

template <class M>
Value to_value(M const& member)
{
    if constexpr (is_optional<M>::value) return member ? to_value(*member) : Value{};
    else if constexpr (std::is_same_v<M, std::string>) return text_value(member);
    else if constexpr (is_text_of<M>::value) return text_value(member.value);
    else if constexpr (std::is_same_v<M, Percent>) return member.value;
    else if constexpr (std::is_same_v<M, Money>) return member.cents;
    else if constexpr (std::is_same_v<M, Duration>) return member == Duration{} ? Value{} : Value{member.text()};
    else if constexpr (std::is_enum_v<M>) return std::string{choices_of(M{}).code(member)};
    else if constexpr (is_term<M>::value) return text_value(member.code);
    else if constexpr (is_id<M>::value) return member.uuid.is_nil() ? Value{} : Value{member.text()};
    else if constexpr (is_vector<M>::value) {
        using Item = typename is_vector<M>::item;
        if (member.empty()) return {};
        if constexpr (HasSchema<Item>) {
            Rows rows;
            for (auto const& item : member) rows.push_back(schema_of(static_cast<Item const*>(nullptr)).pack(item));
            return rows;
        } else {
            Texts texts;
            for (auto const& item : member) texts.push_back(std::get<std::string>(to_value(item)));
            return texts;
        }
    }
    else if constexpr (HasSchema<M>) {
        auto const& schema = schema_of(static_cast<M const*>(nullptr));
        auto row = schema.pack(member);
        return row == schema.pack(M{}) ? Value{} : Value{Rows{std::move(row)}};   // an untouched part is an absent one
    }
    else return member;   // bool, int64, Date, Timestamp
}

template <class M>
bool from_value(Value const& value, M& member)
{
    if constexpr (is_optional<M>::value) return from_value(value, member.emplace());
    else if constexpr (std::is_same_v<M, std::string>) {
        auto const* text = std::get_if<std::string>(&value);
        if (text) member = *text;
        return text != nullptr;
    }
    else if constexpr (is_text_of<M>::value) return from_value(value, member.value);
    else if constexpr (std::is_same_v<M, Percent>) return from_value(value, member.value);
    else if constexpr (std::is_same_v<M, Money>) return from_value(value, member.cents);
    else if constexpr (is_term<M>::value) return from_value(value, member.code);
    else if constexpr (std::is_same_v<M, Duration>) {
        auto const* text = std::get_if<std::string>(&value);
        auto parsed = text ? Duration::parse(*text) : std::nullopt;
        if (parsed) member = *parsed;
        return parsed.has_value();
    }
    else if constexpr (std::is_enum_v<M>) {
        auto const* text = std::get_if<std::string>(&value);
        auto found = text ? choices_of(M{}).find(*text) : std::nullopt;
        if (found) member = *found;
        return found.has_value();
    }
    else if constexpr (is_id<M>::value) {
        auto const* text = std::get_if<std::string>(&value);
        auto parsed = text ? M::parse(*text) : std::nullopt;
        if (parsed) member = *parsed;
        return parsed.has_value();
    }
    else if constexpr (is_vector<M>::value) {
        using Item = typename is_vector<M>::item;
        if constexpr (HasSchema<Item>) {
            auto const* rows = std::get_if<Rows>(&value);
            if (!rows) return false;
            for (auto const& row : *rows) {
                auto item = schema_of(static_cast<Item const*>(nullptr)).unpack(row);
                if (!item.ok()) return false;
                member.push_back(std::move(item).value());
            }
            return true;
        } else {
            auto const* texts = std::get_if<Texts>(&value);
            if (!texts) return false;
            for (auto const& text : *texts)
                if (!from_value(Value{text}, member.emplace_back())) return false;
            return true;
        }
    }
    else if constexpr (HasSchema<M>) {
        auto const* rows = std::get_if<Rows>(&value);
        if (!rows || rows->size() != 1) return false;
        auto part = schema_of(static_cast<M const*>(nullptr)).unpack(rows->front());
        if (part.ok()) member = std::move(part).value();
        return part.ok();
    }
    else {
        auto const* exact = std::get_if<M>(&value);
        if (exact) member = *exact;
        return exact != nullptr;
    }
}

}  // namespace detail
}  // namespace greffier::schema
