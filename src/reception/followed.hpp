#pragma once
// Internal to reception/: the request behind a follow-up address, and the part of its page that gives the answer.

#include <optional>

#include "reception/visit.hpp"
#include "records/store.hpp"
#include "registers/request/request.hpp"

namespace greffier::reception {

struct Followed {
    records::Register const& kind;
    records::Stored record;
    request::Request request;
};

/// Whoever holds the address sees the state of that one request, whatever else the register hides.
Result<Followed> followed(Visit const& visit);
Result<request::Request> request_of(records::Register const& kind, schema::Row const& row);
/// What the signed words of its forms are bound to.
std::string follow_up_form(Visit const& visit);

/// The answer that waits for its code, or why there is none any more; nothing where none was given.
void write_delivery(Html& out, Visit const& visit, Followed const& one, FormState const& form);
/// The file, when the code is right; else what was wrong is put in `form`.
std::optional<Response> fetch_delivery(Visit& visit, Followed const& one, FormState& form);

}  // namespace greffier::reception
