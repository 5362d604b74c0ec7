#include "mail/kind.hpp"

namespace greffier::mail {

std::string_view code_of(Kind kind)
{
    switch (kind) {
    case Kind::Invitation: return "invitation";
    case Kind::PasswordReset: return "password_reset";
    case Kind::PasswordChanged: return "password_changed";
    case Kind::SignInAlert: return "sign_in_alert";
    case Kind::FactorChanged: return "factor_changed";
    case Kind::SeeAsAsked: return "see_as_asked";
    case Kind::SeeAsEnded: return "see_as_ended";
    case Kind::TokenEnding: return "token_ending";
    case Kind::PublicNumber: return "public_number";
    case Kind::PublicArrival: return "public_arrival";
    case Kind::Reminder: return "reminder";
    case Kind::ReminderDigest: return "reminder_digest";
    case Kind::DeliveryCode: return "delivery_code";
    case Kind::TrainingInvitation: return "training_invitation";
    }
    return "";
}

std::span<Kind const> all_kinds()
{
    static constexpr Kind all[] = {Kind::Invitation,    Kind::PasswordReset, Kind::PasswordChanged, Kind::SignInAlert,
                                   Kind::FactorChanged, Kind::SeeAsAsked,    Kind::SeeAsEnded,      Kind::TokenEnding,
                                   Kind::PublicNumber,  Kind::PublicArrival, Kind::Reminder,          Kind::ReminderDigest, Kind::DeliveryCode,
                                   Kind::TrainingInvitation};
    return all;
}

std::optional<Kind> parse_kind(std::string_view code)
{
    for (auto const kind : all_kinds())
        if (code_of(kind) == code) return kind;
    return std::nullopt;
}

bool may_be_refused(Kind kind) { return kind == Kind::SignInAlert || kind == Kind::ReminderDigest; }

}  // namespace greffier::mail
