#pragma once
// The officer's annual report (art. 38(3), 39): what the registers say of one year, as its reader may see them.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/store.hpp"

namespace greffier::overview {

/// Counts by code, in the order of the list they come from when they are shown.
using Tally = std::map<std::string, std::int64_t, std::less<>>;

struct ActivityReport {
    int year = 0;
    struct Register {                    ///< one that is only counted
        std::string slug;
        std::int64_t total = 0;         ///< live now
        Tally statuses;
    };
    std::vector<Register> registers;
    struct Requests {
        std::int64_t received = 0, answered = 0, late = 0, open = 0, days = 0;   ///< days: from receipt to answer, of those answered
        Tally rights;
    } requests;
    struct Breaches {
        std::int64_t reported = 0, breaches = 0, notified = 0, late = 0, persons_told = 0;
    } breaches;
    struct Trainings {
        std::int64_t held = 0, present = 0, campaigns = 0, reminders = 0;
    } trainings;
    struct Advice {
        std::int64_t asked = 0, answered = 0, days = 0;
        Tally triggers, followed;
    } advice;
    struct Complaints {
        std::int64_t received = 0, open = 0;
        Tally addressees, outcomes;
    } complaints;
    struct Log {
        std::int64_t entries = 0, minutes = 0;
        Tally count, time;               ///< by task: entries, minutes
    } log;
    std::optional<Date> presented_on;    ///< the report of this year was handed over
    std::string presented_to;
};

/// `known`: the organisation's registers, those it does without left out. `today` ends what is still open.
ActivityReport report_of(records::Records const& records, std::vector<records::Register const*> const& known, int year, Date today, law::Place const& place);

}  // namespace greffier::overview
