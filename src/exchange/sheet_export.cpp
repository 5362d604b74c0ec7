#include "exchange/sheet_export.hpp"

#include <charconv>

#include "core/text.hpp"
#include "documents/table_writer.hpp"
#include "exchange/export_words.hpp"
#include "records/list_columns.hpp"
#include "schema/show.hpp"

namespace greffier::exchange {
namespace {

using documents::TableColumn;
using documents::TableValue;
using schema::FieldInfo;
using schema::Kind;

double width_of(FieldInfo const& field)
{
    switch (field.kind) {
    case Kind::Text: return 80;
    case Kind::Date:
    case Kind::Bool:
    case Kind::Integer:
    case Kind::Percent:
    case Kind::Money:
    case Kind::Decimal: return 24;
    case Kind::Timestamp: return 32;
    case Kind::String: return field.max_length >= 300 ? 60 : 40;
    default: return 40;
    }
}

bool is_rows(FieldInfo const& field) { return field.kind == Kind::Rows; }
bool has_parts(FieldInfo const& field) { return field.kind == Kind::Contact || field.kind == Kind::Object || field.kind == Kind::Localised; }

/// A figure as a figure, when the cell can hold it without losing a digit.
TableValue decimal(std::string const& text)
{
    double value = 0;
    auto const [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    bool const whole = error == std::errc() && stop == text.data() + text.size() && text.size() <= 15;
    return whole ? TableValue{value} : TableValue{text};
}

/// One kind of cell per kind of field: days, figures and truths stay what they are.
class Cells {
public:
    explicit Cells(records::ExportJob const& job) : job_(job), titles_(job) {}

    TableValue of(FieldInfo const& field, schema::Value const& value)
    {
        if (auto const* truth = std::get_if<bool>(&value)) return *truth;
        if (auto const* number = std::get_if<std::int64_t>(&value)) return field.kind == Kind::Money ? static_cast<double>(*number) / 100 : static_cast<double>(*number);
        if (auto const* day = std::get_if<Date>(&value)) return *day;
        if (auto const* instant = std::get_if<Timestamp>(&value)) return local_time(*instant, job_.organisation.zone);
        if (std::holds_alternative<std::monostate>(value)) return {};
        if (auto const* text = std::get_if<std::string>(&value); text && field.kind == Kind::Decimal && !text->empty()) return decimal(*text);
        auto lines = value_lines(field, value, job_.locale, titles_);
        auto text = lines.size() == 1 ? std::move(lines.front()) : join(lines, "\n");
        return text.empty() ? TableValue{} : TableValue{std::move(text)};
    }

private:
    records::ExportJob const& job_;
    LinkedTitles titles_;
};

schema::Value const& part_of(schema::Value const& value, std::size_t part)
{
    static schema::Value const nothing;
    auto const* rows = std::get_if<schema::Rows>(&value);
    return rows && !rows->empty() && part < rows->front().values.size() ? rows->front().values[part] : nothing;
}

class SheetExport {
public:
    SheetExport(records::ExportJob const& job, documents::TableWriter& writer) : job_(job), writer_(writer), cells_(job)
    {
        facts_ = writer.add_sheet({.name = job.locale.text("export.sheet.facts"), .columns = {{"", 55}, {"", 120}}});
        if (job.query.columns.empty()) add_whole_sheets();
        else add_shown_sheet();
    }

    Status run()
    {
        auto const done = records::each_selected(job_.records, job_.kind, job_.query, [&](records::Stored const& stored) {
            ++count_;
            if (shown_.empty()) add(stored);
            else add_shown(stored);
        });
        if (!done.ok()) return done;
        write_facts();
        return Nothing{};
    }

private:
    struct RowsSheet {
        std::size_t field, sheet;
    };

    schema::SchemaInfo const& info() const { return *job_.kind.schema; }
    std::string sheet_name() const { return job_.locale.text("register." + std::string(job_.kind.slug)); }

    // ---- every field ---------------------------------------------------------------------------------------

    void add_whole_sheets()
    {
        auto const& locale = job_.locale;
        columns_ = record_columns(info(), locale);
        std::vector<TableColumn> columns{{locale.text("export.column.reference"), 28}, {locale.text("export.column.status"), 28}};
        for (auto const& column : columns_) {
            auto const& field = leaf(column);
            columns.push_back({column.heading, width_of(field), field.kind == Kind::Money});
        }
        records_ = writer_.add_sheet({.name = sheet_name(), .columns = std::move(columns), .frozen_columns = 1});
        for (std::size_t i = 0; i < info().fields.size(); ++i)
            if (is_rows(info().fields[i])) add_rows_sheet(i);
    }

    FieldInfo const& leaf(RecordColumn const& column) const
    {
        auto const& field = info().fields[column.field];
        return column.part < 0 ? field : field.rows->fields[static_cast<std::size_t>(column.part)];
    }

    void add_rows_sheet(std::size_t index)
    {
        auto const& field = info().fields[index];
        std::vector<TableColumn> columns{{job_.locale.text("export.column.reference"), 28}, {job_.locale.text("export.column.record"), 60}};
        for (auto const& part : field.rows->fields) columns.push_back({schema::short_label(*field.rows, part, job_.locale), width_of(part), part.kind == Kind::Money});
        rows_.push_back({index, writer_.add_sheet({.name = schema::short_label(info(), field, job_.locale), .columns = std::move(columns), .frozen_columns = 2})});
    }

    /// The one line that all are put together in: its room is kept.
    std::vector<TableValue>& started_line(std::string first, std::string second)
    {
        line_.clear();
        line_.emplace_back(std::move(first));
        line_.emplace_back(std::move(second));
        return line_;
    }

    void add(records::Stored const& stored)
    {
        auto const& values = stored.row.values;
        auto& line = started_line(stored.head.reference, status_words(stored.head.status, job_.locale));
        for (auto const& column : columns_) {
            auto const& value = values[column.field];
            if (is_destroyed(stored, info().fields[column.field].name)) line.emplace_back(job_.locale.text("record.destroyed"));
            else line.push_back(cells_.of(leaf(column), column.part < 0 ? value : part_of(value, static_cast<std::size_t>(column.part))));
        }
        writer_.add_row(records_, line);
        for (auto const& sheet : rows_)
            if (auto const* rows = std::get_if<schema::Rows>(&values[sheet.field]))
                for (auto const& row : *rows) add_owned(sheet, stored, row);
    }

    void add_owned(RowsSheet const& sheet, records::Stored const& stored, schema::Row const& row)
    {
        auto const& parts = info().fields[sheet.field].rows->fields;
        auto& line = started_line(stored.head.reference, stored.head.title);
        for (std::size_t i = 0; i < parts.size() && i < row.values.size(); ++i) line.push_back(cells_.of(parts[i], row.values[i]));
        writer_.add_row(sheet.sheet, line);
    }

    // ---- the columns of a list as shown --------------------------------------------------------------------

    void add_shown_sheet()
    {
        shown_ = records::export_columns(job_.query.columns);
        std::vector<TableColumn> columns;
        for (auto const& name : shown_) {
            auto const* field = info().find(name);
            columns.push_back({records::column_words(job_.kind, name, job_.locale), field ? width_of(*field) : name == "title" ? 60.0 : 32.0, field && field->kind == Kind::Money});
        }
        records_ = writer_.add_sheet({.name = sheet_name(), .columns = std::move(columns), .frozen_columns = 1});
    }

    void add_shown(records::Stored const& stored)
    {
        std::vector<TableValue> line;
        for (auto const& name : shown_) {
            auto const at = info().index_of(name);
            if (is_destroyed(stored, name)) line.emplace_back(job_.locale.text("record.destroyed"));
            else if (at >= 0) line.push_back(cells_.of(info().fields[static_cast<std::size_t>(at)], stored.row.values[static_cast<std::size_t>(at)]));
            else if (name == "updated" || name == "created") line.emplace_back(local_time(name == "updated" ? stored.head.updated_at : stored.head.created_at, job_.organisation.zone));
            else line.emplace_back(records::column_text(job_.kind, name, stored.head, &stored.row, job_.locale));
        }
        writer_.add_row(records_, line);
    }

    // ---- the facts -----------------------------------------------------------------------------------------

    void fact(std::string label, std::string text) { writer_.add_row(facts_, std::vector<TableValue>{std::move(label), std::move(text)}); }

    void write_facts()
    {
        auto const& locale = job_.locale;
        fact(export_title(job_), "");
        for (auto const& each : export_facts(job_)) fact(each.label, join(each.lines, "\n"));
        fact(locale.text("export.fact.count"), locale.number(count_));
        if (writer_.cut_count() > 0)
            fact(locale.text("export.fact.cut"), locale.plural("export.fact.cut_cells", static_cast<std::int64_t>(writer_.cut_count()), {{"cells", join(writer_.cut_cells(), ", ")}}));
    }

    records::ExportJob const& job_;
    documents::TableWriter& writer_;
    Cells cells_;
    std::vector<RecordColumn> columns_;
    std::vector<std::string> shown_; ///< when a list's columns are asked for; empty otherwise
    std::vector<RowsSheet> rows_;
    std::vector<TableValue> line_;
    std::size_t facts_ = 0, records_ = 0;
    std::int64_t count_ = 0;
};

Status write_with(std::unique_ptr<documents::TableWriter> (*make)(documents::TableBookLook), records::ExportJob const& job, records::Sink const& sink)
{
    auto const writer = make({.title = export_title(job),
                              .language = std::string(job.locale.code()),
                              .written = job.now,
                              .cut_mark = job.locale.text("export.cut_mark"),
                              .scratch = job.scratch});
    TRY(SheetExport(job, *writer).run());
    writer->finish(sink);
    return Nothing{};
}

} // namespace

std::vector<RecordColumn> record_columns(schema::SchemaInfo const& info, Locale const& locale)
{
    std::vector<RecordColumn> columns;
    for (std::size_t i = 0; i < info.fields.size(); ++i) {
        auto const& field = info.fields[i];
        auto const label = schema::short_label(info, field, locale);
        if (is_rows(field)) continue;
        if (!has_parts(field)) {
            columns.push_back({i, -1, label});
            continue;
        }
        for (std::size_t part = 0; part < field.rows->fields.size(); ++part)
            columns.push_back({i, static_cast<int>(part), label + locale.text("punctuation.colon") + schema::short_label(*field.rows, field.rows->fields[part], locale)});
    }
    return columns;
}

Status write_xlsx(records::ExportJob const& job, records::Sink const& sink) { return write_with(&documents::make_xlsx_writer, job, sink); }

Status write_ods(records::ExportJob const& job, records::Sink const& sink) { return write_with(&documents::make_ods_writer, job, sink); }

} // namespace greffier::exchange
