#include "schema/merge.hpp"

#include <algorithm>

namespace greffier::schema {
namespace {

Value const& at(Row const& row, std::size_t index)
{
    static Value const absent;
    return index < row.values.size() ? row.values[index] : absent;
}

Rows const& rows_of(Value const& value)
{
    static Rows const none;
    auto const* rows = std::get_if<Rows>(&value);
    return rows ? *rows : none;
}

Row const* find_row(Rows const& rows, std::string_view id)
{
    if (id.empty()) return nullptr;
    auto const found = std::ranges::find(rows, id, &Row::id);
    return found == rows.end() ? nullptr : &*found;
}

bool is_set(Kind kind) { return kind == Kind::Choices || kind == Kind::Terms || kind == Kind::Links; }
bool is_object(Kind kind) { return kind == Kind::Contact || kind == Kind::Localised || kind == Kind::Object; }

/// Theirs, without what I took away, with what I added.
Texts merge_set(Value const& base, Value const& theirs, Value const& mine)
{
    static Texts const none;
    auto texts = [](Value const& value) -> Texts const& {
        auto const* held = std::get_if<Texts>(&value);
        return held ? *held : none;
    };
    auto holds = [](Texts const& all, std::string const& one) { return std::ranges::find(all, one) != all.end(); };
    Texts out;
    for (auto const& one : texts(theirs))
        if (holds(texts(mine), one) || !holds(texts(base), one)) out.push_back(one);
    for (auto const& one : texts(mine))
        if (!holds(texts(base), one) && !holds(out, one)) out.push_back(one);
    return out;
}

/// What one answer becomes; nothing when both changed it differently.
std::optional<Value> merge_answer(FieldInfo const& field, Value const& base, Value const& theirs, Value const& mine)
{
    if (field.read_only) return theirs;
    if (same_answer(field, base, theirs)) return mine;
    if (same_answer(field, base, mine)) return theirs;
    if (same_answer(field, theirs, mine)) return mine;
    auto const is_texts = [](Value const& value) { return is_empty(value) || std::holds_alternative<Texts>(value); };
    if (is_set(field.kind) && is_texts(base) && is_texts(theirs) && is_texts(mine)) return merge_set(base, theirs, mine);
    return std::nullopt;
}

bool same_row(FieldInfo const& field, Row const& a, Row const& b)
{
    for (std::size_t i = 0; i < field.rows->fields.size(); ++i)
        if (!same_answer(field.rows->fields[i], at(a, i), at(b, i))) return false;
    return true;
}

Row merge_parts(FieldInfo const& field, Row const& base, Row const& theirs, Row const& mine, Merged& out)
{
    Row row(*field.rows);
    row.id = mine.id.empty() ? theirs.id : mine.id;
    for (std::size_t i = 0; i < field.rows->fields.size(); ++i) {
        auto const& part = field.rows->fields[i];
        if (auto merged = merge_answer(part, at(base, i), at(theirs, i), at(mine, i))) {
            row.values[i] = std::move(*merged);
            continue;
        }
        row.values[i] = at(mine, i);
        out.conflicts.push_back({Conflict::What::Changed, &field, &part, row.id, at(base, i), at(theirs, i), at(mine, i)});
    }
    return row;
}

/// The owned rows of one field on the three sides.
struct Sides {
    FieldInfo const& field;
    Rows const &base, &theirs, &mine;
    Merged& out;

    /// What becomes of a row that stands in theirs or in mine.
    std::optional<Row> meet(Row const& row) const
    {
        static Row const blank;
        auto const* was = find_row(base, row.id);
        auto const* their = find_row(theirs, row.id);
        auto const* my = find_row(mine, row.id);
        if (their && my) return merge_parts(field, was ? *was : blank, *their, *my, out);
        if (!was) return row;   // added by one of us
        if (same_row(field, *was, row)) return std::nullopt;
        if (my) {
            out.conflicts.push_back({Conflict::What::TheyRemoved, &field, nullptr, row.id, Rows{*was}, {}, Rows{row}});
            return row;
        }
        out.conflicts.push_back({Conflict::What::IRemoved, &field, nullptr, row.id, Rows{*was}, Rows{row}, {}});
        return std::nullopt;
    }

    /// Did they leave the rows that were there in their order?
    [[nodiscard]] bool they_moved_none() const
    {
        std::ptrdiff_t last = -1;
        for (auto const& row : theirs) {
            auto const* was = find_row(base, row.id);
            if (!was) continue;
            auto const place = was - base.data();
            if (place < last) return false;
            last = place;
        }
        return true;
    }

    /// The order is mine unless they moved rows; a row of the other side comes after the one it follows there.
    [[nodiscard]] Rows together() const
    {
        bool const mine_leads = they_moved_none();
        auto const& lead = mine_leads ? mine : theirs;
        auto const& other = mine_leads ? theirs : mine;
        Rows rows;
        for (auto const& row : lead)
            if (auto met = meet(row)) rows.push_back(std::move(*met));
        auto after = rows.begin();
        for (auto const& row : other) {
            if (find_row(lead, row.id)) {
                auto const place = std::ranges::find(rows, row.id, &Row::id);
                if (place != rows.end()) after = place + 1;
            } else if (auto met = meet(row)) {
                after = rows.insert(after, std::move(*met)) + 1;
            }
        }
        return rows;
    }
};

bool is_at(Change const& change, Conflict const& conflict)
{
    if (change.field != conflict.field || change.row_id != conflict.row_id) return false;
    return change.part == conflict.part || !conflict.part;
}

/// The changes from one side to the merged row that nobody is asked about.
std::vector<Change> brought(SchemaInfo const& info, Row const& without, Merged const& merged)
{
    auto changes = diff(info, without, merged.row);
    std::erase_if(changes, [&](Change const& change) {
        return std::ranges::any_of(merged.conflicts, [&](Conflict const& conflict) { return is_at(change, conflict); });
    });
    return changes;
}

}  // namespace

std::string Conflict::path() const
{
    auto path = field->name;
    if (!row_id.empty()) path += "." + row_id;
    if (part) path += "." + part->name;
    return path;
}

Merged merge(SchemaInfo const& info, Row const& base, Row const& theirs, Row const& mine)
{
    Merged out;
    out.row = Row(info);
    for (std::size_t i = 0; i < info.fields.size(); ++i) {
        auto const& field = info.fields[i];
        if (auto merged = merge_answer(field, at(base, i), at(theirs, i), at(mine, i))) {
            out.row.values[i] = std::move(*merged);
        } else if (field.kind == Kind::Rows || field.kind == Kind::Attachments) {
            out.row.values[i] = Sides{field, rows_of(at(base, i)), rows_of(at(theirs, i)), rows_of(at(mine, i)), out}.together();
        } else if (is_object(field.kind)) {
            static Row const blank;
            auto first = [](Value const& value) -> Row const& { return rows_of(value).empty() ? blank : rows_of(value).front(); };
            out.row.values[i] = Rows{merge_parts(field, first(at(base, i)), first(at(theirs, i)), first(at(mine, i)), out)};
        } else {
            out.row.values[i] = at(mine, i);
            out.conflicts.push_back({Conflict::What::Changed, &field, nullptr, "", at(base, i), at(theirs, i), at(mine, i)});
        }
    }
    out.theirs = brought(info, mine, out);
    out.mine = brought(info, theirs, out);
    return out;
}

void settle(SchemaInfo const& info, Row& row, Conflict const& conflict, Value answer)
{
    auto& held = row.values.at(static_cast<std::size_t>(info.index_of(conflict.field->name)));
    if (!conflict.part && conflict.row_id.empty()) {
        held = std::move(answer);
        return;
    }
    if (!std::holds_alternative<Rows>(held)) held = Rows{};
    auto& rows = std::get<Rows>(held);
    auto const place = std::ranges::find(rows, conflict.row_id, &Row::id);
    if (!conflict.part) {
        auto const& chosen = rows_of(answer);
        if (chosen.empty()) std::erase_if(rows, [&](Row const& one) { return one.id == conflict.row_id; });
        else if (place != rows.end()) *place = chosen.front();
        else rows.push_back(chosen.front());
        return;
    }
    auto& owner = conflict.row_id.empty() ? (rows.empty() ? rows.emplace_back(*conflict.field->rows) : rows.front()) : (place == rows.end() ? rows.emplace_back(*conflict.field->rows) : *place);
    owner.id = conflict.row_id;
    set(*conflict.field->rows, owner, conflict.part->name, std::move(answer));
}

}  // namespace greffier::schema
