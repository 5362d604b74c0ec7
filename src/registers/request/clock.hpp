#pragma once
// The time limit of a request, from what its record says: law/cases counts, this reads the facts.

#include <optional>
#include <vector>

#include "law/cases.hpp"
#include "records/due.hpp"
#include "registers/request/request.hpp"

namespace greffier::request {

struct TimeLimit {
    law::RequestDeadline deadline;
    bool extension_holds = false;         ///< told in time: only then is there more than the first month
    bool pauses_contradict = false;       ///< a pause begins before receipt or ends before it began: none is counted
};

/// `today`: until when an open pause has lasted; the day of the answer when there is one. Nothing without a day of receipt.
std::optional<TimeLimit> time_limit(Request const& request, Date today, law::Place const& place);

/// The day until which the file is kept as proof once it is closed.
std::optional<Date> kept_until(Request const& request);

/// The last day of a delay of the house that runs from receipt: "request.acknowledgement", "request.objection".
Date house_delay(std::string_view parameter, Date received);

std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context);

}  // namespace greffier::request
