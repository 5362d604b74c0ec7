#include "schema/diff.hpp"

#include <algorithm>
#include <map>

#include "core/text.hpp"

namespace greffier::schema {
namespace {

Value const& at(Row const& row, std::size_t index)
{
    static Value const absent;
    return index < row.values.size() ? row.values[index] : absent;
}

Change::What what_of(Value const& before, Value const& after)
{
    if (is_empty(before)) return Change::What::Set;
    return is_empty(after) ? Change::What::Removed : Change::What::Changed;
}

void diff_parts(FieldInfo const& field, Row const& before, Row const& after, std::string const& row_id, int index, std::vector<Change>& out)
{
    for (std::size_t i = 0; i < field.rows->fields.size(); ++i) {
        auto const& part = field.rows->fields[i];
        auto const& a = at(before, i);
        auto const& b = at(after, i);
        if (!same_answer(part, a, b)) out.push_back({what_of(a, b), &field, &part, row_id, index, a, b});
    }
}

void diff_rows(FieldInfo const& field, Rows const& before, Rows const& after, std::vector<Change>& out)
{
    std::map<std::string_view, int> old_index;
    for (std::size_t i = 0; i < before.size(); ++i) old_index.emplace(before[i].id, static_cast<int>(i));
    std::vector<bool> kept(before.size());
    int last = -1;
    for (std::size_t i = 0; i < after.size(); ++i) {
        auto found = old_index.find(after[i].id);
        if (found == old_index.end()) {
            out.push_back({Change::What::RowAdded, &field, nullptr, after[i].id, static_cast<int>(i), {}, Rows{after[i]}});
            continue;
        }
        auto const index = found->second;
        kept[static_cast<std::size_t>(index)] = true;
        if (index < last) out.push_back({Change::What::RowMoved, &field, nullptr, after[i].id, static_cast<int>(i), std::int64_t{index}, std::int64_t(i)});
        last = std::max(last, index);
        diff_parts(field, before[static_cast<std::size_t>(index)], after[i], after[i].id, static_cast<int>(i), out);
    }
    for (std::size_t i = 0; i < before.size(); ++i)
        if (!kept[i]) out.push_back({Change::What::RowRemoved, &field, nullptr, before[i].id, static_cast<int>(i), Rows{before[i]}, {}});
}

Value const* title_value(SchemaInfo const& info, Row const& row)
{
    for (std::size_t i = 0; i < info.fields.size() && i < row.values.size(); ++i)
        if (info.fields[i].title && !is_empty(row.values[i])) return &row.values[i];
    return nullptr;
}

bool same_answers(Row const& a, Row const& b) { return a.values == b.values; }

bool half_the_same(Row const& a, Row const& b)
{
    int said = 0, same = 0;
    for (std::size_t i = 0; i < a.values.size() && i < b.values.size(); ++i) {
        if (is_empty(a.values[i]) && is_empty(b.values[i])) continue;
        ++said;
        same += a.values[i] == b.values[i];
    }
    return said > 0 && same * 2 >= said;
}

void keep_ids(SchemaInfo const& info, Rows const& before, Rows& after)
{
    std::vector<bool> taken(before.size());
    for (auto const& row : after)
        for (std::size_t i = 0; i < before.size(); ++i)
            if (!row.id.empty() && before[i].id == row.id) taken[i] = true;
    auto adopt = [&](auto const& continues) {
        for (std::size_t n = 0; n < after.size(); ++n) {
            if (!after[n].id.empty()) continue;
            for (std::size_t i = 0; i < before.size(); ++i) {
                if (taken[i] || !continues(before[i], i, after[n], n)) continue;
                after[n].id = before[i].id;
                taken[i] = true;
                break;
            }
        }
    };
    adopt([](Row const& was, std::size_t, Row const& now, std::size_t) { return same_answers(was, now); });
    adopt([&](Row const& was, std::size_t, Row const& now, std::size_t) {
        auto const* a = title_value(info, was);
        auto const* b = title_value(info, now);
        return a && b && *a == *b;
    });
    adopt([](Row const& was, std::size_t i, Row const& now, std::size_t n) { return i == n && half_the_same(was, now); });
}

void collect_links(SchemaInfo const& info, Row const& row, std::string const& prefix, std::map<std::string, int>& positions, std::vector<LinkValue>& out)
{
    for (std::size_t i = 0; i < info.fields.size() && i < row.values.size(); ++i) {
        auto const& field = info.fields[i];
        auto const path = prefix + field.name;
        if (field.kind == Kind::Link) {
            if (auto const* target = std::get_if<std::string>(&row.values[i]); target && !target->empty()) out.push_back({path, positions[path]++, *target});
        } else if (field.kind == Kind::Links) {
            if (auto const* targets = std::get_if<Texts>(&row.values[i]))
                for (auto const& target : *targets) out.push_back({path, positions[path]++, target});
        } else if (field.rows) {
            if (auto const* rows = std::get_if<Rows>(&row.values[i]))
                for (auto const& owned : *rows) collect_links(*field.rows, owned, path + ".", positions, out);
        }
    }
}

void collect_words(SchemaInfo const& info, Row const& row, std::string& out)
{
    auto add = [&out](std::string const& text) {
        for (auto const& word : words(text)) {
            out += word;
            out += ' ';
        }
    };
    // A term somebody added says its words in its labels: its code may say nothing to anyone.
    auto add_labels = [&add](FieldInfo const& field, Value const& value) {
        if (!field.list) return;
        auto one = [&](std::string const& code) {
            auto const* entry = field.list->find(code);
            if (!entry || !entry->is_added()) return;
            add(std::string{entry->label_fr});
            if (entry->label_en != entry->label_fr) add(std::string{entry->label_en});
        };
        if (auto const* code = std::get_if<std::string>(&value)) one(*code);
        if (auto const* codes = std::get_if<Texts>(&value)) std::ranges::for_each(*codes, one);
    };
    for (std::size_t i = 0; i < info.fields.size() && i < row.values.size(); ++i) {
        auto const& field = info.fields[i];
        add_labels(field, row.values[i]);
        if (auto const* rows = std::get_if<Rows>(&row.values[i]); rows && field.rows) {
            for (auto const& owned : *rows) collect_words(*field.rows, owned, out);
        } else if (field.searchable) {
            if (auto const* text = std::get_if<std::string>(&row.values[i])) add(*text);
            if (auto const* texts = std::get_if<Texts>(&row.values[i]))
                for (auto const& text : *texts) add(text);
        }
    }
}

}  // namespace

bool same_answer(FieldInfo const& field, Value const& a, Value const& b)
{
    auto nothing = [&](Value const& value) {
        auto const* truth = std::get_if<bool>(&value);
        return is_empty(value) || (truth && !*truth && !field.tristate);
    };
    return a == b || (nothing(a) && nothing(b));
}

std::vector<Change> diff(SchemaInfo const& info, Row const& before, Row const& after)
{
    std::vector<Change> out;
    for (std::size_t i = 0; i < info.fields.size(); ++i) {
        auto const& field = info.fields[i];
        auto const& a = at(before, i);
        auto const& b = at(after, i);
        if (same_answer(field, a, b)) continue;
        static Rows const none;
        auto const* rows_a = std::get_if<Rows>(&a);
        auto const* rows_b = std::get_if<Rows>(&b);
        auto first = [&](Rows const* rows) { return rows && !rows->empty() ? rows->front() : Row(*field.rows); };
        if (field.kind == Kind::Rows || field.kind == Kind::Attachments)
            diff_rows(field, rows_a ? *rows_a : none, rows_b ? *rows_b : none, out);
        else if (field.rows)
            diff_parts(field, first(rows_a), first(rows_b), "", -1, out);
        else
            out.push_back({what_of(a, b), &field, nullptr, "", -1, a, b});
    }
    return out;
}

std::vector<std::string> changed_fields(SchemaInfo const& info, Row const& before, Row const& after)
{
    std::vector<std::string> names;
    for (auto const& change : diff(info, before, after))
        if (names.empty() || names.back() != change.field->name) names.push_back(change.field->name);
    return names;
}

bool touches_material(SchemaInfo const& info, Row const& before, Row const& after)
{
    return std::ranges::any_of(diff(info, before, after), [](Change const& change) {
        if (change.what == Change::What::RowMoved) return false;
        if (change.field->material) return true;
        if (change.part) return change.part->material;
        return change.field->rows && std::ranges::any_of(change.field->rows->fields, &FieldInfo::material);
    });
}

void keep_row_ids(SchemaInfo const& info, Row const& before, Row& after)
{
    for (std::size_t i = 0; i < info.fields.size() && i < before.values.size() && i < after.values.size(); ++i) {
        if (info.fields[i].kind != Kind::Rows && info.fields[i].kind != Kind::Attachments) continue;
        auto const* was = std::get_if<Rows>(&before.values[i]);
        auto* now = std::get_if<Rows>(&after.values[i]);
        if (was && now) keep_ids(*info.fields[i].rows, *was, *now);
    }
}

std::vector<LinkValue> links_of(SchemaInfo const& info, Row const& row)
{
    std::vector<LinkValue> out;
    std::map<std::string, int> positions;
    collect_links(info, row, "", positions, out);
    return out;
}

std::string search_words(SchemaInfo const& info, Row const& row)
{
    std::string out;
    collect_words(info, row, out);
    if (!out.empty()) out.pop_back();
    return out;
}

}  // namespace greffier::schema
