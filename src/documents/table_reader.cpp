#include "documents/table_reader.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "core/time.hpp"
#include "documents/byte_source.hpp"
#include "documents/csv_reader.hpp"
#include "documents/file_kind.hpp"
#include "documents/merged_cells.hpp"
#include "documents/number_formats.hpp"
#include "documents/ods_reader.hpp"
#include "documents/text_encoding.hpp"
#include "documents/workbook.hpp"
#include "documents/xlsx_parts.hpp"
#include "documents/xlsx_reader.hpp"

namespace greffier::documents {
namespace {

constexpr std::size_t looked_at = 64U << 10;

// ---- OpenDocument, read whole -------------------------------------------------------------------------------

std::string without_midnight(std::string const& moment)
{
    auto const time = moment.find('T');
    if (time == std::string::npos) return moment;
    auto const clock = std::string_view(moment).substr(time);
    bool const midnight = clock.find_first_not_of("T0:.") == std::string_view::npos;
    return midnight ? moment.substr(0, time) : moment.substr(0, std::min<std::size_t>(moment.size(), 19));
}

TableCell cell_of(Cell const& from)
{
    TableCell cell;
    cell.text = from.text;
    cell.formula = from.formula;
    cell.covered = from.covered;
    if (from.is_empty() || (from.type == CellType::Text && is_blank(from.text))) return cell;
    cell.kind = CellKind::Text;
    switch (from.type) {
    case CellType::Number:
    case CellType::Percentage:
    case CellType::Currency:
        if (auto plain = plain_decimal(from.value)) cell.kind = CellKind::Number, cell.value = std::move(*plain);
        break;
    case CellType::Date:
        if (parse_date(std::string_view(from.value).substr(0, 10))) cell.kind = CellKind::Date, cell.value = without_midnight(from.value);
        break;
    case CellType::Boolean: cell.kind = CellKind::Boolean, cell.value = from.value == "true" ? "true" : "false"; break;
    case CellType::Error: cell.kind = CellKind::Error; break;
    case CellType::Empty:
    case CellType::Text:
    case CellType::Time: break;
    }
    return cell;
}

std::vector<Merge> merges_of(Sheet const& sheet)
{
    std::vector<Merge> merges;
    for (std::size_t row = 0; row < sheet.rows.size(); ++row)
        for (std::size_t column = 0; column < sheet.rows[row].size(); ++column) {
            auto const& cell = sheet.rows[row][column];
            if (cell.column_span > 1 || cell.row_span > 1)
                merges.push_back({row, column, row + static_cast<std::size_t>(cell.row_span) - 1, column + static_cast<std::size_t>(cell.column_span) - 1});
        }
    return merges;
}

class BookReader final : public TableReader {
public:
    explicit BookReader(Workbook book) : book_(std::move(book))
    {
        for (auto const& sheet : book_.sheets) sheets_.push_back({sheet.name, sheet.hidden});
        auto const visible = std::ranges::find_if(sheets_, [](auto const& sheet) { return !sheet.hidden; });
        start(visible == sheets_.end() ? 0 : static_cast<std::size_t>(visible - sheets_.begin()));
    }

    [[nodiscard]] TableKind kind() const override { return TableKind::Ods; }
    [[nodiscard]] std::vector<TableSheet> const& sheets() const override { return sheets_; }
    [[nodiscard]] std::vector<TableNote> const& notes() const override { return notes_; }

    Status choose(std::size_t sheet) override
    {
        if (sheet >= sheets_.size()) return Error::invalid("import.no_such_sheet", {{"sheet", std::to_string(sheet + 1)}});
        start(sheet);
        return Nothing{};
    }

    Result<bool> next(TableRow& row) override
    {
        auto const& rows = book_.sheets[sheet_].rows;
        for (; at_ < rows.size(); ++at_) {
            row.cells.clear();
            for (auto const& cell : rows[at_]) row.cells.push_back(cell_of(cell));
            if (std::ranges::all_of(row.cells, &TableCell::is_empty)) continue;
            row.number = ++at_;
            row.line = 0;
            merged_.apply(row);
            if (!row.cells.empty()) return true;
            --at_;
        }
        row.cells.clear();
        return false;
    }

private:
    void start(std::size_t sheet)
    {
        sheet_ = sheet;
        at_ = 0;
        merged_ = MergedCells(merges_of(book_.sheets[sheet]));
    }

    Workbook book_;
    std::vector<TableSheet> sheets_;
    std::size_t sheet_ = 0, at_ = 0;
    MergedCells merged_;
    std::vector<TableNote> notes_;
};

OdsLimits limits_of(TableOptions const& options)
{
    OdsLimits limits;
    limits.max_file_bytes = options.max_book_bytes;
    limits.zip = options.zip;
    limits.max_sheets = options.max_sheets;
    limits.max_rows = options.max_rows;
    limits.max_columns = options.max_columns;
    limits.max_cell_bytes = options.max_cell_bytes;
    limits.max_text_bytes = options.max_text_bytes;
    return limits;
}

// ---- what the file is ---------------------------------------------------------------------------------------

/// What may be a CSV: text, in UTF-16 too, and text with a zero byte strayed into it.
bool may_be_text(std::string_view head)
{
    auto const guess = guess_encoding(head);
    if (guess.encoding == TextEncoding::Utf16Le || guess.encoding == TextEncoding::Utf16Be) return true;
    if (kind_of_file(head) == FileKind::PlainText) return true;
    if (kind_of_file(head) != FileKind::Binary) return false;
    auto const zeros = std::ranges::count(head, '\0');
    std::string rest(head);
    std::erase(rest, '\0');
    return static_cast<std::size_t>(zeros) <= head.size() / 50 + 1 && kind_of_file(rest) == FileKind::PlainText;
}

bool is_xlsx(ZipReader const& zip)
{
    return zip.has("xl/workbook.xml") || zip.has("xl/workbook.bin") || workbook_part(zip).ok();
}

Status check_size(std::uint64_t size, bool packed, TableOptions const& options)
{
    auto const most = packed ? options.max_book_bytes : options.max_file_bytes;
    if (size > most) return Error::too_large("import.too_large", {{"limit", std::to_string(most >> 20)}});
    return Nothing{};
}

} // namespace

std::unique_ptr<TableReader> table_of(Workbook book)
{
    return std::make_unique<BookReader>(std::move(book));
}

std::string_view code_of(TableKind kind)
{
    return kind == TableKind::Csv ? "csv" : kind == TableKind::Xlsx ? "xlsx" : "ods";
}

static constexpr std::array<std::pair<TextEncoding, std::string_view>, 5> encodings{{{TextEncoding::Utf8, "utf-8"},
                                                                                     {TextEncoding::Utf16Le, "utf-16le"},
                                                                                     {TextEncoding::Utf16Be, "utf-16be"},
                                                                                     {TextEncoding::Windows1252, "windows-1252"},
                                                                                     {TextEncoding::Iso8859_15, "iso-8859-15"}}};

std::string_view code_of(TextEncoding encoding)
{
    return std::ranges::find(encodings, encoding, &std::pair<TextEncoding, std::string_view>::first)->second;
}

std::optional<TextEncoding> parse_encoding(std::string_view code)
{
    for (auto const& [encoding, name] : encodings)
        if (name == code) return encoding;
    return std::nullopt;
}

TableCell const& TableRow::at(std::size_t column) const
{
    static TableCell const nothing;
    return column < cells.size() ? cells[column] : nothing;
}

bool may_be_table(std::string_view head)
{
    return kind_of_file(head) == FileKind::Zip || may_be_text(head.substr(0, looked_at));
}

Result<std::unique_ptr<TableReader>> open_table(std::filesystem::path const& path, TableOptions const& given)
{
    auto options = given;
    if (options.name.empty()) options.name = path.stem().string();
    auto source = TRY(file_source(path));
    auto const head = TRY(first_bytes(*source, looked_at));
    std::error_code failure;
    auto const size = std::filesystem::file_size(path, failure);
    bool const packed = kind_of_file(head) == FileKind::Zip;
    TRY(check_size(failure ? 0 : size, packed, options));
    if (!packed && !may_be_text(head)) return Error::invalid(error_code_of(kind_of_file(head)));
    if (!packed) return open_csv(std::move(source), options);
    auto zip = TRY(ZipReader::open_file(path, options.zip));
    if (is_xlsx(zip)) return open_xlsx(nullptr, std::move(zip), options);
    return table_of(TRY(read_ods(path, limits_of(options))));
}

Result<std::unique_ptr<TableReader>> open_table_bytes(std::string bytes, TableOptions const& options)
{
    auto const head = std::string_view(bytes).substr(0, looked_at);
    bool const packed = kind_of_file(head) == FileKind::Zip;
    TRY(check_size(bytes.size(), packed, options));
    if (!packed && !may_be_text(head)) return Error::invalid(error_code_of(kind_of_file(head)));
    if (!packed) return open_csv(memory_source(std::move(bytes)), options);
    auto kept = std::make_unique<std::string>(std::move(bytes));
    auto zip = TRY(ZipReader::open(*kept, options.zip));
    if (is_xlsx(zip)) return open_xlsx(std::move(kept), std::move(zip), options);
    return table_of(TRY(read_ods_bytes(*kept, limits_of(options))));
}

} // namespace greffier::documents
