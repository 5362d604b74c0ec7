#pragma once
// What remains to do in a request, read from its record: the list its page shows, in the order of the work.

#include <string>
#include <vector>

#include "registers/request/request.hpp"

namespace greffier::request {

struct Task {
    enum class State { Done, ToDo, Waiting };
    std::string_view what;                 ///< words: "request.task.<what>"
    State state = State::ToDo;
    std::optional<Date> on = {};           ///< the day it was done
    std::string_view field = {};           ///< where it is noted
    std::int64_t done = 0, all = 0;        ///< of several: "2 of 3"
};

std::vector<Task> tasks_of(Request const& request, std::string_view status);

}  // namespace greffier::request
