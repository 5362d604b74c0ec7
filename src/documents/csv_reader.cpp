#include "documents/csv_reader.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "documents/csv_writer.hpp"
#include "documents/plain_text.hpp"
#include "documents/text_encoding.hpp"
#include "documents/workbook.hpp"

namespace greffier::documents {
namespace {

constexpr std::size_t sample_bytes = 256U << 10;
constexpr std::size_t most_notes = 100;

/// "sep=;" on a line of its own: how Excel is told the separator.
std::optional<char> declared_separator(std::string_view sample)
{
    if (sample.size() < 5 || to_lower_ascii(sample.substr(0, 4)) != "sep=") return std::nullopt;
    bool const ends = sample.size() == 5 || sample[5] == '\r' || sample[5] == '\n';
    return ends ? std::optional(sample[4]) : std::nullopt;
}

bool is_plain(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

class CsvReader final : public TableReader {
public:
    CsvReader(std::unique_ptr<ByteSource> source, TableOptions const& options, CsvDialect dialect, bool certain,
              bool declares_separator)
        : source_(std::move(source)), options_(options), sheets_{{options.name, false}}, dialect_(dialect),
          certain_(certain), declares_separator_(declares_separator), buffer_(65536, '\0')
    {
    }

    [[nodiscard]] TableKind kind() const override { return TableKind::Csv; }
    [[nodiscard]] std::vector<TableSheet> const& sheets() const override { return sheets_; }
    [[nodiscard]] std::vector<TableNote> const& notes() const override { return notes_; }
    [[nodiscard]] std::optional<CsvDialect> dialect() const override { return dialect_; }

    Status choose(std::size_t sheet) override
    {
        if (sheet != 0) return Error::invalid("import.no_such_sheet", {{"sheet", std::to_string(sheet + 1)}});
        TRY(source_->rewind());
        at_ = end_ = 0;
        line_ = 1;
        number_ = 0;
        ended_ = stopped_ = false;
        notes_.clear();
        TRY(peek());
        if (std::string_view(buffer_).substr(0, end_).starts_with("\xEF\xBB\xBF")) at_ = 3;
        if (declares_separator_) TRY(skip_line());
        return Nothing{};
    }

    Result<bool> next(TableRow& row) override
    {
        while (!stopped_) {
            auto read = read_record(row);
            if (!read.ok()) stopped_ = true;
            if (!read.ok()) return read.error();
            if (!*read) stopped_ = true;
            else if (!row.cells.empty()) return true;
        }
        row.cells.clear();
        return false;
    }

private:
    static constexpr int end_of_file = -1;
    enum class Ending { Separator, Line, File };

    // ---- bytes ---------------------------------------------------------------------------------------------

    Result<int> peek()
    {
        if (at_ == end_ && !ended_) {
            end_ = TRY(source_->read(buffer_.data(), buffer_.size()));
            at_ = 0;
            ended_ = end_ == 0;
        }
        return at_ == end_ ? end_of_file : static_cast<unsigned char>(buffer_[at_]);
    }

    Result<int> take()
    {
        int const byte = TRY(peek());
        if (byte != end_of_file) ++at_;
        return byte;
    }

    /// After a CR: CRLF is one line end.
    Status take_line_feed()
    {
        if (TRY(peek()) == '\n') ++at_;
        return Nothing{};
    }

    Status skip_line()
    {
        for (;;) {
            int const byte = TRY(take());
            if (byte == '\r') TRY(take_line_feed());
            if (byte == '\r' || byte == '\n' || byte == end_of_file) break;
        }
        ++line_;
        ++number_;
        return Nothing{};
    }

    // ---- records -------------------------------------------------------------------------------------------

    Result<bool> read_record(TableRow& row)
    {
        row.cells.clear();
        row.line = line_;
        row.number = number_ + 1;
        row_bytes_ = 0;
        if (TRY(peek()) == end_of_file) return false;
        ++number_;
        for (std::size_t column = 0;; ++column) {
            auto const ending = TRY(read_cell(row, column));
            if (!is_blank(raw_)) {
                TRY(check_place(row, column));
                row.cells.resize(column + 1);
                row.cells[column].kind = CellKind::Text;
                row.cells[column].text = decoded(row);
            }
            if (ending != Ending::Separator) return true;
        }
    }

    Status check_place(TableRow const& row, std::size_t column) const
    {
        if (row.number > options_.max_rows)
            return Error::too_large("import.too_many_rows", {{"limit", std::to_string(options_.max_rows)}, {"sheet", options_.name}});
        if (column >= options_.max_columns)
            return Error::too_large("import.too_many_columns_at", {{"limit", std::to_string(options_.max_columns)},
                                                                   {"sheet", options_.name},
                                                                   {"cell", address(row.number - 1, column)}});
        return Nothing{};
    }

    Status check_size(TableRow const& row, std::size_t column)
    {
        if (raw_.size() > options_.max_cell_bytes)
            return Error::too_large("import.cell_too_long_line", {{"line", std::to_string(row.line)},
                                                                  {"cell", address(row.number - 1, column)},
                                                                  {"limit", std::to_string(options_.max_cell_bytes)}});
        if (row_bytes_ + raw_.size() > options_.max_row_bytes)
            return Error::too_large("import.row_too_long_line",
                                    {{"line", std::to_string(row.line)}, {"limit", std::to_string(options_.max_row_bytes)}});
        return Nothing{};
    }

    /// Into raw_; a quote opens only at the beginning of a cell, as every program writes it.
    Result<Ending> read_cell(TableRow const& row, std::size_t column)
    {
        raw_.clear();
        cell_line_ = line_;
        if (TRY(peek()) == '"') {
            ++at_;
            TRY(read_quoted(row, column));
        }
        for (;;) {
            TRY(keep_until(dialect_.separator, row, column));
            int const byte = TRY(take());
            if (byte == end_of_file) return ended_cell(Ending::File);
            if (byte == static_cast<unsigned char>(dialect_.separator)) return ended_cell(Ending::Separator);
            if (byte == '\r') TRY(take_line_feed());
            if (byte == '\r' || byte == '\n') {
                ++line_;
                return ended_cell(Ending::Line);
            }
            note("nul_byte", row, line_);
        }
    }

    Status read_quoted(TableRow const& row, std::size_t column)
    {
        auto const opened_on = line_;
        for (;;) {
            TRY(keep_until('"', row, column));
            int const byte = TRY(take());
            if (byte == end_of_file) return Error::invalid("import.unclosed_quote", {{"line", std::to_string(opened_on)}});
            if (byte == 0) {
                note("nul_byte", row, line_);
            } else if (byte == '"') {
                if (TRY(peek()) != '"') return Nothing{};
                ++at_;
                raw_ += '"';
            } else {
                if (byte == '\r') TRY(take_line_feed());
                raw_ += '\n';
                ++line_;
            }
        }
    }

    /// Bytes up to `end`, a line end or a zero, run by run; too many are refused before they are held.
    Status keep_until(char end, TableRow const& row, std::size_t column)
    {
        while (TRY(peek()) != end_of_file) {
            auto const start = at_;
            while (at_ < end_) {
                char const c = buffer_[at_];
                if (c == end || c == '\n' || c == '\r' || c == '\0') break;
                ++at_;
            }
            raw_.append(buffer_, start, at_ - start);
            if (raw_.size() > options_.max_cell_bytes || row_bytes_ + raw_.size() > options_.max_row_bytes) return check_size(row, column);
            if (at_ < end_) return Nothing{};
        }
        return Nothing{};
    }

    Ending ended_cell(Ending ending)
    {
        row_bytes_ += raw_.size();
        return ending;
    }

    // ---- letters -------------------------------------------------------------------------------------------

    std::string decoded(TableRow const& row)
    {
        if (is_plain(raw_)) return unguarded(raw_);
        return unguarded(clean_text(is_ascii(raw_) ? raw_ : letters(row)));
    }

    /// Each cell is read for what it is: files glued together from several sources hold two encodings.
    std::string letters(TableRow const& row)
    {
        bool const single = dialect_.encoding == TextEncoding::Windows1252 || dialect_.encoding == TextEncoding::Iso8859_15;
        bool const valid = is_utf8(raw_);
        if (options_.encoding) {
            if (!single && !valid) note("not_in_encoding", row, cell_line_);
            return to_utf8(raw_, dialect_.encoding);
        }
        if (!certain_) {
            certain_ = true;
            if (!valid) dialect_.encoding = guess_single_byte(raw_);
        } else if (single == valid) {
            note("other_encoding", row, cell_line_);
        }
        if (valid) return raw_;
        return to_utf8(raw_, dialect_.encoding == TextEncoding::Iso8859_15 ? TextEncoding::Iso8859_15 : TextEncoding::Windows1252);
    }

    /// Our own exports put an apostrophe before what a spreadsheet would run as a formula.
    static std::string unguarded(std::string text)
    {
        if (text.starts_with('\'') && needs_guard(std::string_view(text).substr(1))) text.erase(0, 1);
        return text;
    }

    void note(std::string_view code, TableRow const& row, std::size_t line)
    {
        if (notes_.size() >= most_notes || (!notes_.empty() && notes_.back().line == line && notes_.back().code == code)) return;
        notes_.push_back({std::string(code), {{"line", std::to_string(line)}}, row.number, line});
    }

    std::unique_ptr<ByteSource> source_;
    TableOptions options_;
    std::vector<TableSheet> sheets_;
    CsvDialect dialect_;
    bool certain_;
    bool declares_separator_;
    std::string buffer_;
    std::size_t at_ = 0, end_ = 0;
    bool ended_ = false, stopped_ = false;
    std::size_t line_ = 1, number_ = 0, cell_line_ = 1, row_bytes_ = 0;
    std::string raw_;
    std::vector<TableNote> notes_;
};

/// Separators of each of the first records of a sample; quotes are honoured.
std::vector<std::size_t> counts_of(std::string_view sample, char separator)
{
    constexpr std::size_t most_records = 100;
    std::vector<std::size_t> counts;
    std::size_t count = 0, length = 0;
    bool quoted = false, at_start = true;
    for (char c : sample) {
        if (counts.size() >= most_records) return counts;
        if (c == '"' && (quoted || at_start)) quoted = !quoted;
        at_start = !quoted && (c == separator || c == '\n' || c == '\r');
        if (quoted) continue;
        if (c == '\n' || c == '\r') {
            if (length > 0) counts.push_back(count);
            count = length = 0;
            continue;
        }
        ++length;
        count += c == separator;
    }
    // A sample that ends in mid-record says too little of it, unless it is the only one.
    if (counts.empty() && length > 0) counts.push_back(count);
    return counts;
}

} // namespace

char guess_separator(std::string_view sample)
{
    constexpr std::array candidates{';', ',', '\t', '|'};
    char best = ';';
    double best_score = 0;
    for (char candidate : candidates) {
        auto counts = counts_of(sample, candidate);
        std::ranges::sort(counts);
        std::size_t mode = 0, most = 0;
        for (auto first = counts.begin(); first != counts.end();) {
            auto const last = std::upper_bound(first, counts.end(), *first);
            auto const share = static_cast<std::size_t>(last - first);
            if (*first > 0 && share >= most) most = share, mode = *first;
            first = last;
        }
        if (mode == 0) continue;
        double const even = static_cast<double>(most) / static_cast<double>(counts.size());
        double const score = even * even * (1 + std::min<double>(static_cast<double>(mode), 30) / 10);
        if (score > best_score) best = candidate, best_score = score;
    }
    return best;
}

Result<std::unique_ptr<TableReader>> open_csv(std::unique_ptr<ByteSource> source, TableOptions const& options)
{
    auto sample = TRY(first_bytes(*source, sample_bytes));
    auto const guess = guess_encoding(sample);
    CsvDialect dialect{options.encoding.value_or(guess.encoding), ';', guess.byte_order_mark};
    if (dialect.encoding == TextEncoding::Utf16Le || dialect.encoding == TextEncoding::Utf16Be) {
        source = utf16_source(std::move(source), dialect.encoding == TextEncoding::Utf16Be);
        sample = TRY(first_bytes(*source, sample_bytes));
    }
    std::string_view text = sample;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    auto const declared = declared_separator(text);
    dialect.separator = options.separator ? *options.separator : declared ? *declared : guess_separator(text);
    bool const certain = guess.certain || options.encoding;
    auto reader = std::make_unique<CsvReader>(std::move(source), options, dialect, certain, declared.has_value());
    TRY(reader->choose(0));
    return std::unique_ptr<TableReader>(std::move(reader));
}

} // namespace greffier::documents
