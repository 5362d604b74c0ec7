#include "schema/extend.hpp"

#include <algorithm>

namespace greffier::schema {

Extension::Extension(SchemaInfo const& shipped, Additions const& additions) : info_(extend(shipped, additions.terms))
{
    if (additions.fields.empty()) return;
    auto& info = infos_.emplace_back(*info_);
    for (auto const& added : additions.fields) {
        auto& field = info.fields.emplace_back(added.field);
        field.custom = true;
        if (std::ranges::find(info.sections, field.section) == info.sections.end()) field.section = info.sections.empty() ? "" : info.sections.back();
        if (field.kind != Kind::Choice && field.kind != Kind::Choices) continue;
        std::vector<ListEntry> entries;
        for (auto const& option : added.options)
            entries.push_back({keep(option.code), {}, {}, option.retired, keep(option.label_fr), keep(option.label_en)});
        field.list = list_of(info.name + "." + field.name, std::move(entries));
    }
    info_ = &info;
}

List const* Extension::list_of(std::string name, std::vector<ListEntry> entries)
{
    auto const& held = entries_.emplace_back(std::move(entries));
    return &lists_.emplace_back(List{keep(name), false, held});
}

List const* Extension::extend(List const& shipped, std::vector<AddedTerm> const& terms)
{
    if (!shipped.open) return &shipped;
    auto const known = std::ranges::find_if(lists_, [&](List const& list) { return list.name == shipped.name; });
    if (known != lists_.end()) return &*known;
    std::vector<ListEntry> entries(shipped.entries.begin(), shipped.entries.end());
    for (auto const& term : terms)
        if (term.list == shipped.name && std::ranges::find(entries, std::string_view{term.code}, &ListEntry::code) == entries.end())
            entries.push_back({keep(term.code), {}, {}, term.retired, keep(term.label_fr), keep(term.label_en)});
    if (entries.size() == shipped.entries.size()) return &shipped;
    auto const* list = list_of(std::string{shipped.name}, std::move(entries));
    lists_.back().open = true;
    return list;
}

SchemaInfo const* Extension::extend(SchemaInfo const& shipped, std::vector<AddedTerm> const& terms)
{
    std::vector<std::pair<List const*, SchemaInfo const*>> now;
    bool changed = false;
    for (auto const& field : shipped.fields) {
        now.emplace_back(field.list ? extend(*field.list, terms) : nullptr, field.rows ? extend(*field.rows, terms) : nullptr);
        changed = changed || now.back().first != field.list || now.back().second != field.rows;
    }
    if (!changed) return &shipped;
    auto& info = infos_.emplace_back(shipped);
    for (std::size_t i = 0; i < now.size(); ++i) {
        info.fields[i].list = now[i].first;
        info.fields[i].rows = now[i].second;
    }
    return &info;
}

bool has_custom_fields(SchemaInfo const& info) { return std::ranges::any_of(info.fields, &FieldInfo::custom); }

FieldInfo const* field_at(SchemaInfo const& info, std::string_view path, std::string_view* rest)
{
    auto const end = path.find_first_of("[.", path.starts_with(custom_prefix) ? custom_prefix.size() : 0);
    if (rest) *rest = end == std::string_view::npos ? std::string_view{} : path.substr(end);
    return info.find(path.substr(0, end));
}

Row carry(SchemaInfo const& from, Row row, SchemaInfo const& to, Row const& base)
{
    if (&from == &to) return row;
    Row out(to);
    out.id = std::move(row.id);
    for (std::size_t i = 0; i < to.fields.size(); ++i) {
        auto const index = from.index_of(to.fields[i].name);
        if (index >= 0) {
            if (static_cast<std::size_t>(index) < row.values.size()) out.values[i] = std::move(row.values[static_cast<std::size_t>(index)]);
        } else if (i < base.values.size()) {
            out.values[i] = base.values[i];
        }
    }
    return out;
}

}  // namespace greffier::schema
