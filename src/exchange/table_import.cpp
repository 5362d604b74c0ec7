#include "exchange/table_import.hpp"

#include <algorithm>
#include <deque>
#include <map>

#include "core/text.hpp"
#include "exchange/table_rows.hpp"
#include "exchange/table_words.hpp"

namespace greffier::exchange {

using documents::TableReader;
using documents::TableRow;
using records::ImportFile;
using records::ImportItem;
using records::Outcome;
using schema::FieldInfo;
using schema::Kind;
using schema::Row;
using schema::Rows;
using schema::SchemaInfo;
using schema::Value;

namespace {

constexpr std::size_t longest_reference = 60;

DateOrder order_of(std::string_view code) { return code == "mdy" ? DateOrder::MonthFirst : DateOrder::DayFirst; }

/// One mapping applied to the lines of one sheet.
class Gatherer {
public:
    Gatherer(records::Register const& kind, TableLook const& look, TableMapping const& mapping, ImportFile& file)
        : kind_(kind), info_(*kind.schema), look_(look), mapping_(mapping), file_(file), notes_(file.notes)
    {
        plan();
    }

    Status take(TableRow const& line)
    {
        if (is_heading_of_section(line) || !says_something(line)) return Nothing{};
        auto* item = item_for(line);
        if (!item) return Error::too_large("import.too_many_records", {{"limit", std::to_string(max_table_records)}});
        notes_.aim(item->notes);
        for (auto const& column : columns_)
            if (!column.target.in_rows()) take_cell(*item, column, line);
        for (auto const& set : sets_) take_rows(*item, set, line);
        return Nothing{};
    }

    void finish()
    {
        for (auto& item : file_.items) finish_item(item);
        describe_fields();
    }

private:
    void plan()
    {
        for (std::size_t i = 0; i < look_.columns.size(); ++i) {
            auto const& seen = look_.columns[i];
            auto const* column = mapping_.find(seen.heading);
            if (!column) continue;
            if (column->heading == mapping_.key) key_ = static_cast<int>(seen.index);
            auto const target = parse_target(info_, column->target);
            if (column->target.empty() || !target) continue;
            auto const order = column->date_order.empty() ? date_order_of(seen) : column->date_order;
            if (target->leaf && target->leaf->kind == Kind::Date && column->date_order.empty()) warn_of_order(seen);
            WordIndex* words = target->leaf && target->leaf->list ? &words_.emplace_back(*target->leaf->list) : nullptr;
            columns_.push_back({seen.index, seen.heading, *target, column->separator, {order_of(order), column->unit, &column->choices, words, look_.from_1904}});
            if (target->leaf && !target->owner && target->leaf->name == kind_.title_field && title_ < 0) title_ = static_cast<int>(seen.index);
        }
        sets_ = row_sets(columns_);
        for (auto const& column : columns_) if (!column.target.reference) shared_[column.target.field] += !column.target.in_rows() && !column.target.owner;
        if (!mapping_.group) return;
        for (auto const& column : columns_)
            if (key_ < 0 && column.target.reference) key_ = static_cast<int>(column.index);
        if (key_ < 0) key_ = title_;
    }

    void warn_of_order(LookColumn const& seen)
    {
        if (seen.day_first && seen.month_first) file_.notes.push_back({Outcome::Repaired, seen.heading, "dates_mixed", {}, {}});
        else if (seen.either && !seen.day_first && !seen.month_first) file_.notes.push_back({Outcome::Repaired, seen.heading, "dates_ambiguous", {}, {}});
    }

    /// A line that says one thing, in the first column, and names no record: it announces those below it.
    [[nodiscard]] bool is_heading_of_section(TableRow const& line)
    {
        auto const filled = std::ranges::count_if(line.cells, [](auto const& cell) { return !cell.is_empty() && !cell.covered; });
        auto const first = look_.columns.front().index;
        if (filled != 1 || columns_.size() < 3 || line.at(first).is_empty() || (mapping_.group && key_ != static_cast<int>(first))) return false;
        auto const column = std::ranges::find(columns_, first, &PlannedColumn::index);
        if (column == columns_.end() || static_cast<int>(first) == title_ || column->target.in_rows()) return false;
        notes_.aim(file_.notes);
        notes_.add(Outcome::Skipped, place_in(look_, line.number, first), "section_line", words_of_cell(line.at(first)), {});
        return true;
    }

    [[nodiscard]] bool says_something(TableRow const& line)
    {
        if (std::ranges::any_of(columns_, [&](auto const& column) { return !line.at(column.index).is_empty(); })) return true;
        std::string words;
        for (auto const& cell : line.cells) words += cell.is_empty() ? "" : (words.empty() ? "" : " ; ") + words_of_cell(cell);
        notes_.aim(file_.notes);
        if (!words.empty()) notes_.add(Outcome::Skipped, place_in(look_, line.number, 0), "line_not_mapped", words, {});
        return false;
    }

    /// The record of a line: a new one, or the one its key opened before; a blank key goes on with the line above.
    ImportItem* item_for(TableRow const& line)
    {
        std::string key = key_ >= 0 ? word_key(words_of_cell(line.at(static_cast<std::size_t>(key_)))) : std::string{};
        if (mapping_.group) {
            if (key.empty() && last_ < file_.items.size() && !has_another_title(line)) return &file_.items[last_];
            if (auto const found = by_key_.find(key); !key.empty() && found != by_key_.end()) {
                last_ = found->second;
                return &file_.items[last_];
            }
        }
        if (file_.items.size() == max_table_records) return nullptr;
        last_ = file_.items.size();
        if (mapping_.group && !key.empty()) by_key_.emplace(key, last_);
        ImportItem item;
        item.place = place_in(look_, line.number, columns_.empty() ? 0 : columns_.front().index);
        item.key = key;
        item.row = Row(info_);
        file_.items.push_back(std::move(item));
        return &file_.items.back();
    }

    /// A line without key that names something else is another record.
    [[nodiscard]] bool has_another_title(TableRow const& line) const
    {
        if (title_ < 0 || title_ == key_) return false;
        auto const title = word_key(words_of_cell(line.at(static_cast<std::size_t>(title_))));
        auto const& before = schema::text_of(info_, file_.items[last_].row, kind_.title_field);
        return !title.empty() && title != word_key(before);
    }

    void take_cell(ImportItem& item, PlannedColumn const& column, TableRow const& line)
    {
        auto const& cell = line.at(column.index);
        if (cell.is_empty()) return;
        auto const place = place_in(look_, line.number, column.index);
        auto const words = words_of_cell(cell);
        if (column.target.reference) return take_reference(item, words, place);
        auto const& leaf = *column.target.leaf;
        bool const text = leaf.kind == Kind::String || leaf.kind == Kind::Text;
        if (!text && leaf.kind != Kind::Bool && says_nothing_here(words)) return;
        auto& held = slot(item.row, column.target);
        if (leaf.kind == Kind::Strings || leaf.kind == Kind::Choices || leaf.kind == Kind::Terms) {
            take_list(item, column, held, words, place);
            return;
        }
        if (leaf.kind == Kind::Links) return take_links(item, column, held, words, place);
        auto converted = convert(leaf, cell, column.manner);
        tell(item, column, converted, words, place);
        if (schema::is_empty(converted.value)) return;
        if (text) put_text(item, column, held, std::get<std::string>(converted.value), place);
        else if (schema::is_empty(held)) held = std::move(converted.value);
        else if (held != converted.value) notes_.add(Outcome::Skipped, place, "line_differs", words, leaf.name);
        item.places.try_emplace(path_of(column.target), place);
    }

    void take_reference(ImportItem& item, std::string const& words, std::string const& place)
    {
        auto const plain = unscientific(words);
        auto reference = squeeze(plain && !plain->lost ? plain->digits : words);
        if (!item.reference.empty()) {
            if (reference != item.reference) notes_.add(Outcome::Skipped, place, "line_differs", words, {});
            return;
        }
        if (length_utf8(reference) > longest_reference) {
            item.notes.push_back({Outcome::Repaired, place, "reference_shortened", {{"reference", shorten(reference, 120)}}, {}});
            reference = shorten(reference, longest_reference - 1);
        }
        item.reference = std::move(reference);
        item.places.try_emplace("reference", place);
    }

    void take_list(ImportItem& item, PlannedColumn const& column, Value& held, std::string const& words, std::string const& place)
    {
        auto const* before = std::get_if<schema::Texts>(&held);
        schema::Texts all = before ? *before : schema::Texts{};
        for (auto const& value : values_of(words, column.separator.empty() ? "auto" : column.separator)) {
            if (says_nothing_here(value)) continue;
            auto converted = convert(*column.target.leaf, {documents::CellKind::Text, value, {}, false, false}, column.manner);
            tell(item, column, converted, value, place);
            if (auto* text = std::get_if<std::string>(&converted.value); text && std::ranges::find(all, *text) == all.end()) all.push_back(std::move(*text));
        }
        if (!all.empty()) held = std::move(all);
        item.places.try_emplace(path_of(column.target), place);
    }

    /// The words of linked records, as they stand: who may be named, and where one name ends, only the registers know.
    void take_links(ImportItem& item, PlannedColumn const& column, Value& held, std::string const& words, std::string const& place)
    {
        if (!std::holds_alternative<schema::Texts>(held)) held = schema::Texts{};
        for (auto& value : values_of(words, column.separator))
            if (!says_nothing_here(value)) std::get<schema::Texts>(held).push_back(std::move(value));
        if (schema::is_empty(held)) held = {};
        item.places.try_emplace(path_of(column.target), place);
    }

    void tell(ImportItem& item, PlannedColumn const& column, Converted const& converted, std::string const& words, std::string const& place)
    {
        auto const& leaf = *column.target.leaf;
        bool kept = false;
        if (!converted.words.empty() && !column.target.owner)
            if (auto const keeper = keeper_of(info_, leaf.name); !keeper.empty()) {
                kept = append(item, info_.index_of(keeper), converted.words);
                if (!kept) notes_.add(Outcome::Repaired, place, "text_cut", converted.words, std::string(keeper));
            }
        if (converted.problem.empty()) return;
        notes_.add(converted.taken || kept ? Outcome::Repaired : Outcome::Skipped, place, kept && !converted.taken ? "words_kept" : converted.problem, words, path_of(column.target));
    }

    /// Several columns of one text stand one under the other, each under its heading.
    void put_text(ImportItem& item, PlannedColumn const& column, Value& held, std::string words, std::string const& place)
    {
        auto const& leaf = *column.target.leaf;
        bool const shares = !column.target.owner && shared_[column.target.field] > 1;
        if (leaf.kind == Kind::String) words = squeeze(words);
        if (shares) words = column.heading + "\u00a0: " + words;
        auto const* before = std::get_if<std::string>(&held);
        if (before && !before->empty()) {
            if (before->find(words) != std::string::npos) return;
            if (leaf.kind == Kind::String && !shares) {
                notes_.add(Outcome::Skipped, place, "line_differs", words, leaf.name);
                return;
            }
            words = *before + (leaf.kind == Kind::Text ? "\n" : " ; ") + words;
        }
        bool cut = false;
        held = fit_text(leaf, words, cut);
        if (!cut) return;
        // A record is not refused for the length of a text: what is left out stands in the notes.
        int const notes = info_.index_of("notes");
        bool const kept = notes >= 0 && leaf.name != "notes" && append(item, notes, words);
        if (kept) item.notes.push_back({Outcome::Repaired, place, "text_shortened", {{"max", std::to_string(room_of(leaf))}}, leaf.name});
        else notes_.add(Outcome::Repaired, place, "text_cut", words, leaf.name);
    }

    /// Behind what the field says already; false when there is not room for all of it.
    bool append(ImportItem& item, int field, std::string const& words)
    {
        auto const& info = info_.fields[static_cast<std::size_t>(field)];
        auto& held = item.row.values[static_cast<std::size_t>(field)];
        auto const* before = std::get_if<std::string>(&held);
        bool cut = false;
        if (before && before->find(words) != std::string::npos) return true;
        held = fit_text(info, before && !before->empty() ? *before + (info.kind == Kind::Text ? "\n" : " ; ") + words : words, cut);
        added_.insert(info.name);
        return !cut;
    }

    void take_rows(ImportItem& item, RowSet const& set, TableRow const& line)
    {
        auto const& field = info_.fields[static_cast<std::size_t>(set.field)];
        auto made = make_rows(info_, set, line, look_, notes_);
        if (made.empty()) return;
        auto& held = item.row.values[static_cast<std::size_t>(set.field)];
        if (!std::holds_alternative<Rows>(held)) held = Rows{};
        auto& rows = std::get<Rows>(held);
        for (auto& one : made) {
            if (std::ranges::any_of(rows, [&](Row const& row) { return row.values == one.row.values; })) continue;
            if (rows.size() == static_cast<std::size_t>(500)) {
                notes_.add(Outcome::Skipped, place_in(look_, line.number, one.column), "too_many_values", schema::text_of(*field.rows, one.row, field.rows->fields.front().name), field.name);
                return;
            }
            item.places.try_emplace(field.name + "[" + std::to_string(rows.size()) + "]", place_in(look_, line.number, one.column));
            rows.push_back(std::move(one.row));
        }
        item.places.try_emplace(field.name, place_in(look_, line.number, made.front().column));
    }

    Value& slot(Row& row, Target const& target)
    {
        auto& held = row.values[static_cast<std::size_t>(target.field)];
        if (!target.owner) return held;
        if (!std::holds_alternative<Rows>(held)) held = Rows{Row(*target.owner->rows)};
        return std::get<Rows>(held).front().values[static_cast<std::size_t>(target.part)];
    }

    [[nodiscard]] std::string path_of(Target const& target) const
    {
        auto path = info_.fields[static_cast<std::size_t>(target.field)].name;
        if (target.owner) path += "." + target.leaf->name;
        return path;
    }

    void take_constants(ImportItem& item)
    {
        for (auto const& constant : mapping_.constants) {
            auto const target = parse_target(info_, constant.target);
            if (!target || target->reference || constant.value.empty()) continue;
            PlannedColumn const column{0, constant.target, *target, "auto", {}};
            documents::TableCell const cell{documents::CellKind::Text, constant.value, {}, false, false};
            if (target->in_rows()) {
                TableRow line;
                line.cells.push_back(cell);
                take_rows(item, {target->field, target->with, {&column}}, line);
                continue;
            }
            auto& held = slot(item.row, *target);
            if (!schema::is_empty(held)) continue;   // what the file says wins
            if (target->leaf->kind == Kind::Strings || target->leaf->kind == Kind::Choices || target->leaf->kind == Kind::Terms) {
                take_list(item, column, held, constant.value, item.place);
                continue;
            }
            if (target->leaf->kind == Kind::Links) {
                take_links(item, column, held, constant.value, item.place);
                continue;
            }
            auto converted = convert(*target->leaf, cell, {});
            if (converted.taken && converted.problem.empty()) held = std::move(converted.value);
            else notes_.add(Outcome::Skipped, item.place, "value_not_taken", constant.value, path_of(*target));
        }
    }

    void finish_item(ImportItem& item)
    {
        notes_.aim(item.notes);
        take_constants(item);
        for (std::size_t i = 0; i < info_.fields.size(); ++i)
            if (info_.fields[i].kind == Kind::Rows)
                if (auto* rows = std::get_if<Rows>(&item.row.values[i])) complete_rows(*info_.fields[i].rows, *rows);
        auto const title = info_.index_of(kind_.title_field);
        auto& name = item.row.values[static_cast<std::size_t>(title)];
        if (schema::is_empty(name)) name_after_purpose(item, name);
        if (auto const* text = std::get_if<std::string>(&name)) item.name = *text;
        if (item.key.empty()) item.key = word_key(item.reference.empty() ? item.name : item.reference);
    }

    void name_after_purpose(ImportItem& item, Value& name)
    {
        auto const purposes = info_.index_of("purposes");
        auto const* rows = purposes < 0 ? nullptr : std::get_if<Rows>(&item.row.values[static_cast<std::size_t>(purposes)]);
        if (!rows || rows->empty()) return;
        auto const& text = schema::text_of(*info_.fields[static_cast<std::size_t>(purposes)].rows, rows->front(), "text");
        if (text.empty()) return;
        name = shorten(squeeze(text), 299);
        item.notes.push_back({Outcome::Repaired, item.place, "named_after_purpose", {}, std::string{kind_.title_field}});
    }

    /// What the file speaks of, and which parts of its rows are compared another time.
    void describe_fields()
    {
        std::set<std::string> present(added_.begin(), added_.end());
        std::map<int, std::set<int>> parts;
        auto see = [&](Target const& target) {
            if (!target.reference) present.insert(info_.fields[static_cast<std::size_t>(target.field)].name);
        };
        for (auto const& column : columns_) see(column.target);
        for (auto const& set : sets_) {
            auto const filled = parts_of_set(*info_.fields[static_cast<std::size_t>(set.field)].rows, set);
            parts[set.field].insert(filled.begin(), filled.end());
        }
        for (auto const& constant : mapping_.constants)
            if (auto const target = parse_target(info_, constant.target)) {
                see(*target);
                if (target->in_rows()) parts[target->field].insert(target->part);
            }
        if (!file_.items.empty()) present.insert(std::string{kind_.title_field});
        for (auto& item : file_.items) item.present.assign(present.begin(), present.end());
        for (auto const& [field, filled] : parts) file_.carried.push_back(carried_parts(info_.fields[static_cast<std::size_t>(field)], filled));
    }

    records::Register const& kind_;
    SchemaInfo const& info_;
    TableLook const& look_;
    TableMapping const& mapping_;
    ImportFile& file_;
    TableNotes notes_;
    std::deque<WordIndex> words_;                     ///< a deque: columns point into it
    std::vector<PlannedColumn> columns_;
    std::vector<RowSet> sets_;
    std::map<int, int> shared_;                       ///< columns of a simple field
    std::map<std::string, std::size_t, std::less<>> by_key_;
    std::set<std::string> added_;                     ///< fields that got words no column was meant for
    std::size_t last_ = static_cast<std::size_t>(-1);
    int key_ = -1, title_ = -1;
};

} // namespace

Result<ImportFile> import_table(records::Register const& kind, TableReader& reader, TableLook const& look, TableMapping const& mapping, TableSource const& source)
{
    if (auto problems = check_mapping(*kind.schema, kind.title_field, mapping); !problems.empty()) return Error{ErrorKind::Invalid, "invalid", {}, std::move(problems)};
    ImportFile file;
    file.format = documents::code_of(look.kind);
    file.family = "table";
    file.links_in_words = true;
    file.source = source.name;
    // The same bytes read another way are another import: what stopped half-way must not go on under a new mapping.
    auto const read_as = to_json(mapping);
    file.hash = sha256({ByteView(source.hash.data(), source.hash.size()), as_bytes(read_as)});
    file.notes = look.notes;
    for (auto const& column : mapping.columns) file.matches_by_reference = file.matches_by_reference || column.target == "reference";
    if (!mapping.key.empty()) file.key_scope = "table|" + word_key(mapping.key);
    Gatherer gatherer(kind, look, mapping, file);
    TRY(reader.choose(look.sheet));
    for (TableRow line; TRY(reader.next(line));) {
        if (look.header_row >= 0 && static_cast<int>(line.number) <= look.header_row) continue;
        TRY(gatherer.take(line));
    }
    gatherer.finish();
    return file;
}

} // namespace greffier::exchange
