#pragma once
// What happened, in order: the events somebody noted, what the record's own dates say, and what its versions show.

#include <string>
#include <vector>

#include "core/locale.hpp"
#include "law/periods.hpp"
#include "records/record.hpp"
#include "registers/breach/breach.hpp"

namespace greffier::breach {

struct Moment {
    Timestamp at{};
    bool day_only = false;      ///< the hour is not known
    bool key = false;           ///< awareness: the clocks start here
    bool ahead = false;         ///< not yet
    std::string title, text = {};
};

/// `info`: the schema as the organisation knows it, with its own terms. `clock`: of the notification that is still to be sent, whose ends lie ahead; absent when none is.
std::vector<Moment> timeline_of(schema::SchemaInfo const& info, Breach const& breach, std::vector<records::Version> const& versions, std::optional<law::HourPeriod> const& clock, Timestamp now,
                                Locale const& locale);

}  // namespace greffier::breach
