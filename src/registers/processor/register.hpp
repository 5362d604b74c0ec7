#pragma once
#include "records/register.hpp"

namespace greffier::processor {
/// The providers that handle personal data for the organisation.
records::Register const& processor_register();
}  // namespace greffier::processor
