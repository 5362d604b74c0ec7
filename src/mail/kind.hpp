#pragma once
// The kinds of mail the house sends. A new one: a row here and in kind.cpp, and the keys "mail.kind.<code>".

#include <optional>
#include <span>
#include <string_view>

namespace greffier::mail {

enum class Kind {
    Invitation,        ///< the address at which one chooses a password
    PasswordReset,     ///< the same, asked for by whoever forgot theirs
    PasswordChanged,
    SignInAlert,       ///< a sign-in from a browser and a network never seen before
    FactorChanged,     ///< a second factor came, went, or a code of it was tried twice
    SeeAsAsked,        ///< somebody asks to see the product as its reader
    SeeAsEnded,        ///< somebody did
    TokenEnding,       ///< an API token ends within two weeks
    PublicNumber,      ///< to whoever sent a public form: its number
    PublicArrival,     ///< something came by a public page, for who answers for it
    Reminder,          ///< a deadline of hours, or one that is about to pass
    ReminderDigest,    ///< the other reminders, gathered
    DeliveryCode,      ///< to whoever made a request: the code that opens its answer
    TrainingInvitation,   ///< to whoever is to come to a session: for their calendar, also that it moved or is off
};
std::string_view code_of(Kind kind);       ///< invitation password_reset …
std::optional<Kind> parse_kind(std::string_view code);
std::span<Kind const> all_kinds();
/// May be refused by who receives it; the others say what the account cannot do without.
bool may_be_refused(Kind kind);

}  // namespace greffier::mail
