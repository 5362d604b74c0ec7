#pragma once
// What accounts write to people with: the outbox, what each refuses, where each usually signs in from.

#include <string>

#include "accounts/sign_in_places.hpp"
#include "mail/outbox.hpp"
#include "mail/refusals.hpp"

namespace greffier::accounts {

struct Correspondence {
    mail::Outbox& outbox;
    mail::Refusals& refusals;
    SignInPlaces& places;
    std::string way = {};   ///< how mail leaves, for the administrator; empty: it does not, or this is no server
};

}  // namespace greffier::accounts
