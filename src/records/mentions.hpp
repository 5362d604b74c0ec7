#pragma once
// Mentions: the people a text calls with "@Name". Pure; who may be called is the caller's to say.

#include <string>
#include <string_view>
#include <vector>

#include "core/id.hpp"

namespace greffier::records {

/// Someone who may read the organisation, under the name people know them by.
struct Reader {
    PersonId person;
    std::string name;
};

struct Mention {
    PersonId person;
    std::string called;      ///< the name as it stands in the text, without the @
    bool operator==(Mention const&) const = default;
};

/// Whom the text calls, in its order, each once: whatever the case and accents, the longest name that fits. Two people
/// of one name are both called, unless one of them is in `chosen`.
std::vector<Mention> find_mentions(std::string_view text, std::vector<Reader> const& readers, std::vector<PersonId> const& chosen = {});

/// Places of "@called" in the text, in order, without overlap.
struct CalledPlace { std::size_t at = 0, size = 0; };
std::vector<CalledPlace> called_places(std::string_view text, std::vector<Mention> const& mentions);

}  // namespace greffier::records
