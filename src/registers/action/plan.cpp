#include "registers/action/plan.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <tuple>

namespace greffier::action {

namespace {

/// Orders parts: by half-year, none last.
std::pair<bool, HalfYear> key_of(std::optional<HalfYear> const& half) { return {!half, half.value_or(HalfYear{})}; }

int place_of(std::optional<Step> step) { return step ? static_cast<int>(*step) : 6; }

}  // namespace

std::string HalfYear::text() const { return std::to_string(year) + "-" + std::to_string(half); }

std::optional<HalfYear> HalfYear::parse(std::string_view text)
{
    if (text.size() != 6 || text[4] != '-' || (text[5] != '1' && text[5] != '2')) return std::nullopt;
    int year = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + 4, year);
    if (error != std::errc{} || end != text.data() + 4) return std::nullopt;
    return HalfYear{year, text[5] - '0'};
}

HalfYear HalfYear::of(Date day) { return {static_cast<int>(day.year()), static_cast<unsigned>(day.month()) <= 6 ? 1 : 2}; }

std::vector<PlanPart> parts_of(std::vector<Planned> actions, Date today)
{
    std::map<std::pair<bool, HalfYear>, PlanPart> parts;
    for (auto& one : actions) {
        std::optional<HalfYear> half;
        if (one.action.due_date) half = HalfYear::of(*one.action.due_date);
        auto& part = parts[key_of(half)];
        part.half = half;
        if (one.head.status == "abandoned") ++part.given_up;
        else {
            part.cost_planned += one.action.cost_planned ? one.action.cost_planned->cents : 0;
            part.cost_actual += one.action.cost_actual ? one.action.cost_actual->cents : 0;
            ++(is_open(one.head.status) ? part.open : part.done);
        }
        part.late += one.is_late(today);
        part.actions.push_back(std::move(one));
    }
    std::vector<PlanPart> out;
    for (auto& [key, part] : parts) {
        std::ranges::stable_sort(part.actions, {}, [](Planned const& one) { return std::tuple{place_of(one.action.step), !one.action.due_date, one.action.due_date.value_or(Date{}), one.head.reference}; });
        out.push_back(std::move(part));
    }
    return out;
}

}  // namespace greffier::action
