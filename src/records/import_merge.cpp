#include "records/import_merge.hpp"

#include <algorithm>
#include <functional>

#include "core/text.hpp"

namespace greffier::records {

using schema::FieldInfo;
using schema::is_empty;
using schema::Kind;
using schema::Row;
using schema::Rows;
using schema::SchemaInfo;
using schema::Value;

namespace {

template <class Range, class V, class Projection = std::identity>
bool holds(Range const& range, V const& value, Projection projection = {})
{
    return std::ranges::find(range, value, projection) != std::ranges::end(range);
}

bool same_value(Value const& a, Value const& b);

/// Row ids apart, and an unticked box says no more than an absent one.
bool same_row(Row const& a, Row const& b)
{
    for (std::size_t i = 0; i < std::max(a.values.size(), b.values.size()); ++i) {
        static Value const absent;
        if (!same_value(i < a.values.size() ? a.values[i] : absent, i < b.values.size() ? b.values[i] : absent)) return false;
    }
    return true;
}

bool says_nothing(Value const& value)
{
    auto const* truth = std::get_if<bool>(&value);
    return is_empty(value) || (truth && !*truth);
}

bool same_value(Value const& a, Value const& b)
{
    if (says_nothing(a) && says_nothing(b)) return true;
    auto const* rows_a = std::get_if<Rows>(&a);
    auto const* rows_b = std::get_if<Rows>(&b);
    if (!rows_a || !rows_b) return a == b;
    return std::ranges::equal(*rows_a, *rows_b, same_row);
}

Value const& at(Row const& row, std::size_t index)
{
    static Value const absent;
    return index < row.values.size() ? row.values[index] : absent;
}

/// What the format says of a field of rows, its names looked up once.
struct Parts {
    std::vector<std::size_t> compared;                             ///< indexes in the row's schema
    std::vector<std::pair<std::size_t, std::size_t>> derived;
    int anchor = -1;
    std::string anchor_value;
};

Parts parts_of(FieldInfo const& field, std::vector<Carried> const& carried)
{
    Parts parts;
    auto const found = std::ranges::find(carried, field.name, &Carried::field);
    auto const& info = *field.rows;
    auto index = [&](std::string const& name) { return static_cast<std::size_t>(info.index_of(name)); };
    if (found != carried.end()) {
        for (auto const& name : found->parts) parts.compared.push_back(index(name));
        for (auto const& [part, from] : found->derived) parts.derived.emplace_back(index(part), index(from));
        parts.anchor = info.index_of(found->anchor_part);
        parts.anchor_value = found->anchor_value;
    }
    if (parts.compared.empty())
        for (std::size_t i = 0; i < info.fields.size(); ++i) parts.compared.push_back(i);
    return parts;
}

bool same_parts(Parts const& parts, Row const& a, Row const& b)
{
    return std::ranges::all_of(parts.compared, [&](std::size_t i) { return same_value(at(a, i), at(b, i)); });
}

bool is_anchor(Parts const& parts, Row const& row)
{
    if (parts.anchor < 0) return false;
    auto const* code = std::get_if<std::string>(&at(row, static_cast<std::size_t>(parts.anchor)));
    return code && *code == parts.anchor_value;
}

/// 0 to 1 over the parts that carry words; a closed choice alone makes no row the same.
double likeness(SchemaInfo const& info, Parts const& parts, Row const& a, Row const& b)
{
    if (parts.anchor >= 0 && is_anchor(parts, a) != is_anchor(parts, b)) return 0;
    double sum = 0;
    int counted = 0;
    for (auto i : parts.compared) {
        auto const kind = info.fields[i].kind;
        if (kind == Kind::Choice || kind == Kind::Bool || (is_empty(at(a, i)) && is_empty(at(b, i)))) continue;
        ++counted;
        auto const* text_a = std::get_if<std::string>(&at(a, i));
        auto const* text_b = std::get_if<std::string>(&at(b, i));
        if (same_value(at(a, i), at(b, i))) sum += 1;
        else if (text_a && text_b && (kind == Kind::String || kind == Kind::Text)) sum += similarity(fold(*text_a), fold(*text_b));
    }
    return counted ? sum / counted : 0;
}

/// Gives each row of `rows` the id of the row of `known` it continues. Rows without one keep their own id, unless
/// that id belongs to a row it does not continue.
void align(SchemaInfo const& info, Parts const& parts, Rows& rows, Rows const& known)
{
    std::vector<int> partner(rows.size(), -1);
    std::vector<bool> used(known.size());
    auto pair = [&](std::size_t i, std::size_t n) { partner[i] = static_cast<int>(n); used[n] = true; };
    auto pass = [&](auto const& matches) {
        for (std::size_t i = 0; i < rows.size(); ++i)
            for (std::size_t n = 0; partner[i] < 0 && n < known.size(); ++n)
                if (!used[n] && matches(rows[i], known[n])) pair(i, n);
    };
    pass([](Row const& a, Row const& b) { return a.id == b.id; });
    pass([&](Row const& a, Row const& b) { return same_parts(parts, a, b); });
    pass([&](Row const& a, Row const& b) { return is_anchor(parts, a) && is_anchor(parts, b); });
    constexpr double enough = 0.5;
    for (;;) {   // the most alike first
        double best = enough;
        std::pair<std::size_t, std::size_t> chosen{rows.size(), 0};
        for (std::size_t i = 0; i < rows.size(); ++i)
            for (std::size_t n = 0; partner[i] < 0 && n < known.size(); ++n)
                if (auto const score = used[n] ? 0 : likeness(info, parts, rows[i], known[n]); score > best || (score == enough && chosen.first == rows.size() && !used[n])) {
                    best = score;
                    chosen = {i, n};
                }
        if (chosen.first == rows.size()) break;
        pair(chosen.first, chosen.second);
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (partner[i] >= 0) rows[i].id = known[static_cast<std::size_t>(partner[i])].id;
        else if (holds(known, rows[i].id, &Row::id)) rows[i].id = Uuid::make().text();
    }
}

Row const* with_id(Rows const& rows, std::string const& id)
{
    auto const found = std::ranges::find(rows, id, &Row::id);
    return found == rows.end() ? nullptr : &*found;
}

enum class Choice { Ours, Theirs };

class Merger {
public:
    explicit Merger(MergeInput& input) : in_(input)
    {
        auto const project = [&](Row const& row) { return in_.project ? in_.project(row) : row; };
        seen_ = project(in_.ours);
        if (in_.base) base_ = project(*in_.base);
        out_.row = in_.ours;
        out_.said = in_.base.value_or(Row(in_.info));
    }

    Merged merge()
    {
        for (std::size_t i = 0; i < in_.info.fields.size(); ++i) {
            auto const& field = in_.info.fields[i];
            if (field.read_only || !holds(in_.present, field.name)) continue;
            auto& theirs = in_.theirs.values[i];
            if (field.kind == Kind::Rows || field.kind == Kind::Attachments) merge_rows(field, i, theirs);
            else if (choose(field.name, at(seen_, i), base_ ? &at(*base_, i) : nullptr, theirs) == Choice::Theirs) out_.row.values[i] = theirs;
            out_.said.values[i] = theirs;
        }
        return std::move(out_);
    }

private:
    Choice choose(std::string const& path, Value const& ours, Value const* base, Value const& theirs)
    {
        if (same_value(ours, theirs)) return Choice::Ours;
        bool const moved_there = base ? !same_value(*base, theirs) : !says_nothing(theirs);
        bool const moved_here = base ? !same_value(*base, ours) : !says_nothing(ours);
        if (moved_there && !moved_here) return Choice::Theirs;
        if (moved_there || base) differ(path, ours, theirs, moved_there);
        return Choice::Ours;
    }

    void differ(std::string path, Value const& ours, Value const& theirs, bool moved_there)
    {
        out_.differences.push_back({std::move(path), plain_text(ours), plain_text(theirs), moved_there});
    }

    void merge_rows(FieldInfo const& field, std::size_t index, Value& said)
    {
        static Rows const none;
        auto const rows_of = [](Value const& value) -> Rows const& { auto const* rows = std::get_if<Rows>(&value); return rows ? *rows : none; };
        auto const parts = parts_of(field, in_.carried);
        auto const& ours = rows_of(at(in_.ours, index));
        auto const& seen = rows_of(at(seen_, index));
        auto const& base = base_ ? rows_of(at(*base_, index)) : none;
        Rows theirs = rows_of(said);
        // Known rows: those of last time, then what was written here since, so that the same words on both sides meet.
        Rows known = base;
        for (auto const& row : seen)
            if (!with_id(base, row.id)) known.push_back(row);
        align(*field.rows, parts, theirs, known);

        Rows result;
        for (std::size_t n = 0; n < ours.size(); ++n) {
            auto const path = field.name + "[" + std::to_string(n) + "]";
            auto const& here = ours[n];
            auto const* shown = with_id(seen, here.id);
            auto const* before = with_id(base, here.id);
            auto const* there = with_id(theirs, here.id);
            if (there && shown) result.push_back(merge_row(*field.rows, parts, path, here, *shown, before, *there));
            else if (!there && before && shown && same_row(*before, *shown) && same_row(here, *shown)) continue;   // taken out of the file, untouched here
            else {
                if (!there && before) differ(path, Rows{here}, {}, true);
                result.push_back(here);
            }
        }
        for (std::size_t n = 0; n < theirs.size(); ++n) {
            auto const& there = theirs[n];
            if (with_id(ours, there.id)) continue;
            if (auto const* before = with_id(base, there.id)) {   // taken out here
                if (!same_parts(parts, *before, there)) differ(field.name, {}, Rows{there}, true);
                continue;
            }
            auto place = result.end();
            if (n > 0) {
                auto const previous = std::ranges::find(result, theirs[n - 1].id, &Row::id);
                if (previous != result.end()) place = previous + 1;
            }
            result.insert(place, there);
        }
        out_.row.values[index] = result.empty() ? Value{} : Value{std::move(result)};
        said = theirs.empty() ? Value{} : Value{std::move(theirs)};
    }

    Row merge_row(SchemaInfo const& info, Parts const& parts, std::string const& path, Row const& here, Row const& shown, Row const* before, Row const& there)
    {
        Row row = here;
        row.values.resize(info.fields.size());
        std::vector<std::size_t> taken;
        for (auto i : parts.compared)
            if (choose(path + "." + info.fields[i].name, at(shown, i), before ? &at(*before, i) : nullptr, at(there, i)) == Choice::Theirs) {
                row.values[i] = at(there, i);
                taken.push_back(i);
            }
        for (auto const& [part, from] : parts.derived)
            if (holds(taken, from)) row.values[part] = at(there, part);
        return row;
    }

    MergeInput& in_;
    Row seen_;
    std::optional<Row> base_;
    Merged out_;
};

}  // namespace

Merged merge_import(MergeInput input)
{
    input.theirs.values.resize(input.info.fields.size());
    return Merger(input).merge();
}

bool says_the_same(SchemaInfo const& info, std::vector<Carried> const& carried, std::vector<std::string> const& present, Row const& a, Row const& b)
{
    for (auto const& name : present) {
        auto const index = info.index_of(name);
        if (index < 0) continue;
        auto const& field = info.fields[static_cast<std::size_t>(index)];
        auto const& one = at(a, static_cast<std::size_t>(index));
        auto const& other = at(b, static_cast<std::size_t>(index));
        auto const* rows_a = std::get_if<Rows>(&one);
        auto const* rows_b = std::get_if<Rows>(&other);
        if (field.kind == Kind::Rows && rows_a && rows_b) {
            auto const parts = parts_of(field, carried);
            if (!std::ranges::equal(*rows_a, *rows_b, [&](Row const& x, Row const& y) { return same_parts(parts, x, y); })) return false;
        } else if (!same_value(one, other)) {
            return false;
        }
    }
    return true;
}

double resemblance(SchemaInfo const& info, std::vector<Carried> const& carried, Row const& base, Row const& theirs)
{
    int same = 0, counted = 0;
    for (std::size_t i = 0; i < info.fields.size(); ++i) {
        if (says_nothing(at(base, i)) && says_nothing(at(theirs, i))) continue;
        ++counted;
        same += says_the_same(info, carried, {info.fields[i].name}, base, theirs);
    }
    return counted ? static_cast<double>(same) / counted : 0;
}

std::string plain_text(Value const& value)
{
    constexpr std::size_t most = 200;
    auto const text = std::visit([](auto const& held) -> std::string {
        using T = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<T, std::monostate>) return {};
        else if constexpr (std::is_same_v<T, bool>) return held ? "true" : "false";
        else if constexpr (std::is_same_v<T, std::int64_t>) return std::to_string(held);
        else if constexpr (std::is_same_v<T, std::string>) return held;
        else if constexpr (std::is_same_v<T, schema::Texts>) return join(held, ", ");
        else if constexpr (std::is_same_v<T, Rows>) {
            std::vector<std::string> rows;
            for (auto const& row : held) {
                std::vector<std::string> parts;
                for (auto const& part : row.values)
                    if (!says_nothing(part)) parts.push_back(plain_text(part));
                rows.push_back(join(parts, " ; "));
            }
            return join(rows, " | ");
        }
        else return to_text(held);
    }, value);
    return shorten(text, most);
}

}  // namespace greffier::records
