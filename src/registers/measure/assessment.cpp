#include "registers/measure/assessment.hpp"

#include <algorithm>

namespace greffier::measure {
namespace {

int rank(std::string_view status)
{
    static constexpr std::array<std::string_view, 6> worst_first{"not_applicable", "absent", "planned", "partial", "in_place", "tested"};
    auto const found = std::ranges::find(worst_first, status);
    return found == worst_first.end() ? -1 : static_cast<int>(found - worst_first.begin());
}

Answer const* best_of(std::vector<Answer> const& answers, std::string_view point)
{
    Answer const* best = nullptr;
    for (auto const& answer : answers)
        if (answer.point == point && rank(answer.status) > (best ? rank(best->status) : -1)) best = &answer;
    return best;
}

}  // namespace

int Tally::score() const { return counted() == 0 ? 0 : (200 * there + 100 * partial) / (2 * counted()); }

void Tally::add(PointState const& state)
{
    if (!state.answer) ++unseen;
    else if (state.answer->status == "not_applicable") ++not_applicable;
    else if (state.answer->status == "absent") ++absent;
    else if (state.answer->status == "planned") ++planned;
    else if (state.answer->status == "partial") ++partial;
    else ++there;
}

Assessment assess(std::vector<Answer> const& answers, Date day)
{
    Assessment all;
    for (auto const sheet : law::security_sheets()) {
        auto& of_sheet = all.sheets.emplace_back();
        of_sheet.sheet = sheet;
        for (auto const& point : law::security_points()) {
            if (point.sheet != sheet || !point.validity.holds(day)) continue;
            auto const& state = of_sheet.points.emplace_back(PointState{&point, best_of(answers, point.code)});
            of_sheet.tally.add(state);
            all.tally.add(state);
        }
    }
    return all;
}

}  // namespace greffier::measure
