#pragma once
#include "records/register.hpp"

namespace greffier::notice {
/// What people are told of the use of their data.
records::Register const& notice_register();
}  // namespace greffier::notice
