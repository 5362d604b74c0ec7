#include "exchange/table_look.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/text.hpp"
#include "documents/workbook.hpp"
#include "exchange/inventory_words.hpp"
#include "exchange/table_convert.hpp"
#include "exchange/table_words.hpp"

namespace greffier::exchange {

using documents::CellKind;
using documents::TableReader;
using documents::TableRow;
using records::Outcome;
using schema::Kind;

namespace {

constexpr std::size_t looked_rows = 30, max_samples = 3, max_distinct = 300, max_distinct_length = 2000, longest_heading = 120;

struct FoundHeadings {
    int row = -1;
    int recognised = 0;
    TableRow cells;
};

/// The row that looks most like headings: known words weigh most, then filled cells of few words.
Result<FoundHeadings> find_headings(Headings const& known_words, TableReader& reader, int wished)
{
    FoundHeadings best;
    int best_score = -1;
    TableRow row;
    for (std::size_t seen = 0; seen < looked_rows || wished > 0; ++seen) {
        if (!TRY(reader.next(row))) break;
        if (wished > 0) {
            if (static_cast<int>(row.number) < wished) continue;
            if (static_cast<int>(row.number) > wished) break;
        }
        int score = 0, known = 0;
        std::set<std::string> targets;
        for (auto const& cell : row.cells) {
            if (cell.is_empty() || cell.covered) continue;
            bool const label = cell.kind == CellKind::Text && length_utf8(cell.text) <= longest_heading;
            score += label ? 1 : -2;
            if (auto const target = label ? known_words.target_of(cell.text) : std::nullopt; target && targets.insert(*target).second) ++known;
        }
        score += 4 * known;
        if (score > best_score || wished > 0) {
            best_score = score;
            best = {static_cast<int>(row.number), known, row};
        }
    }
    return best;
}

Result<std::size_t> sheet_of(Headings const& known_words, TableReader& reader, TableMapping const& wish)
{
    auto const& sheets = reader.sheets();
    if (!wish.sheet.empty() && reader.kind() != documents::TableKind::Csv) {
        auto const found = std::ranges::find(sheets, wish.sheet, &documents::TableSheet::name);
        if (found == sheets.end()) return Error::invalid("import.no_such_sheet", {{"sheet", shorten(wish.sheet, 80)}});
        return static_cast<std::size_t>(found - sheets.begin());
    }
    if (sheets.size() == 1) return std::size_t{0};
    constexpr std::size_t looked_sheets = 30;
    std::size_t best = 0;
    int most = -1;
    for (std::size_t i = 0; i < std::min(sheets.size(), looked_sheets); ++i) {
        if (sheets[i].hidden) continue;
        TRY(reader.choose(i));
        auto const headings = find_headings(known_words, reader, 0);
        if (headings.ok() && headings->recognised > most) {
            most = headings->recognised;
            best = i;
        }
    }
    return best;
}

void note(TableLook& look, Outcome outcome, std::string place, std::string code, Arguments arguments = {})
{
    look.notes.push_back({outcome, std::move(place), std::move(code), std::move(arguments), {}});
}

void add_column(TableLook& look, std::size_t index, std::string heading)
{
    LookColumn column;
    column.index = index;
    column.heading = std::move(heading);
    look.columns.push_back(std::move(column));
}

/// Names every column: repeated headings are numbered, missing ones get the column's letter; both are told.
void name_columns(TableLook& look, TableRow const& headings, std::size_t width)
{
    std::map<std::string, int> seen;
    for (std::size_t i = 0; i < width; ++i) {
        auto heading = look.header_row < 0 ? std::string{} : shorten(squeeze(headings.at(i).text), longest_heading);
        bool const missing = heading.empty();
        if (missing) heading = documents::column_name(i);
        if (int const times = ++seen[word_key(heading)]; times > 1) {
            heading += " (" + std::to_string(times) + ")";
            if (!missing) note(look, Outcome::Repaired, place_in(look, static_cast<std::size_t>(look.header_row), i), "heading_repeated", {{"heading", heading}});
        }
        add_column(look, i, std::move(heading));
    }
}

struct Counting {
    std::vector<std::set<std::string, std::less<>>> distinct;
    std::vector<std::string> above;
};

void count_cell(LookColumn& column, Counting& counting, documents::TableCell const& cell)
{
    auto& above = counting.above[column.index];
    auto const text = cell.is_empty() ? std::string{} : words_of_cell(cell);
    column.blanks += text.empty() && !above.empty();
    column.repeats += !text.empty() && text == above;
    if (text.empty()) return;
    above = text;
    ++column.filled;
    column.with_lines += text.find('\n') != std::string::npos;
    column.with_semicolons += text.find(';') != std::string::npos;
    column.with_commas += text.find(',') != std::string::npos;
    if (cell.kind == CellKind::Text) switch (date_hint(text)) {
        case DateHint::DayFirst: ++column.day_first; break;
        case DateHint::MonthFirst: ++column.month_first; break;
        case DateHint::Either: ++column.either; break;
        case DateHint::None: break;
    }
    auto& distinct = counting.distinct[column.index];
    if (distinct.size() < max_distinct && text.size() <= max_distinct_length && distinct.insert(text).second) column.distinct.push_back(text);
    if (column.samples.size() < max_samples && std::ranges::find(column.samples, shorten(text, 120)) == column.samples.end()) column.samples.push_back(shorten(text, 120));
}

/// Every line below the headings; cells beyond them are columns of their own.
Status count_cells(TableLook& look, TableReader& reader)
{
    constexpr std::size_t most_told = 20;
    Counting counting;
    std::size_t beyond = 0;
    for (TableRow row; TRY(reader.next(row));) {
        if (look.header_row >= 0 && static_cast<int>(row.number) <= look.header_row) continue;
        if (++look.rows > max_table_rows) return Error::too_large("import.too_many_rows", {{"limit", std::to_string(max_table_rows)}, {"sheet", look.sheets[look.sheet].name}});
        auto const width = look.columns.size();
        if (row.cells.size() > width && look.header_row >= 0 && beyond++ < most_told) note(look, Outcome::Repaired, place_in(look, row.number, width), "beyond_headings");
        for (auto i = width; i < row.cells.size(); ++i) add_column(look, i, documents::column_name(i));
        counting.distinct.resize(look.columns.size());
        counting.above.resize(look.columns.size());
        for (auto& column : look.columns) count_cell(column, counting, row.at(column.index));
    }
    return Nothing{};
}

/// Columns without a heading, what the reader met, sheets left aside.
void tell_oddities(TableLook& look, TableRow const& headings, TableReader const& reader)
{
    for (auto const& column : look.columns)
        if (look.header_row >= 0 && column.index < headings.cells.size() && headings.at(column.index).is_empty())
            note(look, Outcome::Repaired, place_in(look, static_cast<std::size_t>(look.header_row), column.index), "heading_missing", {{"heading", column.heading}});
    for (auto const& told : reader.notes()) note(look, Outcome::Repaired, told.row ? place_in(look, told.row, 0) : look.sheets[look.sheet].name, told.code, told.arguments);
    for (std::size_t i = 0; i < look.sheets.size(); ++i)
        if (i != look.sheet && !look.sheets[i].hidden) note(look, Outcome::Skipped, look.sheets[i].name, "sheet_not_read");
}

std::string unit_in(std::string_view heading)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> units{{{"mois", "M"}, {"months", "M"}, {"month", "M"}, {"annees", "Y"}, {"annee", "Y"}, {"ans", "Y"},
                                                                                        {"years", "Y"}, {"jours", "D"}, {"days", "D"}, {"semaines", "W"}}};
    for (auto const& word : words(heading))
        for (auto const& [name, code] : units)
            if (word == name) return std::string{code};
    return {};
}

bool is_choice(schema::FieldInfo const& leaf) { return leaf.list != nullptr; }
bool is_list(schema::FieldInfo const& leaf) { return leaf.kind == Kind::Choices || leaf.kind == Kind::Terms || leaf.kind == Kind::Strings; }

std::string separator_for(Target const& target, LookColumn const& column)
{
    auto const& leaf = *target.leaf;
    if (!target.in_rows() && !is_list(leaf)) return {};
    if (column.with_lines || column.with_semicolons) return "auto";
    bool const short_names = is_choice(leaf) || leaf.kind == Kind::Country || (leaf.title && leaf.kind == Kind::String) || is_list(leaf);
    return column.with_commas && short_names ? "," : "auto";
}

/// What the cells say of a column once its target is known.
void adjust(schema::SchemaInfo const& info, TableColumn& column, LookColumn const& look)
{
    auto const target = parse_target(info, column.target);
    if (!target || !target->leaf) return;
    auto const& leaf = *target->leaf;
    column.separator = separator_for(*target, look);
    if (leaf.kind == Kind::Date) column.date_order = date_order_of(look);
    if (leaf.kind == Kind::Duration || leaf.name == "retention_text") column.unit = unit_in(look.heading);
    if (is_choice(leaf))
        for (auto& word : open_words(leaf, look, column.separator)) column.choices[word_key(word.words)] = std::move(word.code);
}

/// Lines that repeat the reference or the name above them, or leave both blank, tell one record together.
void group_lines(records::Register const& kind, TableLook const& look, TableMapping& mapping)
{
    auto const seen = [&](std::string_view target) -> LookColumn const* {
        auto const found = std::ranges::find(mapping.columns, target, &TableColumn::target);
        return found == mapping.columns.end() ? nullptr : &look.columns[static_cast<std::size_t>(found - mapping.columns.begin())];
    };
    auto const often = [&](std::size_t count) { return count * 5 >= look.rows && count > 0; };
    auto const* reference = seen("reference");
    auto const* name = seen(kind.title_field);
    bool const by_name = name && often(name->repeats + name->blanks);
    bool const same_names = reference && name && reference->repeats > 0 && name->repeats + name->blanks >= reference->repeats;
    bool const by_reference = reference && (often(reference->repeats) || same_names || (by_name && often(reference->blanks)));
    if (!by_reference && (reference || !by_name)) return;
    mapping.group = true;
    mapping.key = (by_reference ? reference : name)->heading;
}

/// "SST-0001 Cloud de l'Aubreuil", or an id: what our own exports write of a linked record.
bool tells_a_record(std::string_view words)
{
    auto const first = words.substr(0, words.find(' '));
    if (Uuid::parse(first)) return true;
    constexpr std::string_view digits = "0123456789";
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789";
    return first.find('-') != std::string_view::npos && first.find_first_not_of(letters) == std::string_view::npos && digits.find(first.back()) != std::string_view::npos;
}

/// A column of the same heading in somebody else's table lists names that no register holds: it is taken for links when its cells tell records.
bool tells_records(LookColumn const& column)
{
    return !column.samples.empty() && std::ranges::all_of(column.samples, tells_a_record) && std::ranges::all_of(column.distinct, tells_a_record);   // long cells are samples alone
}

bool may_stand_twice(schema::SchemaInfo const& info, std::string const& text)
{
    auto const target = parse_target(info, text);
    return target && !target->reference && (target->in_rows() || target->leaf->kind == Kind::Text);
}

} // namespace

std::string place_in(TableLook const& look, std::size_t row_number, std::size_t column)
{
    auto const cell = documents::address(row_number > 0 ? row_number - 1 : 0, column);
    return look.kind == documents::TableKind::Csv ? cell : look.sheets[look.sheet].name + "!" + cell;
}

std::string date_order_of(LookColumn const& column)
{
    if (column.month_first > column.day_first) return "mdy";
    return column.day_first > 0 ? "dmy" : "";
}

Result<TableLook> look_at_table(records::Register const& kind, TableReader& reader, TableMapping const& wish)
{
    Headings const known_words(kind);
    TableLook look;
    look.kind = reader.kind();
    look.sheets = reader.sheets();
    look.sheet = TRY(sheet_of(known_words, reader, wish));
    TRY(reader.choose(look.sheet));
    TableRow headings;
    if (wish.header_row >= 0) {
        auto found = TRY(find_headings(known_words, reader, wish.header_row));
        if (found.row < 0) return wish.header_row > 0 ? Error::invalid("import.no_such_row", {{"row", std::to_string(wish.header_row)}}) : Error::invalid("import.nothing_in_it");
        look.header_row = found.row;
        headings = std::move(found.cells);
        TRY(reader.choose(look.sheet));
    }
    look.dialect = reader.dialect();
    look.from_1904 = reader.counts_from_1904();
    name_columns(look, headings, headings.cells.size());
    TRY(count_cells(look, reader));
    if (look.rows == 0) return Error::invalid("import.only_headings");
    std::erase_if(look.columns, [&](LookColumn const& column) { return column.filled == 0 && headings.at(column.index).is_empty(); });
    tell_oddities(look, headings, reader);
    return look;
}

std::vector<OpenWord> open_words(schema::FieldInfo const& leaf, LookColumn const& column, std::string_view separator)
{
    constexpr std::size_t most = 60;
    std::vector<OpenWord> open;
    std::set<std::string> seen;
    WordIndex index(*leaf.list);
    for (auto const& cell : column.distinct)
        for (auto const& word : values_of(cell, separator)) {
            if (open.size() == most) return open;
            if (says_nothing_here(word) || !seen.insert(word_key(word)).second || length_utf8(word) > 200) continue;
            auto const known = index.find(word);
            if (known && known->exact) continue;
            open.push_back({word, known ? std::optional{known->code} : std::nullopt});
        }
    return open;
}

TableMapping propose_mapping(records::Register const& kind, TableLook const& look)
{
    auto const& info = *kind.schema;
    Headings const known_words(kind);
    TableMapping mapping;
    if (look.kind != documents::TableKind::Csv) mapping.sheet = look.sheets[look.sheet].name;
    if (look.dialect) {
        mapping.encoding = code_of(look.dialect->encoding);
        mapping.separator = std::string(1, look.dialect->separator);
    }
    mapping.header_row = look.header_row;
    std::set<std::string> taken;
    for (auto const& seen : look.columns) {
        TableColumn column;
        column.heading = seen.heading;
        auto target = seen.filled ? known_words.target_of(seen.heading) : std::nullopt;
        if (auto link = known_words.link_of(seen.heading); link && tells_records(seen)) target = std::move(link);
        if (target && parse_target(info, *target) && (taken.insert(*target).second || may_stand_twice(info, *target))) column.target = *target;
        adjust(info, column, seen);
        mapping.columns.push_back(std::move(column));
    }
    group_lines(kind, look, mapping);
    if (auto const family = kind.slug == "assets" ? family_of_inventory(taken) : std::string_view{}; !family.empty()) mapping.constants.push_back({"family", std::string{family}});
    return mapping;
}

TableMapping fit_mapping(records::Register const& kind, TableLook const& look, TableMapping const& saved)
{
    auto mapping = propose_mapping(kind, look);
    for (std::size_t i = 0; i < mapping.columns.size(); ++i) {
        auto& column = mapping.columns[i];
        auto const found = std::ranges::find_if(saved.columns, [&](TableColumn const& one) { return word_key(one.heading) == word_key(column.heading); });
        if (found == saved.columns.end()) {
            column.target.clear();   // a saved mapping is a decision: what it does not name is left out
            column.choices.clear();
            continue;
        }
        auto choices = found->choices;
        column = *found;
        column.heading = look.columns[i].heading;
        auto const target = parse_target(*kind.schema, column.target);
        if (target && target->leaf && target->leaf->list)   // words that came since are shown beside those decided
            for (auto& word : open_words(*target->leaf, look.columns[i], column.separator)) column.choices.try_emplace(word_key(word.words), std::move(word.code));
    }
    mapping.name = saved.name;
    mapping.constants = saved.constants;
    mapping.group = saved.group;
    mapping.key.clear();
    for (auto const& column : mapping.columns)
        if (word_key(column.heading) == word_key(saved.key)) mapping.key = column.heading;
    if (mapping.key.empty()) mapping.group = false;
    return mapping;
}

} // namespace greffier::exchange
