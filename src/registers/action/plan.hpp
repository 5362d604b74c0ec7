#pragma once
// The plan as one looks at it: actions by half-year, and within it by step. Pure.

#include <optional>
#include <string>
#include <vector>

#include "records/record.hpp"
#include "registers/action/action.hpp"

namespace greffier::action {

/// January to June, or July to December.
struct HalfYear {
    int year = 0, half = 1;
    [[nodiscard]] std::string text() const;                              ///< "2026-2"
    static std::optional<HalfYear> parse(std::string_view text);
    static HalfYear of(Date day);
    auto operator<=>(HalfYear const&) const = default;
};

struct Planned {
    records::Head head;
    Action action;
    [[nodiscard]] bool is_late(Date today) const { return is_open(head.status) && action.due_date && *action.due_date < today; }
};

/// Actions due in one half-year; those without a day come last, under none.
struct PlanPart {
    std::optional<HalfYear> half;
    std::vector<Planned> actions;         ///< by step, then by day
    std::int64_t cost_planned = 0, cost_actual = 0;   ///< cents
    int done = 0, open = 0, late = 0, given_up = 0;
};

std::vector<PlanPart> parts_of(std::vector<Planned> actions, Date today);

}  // namespace greffier::action
