#include "exchange/table_convert.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/text.hpp"
#include "exchange/table_words.hpp"
#include "law/countries.hpp"
#include "law/duration_text.hpp"
#include "schema/kinds.hpp"

namespace greffier::exchange {

using documents::CellKind;
using documents::TableCell;
using schema::FieldInfo;
using schema::Kind;
using schema::Value;

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_digit); }

std::optional<std::int64_t> integer_of(std::string_view text)
{
    std::int64_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional{number} : std::nullopt;
}

/// Three groups of figures with one kind of mark between them, whatever stands behind the day (a time).
struct Figures {
    std::array<int, 3> part{};
    std::array<std::size_t, 3> length{};
};
std::optional<Figures> figures_of(std::string_view text)
{
    Figures figures;
    std::size_t at = 0;
    char mark = 0;
    for (int i = 0; i < 3; ++i) {
        auto const start = at;
        while (at < text.size() && is_digit(text[at])) ++at;
        auto const part = text.substr(start, at - start);
        auto const number = integer_of(part);
        if (part.empty() || part.size() > 4 || !number) return std::nullopt;
        figures.part[static_cast<std::size_t>(i)] = static_cast<int>(*number);
        figures.length[static_cast<std::size_t>(i)] = part.size();
        if (i == 2) break;
        if (at >= text.size() || std::string_view{"/.-"}.find(text[at]) == std::string_view::npos || (mark && text[at] != mark)) return std::nullopt;
        mark = text[at++];
    }
    if (at < text.size() && text[at] != ' ' && text[at] != 'T') return std::nullopt;
    return figures;
}

std::optional<Date> valid(int year, int month, int day)
{
    Date const date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)}, std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok() || year < 1000 || year > 9999) return std::nullopt;
    return date;
}

int whole_year(int year) { return year < 70 ? 2000 + year : 1900 + year; }

/// "26 mai 2018", "1er mars 2020", "March 3, 2020".
std::optional<Date> date_in_words(std::string_view text)
{
    static constexpr std::array<std::array<std::string_view, 2>, 12> months{{{"janvier", "january"}, {"fevrier", "february"}, {"mars", "march"}, {"avril", "april"},
        {"mai", "may"}, {"juin", "june"}, {"juillet", "july"}, {"aout", "august"}, {"septembre", "september"}, {"octobre", "october"}, {"novembre", "november"}, {"decembre", "december"}}};
    int day = 0, month = 0, year = 0;
    for (auto word : words(text)) {
        if (word == "1er") word = "1";
        if (all_digits(word) && word.size() <= 2 && day == 0) day = static_cast<int>(*integer_of(word));
        else if (all_digits(word) && word.size() == 4 && year == 0) year = static_cast<int>(*integer_of(word));
        else {
            for (std::size_t i = 0; i < months.size(); ++i)
                if (word.size() >= 3 && (months[i][0].starts_with(word) || months[i][1].starts_with(word)) && month == 0) {
                    month = static_cast<int>(i) + 1;
                    word.clear();
                    break;
                }
            if (!word.empty()) return std::nullopt;
        }
    }
    return day && month && year ? valid(year, month, day) : std::nullopt;
}

Converted not_taken(std::string const& words, std::string code = "value_not_taken")
{
    Converted out;
    out.problem = std::move(code);
    out.words = words;
    out.taken = false;
    return out;
}

Converted taken(Value value)
{
    Converted out;
    out.value = std::move(value);
    return out;
}

Converted to_date(TableCell const& cell, std::string const& text, Manner const& manner)
{
    if (cell.kind == CellKind::Date) {
        auto const date = parse_date(std::string_view{cell.value}.substr(0, 10));
        return date ? taken(*date) : not_taken(text);
    }
    if (auto const read = date_from_text(text, manner.order)) {
        auto out = taken(read->date);
        if (read->completed) out.problem = "year_completed", out.words = text;
        return out;
    }
    if (auto const date = date_from_serial(cell.kind == CellKind::Number ? cell.value : text, manner.from_1904)) return taken(*date);
    return not_taken(text);
}

Converted to_number(FieldInfo const& field, TableCell const& cell, std::string const& text)
{
    bool const percent = text.find('%') != std::string::npos;
    auto number = cell.kind == CellKind::Number && !percent ? std::optional{cell.value} : plain_number(text);
    if (!number) return not_taken(text);
    if (field.kind == Kind::Decimal) return taken(*number);
    auto const point = number->find('.');
    auto whole = number->substr(0, point);
    auto decimals = point == std::string::npos ? std::string{} : number->substr(point + 1);
    while (!decimals.empty() && decimals.back() == '0') decimals.pop_back();
    if (field.kind == Kind::Money) {
        if (decimals.size() > 2) return not_taken(text);
        decimals.resize(2, '0');
        whole += decimals;
        decimals.clear();
    }
    auto const value = decimals.empty() ? integer_of(whole) : std::nullopt;
    return value ? taken(*value) : not_taken(text);
}

Converted to_choice(FieldInfo const& field, std::string const& text, Manner const& manner)
{
    auto const known = manner.words ? manner.words->find(text) : code_of_word(*field.list, text);
    if (manner.choices)
        if (auto const decided = manner.choices->find(word_key(text)); decided != manner.choices->end() && decided->second) {
            if (decided->second->empty()) return Converted{};
            auto out = taken(*decided->second);
            if (!known || !known->exact || known->code != *decided->second) out.words = text;
            return out;
        }
    if (known) {
        auto out = taken(known->code);
        if (!known->exact) out.words = text;
        return out;
    }
    if (field.list->find("other")) {
        auto out = taken(std::string{"other"});
        out.problem = "choice_unknown";
        out.words = text;
        return out;
    }
    return not_taken(text, "choice_not_taken");
}

Converted to_text(TableCell const& cell, std::string const& text)
{
    auto out = taken(text);
    if (cell.kind == CellKind::Text)
        if (auto const plain = unscientific(text)) {
            if (plain->lost) out.problem = "digits_lost", out.words = text;
            else out.value = plain->digits;
        }
    return out;
}

Converted to_duration(std::string const& text, std::string const& unit)
{
    auto iso = duration_from_text(text, unit);
    if (!iso) return not_taken(text, "duration_not_taken");
    auto out = taken(std::move(*iso));
    if (auto const period = law::parse_period(text); period && !period->start.empty()) out.words = text;   // from when it runs is more than a period says
    return out;
}

Converted to_country(std::string const& text)
{
    auto const code = country_in(text);
    if (!code) return not_taken(text, "country_not_taken");
    auto out = taken(*code);
    if (!law::country_from_name(text)) out.words = text;
    return out;
}

template <class Check>
Converted checked(std::string text, Check const& is_fine)
{
    if (fold(text).starts_with("mailto:")) text.erase(0, 7);
    if (is_fine(text)) return taken(text);
    return not_taken(text);
}

} // namespace

DateHint date_hint(std::string_view text)
{
    auto const figures = figures_of(trim(text));
    if (!figures || figures->length[0] > 2) return DateHint::None;
    int const first = figures->part[0], second = figures->part[1];
    if (first < 1 || second < 1 || first > 31 || second > 31 || (first > 12 && second > 12)) return DateHint::None;
    if (first > 12) return DateHint::DayFirst;
    if (second > 12) return DateHint::MonthFirst;
    return first == second ? DateHint::None : DateHint::Either;
}

std::optional<ReadDate> date_from_text(std::string_view text, DateOrder order)
{
    text = trim(text);
    auto const figures = figures_of(text);
    if (!figures) {
        auto const date = date_in_words(text);
        return date ? std::optional{ReadDate{*date}} : std::nullopt;
    }
    auto [a, b, c] = figures->part;
    if (figures->length[0] == 4) {
        auto const date = valid(a, b, c);
        return date ? std::optional{ReadDate{*date}} : std::nullopt;
    }
    bool const completed = figures->length[2] <= 2;
    if (order == DateOrder::MonthFirst) std::swap(a, b);
    auto const date = valid(completed ? whole_year(c) : c, b, a);
    return date ? std::optional{ReadDate{*date, completed}} : std::nullopt;
}

std::optional<Date> date_from_serial(std::string_view number, bool from_1904)
{
    using namespace std::chrono;
    constexpr std::int64_t longest = 100'000;   // of any day in reach, whatever it is counted from
    auto const serial = integer_of(number.substr(0, number.find('.')));
    if (!serial || *serial < 0 || *serial > longest) return std::nullopt;
    auto const date = add_days(from_1904 ? Date{1904y / 1 / 1} : Date{1899y / 12 / 30}, static_cast<int>(*serial));
    if (date.year() < 1930y || date.year() > 2100y) return std::nullopt;
    return date;
}

std::optional<std::string> plain_number(std::string_view text)
{
    std::string plain;
    for (char const c : squeeze(text))
        if (c != ' ' && c != '\'') plain += c;
    for (std::string_view const mark : {"€", "%", "EUR"})
        if (plain.ends_with(mark)) plain.resize(plain.size() - mark.size());
    auto const comma = plain.rfind(','), point = plain.rfind('.');
    char const decimal = comma == std::string::npos ? '.' : point == std::string::npos || comma > point ? ',' : '.';
    char const thousands = decimal == ',' ? '.' : ',';
    std::erase(plain, thousands);
    if (std::ranges::count(plain, decimal) > 1) return std::nullopt;
    std::ranges::replace(plain, ',', '.');
    auto const digits = std::string_view{plain}.substr(plain.starts_with('-') || plain.starts_with('+') ? 1 : 0);
    if (digits.empty() || !is_digit(digits.front()) || !is_digit(digits.back())) return std::nullopt;
    if (!std::ranges::all_of(digits, [](char c) { return is_digit(c) || c == '.'; })) return std::nullopt;
    return plain.starts_with('+') ? std::string{digits} : plain;
}

std::optional<Unscientific> unscientific(std::string_view text)
{
    text = trim(text);
    auto const e = text.find_first_of("eE");
    if (e == std::string_view::npos || e == 0 || e + 2 >= text.size() || text[e + 1] != '+') return std::nullopt;
    auto const exponent = integer_of(text.substr(e + 2));
    if (!exponent || *exponent > 60 || !is_digit(text.front())) return std::nullopt;
    std::string digits;
    std::size_t after = 0;
    bool mark = false;
    for (char const c : text.substr(0, e)) {
        if ((c == ',' || c == '.') && !mark) { mark = true; continue; }
        if (!is_digit(c)) return std::nullopt;
        digits += c;
        after += mark;
    }
    if (static_cast<std::int64_t>(after) > *exponent) return std::nullopt;
    Unscientific out{digits + std::string(static_cast<std::size_t>(*exponent) - after, '0'), static_cast<std::int64_t>(after) < *exponent};
    return out;
}

std::optional<std::string> duration_from_text(std::string_view text, std::string_view unit)
{
    auto const plain = squeeze(text);
    if (auto const period = law::parse_period(plain); period && schema::Duration::parse(period->iso)) return period->iso;
    auto const number = unit.size() == 1 && std::string_view{"YMWD"}.find(unit.front()) != std::string_view::npos ? plain_number(plain) : std::nullopt;
    if (!number) return std::nullopt;
    auto const point = number->find('.');
    auto const whole = number->substr(0, point);
    auto decimals = point == std::string::npos ? std::string{} : number->substr(point + 1);
    while (!decimals.empty() && decimals.back() == '0') decimals.pop_back();
    bool const half = decimals == "5" && unit == "Y";
    constexpr std::size_t longest = 9;   // what is longer is no duration, and would overflow
    if (!all_digits(whole) || whole.size() > longest || (!decimals.empty() && !half)) return std::nullopt;
    auto const read = schema::Duration::parse(half ? "P" + std::to_string(*integer_of(whole) * 12 + 6) + "M" : "P" + whole + std::string{unit});
    return read ? std::optional{read->text()} : std::nullopt;
}

std::string words_of_cell(TableCell const& cell)
{
    bool const scientific = cell.kind == CellKind::Number && cell.text.find_first_of("eE") != std::string::npos;
    return std::string(trim(scientific || cell.text.empty() ? cell.value : cell.text));
}

std::vector<std::string> values_of(std::string_view text, std::string_view separator)
{
    std::vector<std::string> pieces;
    if (separator.empty()) pieces.emplace_back(text);
    else {
        std::string piece;
        for (std::size_t at = 0; at < text.size();) {
            bool const automatic = separator == "auto" && (text[at] == '\n' || text[at] == ';');
            bool const chosen = separator != "auto" && text.substr(at).starts_with(separator);
            if (automatic || chosen || text[at] == '\n') {
                pieces.push_back(std::move(piece));
                piece.clear();
                at += chosen ? separator.size() : 1;
            } else {
                piece += text[at++];
            }
        }
        pieces.push_back(std::move(piece));
    }
    std::vector<std::string> values;
    for (auto const& piece : pieces) {
        auto value = separator.empty() ? std::string(trim(piece)) : squeeze(piece);
        for (std::string_view const bullet : {"- ", "• ", "– ", "* ", "· ", "►"})
            if (value.starts_with(bullet)) value = std::string(trim(std::string_view{value}.substr(bullet.size())));
        if (!value.empty()) values.push_back(std::move(value));
    }
    return values;
}

Converted convert(FieldInfo const& field, TableCell const& cell, Manner const& manner)
{
    auto const text = words_of_cell(cell);
    if (text.empty() && cell.value.empty()) return {};
    if (cell.kind == CellKind::Error) return not_taken(text, "cell_error");
    switch (field.kind) {
    case Kind::Date: return to_date(cell, text, manner);
    case Kind::Timestamp: {
        auto const instant = parse_timestamp(cell.kind == CellKind::Date ? cell.value + (cell.value.size() > 10 ? "Z" : "T00:00:00Z") : text);
        return instant ? taken(*instant) : not_taken(text);
    }
    case Kind::Bool: {
        auto const truth = cell.kind == CellKind::Boolean ? std::optional{cell.value == "true"} : truth_of_word(text);
        if (truth) return taken(*truth);
        if (says_nothing_here(text)) return {};
        return not_taken(text);
    }
    case Kind::Integer: case Kind::Percent: case Kind::Money: case Kind::Decimal: return to_number(field, cell, text);
    case Kind::Duration: return to_duration(text, manner.unit);
    case Kind::Country: return to_country(text);
    case Kind::Choice: case Kind::Term: case Kind::Choices: case Kind::Terms: return to_choice(field, text, manner);
    case Kind::Email: return checked(text, is_email);
    case Kind::Phone: return checked(text, is_phone);
    case Kind::Url: return checked(text, is_http_url);
    default: return to_text(cell, text);
    }
}

} // namespace greffier::exchange
