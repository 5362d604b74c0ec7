#include "exchange/cnil_sheet.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "core/text.hpp"
#include "exchange/cnil_table.hpp"

namespace greffier::exchange::cnil {
namespace {

using documents::Sheet;

constexpr std::size_t no_edge = std::numeric_limits<std::size_t>::max();
constexpr std::size_t sure_key = 12; // shorter labels mean something else inside a table

Columns headings(Sheet const& sheet, std::size_t row, Block block, std::size_t after)
{
    Columns columns;
    std::set<Field> seen;
    for (std::size_t column : filled_columns(sheet, row)) {
        if (column < after) continue;
        auto const field = column_of(block, key_of(sheet.at(row, column).text));
        if (field && seen.insert(*field).second) columns.push_back({*field, column, right_end(sheet, row, column)});
    }
    close_gaps(columns);
    return columns;
}

// Where the template has its columns, for a block whose headings somebody erased.
Columns usual_columns(Block block, std::size_t label)
{
    switch (block) {
    case Block::Actors:
        return {{Field::PersonName, label + 1, label + 1}, {Field::Address, label + 2, label + 2},
                {Field::Postcode, label + 3, label + 3},   {Field::City, label + 4, label + 4},
                {Field::Country, label + 5, label + 5},    {Field::Phone, label + 6, label + 6},
                {Field::Email, label + 7, label + 7}};
    case Block::Data:
    case Block::Sensitive:
        return {{Field::Description, label + 1, label + 3}, {Field::Retention, label + 4, label + 7}};
    case Block::Subjects:
    case Block::Recipients:
    case Block::Measures: return {{Field::Type, label + 1, label + 3}, {Field::Details, label + 4, label + 7}};
    case Block::Transfers:
        return {{Field::Recipient, label + 1, label + 1},
                {Field::Country, label + 2, label + 2},
                {Field::Guarantee, label + 3, label + 4},
                {Field::Documentation, label + 5, label + 7}};
    default: return {};
    }
}

bool is_preamble(std::string_view text)
{
    std::string const key = key_of(text);
    if (key == "fiche") return true;
    for (std::string_view start : {"modele de fiche", "exemple de fiche", "cet onglet", "cet exemple",
                                   "dans certain cas", "fiche de registre", "fiche de traitement"})
        if (key.starts_with(start)) return true;
    return false;
}

class SheetReader {
public:
    SheetReader(Sheet const& sheet, CnilWorkbook& out) : sheet_(sheet), out_(out) { start_record(); }

    void read()
    {
        find_right_edge();
        for (std::size_t row = 0; row < sheet_.rows.size(); ++row) {
            note_covered(row);
            auto const filled = filled_columns(sheet_, row);
            if (!filled.empty()) read_row(row, filled);
        }
        finish_record();
    }

private:
    using Filled = std::vector<std::size_t>;

    // What stands right of every table (links, remarks) is no value of a one-line field.
    void find_right_edge()
    {
        right_edge_ = 0;
        for (std::size_t row = 0; row < sheet_.rows.size(); ++row) {
            auto const filled = filled_columns(sheet_, row);
            if (filled.empty()) continue;
            auto const block = block_of(key_of(sheet_.at(row, filled.front()).text));
            if (!block) continue;
            for (auto const& column : headings(sheet_, row, *block, filled.front() + 1))
                right_edge_ = std::max(right_edge_, column.last);
        }
        if (right_edge_ == 0) right_edge_ = no_edge;
    }

    void read_row(std::size_t row, Filled const& filled)
    {
        auto const [key, rest] = split_label(sheet_.at(row, filled.front()).text);
        if (auto const field = record_field_of(key); field && is_expected(*field, key))
            return read_field(row, filled, *field, rest);
        if (auto const block = block_of(key); block && open_block(row, filled, *block)) return;
        if (block_ == Block::None) return read_preamble(row, filled);
        if (block_ == Block::Description) return note_row(row, filled, {});
        if (block_ == Block::Purposes) return read_other_purpose(row, filled);
        read_table_row(row, filled);
    }

    [[nodiscard]] bool is_expected(Field field, std::string_view key) const
    {
        if (field == Field::Name || field == Field::MainPurpose || field == Field::SubPurpose) return true;
        return block_ == Block::None || block_ == Block::Description || key.size() >= sure_key;
    }

    // ---- one-line fields ----

    Placed value_beside(std::size_t row, Filled const& filled, std::string const& rest, Columns& used) const
    {
        if (!rest.empty()) return {rest, {}, place_of(sheet_, row, filled.front())};
        std::size_t const label = filled.front();
        if (filled.size() > 1 && filled[1] <= right_edge_) {
            used.push_back({Field::Name, filled[1], right_end(sheet_, row, filled[1])});
            return placed(sheet_, row, filled[1]);
        }
        return {{}, {}, place_of(sheet_, row, right_end(sheet_, row, label) + 1)};
    }

    void read_field(std::size_t row, Filled const& filled, Field field, std::string const& rest)
    {
        if (field == Field::Name && saw_name_) { // a second record below the first
            finish_record();
            start_record();
        }
        found_label(row, filled.front());
        Columns used{{Field::Name, filled.front(), filled.front()}};
        Placed value = value_beside(row, filled, rest, used);
        note_row(row, filled, used);
        switch (field) {
        case Field::Name: saw_name_ = true, block_ = Block::Description, record_.name = std::move(value); break;
        case Field::Reference: block_ = Block::Description, keep(record_.reference, std::move(value)); break;
        case Field::Created: block_ = Block::Description, keep(record_.created, std::move(value)); break;
        case Field::Updated: block_ = Block::Description, keep(record_.updated, std::move(value)); break;
        default: block_ = Block::Purposes, add_purpose(field, std::move(value)); break;
        }
    }

    void keep(Placed& target, Placed value)
    {
        if (target.empty())
            target = std::move(value);
        else if (!value.empty() && value.text != target.text)
            add_note(out_, value.place, "not_recognised", value.text);
    }

    void add_purpose(Field field, Placed value)
    {
        if (field == Field::MainPurpose && record_.main_purpose.empty())
            record_.main_purpose = std::move(value);
        else if (!value.empty())
            record_.sub_purposes.push_back(std::move(value));
    }

    // A purpose written beside a label of the person's own, or beside none.
    void read_other_purpose(std::size_t row, Filled const& filled)
    {
        bool const labelled = filled.size() > 1 && filled[1] <= right_edge_;
        std::size_t const at = labelled ? filled[1] : filled.front();
        Columns used{{Field::Name, at, at}};
        if (labelled) used.push_back({Field::Name, filled.front(), filled.front()});
        if (at <= right_edge_) add_purpose(Field::SubPurpose, placed(sheet_, row, at));
        note_row(row, filled, used);
    }

    // ---- blocks ----

    bool open_block(std::size_t row, Filled const& filled, Block block)
    {
        std::size_t const label = filled.front();
        auto const beside =
            std::count_if(filled.begin() + 1, filled.end(), [&](std::size_t column) { return column <= right_edge_; });
        if (block == Block::Purposes && beside > 0) {
            read_field(row, filled, Field::MainPurpose, {});
            return true;
        }
        Columns columns = headings(sheet_, row, block, label + 1);
        if (columns.empty() && (beside > 0 || block == block_)) return false;
        found_label(row, label);
        block_ = block, label_ = label, titled_ = !columns.empty();
        columns_ = titled_ ? std::move(columns) : usual_columns(block, label);
        Columns used = columns_;
        used.push_back({Field::Name, label, label});
        note_row(row, filled, used);
        return true;
    }

    bool are_headings(std::size_t row, Filled const& filled)
    {
        if (titled_) return false;
        Columns columns = headings(sheet_, row, block_, 0);
        if (columns.empty() || columns.size() != filled.size()) return false;
        columns_ = std::move(columns);
        titled_ = true;
        return true;
    }

    void read_table_row(std::size_t row, Filled const& filled)
    {
        if (are_headings(row, filled)) return;
        Columns used = columns_;
        Placed label{{}, {}, place_of(sheet_, row, label_)};
        if (!columns_.empty() && filled.front() < columns_.front().first) {
            label = placed(sheet_, row, filled.front());
            used.push_back({Field::Name, filled.front(), filled.front()});
        }
        note_row(row, filled, used);
        add_table_row(row, std::move(label));
    }

    void add_table_row(std::size_t row, Placed label)
    {
        auto const get = [&](Field field) { return field_of(sheet_, row, columns_, field); };
        bool const printed = label.empty() || is_printed_label(block_, key_of(label.text));
        switch (block_) {
        case Block::Actors: return add_actor(row, std::move(label));
        case Block::Data:
            return add_category(record_.data_categories,
                                {std::move(label), get(Field::Description), get(Field::Retention)}, printed);
        case Block::Sensitive:
            return add_category(record_.sensitive, {std::move(label), get(Field::Description), get(Field::Retention)},
                                printed);
        case Block::Subjects:
            return add_item(record_.subjects, {std::move(label), get(Field::Type), get(Field::Details)}, printed);
        case Block::Recipients:
            return add_item(record_.recipients, {std::move(label), get(Field::Type), get(Field::Details)}, printed);
        case Block::Measures:
            return add_item(record_.measures, {std::move(label), get(Field::Type), get(Field::Details)}, printed);
        case Block::Transfers:
            return add_transfer(
                {get(Field::Recipient), get(Field::Country), get(Field::Guarantee), get(Field::Documentation)},
                std::move(label), printed);
        default: break;
        }
    }

    void add_actor(std::size_t row, Placed label)
    {
        auto const get = [&](Field field) { return field_of(sheet_, row, columns_, field); };
        CnilActor actor{CnilRole::Other,        {},
                        get(Field::PersonName), get(Field::Address),
                        get(Field::Postcode),   get(Field::City),
                        get(Field::Country),    get(Field::Phone),
                        get(Field::Email)};
        CnilRole const above = last_role_;
        // Joint controllers often go on below without a label of their own.
        actor.role = label.empty() && above == CnilRole::JointController ? above : role_of(key_of(label.text));
        actor.label = std::move(label);
        last_role_ = actor.role;
        Placed const* const values[] = {&actor.name,    &actor.address, &actor.postcode, &actor.city,
                                        &actor.country, &actor.phone,   &actor.email};
        if (std::any_of(std::begin(values), std::end(values), [](Placed const* value) { return !value->empty(); }))
            record_.actors.push_back(std::move(actor));
        else if (actor.role == CnilRole::Other && !actor.label.empty())
            add_note(out_, actor.label.place, "not_recognised", actor.label.text);
    }

    static void add_category(std::vector<CnilCategory>& list, CnilCategory category, bool printed)
    {
        bool const filled = !category.description.empty() || !category.retention.empty();
        if (filled || !printed) list.push_back(std::move(category));
    }

    static void add_item(std::vector<CnilItem>& list, CnilItem item, bool printed)
    {
        if (printed) item.label.text.clear();
        if (!item.label.empty() || !item.type.empty() || !item.details.empty()) list.push_back(std::move(item));
    }

    void add_transfer(CnilTransfer transfer, Placed label, bool printed)
    {
        if (transfer.recipient.empty() && !printed) transfer.recipient = std::move(label);
        if (!transfer.recipient.empty() || !transfer.country.empty() || !transfer.guarantee.empty() ||
            !transfer.documentation.empty())
            record_.transfers.push_back(std::move(transfer));
    }

    // ---- what is left ----

    void read_preamble(std::size_t row, Filled const& filled)
    {
        for (std::size_t column : filled)
            if (row == 0 && column > filled.front())
                title_reference_ = placed(sheet_, row, column);
            else if (!is_preamble(sheet_.at(row, column).text))
                add_note(out_, place_of(sheet_, row, column), "not_recognised", sheet_.at(row, column).text);
    }

    void note_row(std::size_t row, Filled const& filled, Columns const& used)
    {
        for (std::size_t column : filled)
            if (!owns(used, column))
                add_note(out_, place_of(sheet_, row, column), "not_recognised", sheet_.at(row, column).text);
    }

    void note_covered(std::size_t row)
    {
        for (std::size_t column = 0; column < sheet_.rows[row].size(); ++column) {
            auto const& cell = sheet_.rows[row][column];
            if (cell.covered && !is_blank(cell.text))
                add_note(out_, place_of(sheet_, row, column), "under_merged_cell", cell.text);
        }
    }

    void found_label(std::size_t row, std::size_t column)
    {
        if (record_.place.empty()) record_.place = place_of(sheet_, row, column);
    }

    void start_record()
    {
        record_ = CnilSheet{};
        record_.sheet = sheet_.name;
        record_.hidden = sheet_.hidden;
        block_ = Block::None;
        saw_name_ = false;
        last_role_ = CnilRole::Other;
    }

    void note_bad_date(Placed const& date)
    {
        if (!date.empty() && !date_of(date)) add_note(out_, date.place, "not_a_date", date.text);
    }

    void finish_record()
    {
        if (record_.reference.empty())
            record_.reference = title_reference_;
        else if (!title_reference_.empty() && title_reference_.text != record_.reference.text)
            add_note(out_, title_reference_.place, "not_recognised", title_reference_.text);
        title_reference_ = {};
        record_.example = says_example(sheet_.name) || says_example(record_.reference.text);
        if (record_.name.empty() && record_.main_purpose.empty())
            return add_note(out_, record_.place.empty() ? sheet_.name : record_.place, "sheet_unused", sheet_.name);
        note_bad_date(record_.created);
        note_bad_date(record_.updated);
        out_.sheets.push_back(std::move(record_));
    }

    Sheet const& sheet_;
    CnilWorkbook& out_;
    CnilSheet record_;
    Block block_ = Block::None;
    Columns columns_;
    std::size_t label_ = 0, right_edge_ = no_edge;
    bool titled_ = false, saw_name_ = false;
    CnilRole last_role_ = CnilRole::Other;
    Placed title_reference_;
};

} // namespace

bool is_record_sheet(Sheet const& sheet)
{
    std::set<Block> blocks;
    bool name = false, purpose = false;
    for (std::size_t row = 0; row < sheet.rows.size(); ++row) {
        auto const filled = filled_columns(sheet, row);
        if (filled.empty()) continue;
        std::string const key = split_label(sheet.at(row, filled.front()).text).key;
        auto const field = record_field_of(key);
        name = name || field == Field::Name;
        purpose = purpose || field == Field::MainPurpose;
        auto const block = block_of(key);
        if (block && !headings(sheet, row, *block, filled.front() + 1).empty()) blocks.insert(*block);
    }
    return (name ? 1U : 0U) + (purpose ? 1U : 0U) + blocks.size() >= 2;
}

void read_record_sheet(Sheet const& sheet, CnilWorkbook& out)
{
    SheetReader(sheet, out).read();
}

} // namespace greffier::exchange::cnil
