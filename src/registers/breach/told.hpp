#pragma once
// Who must be told of a breach, or might be, and how far that is: read from the record, stored nowhere.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registers/breach/breach.hpp"

namespace greffier::breach {

enum class TellState { Done, Todo, Undecided, NotNeeded };

struct Tell {
    std::string_view key;                      ///< words: "tell.<key>"; empty for a body of the list
    std::string body = {};                     ///< code of the list breach_body
    std::string name = {};                     ///< of a client, a contact
    TellState state = TellState::Undecided;
    std::string_view why = {};                 ///< words: "tell.why.<why>"
    std::optional<Timestamp> when = {};
    std::string_view field = {};               ///< where it is answered
};

/// In the order of urgency: the authority, the persons, clients and partners, then everybody else.
std::vector<Tell> who_is_told(Breach const& breach);

}  // namespace greffier::breach
