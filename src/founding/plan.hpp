#pragma once
// What would become of a list, line by line, on the organisations as they are: made, or there already; and what must be
// mended first. A plan with troubles is not carried out, not even in part.

#include <optional>
#include <string>
#include <vector>

#include "accounts/organisation.hpp"
#include "founding/list.hpp"
#include "records/register.hpp"
#include "storage/database.hpp"

namespace greffier::founding {

/// Where organisations are made: under one, or anywhere (the command line, without --parent).
struct Place {
    std::optional<OrganisationId> under;
};

struct Planned {
    Line line;
    std::string key;                              ///< what a later file finds it by
    std::string slug;                             ///< of what will be made
    std::string kind;
    std::optional<OrganisationId> known;          ///< there already: nothing is made
    std::optional<OrganisationId> parent;         ///< an organisation that is there
    std::optional<std::size_t> parent_line;       ///< or the line of one that will be (index in `lines`)
    std::size_t rank = 0;                         ///< 0: nothing of this list must be made before it
    [[nodiscard]] bool makes() const { return !known; }
};

struct Plan {
    std::vector<Planned> lines;                   ///< in the file's order
    std::vector<Trouble> troubles;                ///< by line
    std::vector<std::string> unread;
    std::vector<std::pair<std::string, std::string>> headings;
    [[nodiscard]] bool sound() const { return troubles.empty(); }
    [[nodiscard]] std::size_t to_make() const;
};

/// `profile`: the register as shipped.
Plan make_plan(storage::Session& session, records::Register const& profile, List list, Place const& place);

/// The profile a line asks for.
schema::Row profile_of(records::Register const& profile, std::string const& name, std::string const& kind, Line const& line);

}  // namespace greffier::founding
