#pragma once
// The deadlines of the law, each from the facts of its case. The figures are those of law/parameters.csv on the day of the
// event. Facts that contradict each other are Invalid with the member at fault; nothing reads a clock. Thread-safe.

#include <optional>
#include <vector>

#include "core/result.hpp"
#include "law/periods.hpp"

namespace greffier::law {

/// Notification of a breach to the authority (art. 33(1)): from awareness. Two clocks: keep to the strict one.
HourPeriod breach_notification(Timestamp aware, Place const& place);

/// Days on which a period stood still: from the day something was asked to the day it came.
struct Pause {
    Date asked{};
    std::optional<Date> answered = {};   ///< absent: still awaited
    bool operator==(Pause const&) const = default;
};

/// A person's request (art. 12(3) and (4)).
struct RequestFacts {
    Date received{};
    bool extended = false;
    std::vector<Pause> pauses = {};
    /// The day it is judged: an open pause has lasted until then. Absent: an open pause is not counted.
    std::optional<Date> today = {};
};
struct RequestDeadline {
    DayPeriod answer;
    DayPeriod extension_notice;          ///< the person is told of an extension by then: the end of the first month
    /// One month from when identity was proved, the reading of some: for information; `answer` never ends later.
    std::optional<DayPeriod> from_identity = {};
    bool suspended = false;              ///< a pause is open: `answer` moves on each day
    int paused_days = 0;
};
/// Errors name `received` or `pauses`: answered before asked, asked before the request came.
Result<RequestDeadline> request_deadline(RequestFacts const& facts, Place const& place);

/// Prior consultation of the authority (art. 36(2)).
struct ConsultationFacts {
    Date received{};
    bool extended = false;
    std::vector<Pause> pauses = {};
    std::optional<Date> today = {};
};
struct ConsultationDeadline {
    DayPeriod answer;
    DayPeriod extension_notice;
    bool suspended = false;
    int paused_days = 0;
};
Result<ConsultationDeadline> consultation_deadline(ConsultationFacts const& facts, Place const& place);

/// Notice to people whose data came from elsewhere (art. 14(3)): the first of three.
struct IndirectFacts {
    Date obtained{};
    std::optional<Date> contact = {}, disclosed = {};
};
enum class IndirectReason { Month, Contact, Disclosure };
struct IndirectDeadline {
    DayPeriod notice;
    IndirectReason reason = IndirectReason::Month;
};
/// Errors name `contact` or `disclosed`: before the data was obtained.
Result<IndirectDeadline> indirect_notice_deadline(IndirectFacts const& facts, Place const& place);

}  // namespace greffier::law
