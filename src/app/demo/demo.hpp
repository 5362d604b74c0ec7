#pragma once
// Demonstration data: the invented organisations of models/demo with their histories, and as many variations as
// asked. Everything goes through the ordinary write, at the dates it would have been written.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/application.hpp"

namespace greffier::app {

struct DemoWish {
    std::int64_t organisations = 0;    ///< in all; 0 = those of models/demo
    std::int64_t processings = 0;      ///< at least, in each organisation; 0 = those of models/demo, a dozen in the others
    std::uint64_t seed = 1;            ///< of the variations; the same seed tells the same story
};

struct DemoPerson {
    std::string email, name, password;
    std::vector<std::string> roles;    ///< "dpo marsange"
};

struct DemoFilled {
    std::vector<DemoPerson> people;
    std::int64_t organisations = 0, processings = 0;
};

/// `done` of `total` processings are written.
using DemoProgress = std::function<void(std::int64_t done, std::int64_t total)>;

/// Conflict when organisations are there already: invented records must never stand among real ones.
Result<DemoFilled> fill_demo(Application& application, DemoWish const& wish, DemoProgress const& progress);

}  // namespace greffier::app
