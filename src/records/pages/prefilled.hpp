#pragma once
// A new form that an address fills in beforehand: "/o/town/actions/new?source=audit&due_date=2027-01-31". Only declared
// fields that a form asks, read and checked as if they had been typed; nothing is written before somebody saves.

#include <string>
#include <string_view>

#include "accounts/context.hpp"
#include "schema/check.hpp"
#include "web/message.hpp"

namespace greffier::records {

/// The address of such a form; a duration is answered under "<field>.count", a part of a contact under "<field>.phone".
std::string new_form_address(accounts::Context const& context, std::string_view register_slug, web::Pairs const& answers);

/// Puts the answers of an address into a new row. One that its field would refuse is left out, as is what no field is named.
void prefill(schema::SchemaInfo const& info, schema::Row& row, web::Pairs const& query, schema::KnowsTerm const& knows_term);

}  // namespace greffier::records
