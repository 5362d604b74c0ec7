#pragma once
// A consent as a record and as a receipt in JSON, after the structure of ISO/IEC TS 27560:2023: header, processing, parties,
// events.

#include <string>

#include "reception/preferences.hpp"
#include "registers/profile/profile.hpp"

namespace greffier::reception {

struct ReceiptFacts {
    Held const& held;
    profile::Profile const& profile;
    std::string organisation_name;
    std::string language;
    std::string preferences;      ///< where it is withdrawn; empty while that page is closed
    Timestamp now{};
};

std::string consent_receipt(ReceiptFacts const& facts);

}  // namespace greffier::reception
