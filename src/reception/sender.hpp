#pragma once
// Who sends a public form that asks for no name: the questions, and what was answered.

#include "reception/fields.hpp"
#include "schema/kinds.hpp"

namespace greffier::reception {

/// To a question of fact that one may not be able to answer.
std::vector<Choice> yes_no_unknown();
void sender_fields(Html& out, Locale const& locale, FormState const& form);
/// What is wrong is put in `form`.
schema::Contact sender_of(Request const& request, FormState& form);

/// How a form comes back that the register refused: 429 with a wait while too many are pending.
struct Refusal {
    int status = 422;
    std::optional<std::chrono::seconds> wait;
};
Refusal refusal_of(Error const& error);

}  // namespace greffier::reception
