#include "documents/table_reader.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "documents/csv_reader.hpp"
#include "documents/csv_writer.hpp"

namespace greffier::documents {
namespace {

using Texts = std::vector<std::vector<std::string>>;

std::unique_ptr<TableReader> open(std::string bytes, TableOptions options = {})
{
    options.name = "liste";
    auto opened = open_table_bytes(std::move(bytes), options);
    EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.error().code);
    return opened.ok() ? std::move(opened).value() : nullptr;
}

Texts texts(TableReader& table)
{
    Texts all;
    TableRow row;
    for (;;) {
        auto const more = table.next(row);
        EXPECT_TRUE(more.ok()) << (more.ok() ? "" : more.error().code);
        if (!more.ok() || !*more) return all;
        auto& line = all.emplace_back();
        for (auto const& cell : row.cells) line.push_back(cell.text);
    }
}

Texts read(std::string bytes, TableOptions options = {})
{
    auto const table = open(std::move(bytes), std::move(options));
    return table ? texts(*table) : Texts{};
}

Error error_of(std::string bytes, TableOptions options = {})
{
    options.name = "liste";
    auto opened = open_table_bytes(std::move(bytes), options);
    if (!opened.ok()) return opened.error();
    TableRow row;
    for (;;) {
        auto const more = (*opened)->next(row);
        if (!more.ok()) return more.error();
        if (!*more) return Error::invalid("none");
    }
}

std::string utf16(std::u16string_view text, bool big_endian)
{
    std::string out;
    for (char16_t c : text) {
        char const high = static_cast<char>(c >> 8), low = static_cast<char>(c & 0xFF);
        out += big_endian ? high : low;
        out += big_endian ? low : high;
    }
    return out;
}

TEST(csv_reader, gives_back_what_was_written_apostrophes_too)
{
    Texts const rows{{"=1+1", "'=1+1", "''-5", "'quote", "l'eau", "'"}};
    EXPECT_EQ(read("a;b;c;d;e;f\r\n" + write_csv(rows)), (Texts{{"a", "b", "c", "d", "e", "f"}, rows.front()}));
}

TEST(csv_reader, finds_the_separator_by_looking)
{
    for (char const separator : {';', ',', '\t', '|'}) {
        std::string const s(1, separator);
        EXPECT_EQ(read("Nom" + s + "Base\nPaie" + s + "loi\nCantine" + s + "contrat\n"), (Texts{{"Nom", "Base"}, {"Paie", "loi"}, {"Cantine", "contrat"}}));
    }
    EXPECT_EQ(guess_separator("Nom;Montant\nPaie, primes;12,5\nCantine, garderie, étude;3,2\n"), ';');
    EXPECT_EQ(guess_separator("name,text\n\"a;b;c\",\"d;e\"\n\"f;g;h\",\"i\"\n"), ',');
}

TEST(csv_reader, obeys_the_separator_that_excel_declares)
{
    EXPECT_EQ(read("sep=|\r\nNom, prénom|Service\r\n"), (Texts{{"Nom, prénom", "Service"}}));
}

TEST(csv_reader, reads_quotes_doubled_quotes_and_lines_within_a_cell)
{
    auto const table = open("Nom;Finalité\r\n\"Dite \"\"paie\"\"\";\"une\r\ndeux;trois\"\r\nCantine;x\r\n");
    TableRow row;
    ASSERT_TRUE(table->next(row).value());
    ASSERT_TRUE(table->next(row).value());
    EXPECT_EQ(row.cells[0].text, "Dite \"paie\"");
    EXPECT_EQ(row.cells[1].text, "une\ndeux;trois");
    EXPECT_EQ(row.line, 2U);
    ASSERT_TRUE(table->next(row).value());
    EXPECT_EQ(row.number, 3U);
    EXPECT_EQ(row.line, 4U);
}

TEST(csv_reader, takes_a_quote_in_the_midst_of_a_cell_for_a_letter)
{
    EXPECT_EQ(read("a;5\" disk\nb;\"x\"y\n"), (Texts{{"a", "5\" disk"}, {"b", "xy"}}));
}

TEST(csv_reader, reads_every_line_end_and_passes_over_empty_rows)
{
    EXPECT_EQ(read("a;b\rc;d\r"), (Texts{{"a", "b"}, {"c", "d"}}));
    auto const table = open("a;b\n\n;;\nc;d");
    TableRow row;
    ASSERT_TRUE(table->next(row).value());
    ASSERT_TRUE(table->next(row).value());
    EXPECT_EQ(row.number, 4U);
    EXPECT_FALSE(table->next(row).value());
}

TEST(csv_reader, reads_utf8_and_utf16_with_and_without_their_marks)
{
    Texts const expected{{"Nom", "Été"}, {"œuvre", "€ 😀"}};
    EXPECT_EQ(read("Nom;Été\nœuvre;€ 😀\n"), expected);
    EXPECT_EQ(read("\xEF\xBB\xBFNom;Été\nœuvre;€ 😀\n"), expected);
    std::u16string_view const text = u"Nom;Été\nœuvre;€ 😀\n";
    EXPECT_EQ(read("\xFF\xFE" + utf16(text, false)), expected);
    EXPECT_EQ(read("\xFE\xFF" + utf16(text, true)), expected);
    EXPECT_EQ(read(utf16(text, false)), expected);
    EXPECT_EQ(read(utf16(text, true)), expected);
}

TEST(csv_reader, tells_windows_1252_from_iso_8859_15)
{
    auto const windows = open("Nom;Prix\nL\x92\xE9t\xE9;12 \x80\n");
    EXPECT_EQ(windows->dialect()->encoding, TextEncoding::Windows1252);
    EXPECT_EQ(texts(*windows), (Texts{{"Nom", "Prix"}, {"L’été", "12 €"}}));
    auto const latin9 = open("Nom;Prix\nc\xBDur;12 \xA4\n");
    EXPECT_EQ(latin9->dialect()->encoding, TextEncoding::Iso8859_15);
    EXPECT_EQ(texts(*latin9), (Texts{{"Nom", "Prix"}, {"cœur", "12 €"}}));
}

TEST(csv_reader, says_on_which_lines_another_encoding_stands)
{
    auto const table = open("Nom;Base\nPréfecture;été\nMairie;\xE9t\xE9\nÉcole;loi\n");
    EXPECT_EQ(texts(*table)[2], (std::vector<std::string>{"Mairie", "été"}));
    ASSERT_EQ(table->notes().size(), 1U);
    EXPECT_EQ(table->notes()[0].code, "other_encoding");
    EXPECT_EQ(table->notes()[0].line, 3U);
}

TEST(csv_reader, decides_the_encoding_late_when_the_beginning_is_ascii)
{
    std::string bytes = "Nom;Base\n";
    for (int i = 0; i < 40'000; ++i) bytes += "Paie;contrat\n";
    auto const table = open(bytes + "\xC9t\xE9;x\n\xE9tude;y\n");
    EXPECT_EQ(texts(*table).back(), (std::vector<std::string>{"étude", "y"}));
    EXPECT_TRUE(table->notes().empty());
}

TEST(csv_reader, drops_zero_bytes_and_says_so)
{
    auto const table = open(std::string("Nom;Base\nPa\0ie;loi\n", 18));
    EXPECT_EQ(texts(*table)[1][0], "Paie");
    ASSERT_EQ(table->notes().size(), 1U);
    EXPECT_EQ(table->notes()[0].code, "nul_byte");
}

TEST(csv_reader, refuses_a_quote_that_never_closes_and_names_its_line)
{
    auto const error = error_of("Nom;Base\nPaie;\"loi\nCantine;contrat\n");
    EXPECT_EQ(error.code, "import.unclosed_quote");
    EXPECT_EQ(error.arguments.at("line"), "2");
}

TEST(csv_reader, refuses_an_endless_cell_an_endless_row_and_too_many_columns_with_their_place)
{
    TableOptions options;
    options.max_cell_bytes = 1000;
    options.max_row_bytes = 1500;
    options.max_columns = 4;
    auto const cell = error_of("a;b\nc;" + std::string(2000, 'x'), options);
    EXPECT_EQ(cell.code, "import.cell_too_long_line");
    EXPECT_EQ(cell.arguments.at("cell"), "B2");
    EXPECT_EQ(error_of("a;b\n" + std::string(900, 'x') + ";" + std::string(900, 'x'), options).code, "import.row_too_long_line");
    auto const wide = error_of("a;b\n1;2;3;4;5\n", options);
    EXPECT_EQ(wide.code, "import.too_many_columns_at");
    EXPECT_EQ(wide.arguments.at("cell"), "E2");
    options.max_rows = 2;
    EXPECT_EQ(error_of("a\nb\nc\n", options).code, "import.too_many_rows");
}

// A source without end: only a reader that holds nothing comes back from it.
class EndlessCell final : public ByteSource {
public:
    explicit EndlessCell(std::string start) : start_(std::move(start)) {}
    Result<std::size_t> read(char* buffer, std::size_t size) override
    {
        for (std::size_t i = 0; i < size; ++i, ++given_) buffer[i] = given_ < start_.size() ? start_[given_] : 'x';
        return size;
    }
    Status rewind() override
    {
        given_ = 0;
        return Nothing{};
    }
    std::size_t given_ = 0;

private:
    std::string start_;
};

TEST(csv_reader, gives_up_on_a_cell_without_end_soon_after_its_limit)
{
    auto source = std::make_unique<EndlessCell>("a;b\nc;\"");
    auto const* watched = source.get();
    auto const table = open_csv(std::move(source), {}).value();
    TableRow row;
    ASSERT_TRUE(table->next(row).ok());
    EXPECT_EQ(table->next(row).error().code, "import.cell_too_long_line");
    EXPECT_LT(watched->given_, 2U << 20);
    EXPECT_FALSE(table->next(row).value());
}

TEST(csv_reader, reads_back_what_the_writer_writes)
{
    Texts const rows{{"Nom", "Note"}, {"=cmd|' /C calc'!A0", "+33 1 \"23\""}, {"-5", "a;b\nc"}, {"@x", " edged "}};
    EXPECT_EQ(read(write_csv(rows)), rows);
}

TEST(csv_reader, starts_over_when_its_sheet_is_chosen_again)
{
    auto const table = open("\xEF\xBB\xBFsep=,\na,b\nc,d\n");
    auto const first = texts(*table);
    ASSERT_TRUE(table->choose(0).ok());
    EXPECT_EQ(texts(*table), first);
    EXPECT_EQ(first[0], (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(table->choose(1).error().code, "import.no_such_sheet");
}

TEST(table_reader, says_what_a_file_is_that_is_no_table)
{
    EXPECT_EQ(error_of("%PDF-1.7\n").code, "import.is_pdf");
    EXPECT_EQ(error_of("").code, "import.is_empty");
    EXPECT_EQ(error_of("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").code, "import.is_old_office");
    EXPECT_EQ(error_of("\x01\x02\x03\x04 binary").code, "import.not_a_spreadsheet");
    EXPECT_EQ(error_of("<!doctype html><p>x").code, "import.is_html");
    EXPECT_EQ(open_table("/nowhere/liste.csv").error().code, "import.no_such_file");
}

TEST(table_reader, names_the_sheet_of_a_csv_after_its_file)
{
    auto const path = std::filesystem::path(testing::TempDir()) / "traitements 2026.csv";
    std::ofstream(path) << "a;b\n";
    EXPECT_EQ(open_table(path).value()->sheets()[0].name, "traitements 2026");
    std::filesystem::remove(path);
}

} // namespace
} // namespace greffier::documents
