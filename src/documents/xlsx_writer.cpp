#include <xlsxwriter.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cmath>
#include <stdexcept>
#include <system_error>

#include "core/utf8.hpp"
#include "documents/csv_writer.hpp"
#include "documents/ods_book.hpp"
#include "documents/plain_text.hpp"
#include "documents/scratch_file.hpp"
#include "documents/table_writer.hpp"
#include "documents/workbook.hpp"

namespace greffier::documents {
namespace {

constexpr std::size_t most_named = 20;
constexpr int a4 = 9;
constexpr double line_points = 15;

/// Bytes of the longest beginning that counts at most `units` in UTF-16; the whole text when it fits.
std::size_t fitting_bytes(std::string_view text, std::size_t units)
{
    if (text.size() <= units) return text.size();
    std::size_t at = 0, count = 0;
    while (at < text.size()) {
        auto const start = at;
        count += next_code_point(text, at) > 0xFFFF ? 2 : 1;
        if (count > units) return start;
    }
    return at;
}

std::size_t units_of(std::string_view text)
{
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size();) count += next_code_point(text, at) > 0xFFFF ? 2 : 1;
    return count;
}

/// A text that happens to hold "_x0041_" would be read as "A".
std::string escaped_xlsx(std::string const& text)
{
    if (text.find("_x") == std::string::npos) return text;
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const looks_escaped = text[i] == '_' && i + 6 < text.size() && text[i + 1] == 'x' && text[i + 6] == '_' &&
                                   std::all_of(text.begin() + static_cast<std::ptrdiff_t>(i) + 2, text.begin() + static_cast<std::ptrdiff_t>(i) + 6,
                                               [](unsigned char c) { return std::isxdigit(c) != 0; });
        out += looks_escaped ? "_x005F_" : std::string(1, text[i]);
    }
    return out;
}

lxw_datetime day_of(Date date)
{
    return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())), static_cast<int>(static_cast<unsigned>(date.day())), 0, 0, 0};
}

bool has_spreadsheet_day(Date date) { return date.ok() && date.year() >= std::chrono::year{1900}; }

/// Lines of a text in a column so many letters wide; counting stops where nobody looks any more.
std::size_t wrapped_lines(std::string_view text, std::size_t letters)
{
    constexpr std::size_t enough = 2000;
    std::size_t lines = 1, in_line = 0;
    for (char c : text.substr(0, enough)) {
        if (c == '\n' || in_line == letters) ++lines, in_line = 0;
        if (c != '\n' && (static_cast<unsigned char>(c) & 0xC0) != 0x80) ++in_line;
    }
    return lines;
}

class XlsxWriter final : public TableWriter {
public:
    explicit XlsxWriter(TableBookLook look) : look_(std::move(look)), file_(look_.scratch), scratch_(look_.scratch.string())
    {
        lxw_workbook_options options{};
        options.constant_memory = LXW_TRUE;
        options.tmpdir = scratch_.empty() ? nullptr : scratch_.data();
        book_ = workbook_new_opt(file_.path().c_str(), &options);
        if (!book_) throw std::runtime_error("xlsx: cannot start a workbook");
        make_formats();
    }

    ~XlsxWriter() override
    {
        if (book_) lxw_workbook_free(book_);
    }
    XlsxWriter(XlsxWriter const&) = delete;
    XlsxWriter& operator=(XlsxWriter const&) = delete;

    std::size_t add_sheet(TableSheetLook const& look) override
    {
        names_.push_back(given_.take(look.name));
        auto* sheet = workbook_add_worksheet(book_, names_.back().c_str());
        if (!sheet) throw std::runtime_error("xlsx: cannot add a sheet");
        bool const list = std::ranges::any_of(look.columns, [](auto const& column) { return !column.heading.empty(); });
        sheets_.push_back({sheet, look, list, 0});
        for (std::size_t i = 0; i < look.columns.size(); ++i) {
            constexpr double character_mm = 1.9;
            auto const column = static_cast<lxw_col_t>(i);
            worksheet_set_column(sheet, column, column, std::min(look.columns[i].width_mm / character_mm, 255.0), nullptr);
        }
        worksheet_set_landscape(sheet);
        worksheet_set_paper(sheet, a4);
        worksheet_set_footer(sheet, "&L&A&R&P / &N");
        if (list) {
            worksheet_freeze_panes(sheet, 1, static_cast<lxw_col_t>(look.frozen_columns));
            worksheet_repeat_rows(sheet, 0, 0);
            std::vector<TableValue> headings;
            for (auto const& column : look.columns) headings.emplace_back(column.heading);
            write_row(sheets_.back(), sheets_.size() - 1, headings, heading_);
        } else {
            worksheet_fit_to_pages(sheet, 1, 0);
        }
        return sheets_.size() - 1;
    }

    void add_row(std::size_t sheet, std::span<TableValue const> cells) override { write_row(sheets_.at(sheet), sheet, cells, nullptr); }

    [[nodiscard]] std::vector<std::string> const& cut_cells() const override { return cut_; }
    [[nodiscard]] std::size_t cut_count() const override { return cut_count_; }

    void finish(std::function<void(std::string_view)> const& sink) override
    {
        for (auto& sheet : sheets_)
            if (sheet.list && sheet.next_row > 1)
                worksheet_autofilter(sheet.sheet, 0, 0, sheet.next_row - 1, static_cast<lxw_col_t>(sheet.look.columns.size() - 1));
        auto title = clean_text(look_.title);
        lxw_doc_properties properties{};
        properties.title = title.data();
        properties.created = static_cast<std::time_t>(to_millis(look_.written) / 1000);
        workbook_set_properties(book_, &properties);
        errno = 0;
        auto const failure = workbook_close(book_);
        book_ = nullptr;
        if (failure != LXW_NO_ERROR && errno != 0) throw std::system_error(errno, std::generic_category(), "xlsx");
        if (failure != LXW_NO_ERROR) throw std::runtime_error(std::string("xlsx: ") + lxw_strerror(failure));
        for (auto piece = file_.read(); !piece.empty(); piece = file_.read()) sink(piece);
    }

private:
    struct Sheet {
        lxw_worksheet* sheet;
        TableSheetLook look;
        bool list;
        lxw_row_t next_row;
    };

    lxw_format* made(char const* number_format)
    {
        auto* format = workbook_add_format(book_);
        format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
        if (number_format) format_set_num_format(format, number_format);
        return format;
    }

    void make_formats()
    {
        text_ = made(nullptr);
        format_set_text_wrap(text_);
        plain_ = made(nullptr);
        // Texts that begin like a formula: under this format they stay texts even when someone edits the cell.
        guarded_ = made("@");
        format_set_text_wrap(guarded_);
        // With its country, a program set to another one does not turn day and month round.
        bool const english = look_.language == "en";
        day_ = made(english ? "[$-809]dd/mm/yyyy" : "[$-40C]dd/mm/yyyy");
        instant_ = made(english ? "[$-809]dd/mm/yyyy\\ hh:mm" : "[$-40C]dd/mm/yyyy\\ hh:mm");
        money_ = made("#,##0.00\\ \"€\"");
        label_ = made(nullptr);
        format_set_bold(label_);
        format_set_text_wrap(label_);
        title_ = made(nullptr);
        format_set_bold(title_);
        format_set_font_size(title_, 14);
        heading_ = made(nullptr);
        format_set_bold(heading_);
        format_set_text_wrap(heading_);
        format_set_bg_color(heading_, 0xE2EDF0);
        format_set_font_color(heading_, 0x0A3743);
        format_set_bottom(heading_, LXW_BORDER_THIN);
        format_set_bottom_color(heading_, 0x0F4C5C);
    }

    void write_row(Sheet& sheet, std::size_t number, std::span<TableValue const> cells, lxw_format* format)
    {
        if (sheet.next_row >= LXW_ROW_MAX) throw std::runtime_error("xlsx: more rows than a sheet holds");
        auto const row = sheet.next_row++;
        if (auto const height = height_of(sheet, cells); height > line_points) worksheet_set_row(sheet.sheet, row, height, nullptr);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            auto* chosen = format ? format : sheet.list || i > 0 ? nullptr : is_title(cells) ? title_ : label_;
            write_cell(sheet, number, row, static_cast<lxw_col_t>(i), cells[i], chosen);
        }
    }

    /// A line of a sheet of facts that has a label alone.
    static bool is_title(std::span<TableValue const> cells)
    {
        auto const* second = cells.size() > 1 ? std::get_if<std::string>(&cells[1]) : nullptr;
        return cells.size() == 1 || (second && second->empty());
    }

    /// Not every program measures wrapped text when it opens a file: the height is estimated, and kept on a screen.
    static double height_of(Sheet const& sheet, std::span<TableValue const> cells)
    {
        constexpr double letter_mm = 2.0, highest_points = 180;
        std::size_t lines = 1;
        if (!sheet.list && is_title(cells)) return 2 * line_points;
        for (std::size_t i = 0; i < cells.size() && i < sheet.look.columns.size(); ++i)
            if (auto const* text = std::get_if<std::string>(&cells[i])) {
                auto const letters = std::max<std::size_t>(1, static_cast<std::size_t>(sheet.look.columns[i].width_mm / letter_mm));
                lines = std::max(lines, wrapped_lines(*text, letters));
            }
        return std::min(highest_points, static_cast<double>(lines) * line_points);
    }

    void write_cell(Sheet& sheet, std::size_t number, lxw_row_t row, lxw_col_t column, TableValue const& value, lxw_format* format)
    {
        auto* const where = sheet.sheet;
        if (auto const* text = std::get_if<std::string>(&value)) {
            write_text(where, number, row, column, *text, format);
        } else if (auto const* figure = std::get_if<double>(&value)) {
            bool const money = column < sheet.look.columns.size() && sheet.look.columns[column].money;
            if (std::isfinite(*figure)) worksheet_write_number(where, row, column, *figure, money ? money_ : plain_);
        } else if (auto const* truth = std::get_if<bool>(&value)) {
            worksheet_write_boolean(where, row, column, *truth, plain_);
        } else if (auto const* day = std::get_if<Date>(&value)) {
            auto moment = day_of(*day);
            // Spreadsheets count days from 1900: an older one stands as its words.
            if (has_spreadsheet_day(*day)) worksheet_write_datetime(where, row, column, &moment, day_);
            else worksheet_write_string(where, row, column, to_text(*day).c_str(), plain_);
        } else if (auto const* instant = std::get_if<LocalTime>(&value)) {
            auto moment = day_of(instant->date);
            moment.hour = instant->hour;
            moment.min = instant->minute;
            moment.sec = instant->second;
            if (has_spreadsheet_day(instant->date)) worksheet_write_datetime(where, row, column, &moment, instant_);
        }
    }

    void write_text(lxw_worksheet* where, std::size_t number, lxw_row_t row, lxw_col_t column, std::string const& given, lxw_format* format)
    {
        auto text = escaped_xlsx(clean_text(given));
        if (text.empty()) return;
        if (fitting_bytes(text, longest_xlsx_text) < text.size()) {
            text.resize(fitting_bytes(text, longest_xlsx_text - units_of(look_.cut_mark)));
            text += look_.cut_mark;
            if (cut_.size() < most_named) cut_.push_back(names_[number] + "!" + address(row, column));
            ++cut_count_;
        }
        auto* chosen = format ? format : looks_like_formula(text) ? guarded_ : text_;
        auto const failure = worksheet_write_string(where, row, column, text.c_str(), chosen);
        if (failure != LXW_NO_ERROR) throw std::runtime_error(std::string("xlsx: ") + lxw_strerror(failure));
    }

    TableBookLook look_;
    ScratchFile file_;
    std::string scratch_;
    lxw_workbook* book_ = nullptr;
    lxw_format *text_ = nullptr, *plain_ = nullptr, *guarded_ = nullptr, *day_ = nullptr, *instant_ = nullptr, *money_ = nullptr, *label_ = nullptr, *title_ = nullptr,
               *heading_ = nullptr;
    std::vector<Sheet> sheets_;
    std::vector<std::string> names_, cut_;
    SheetNames given_;
    std::size_t cut_count_ = 0;
};

} // namespace

std::unique_ptr<TableWriter> make_xlsx_writer(TableBookLook look)
{
    return std::make_unique<XlsxWriter>(std::move(look));
}

} // namespace greffier::documents
