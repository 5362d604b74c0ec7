#include "exchange/table_rows.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "exchange/table_words.hpp"
#include "law/duration_text.hpp"
#include "schema/kinds.hpp"

namespace greffier::exchange {

using records::Outcome;
using schema::FieldInfo;
using schema::Kind;
using schema::Row;
using schema::Rows;
using schema::SchemaInfo;
using schema::Value;

namespace {

constexpr std::size_t most_notes = 5000;
constexpr DerivedPart derived_parts[] = {{"data_category_row", "retention_text", "retention_period", "retention_start"}};

bool is_text(FieldInfo const& field) { return field.kind == Kind::String || field.kind == Kind::Text; }

FieldInfo const& part_info(SchemaInfo const& parts, int part) { return parts.fields[static_cast<std::size_t>(part)]; }
Value& part_of(Row& row, int part) { return row.values[static_cast<std::size_t>(part)]; }

Outcome outcome_of(Converted const& converted) { return converted.taken ? Outcome::Repaired : Outcome::Skipped; }

/// Adds words to a text part, behind what is there; false when there is not room for all of them.
bool keep_words(SchemaInfo const& parts, Row& row, int part, std::string const& words)
{
    auto& held = part_of(row, part);
    auto const* text = std::get_if<std::string>(&held);
    if (text && text->find(words) != std::string::npos) return true;
    bool cut = false;
    held = fit_text(part_info(parts, part), text && !text->empty() ? *text + ", " + words : words, cut);
    return !cut;
}

/// "5" of a column in years as people read it.
std::string with_unit(std::string const& text, std::string const& unit)
{
    if (unit.empty() || !plain_number(text)) return text;
    static constexpr std::pair<std::string_view, std::string_view> names[] = {{"Y", " ans"}, {"M", " mois"}, {"W", " semaines"}, {"D", " jours"}};
    for (auto const& [code, name] : names)
        if (code == unit) return text + std::string{name};
    return text;
}

class Maker {
public:
    Maker(SchemaInfo const& info, RowSet const& set, documents::TableRow const& line, TableLook const& look, TableNotes& notes)
        : field_(info.fields[static_cast<std::size_t>(set.field)]), parts_(*field_.rows), set_(set), line_(line), look_(look), notes_(notes)
    {
    }

    std::vector<MadeRow> make()
    {
        std::size_t most = 0;
        for (auto const* column : set_.columns) {
            values_.push_back(values(*column));
            most = std::max(most, values_.back().size());
        }
        std::vector<MadeRow> made;
        for (std::size_t n = 0; n < most; ++n) {
            auto one = row(n, most);
            if (!one) continue;
            if (auto* same = alike(made, one->row)) merge(*same, one->row);
            else made.push_back(std::move(*one));
        }
        return made;
    }

private:
    std::vector<std::string> values(PlannedColumn const& column) const
    {
        auto const& cell = line_.at(column.index);
        if (cell.is_empty()) return {};
        auto values = values_of(words_of_cell(cell), column.separator);
        // "Oui, États-Unis": the yes says nothing beside the country.
        if (values.size() > 1 && column.target.leaf->kind == Kind::Country) std::erase_if(values, [](std::string const& value) { return truth_of_word(value).value_or(false); });
        // "France ; néant ; Suisse" beside other columns: what stands third belongs to the third row.
        if (values.size() > 1 && set_.columns.size() > 1) std::ranges::replace_if(values, [](std::string const& value) { return says_nothing_here(value); }, std::string{});
        else std::erase_if(values, [](std::string const& value) { return says_nothing_here(value); });
        return values;
    }

    /// The nth row; a column of one value gives it to all, for a basis or a period often holds for the whole line.
    std::optional<MadeRow> row(std::size_t n, std::size_t most)
    {
        MadeRow made{Row(parts_), set_.columns.front()->index};
        bool filled = false, own = false;
        for (std::size_t c = 0; c < set_.columns.size(); ++c) {
            auto const& values = values_[c];
            bool const shared = values.size() == 1 && most > 1 && !part_info(parts_, set_.columns[c]->target.part).title;
            if (!shared && n >= values.size()) continue;
            bool const put_in = put(made.row, *set_.columns[c], shared ? values.front() : values[n], n == 0 || !shared);
            if (put_in && !filled) made.column = set_.columns[c]->index;
            filled = put_in || filled;
            own = (put_in && !shared) || own;
        }
        if (!filled || (!own && n > 0)) return std::nullopt;
        for (auto const& [part, code] : set_.with) {
            auto const& info = part_info(parts_, part);
            if (schema::is_empty(part_of(made.row, part))) part_of(made.row, part) = info.kind == Kind::Bool ? Value{code == "true"} : Value{code};
        }
        derive(made.row);
        return made;
    }

    bool put(Row& row, PlannedColumn const& column, std::string const& value, bool told)
    {
        auto const& leaf = *column.target.leaf;
        auto cell = line_.at(column.index);
        if (values_of(words_of_cell(cell), column.separator).size() > 1 || cell.kind == documents::CellKind::Text) cell = {documents::CellKind::Text, value, {}, false, false};
        auto converted = convert(leaf, cell, column.manner);
        if (auto* text = std::get_if<std::string>(&converted.value); text && is_text(leaf)) {
            *text = with_unit(leaf.kind == Kind::String ? squeeze(*text) : *text, column.manner.unit);
            bool cut = false;
            *text = fit_text(leaf, *text, cut);
            if (cut && told) tell(column, Outcome::Repaired, "text_cut", value);
        }
        if (auto const* text = std::get_if<std::string>(&converted.value); text && leaf.kind == Kind::Links) converted.value = schema::Texts{*text};
        auto const place = [&] { return field_.name + "." + leaf.name; };
        bool kept = false;
        if (!converted.words.empty()) kept = keep(row, column, converted.words, told);
        if (!converted.problem.empty() && told) notes_.add(kept ? Outcome::Repaired : outcome_of(converted), place_in(look_, line_.number, column.index), kept && !converted.taken ? "words_kept" : converted.problem, value, place());
        if (schema::is_empty(converted.value)) return kept;
        if (auto& held = part_of(row, column.target.part); schema::is_empty(held)) held = std::move(converted.value);
        else if (is_text(leaf) && std::holds_alternative<std::string>(held) && !keep_words(parts_, row, column.target.part, std::get<std::string>(converted.value)) && told) tell(column, Outcome::Repaired, "text_cut", value);
        return true;
    }

    void tell(PlannedColumn const& column, Outcome outcome, std::string code, std::string const& words)
    {
        notes_.add(outcome, place_in(look_, line_.number, column.index), std::move(code), words, field_.name + "." + column.target.leaf->name);
    }

    /// Words the value cannot hold, in the part made for them.
    bool keep(Row& row, PlannedColumn const& column, std::string const& words, bool told)
    {
        auto const keeper = keeper_of(parts_, column.target.leaf->name);
        int const part = keeper.empty() ? -1 : parts_.index_of(keeper);
        if (part < 0) return false;
        bool const whole = keep_words(parts_, row, part, squeeze(words));
        if (!whole && told) tell(column, Outcome::Repaired, "text_cut", words);
        return whole;
    }

    void derive(Row& row)
    {
        auto const* rule = derived_of(parts_);
        if (!rule) return;
        auto const* text = std::get_if<std::string>(&part_of(row, parts_.index_of(rule->from)));
        auto const read = text ? law::parse_period(*text) : std::nullopt;
        auto const duration = read ? schema::Duration::parse(read->iso) : std::nullopt;
        if (!duration) return;
        auto& period = part_of(row, parts_.index_of(rule->part));
        if (schema::is_empty(period)) period = duration->text();
        if (period != Value{duration->text()}) return;   // the words speak of another one
        if (auto& start = part_of(row, parts_.index_of(rule->start)); schema::is_empty(start) && !read->start.empty()) start = read->start;
    }

    /// "nom, prénom, adresse": words of one category stand in one row, side by side.
    Row* alike(std::vector<MadeRow>& made, Row const& row)
    {
        for (std::size_t i = 0; i < parts_.fields.size(); ++i) {
            if (!parts_.fields[i].list || !parts_.fields[i].title) continue;
            auto const keeper = keeper_of(parts_, parts_.fields[i].name);
            int const part = keeper.empty() ? -1 : parts_.index_of(keeper);
            if (part < 0 || schema::is_empty(row.values[i])) return nullptr;
            for (auto& one : made) {
                bool same = true;
                for (std::size_t p = 0; p < parts_.fields.size(); ++p) same = same && (static_cast<int>(p) == part || one.row.values[p] == row.values[p]);
                if (same) return &one.row;
            }
        }
        return nullptr;
    }

    void merge(Row& into, Row const& row)
    {
        for (std::size_t p = 0; p < parts_.fields.size(); ++p)
            if (auto const* text = std::get_if<std::string>(&row.values[p]); text && into.values[p] != row.values[p])
                if (!keep_words(parts_, into, static_cast<int>(p), *text)) tell(*set_.columns.front(), Outcome::Repaired, "text_cut", *text);
    }

    FieldInfo const& field_;
    SchemaInfo const& parts_;
    RowSet const& set_;
    documents::TableRow const& line_;
    TableLook const& look_;
    TableNotes& notes_;
    std::vector<std::vector<std::string>> values_;
};

} // namespace

void TableNotes::add(Outcome outcome, std::string place, std::string code, std::string const& words, std::string field)
{
    if (told_ > most_notes) return;
    if (++told_ > most_notes) {
        into_->push_back({Outcome::Skipped, std::move(place), "too_many_notes", {}, {}});
        return;
    }
    Arguments arguments;
    if (!words.empty()) arguments.emplace("value", shorten(squeeze(words), 120));
    into_->push_back({outcome, std::move(place), std::move(code), std::move(arguments), std::move(field)});
}

std::vector<RowSet> row_sets(std::vector<PlannedColumn> const& columns)
{
    std::vector<RowSet> sets;
    for (auto const& column : columns) {
        if (!column.target.in_rows()) continue;
        auto const lacks = [&](RowSet const& set) {
            return set.field == column.target.field &&
                   std::ranges::none_of(set.columns, [&](auto const* one) { return one->target.part == column.target.part; }) &&
                   std::ranges::none_of(set.with, [&](auto const& one) { return one.first == column.target.part; });
        };
        auto place = sets.end();
        if (column.target.with.empty()) place = std::ranges::find_if(sets, lacks);
        else place = std::ranges::find_if(sets, [&](RowSet const& set) { return lacks(set) && set.with == column.target.with; });
        if (place == sets.end() && !column.target.with.empty())   // a basis may stand before its purpose
            place = std::ranges::find_if(sets, [&](RowSet const& set) { return lacks(set) && set.with.empty(); });
        if (place == sets.end()) place = sets.insert(sets.end(), RowSet{column.target.field, {}, {}});
        if (place->with.empty()) place->with = column.target.with;
        place->columns.push_back(&column);
    }
    return sets;
}

std::set<int> parts_of_set(SchemaInfo const& parts, RowSet const& set)
{
    std::set<int> filled;
    for (auto const& [part, code] : set.with) filled.insert(part);
    for (auto const* column : set.columns) {
        filled.insert(column->target.part);
        if (auto const keeper = keeper_of(parts, column->target.leaf->name); !keeper.empty()) filled.insert(parts.index_of(keeper));
    }
    for (std::size_t i = 0; i < parts.fields.size(); ++i)
        if (parts.fields[i].required) filled.insert(static_cast<int>(i));
    return filled;
}

DerivedPart const* derived_of(SchemaInfo const& parts)
{
    auto const* found = std::ranges::find(derived_parts, parts.name, &DerivedPart::schema);
    return found == std::end(derived_parts) ? nullptr : found;
}

records::Carried carried_parts(FieldInfo const& field, std::set<int> const& filled)
{
    records::Carried carried{field.name, {}};
    auto const* derived = derived_of(*field.rows);
    for (int const part : filled) {
        auto const& name = part_info(*field.rows, part).name;
        carried.parts.push_back(name);
        if (!derived || name != derived->from) continue;
        for (auto const from : {derived->part, derived->start})
            if (!filled.contains(field.rows->index_of(from))) carried.derived.emplace_back(from, name);
    }
    if (auto const* kind = field.rows->find("kind"); kind && kind->list && kind->list->name == "purpose_kind") {
        carried.anchor_part = "kind";
        carried.anchor_value = "main";
    }
    return carried;
}

std::vector<MadeRow> make_rows(SchemaInfo const& info, RowSet const& set, documents::TableRow const& line, TableLook const& look, TableNotes& notes)
{
    return Maker(info, set, line, look, notes).make();
}

void complete_rows(SchemaInfo const& parts, Rows& rows)
{
    for (std::size_t i = 0; i < parts.fields.size(); ++i) {
        auto const& part = parts.fields[i];
        if (!part.required || !part.list) continue;
        bool const purposes = part.list->name == "purpose_kind";
        bool main = false;
        for (auto& row : rows) {
            auto& held = row.values[i];
            if (purposes) {
                auto const* code = std::get_if<std::string>(&held);
                if (code && *code == "main" && main) held = std::string{"secondary"};   // exactly one is the main one
                main = main || (code && *code == "main");
            } else if (schema::is_empty(held) && part.list->find("other")) {
                held = std::string{"other"};
            }
        }
        if (!purposes) continue;
        for (auto& row : rows)
            if (schema::is_empty(row.values[i])) {
                row.values[i] = std::string{main ? "secondary" : "main"};
                main = true;
            }
    }
}

std::size_t room_of(FieldInfo const& field)
{
    if (field.max_length > 0) return static_cast<std::size_t>(field.max_length);
    return field.kind == Kind::Text ? 10'000 : 200;
}

std::string fit_text(FieldInfo const& field, std::string text, bool& cut)
{
    auto const room = room_of(field);
    cut = length_utf8(text) > room;
    return cut ? shorten(text, room - 1) : text;
}

} // namespace greffier::exchange
