#pragma once
#include "records/register.hpp"

namespace greffier::consent {
/// Where consent is asked.
records::Register const& point_register();
/// The proofs of consent.
records::Register const& consent_register();
/// Who objects to marketing.
records::Register const& objection_register();
}  // namespace greffier::consent
