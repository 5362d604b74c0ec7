#pragma once
// Who sends a public form that asks for no name: the questions, and what was answered.

#include "reception/fields.hpp"
#include "schema/kinds.hpp"

namespace greffier::reception {

void sender_fields(Html& out, Locale const& locale, FormState const& form);
/// What is wrong is put in `form`.
schema::Contact sender_of(Request const& request, FormState& form);

/// The form again after the register or the page refused it; 429 with its wait when too many reports are pending already.
struct Refusal {
    int status = 422;
    std::optional<std::chrono::seconds> wait;
};
Refusal refusal_of(Error const& error);

}  // namespace greffier::reception
