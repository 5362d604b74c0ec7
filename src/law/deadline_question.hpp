#pragma once
// A deadline asked for in words, as the command line and the API ask: each fact as it was typed. One reading and one
// answer for both. Thread-safe.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json_writer.hpp"
#include "law/cases.hpp"

namespace greffier::law {

struct DeadlineQuestion {
    std::string kind;                       ///< breach, request, consultation, indirect
    std::string aware;                      ///< of a breach: an instant with its offset, or by the clock of the zone
    std::string received, obtained, contact, disclosed;   ///< days
    bool extended = false;
    std::vector<std::string> pauses;        ///< "2026-09-04..2026-09-18"; without an end it is still open
    std::string calendar, zone;             ///< METRO, and the calendar's own, when empty
};

struct DeadlineAnswer {
    Place place;
    std::optional<DayPeriod> day;           ///< of all but a breach
    std::optional<HourPeriod> hour;         ///< of a breach
    bool hour_shown_twice = false;          ///< the clocks showed the hour of awareness twice: the first was taken
    std::optional<DayPeriod> extension_notice, from_identity;
    bool suspended = false;
    [[nodiscard]] std::vector<Step> const& steps() const { return hour ? hour->steps : day->steps; }
};

/// The members a kind of question takes; empty for an unknown kind.
std::vector<std::string_view> deadline_members(std::string_view kind);
/// `today`: until when an open pause has lasted. Errors name the member at fault.
Result<DeadlineAnswer> answer(DeadlineQuestion const& question, Date today);
/// {calendar, due, extension_notice_by, few_working_days, …}: what does not apply is null, rules and steps in order.
void write_json(JsonWriter& out, DeadlineQuestion const& question, DeadlineAnswer const& answer);

}  // namespace greffier::law
