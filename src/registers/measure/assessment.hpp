#pragma once
// The self-assessment: each point of the authority's guide beside the measure that answers it, and what that makes.

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/id.hpp"
#include "core/time.hpp"
#include "law/security_guide.hpp"

namespace greffier::measure {

/// A measure of the register, as far as the grid looks at it.
struct Answer {
    RecordId id;
    std::string reference, title, status, point;
};

/// A point and the best of the measures that answer it; no answer: nobody looked yet.
struct PointState {
    law::SecurityPoint const* point = nullptr;
    Answer const* answer = nullptr;
};

struct Tally {
    int there = 0, partial = 0, planned = 0, absent = 0, unseen = 0, not_applicable = 0;
    [[nodiscard]] int counted() const { return there + partial + planned + absent + unseen; }
    /// Per cent of the points that concern the organisation: whole for what is in place, half for what is partly. 0 of none.
    [[nodiscard]] int score() const;
    /// Points where nothing is finished.
    [[nodiscard]] int gaps() const { return counted() - there; }
    void add(PointState const& state);
};

struct SheetState {
    std::string_view sheet;
    std::vector<PointState> points;
    Tally tally;
};

struct Assessment {
    std::vector<SheetState> sheets;
    Tally tally;
};

/// Points that hold on `day`, in the order of the guide. `answers` must outlive the result; archived ones are not looked at.
Assessment assess(std::vector<Answer> const& answers, Date day);

}  // namespace greffier::measure
