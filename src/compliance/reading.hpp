#pragma once
// What the rules over one register read in another: which writes there can change what they find, and of whom.
// It stands beside the rules that read, and lists the very fields they ask for.

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "records/rule.hpp"

namespace greffier::compliance {

struct Reading {
    std::string_view judged;                     ///< whose records are judged again
    std::string_view read;                       ///< when a record of this register is written
    std::span<std::string const> fields = {};    ///< and one of these changed; a record that comes or goes always counts
    bool status = false, reference = false;      ///< whether these count too
    /// How one gets from the record written to those that are judged: by the links in this field of its own; by the links
    /// that those in `judged` have in `naming`; by both, one after the other; by neither: all of them are.
    std::string_view through = "", naming = "";
    /// Another way, for what no link tells.
    void (*found)(records::Change const&, records::Surroundings&, records::Concerned&) = nullptr;
};

/// Whom the change concerns by these readings.
void concern(std::span<Reading const> readings, records::Change const& change, records::Surroundings& around, std::vector<records::Concerned>& concerned);

/// Ids that a face of the changed record names in a field; none for an absent one.
std::vector<Uuid> named_in(records::Change const& change, std::optional<records::Change::Face> const& face, std::string_view field);

}  // namespace greffier::compliance
