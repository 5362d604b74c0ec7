#pragma once
// What falls due in a record, and when: derived from its fields by its register (Register::dues), never stored in a version.
// The earliest is kept in the record's head as its next deadline and judged anew each night: an open pause moves it on.

#include <optional>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "law/periods.hpp"
#include "records/rule.hpp"

namespace greffier::records {

struct Due {
    std::string_view kind;             ///< "breach.notification"; words: locale key "due.<kind>"
    Timestamp at{};                    ///< the last instant
    std::optional<Date> day = {};      ///< absent: due at the hour of `at`
    bool legal = true;                 ///< set by the law; else by a contract or the house
    Place place = {};                  ///< the field or owned row it comes from
};

struct DueContext {
    std::string_view status;
    Timestamp now{};
    Date today{};
    law::Place const& where;           ///< the organisation's calendar and clock

    /// Something due by the end of a day.
    [[nodiscard]] Due on(std::string_view kind, Date day, bool legal, Place place = {}) const { return {kind, law::end_of(day, where), day, legal, std::move(place)}; }
};

}  // namespace greffier::records
