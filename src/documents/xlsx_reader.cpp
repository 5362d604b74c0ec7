#include "documents/xlsx_reader.hpp"

#include <algorithm>
#include <charconv>

#include "core/text.hpp"
#include "core/time.hpp"
#include "documents/merged_cells.hpp"
#include "documents/plain_text.hpp"
#include "documents/workbook.hpp"
#include "documents/xlsx_parts.hpp"
#include "documents/xml_pull.hpp"

namespace greffier::documents {
namespace {

/// The unpacked bytes of one entry; starting over opens it anew.
class SheetSource final : public ByteSource {
public:
    SheetSource(ZipReader const& zip, std::string part, std::size_t max_bytes)
        : zip_(zip), part_(std::move(part)), max_bytes_(max_bytes)
    {
    }

    Result<std::size_t> read(char* buffer, std::size_t size) override
    {
        if (!stream_) TRY(rewind());
        return stream_->read(buffer, size);
    }

    Status rewind() override
    {
        stream_.reset();
        stream_ = TRY(zip_.stream(part_, max_bytes_));
        return Nothing{};
    }

private:
    ZipReader const& zip_;
    std::string part_;
    std::size_t max_bytes_;
    std::optional<ZipStream> stream_;
};

/// True when the bytes hold a word; most sheets have no merge, and reading them twice as XML would be a waste.
Result<bool> holds(ByteSource& source, std::string_view word)
{
    std::string window;
    std::string chunk(65536, '\0');
    for (;;) {
        auto const got = TRY(source.read(chunk.data(), chunk.size()));
        if (got == 0) return false;
        window.append(chunk, 0, got);
        if (window.find(word) != std::string::npos) return true;
        window.erase(0, window.size() - std::min(window.size(), word.size()));
    }
}

/// Merges stand behind the rows they speak of: the sheet is looked through before it is read.
Result<std::vector<Merge>> merges_of(ByteSource& source)
{
    constexpr std::size_t most = 20'000;
    std::vector<Merge> merges;
    if (!TRY(holds(source, "mergeCell"))) return merges;
    TRY(source.rewind());
    XmlPull xml(source, 0);
    for (;;) {
        auto const token = TRY(xml.next());
        if (token == XmlToken::EndOfFile || merges.size() >= most) return merges;
        if (token != XmlToken::Start || xml.name() != "mergeCell") continue;
        if (auto const range = parse_range(xml.attribute("ref"))) merges.push_back(*range);
    }
}

/// One cell as its element spells it.
struct RawCell {
    std::string type, value, formula, inline_text;
    std::size_t style = 0;
    bool has_formula = false;
};

class XlsxReader final : public TableReader {
public:
    XlsxReader(std::unique_ptr<std::string> bytes, ZipReader zip, XlsxBook book, TableOptions const& options)
        : bytes_(std::move(bytes)), zip_(std::move(zip)), book_(std::move(book)), options_(options)
    {
        for (auto const& sheet : book_.sheets) sheets_.push_back(sheet.shown);
    }

    [[nodiscard]] TableKind kind() const override { return TableKind::Xlsx; }
    [[nodiscard]] bool counts_from_1904() const override { return book_.from_1904; }
    [[nodiscard]] std::vector<TableSheet> const& sheets() const override { return sheets_; }
    [[nodiscard]] std::vector<TableNote> const& notes() const override { return notes_; }

    Status choose(std::size_t sheet) override
    {
        stopped_ = true;
        if (sheet >= sheets_.size()) return Error::invalid("import.no_such_sheet", {{"sheet", std::to_string(sheet + 1)}});
        sheet_ = sheet;
        source_ = std::make_unique<SheetSource>(zip_, book_.sheets[sheet].part, options_.max_sheet_bytes);
        merged_ = MergedCells(TRY(merges_of(*source_)));
        TRY(source_->rewind());
        xml_ = std::make_unique<XmlPull>(*source_, options_.max_cell_bytes);
        number_ = 0;
        notes_.clear();
        TRY(go_to_rows());
        return Nothing{};
    }

    Result<bool> next(TableRow& row) override
    {
        row.cells.clear();
        while (!stopped_) {
            auto read = read_row(row);
            if (!read.ok()) stopped_ = true;
            if (!read.ok()) return read.error();
            if (!*read) stopped_ = true;
            else if (!row.cells.empty()) {
                merged_.apply(row);
                if (!row.cells.empty()) return true;
            }
        }
        row.cells.clear();
        return false;
    }

private:
    Status go_to_rows()
    {
        for (;;) {
            auto const token = TRY(xml_->next());
            if (token == XmlToken::EndOfFile) return Nothing{};
            if (token == XmlToken::Start && xml_->name() == "sheetData") break;
        }
        stopped_ = false;
        return Nothing{};
    }

    /// False at the end of the rows.
    Result<bool> read_row(TableRow& row)
    {
        row.cells.clear();
        row.line = 0;
        for (;;) {
            auto const token = TRY(xml_->next());
            if (token == XmlToken::EndOfFile || (token == XmlToken::End && xml_->name() == "sheetData")) return false;
            if (token != XmlToken::Start) continue;
            if (xml_->name() == "row") break;
            TRY(xml_->skip());
        }
        TRY(number_row(xml_->attribute("r")));
        row.number = number_;
        std::size_t column = 0, row_bytes = 0;
        for (;;) {
            auto const token = TRY(xml_->next());
            if (token == XmlToken::End) break;
            if (token == XmlToken::EndOfFile) return Error::invalid("import.damaged");
            if (token != XmlToken::Start) continue;
            if (xml_->name() != "c") {
                TRY(xml_->skip());
                continue;
            }
            if (auto const place = parse_place(xml_->attribute("r"))) column = place->column;
            TRY(read_cell(row, column, row_bytes));
            ++column;
        }
        return true;
    }

    Status number_row(std::string_view text)
    {
        std::size_t given = 0;
        auto const [stop, error] = std::from_chars(text.data(), text.data() + text.size(), given);
        if (text.empty()) given = number_ + 1;
        else if (error != std::errc() || stop != text.data() + text.size() || given <= number_ || given > 100'000'000)
            return Error::invalid("import.damaged");
        number_ = given;
        return Nothing{};
    }

    Status read_cell(TableRow& row, std::size_t column, std::size_t& row_bytes)
    {
        TRY(read_raw());
        TableCell cell = value_of();
        if (cell.is_empty()) return Nothing{};
        TRY(check(row, column, cell, row_bytes));
        if (row.cells.size() <= column) row.cells.resize(column + 1);
        row.cells[column] = std::move(cell);
        return Nothing{};
    }

    Status check(TableRow const& row, std::size_t column, TableCell const& cell, std::size_t& row_bytes) const
    {
        auto const& sheet = sheets_[sheet_].name;
        auto const place = address(row.number - 1, column);
        if (row.number > options_.max_rows)
            return Error::too_large("import.too_many_rows", {{"limit", std::to_string(options_.max_rows)}, {"sheet", sheet}});
        if (column >= options_.max_columns)
            return Error::too_large("import.too_many_columns_at", {{"limit", std::to_string(options_.max_columns)}, {"sheet", sheet}, {"cell", place}});
        if (cell.text.size() > options_.max_cell_bytes)
            return Error::too_large("import.cell_too_long_at", {{"limit", std::to_string(options_.max_cell_bytes)}, {"sheet", sheet}, {"cell", place}});
        row_bytes += cell.text.size();
        if (row_bytes > options_.max_row_bytes)
            return Error::too_large("import.cell_too_long_at", {{"limit", std::to_string(options_.max_row_bytes)}, {"sheet", sheet}, {"cell", place}});
        return Nothing{};
    }

    /// From the start of <c> to its end, into raw_.
    Status read_raw()
    {
        raw_.type = xml_->attribute("t");
        raw_.value.clear();
        raw_.inline_text.clear();
        raw_.has_formula = false;
        raw_.style = 0;
        auto const style = xml_->attribute("s");
        std::from_chars(style.data(), style.data() + style.size(), raw_.style);
        enum class Inside { Cell, Value, Text } inside = Inside::Cell;
        for (std::size_t depth = 1; depth > 0;) {
            auto const token = TRY(xml_->next());
            if (token == XmlToken::EndOfFile) return Error::invalid("import.damaged");
            if (token == XmlToken::Start) {
                if (xml_->name() == "rPh" || xml_->name() == "f" || xml_->name() == "extLst") {
                    raw_.has_formula = raw_.has_formula || xml_->name() == "f";
                    TRY(xml_->skip());
                    continue;
                }
                ++depth;
                inside = xml_->name() == "v" ? Inside::Value : xml_->name() == "t" ? Inside::Text : Inside::Cell;
            } else if (token == XmlToken::End) {
                --depth;
                inside = Inside::Cell;
            } else if (inside == Inside::Value) {
                append(raw_.value);
            } else if (inside == Inside::Text) {
                append(raw_.inline_text);
            }
        }
        return Nothing{};
    }

    void append(std::string& out) const
    {
        if (out.size() <= options_.max_cell_bytes) out += xml_->text();
    }

    TableCell value_of() const
    {
        TableCell cell;
        cell.formula = raw_.has_formula;
        if (raw_.type == "s") set_text(cell, shared_text());
        else if (raw_.type == "inlineStr") set_text(cell, clean_text(unescaped_xlsx(raw_.inline_text)));
        else if (raw_.type == "str") set_text(cell, clean_text(unescaped_xlsx(raw_.value)));
        else if (raw_.value.empty()) return cell;
        else if (raw_.type == "b") cell = {CellKind::Boolean, {}, raw_.value == "0" || raw_.value == "false" ? "false" : "true", cell.formula, false};
        else if (raw_.type == "e") cell = {CellKind::Error, clean_text(raw_.value), {}, cell.formula, false};
        else if (raw_.type == "d") set_iso_date(cell);
        else set_number(cell);
        if (cell.text.empty()) cell.text = cell.value;
        return cell;
    }

    std::string shared_text() const
    {
        std::size_t index = 0;
        auto const& text = raw_.value;
        auto const [stop, error] = std::from_chars(text.data(), text.data() + text.size(), index);
        if (error != std::errc() || stop != text.data() + text.size() || index >= book_.texts.size()) return {};
        return std::string(book_.texts.at(index));
    }

    static void set_text(TableCell& cell, std::string text)
    {
        if (is_blank(text)) return;
        cell.kind = CellKind::Text;
        cell.text = std::move(text);
    }

    void set_iso_date(TableCell& cell) const
    {
        set_text(cell, clean_text(raw_.value));
        if (!parse_date(std::string_view(cell.text).substr(0, 10))) return;
        cell.kind = CellKind::Date;
        cell.value = cell.text.ends_with("T00:00:00") ? cell.text.substr(0, 10) : cell.text;
    }

    void set_number(TableCell& cell) const
    {
        auto const plain = plain_decimal(raw_.value);
        if (!plain) return set_text(cell, clean_text(raw_.value));
        static XlsxFormat const general;
        auto const& format = raw_.style < book_.formats.size() ? book_.formats[raw_.style] : general;
        double serial = 0;
        std::from_chars(plain->data(), plain->data() + plain->size(), serial);
        cell.kind = CellKind::Number;
        cell.value = *plain;
        switch (format.meaning) {
        case NumberMeaning::Number: break;
        case NumberMeaning::Percent: cell.text = percent(*plain); break;
        case NumberMeaning::Padded: cell.text = padded(*plain, format.code).value_or(""); break;
        case NumberMeaning::Date:
        case NumberMeaning::DateTime: set_date(cell, serial, format.meaning == NumberMeaning::DateTime); break;
        case NumberMeaning::Time:
            // A time format over a day and a time shows the time alone; the day is there all the same.
            if (serial >= 1) set_date(cell, serial, true);
            else set_text(cell, time_of_serial(serial, false)), cell.value.clear();
            break;
        case NumberMeaning::Duration: set_text(cell, time_of_serial(serial, true)), cell.value.clear(); break;
        }
    }

    static std::string percent(std::string const& plain)
    {
        return plain_decimal(plain + "e2").value_or(plain) + "%";
    }

    void set_date(TableCell& cell, double serial, bool with_time) const
    {
        auto const date = date_of_serial(serial, book_.from_1904, with_time);
        if (!date) return; // stays the number it is
        cell.kind = CellKind::Date;
        cell.value = date->ends_with("T00:00:00") ? date->substr(0, 10) : *date;
    }

    std::unique_ptr<std::string> bytes_;
    ZipReader zip_;
    XlsxBook book_;
    TableOptions options_;
    std::vector<TableSheet> sheets_;
    std::size_t sheet_ = 0, number_ = 0;
    std::unique_ptr<SheetSource> source_;
    std::unique_ptr<XmlPull> xml_;
    MergedCells merged_;
    RawCell raw_;
    std::vector<TableNote> notes_;
    bool stopped_ = true;
};

} // namespace

Result<std::unique_ptr<TableReader>> open_xlsx(std::unique_ptr<std::string> bytes, ZipReader zip, TableOptions const& options)
{
    auto book = TRY(read_xlsx_book(zip, options));
    auto reader = std::make_unique<XlsxReader>(std::move(bytes), std::move(zip), std::move(book), options);
    auto const& sheets = reader->sheets();
    auto const visible = std::ranges::find_if(sheets, [](auto const& sheet) { return !sheet.hidden; });
    TRY(reader->choose(visible == sheets.end() ? 0 : static_cast<std::size_t>(visible - sheets.begin())));
    return std::unique_ptr<TableReader>(std::move(reader));
}

} // namespace greffier::documents
