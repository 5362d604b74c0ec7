#pragma once
// Internal to demo/: plausible organisations and processings beyond those of the models. Pure: the same seed and
// number give the same variation.

#include <cstdint>
#include <string>

#include "app/demo/model.hpp"

namespace greffier::app::demo {

/// The `number`-th commune that no model tells of; its profile is `like`'s with its own name and addresses.
ModelOrganisation varied_organisation(std::uint64_t seed, std::int64_t number, ModelOrganisation const& like);

struct Variation {
    Timestamp when{};
    std::string status;
    schema::Row row;
};
/// The `number`-th processing of an organisation, written at `when`, after `like`.
Variation varied_processing(std::uint64_t seed, std::int64_t number, schema::Row const& like, Timestamp when, Date today);

/// Numbers that follow from others, well spread (splitmix64).
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next();
    /// 0 … count-1
    std::int64_t below(std::int64_t count) { return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(count)); }
    bool once_in(std::int64_t times) { return below(times) == 0; }

private:
    std::uint64_t state_;
};

}  // namespace greffier::app::demo
