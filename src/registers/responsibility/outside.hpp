#pragma once
// Whom to reach outside: the contacts shipped with the program (law/authorities.csv), and what the organisation says of them
// in its own register. A role of nature "authority" adds a contact; one that names a shipped contact speaks in its place.

#include <span>
#include <vector>

#include "law/authorities.hpp"
#include "records/record.hpp"
#include "registers/responsibility/responsibility.hpp"

namespace greffier::responsibility {

struct Held {
    records::Head head;
    Responsibility role;
};

/// One line: as shipped, the organisation's own, or its own in place of the shipped one.
struct Outside {
    law::Authority const* shipped = nullptr;
    Held const* own = nullptr;
};

struct OutsideContacts {
    std::vector<Outside> listed;    ///< in the order of the shipped table, then what was added in that of the register
    std::vector<Outside> hidden;    ///< own is never null
};

/// Points into both arguments, which must outlive the result. Thread-safe.
OutsideContacts outside_contacts(std::span<law::Authority const* const> shipped, std::span<Held const> roles);

}  // namespace greffier::responsibility
