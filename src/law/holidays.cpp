#include "law/holidays.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/text.hpp"
#include "law/csv_table.hpp"

namespace greffier::law {
namespace {

/// One row of the table: a date of each year, or so many days from Easter.
struct Row {
    std::vector<std::string> calendars;   ///< "*" alone: all that are national
    std::optional<int> from_easter;
    std::chrono::month_day date{};
    Validity validity;
    std::string name_fr, name_en;

    [[nodiscard]] Date in(int year) const { return from_easter ? add_days(easter(year), *from_easter) : Date{std::chrono::year{year} / date}; }
    [[nodiscard]] bool counts_in(CalendarInfo const& calendar) const
    {
        return calendars.front() == "*" ? calendar.national : std::ranges::find(calendars, calendar.code) != calendars.end();
    }
};

Row read_row(CsvTable const& table, std::size_t i)
{
    Row row{split(table.at(i, "calendars"), '|'), {}, {}, {table.date_at(i, "valid_from"), table.date_at(i, "valid_to")}, table.at(i, "name_fr"), table.at(i, "name_en")};
    auto const& day = table.at(i, "day");
    constexpr std::string_view moving = "easter";
    if (day.starts_with(moving)) {
        row.from_easter = std::stoi(day.substr(moving.size()));
    } else {
        auto const date = parse_date("2000-" + day);
        if (!date) throw std::runtime_error("holidays.csv has no such day: " + day);
        row.date = {date->month(), date->day()};
    }
    return row;
}

std::vector<Row> const& rows()
{
    static auto const all = [] {
        auto const table = law_table("holidays.csv");
        std::vector<Row> read;
        for (std::size_t i = 0; i < table.size(); ++i) read.push_back(read_row(table, i));
        return read;
    }();
    return all;
}

}  // namespace

std::span<CalendarInfo const> calendars()
{
    static auto const all = [] {
        auto const table = law_table("calendars.csv");
        std::vector<CalendarInfo> read;
        for (std::size_t i = 0; i < table.size(); ++i) read.push_back({table.at(i, "code"), table.at(i, "zone"), table.at(i, "national") == "yes"});
        return read;
    }();
    return all;
}

CalendarInfo const* find_calendar(std::string_view code)
{
    auto const all = calendars();
    auto const found = std::ranges::find(all, code, &CalendarInfo::code);
    return found == all.end() ? nullptr : &*found;
}

Date easter(int year)
{
    int const a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int const h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
    int const sum = h + l - 7 * m + 114;
    return std::chrono::year{year} / std::chrono::month{static_cast<unsigned>(sum / 31)} / std::chrono::day{static_cast<unsigned>(sum % 31 + 1)};
}

Calendar::Calendar(std::string_view code, std::vector<OwnDay> own) : info_(find_calendar(code)), own_(std::move(own))
{
    if (!info_) throw std::invalid_argument("unknown calendar " + std::string{code});
}

std::optional<Holiday> Calendar::holiday(Date day) const
{
    for (auto const& row : rows())
        if (row.counts_in(*info_) && row.validity.holds(day) && row.in(static_cast<int>(day.year())) == day) return Holiday{day, row.name_fr, row.name_en};
    for (auto const& own : own_)
        if (own.day == day || (own.every_year && own.day.month() == day.month() && own.day.day() == day.day())) return Holiday{day, own.name, own.name};
    return std::nullopt;
}

bool Calendar::is_working(Date day) const
{
    std::chrono::weekday const weekday{std::chrono::sys_days{day}};
    return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday && !holiday(day);
}

Date Calendar::working_day_from(Date day) const
{
    // An organisation's own list may hold many days, never a whole year of them.
    for (int i = 0; i < 366 && !is_working(day); ++i) day = add_days(day, 1);
    return day;
}

std::vector<Holiday> Calendar::holidays_of(int year) const
{
    std::vector<Holiday> found;
    auto const last = std::chrono::year{year} / std::chrono::December / 31;
    for (Date day = std::chrono::year{year} / std::chrono::January / 1; day <= last; day = add_days(day, 1))
        if (auto one = holiday(day)) found.push_back(std::move(*one));
    return found;
}

}  // namespace greffier::law
