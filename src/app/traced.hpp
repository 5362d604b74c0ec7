#pragma once
// What leaves a line in the journal of access, by route: the whole list stands in traced.cpp, where whoever reviews the program
// can read it. Sign-ins are told by their own handler, which alone knows how they went.

#include <span>
#include <string_view>
#include <vector>

#include "accounts/context.hpp"
#include "accounts/journal.hpp"

namespace greffier::app {

struct Traced {
    web::Method method;
    std::string_view path;
    std::string_view event;
    std::string_view kept_fields = "";   ///< of the form or the query, by commas: codes, never words
    bool by_handler = false;             ///< its handler keeps the line, in the transaction of the act
};

std::span<Traced const> traced_routes();

/// The row for each route, by its index, or null. Throws std::logic_error when a row of the list names no route.
std::vector<Traced const*> traced_by_route(std::vector<accounts::Route> const& routes);

/// What is to be kept of an answered request; nothing when it was refused, or is none of the journal's business.
/// Whatever an auditor reads is kept, and every reading of a restricted record.
std::optional<accounts::JournalNote> note_of(Traced const* row, accounts::Context const& context, web::Request const& request, int status, bool restricted);

}  // namespace greffier::app
