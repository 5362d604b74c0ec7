#include "law/ladders.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "core/text.hpp"
#include "law/parameters.hpp"

namespace greffier::law {

namespace {

constexpr std::chrono::hours morning{7};
constexpr int longest_days = 3653;
constexpr std::array told_codes{"owner", "dpo", "controller", "administrator"};

constexpr std::array units{std::pair{Rung::Unit::Hours, "hours"}, std::pair{Rung::Unit::Days, "days"}, std::pair{Rung::Unit::WorkingDays, "working_days"}, std::pair{Rung::Unit::Months, "months"},
                           std::pair{Rung::Unit::None, "none"}};
constexpr std::array letters{std::pair{Rung::Unit::Hours, 'h'}, std::pair{Rung::Unit::Days, 'd'}, std::pair{Rung::Unit::WorkingDays, 'w'}, std::pair{Rung::Unit::Months, 'm'}, std::pair{Rung::Unit::None, 'n'}};

std::vector<Told> people_of(std::string const& text)
{
    std::vector<Told> people;
    for (auto const& code : split(text, ' ')) {
        if (code.empty()) continue;
        auto const told = parse_told(code);
        if (!told) throw std::runtime_error("ladders.csv: nobody is called " + code);
        people.push_back(*told);
    }
    return people;
}

Rung rung_at(CsvTable const& table, std::size_t i)
{
    Rung rung;
    rung.kind = table.at(i, "kind");
    auto const& nature = table.at(i, "nature");
    rung.nature = nature == "legal" ? Rung::Nature::Legal : nature == "contract" ? Rung::Nature::Contract : Rung::Nature::House;
    rung.anchor = table.at(i, "anchor") == "start" ? Rung::Anchor::Start : Rung::Anchor::Due;
    rung.amount = std::stoi(table.at(i, "amount"));
    auto const unit = std::ranges::find(units, table.at(i, "unit"), [](auto const& one) { return std::string{one.second}; });
    if (unit == units.end()) throw std::runtime_error("ladders.csv: no unit is called " + table.at(i, "unit"));
    rung.unit = unit->first;
    rung.told = people_of(table.at(i, "told"));
    rung.escalated = people_of(table.at(i, "escalated"));
    rung.urgent = table.at(i, "urgent") == "yes";
    rung.validity = {table.date_at(i, "valid_from"), table.date_at(i, "valid_to")};
    rung.source = table.at(i, "source");
    if (rung.told.empty() && rung.unit != Rung::Unit::None) throw std::runtime_error("ladders.csv: a step that tells nobody");
    return rung;
}

Date working_days_from(Date day, int count, Calendar const& calendar)
{
    int const step = count < 0 ? -1 : 1;
    while (count != 0) {
        day = add_days(day, step);
        if (calendar.is_working(day)) count -= step;
    }
    return day;
}

}  // namespace

std::string_view code_of(Told told) { return told_codes.at(static_cast<std::size_t>(told)); }

std::optional<Told> parse_told(std::string_view code)
{
    auto const found = std::ranges::find(told_codes, code);
    return found == told_codes.end() ? std::nullopt : std::optional{static_cast<Told>(found - told_codes.begin())};
}

std::string Rung::code() const
{
    auto const letter = std::ranges::find(letters, unit, [](auto const& one) { return one.first; })->second;
    return std::string{anchor == Anchor::Start ? "start" : "due"} + (amount < 0 ? "-" : "+") + std::to_string(std::abs(amount)) + letter;
}

std::optional<Rung> parse_rung(std::string_view code)
{
    Rung rung;
    if (code.starts_with("start")) rung.anchor = Rung::Anchor::Start;
    else if (!code.starts_with("due")) return std::nullopt;
    code.remove_prefix(rung.anchor == Rung::Anchor::Start ? 5 : 3);
    if (code.size() < 3 || code.size() > 7 || (code[0] != '+' && code[0] != '-')) return std::nullopt;
    auto const unit = std::ranges::find(letters, code.back(), [](auto const& one) { return one.second; });
    auto const number = code.substr(1, code.size() - 2);
    if (unit == letters.end() || !std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
    rung.unit = unit->first;
    rung.amount = std::stoi(std::string{number}) * (code[0] == '-' ? -1 : 1);
    auto const days = rung.unit == Rung::Unit::Hours ? std::abs(rung.amount) / 24 : rung.unit == Rung::Unit::Months ? std::abs(rung.amount) * 31 : rung.unit == Rung::Unit::WorkingDays ? std::abs(rung.amount) * 3 / 2 : std::abs(rung.amount);
    if (days > longest_days || rung.code().size() != code.size() + (rung.anchor == Rung::Anchor::Start ? 5 : 3)) return std::nullopt;
    return rung;
}

std::span<Rung const> rungs()
{
    static auto const all = [] {
        auto const table = law_table("ladders.csv");
        std::vector<Rung> read;
        for (std::size_t i = 0; i < table.size(); ++i) read.push_back(rung_at(table, i));
        return read;
    }();
    return all;
}

std::vector<Rung> ladder_of(std::string_view kind, bool legal, Date day)
{
    auto const named = [&](std::string_view name) {
        std::vector<Rung> found;
        for (auto const& rung : rungs())
            if (rung.kind == name && rung.validity.holds(day)) found.push_back(rung);
        return found;
    };
    auto own = named(kind);
    if (own.empty()) own = named(legal ? "*legal" : "*house");
    std::erase_if(own, [](Rung const& rung) { return rung.unit == Rung::Unit::None; });
    return own;
}

bool is_legal_ladder(std::string_view kind)
{
    return std::ranges::any_of(rungs(), [&](Rung const& rung) { return rung.kind == kind && rung.nature == Rung::Nature::Legal; });
}

std::vector<std::string> kinds_with_ladders()
{
    std::vector<std::string> kinds;
    for (auto const& rung : rungs())
        if (rung.unit != Rung::Unit::None && std::ranges::find(kinds, rung.kind) == kinds.end()) kinds.push_back(rung.kind);
    return kinds;
}

Timestamp instant_of(Rung const& rung, Timestamp due, std::optional<Date> day, Place const& place)
{
    auto const by_day = [&](Date on) { return start_of_day(on, place.zone) + morning; };
    auto const of_due = day.value_or(local_date(due, place.zone));
    switch (rung.unit) {
    case Rung::Unit::Hours: {
        // The clock of an hour-counted deadline was set going so many hours before: by the figure of the law on that day.
        auto const start = rung.anchor == Rung::Anchor::Start ? due - std::chrono::hours{parameter(rung.kind, of_due).number()} : due;
        return start + std::chrono::hours{rung.amount};
    }
    case Rung::Unit::WorkingDays: return by_day(working_days_from(of_due, rung.amount, place.calendar));
    case Rung::Unit::Months: return by_day(add_months(of_due, rung.amount));
    case Rung::Unit::Days:
    case Rung::Unit::None: break;
    }
    return by_day(add_days(of_due, rung.amount));
}

}  // namespace greffier::law
