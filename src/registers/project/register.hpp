#pragma once
#include "records/register.hpp"

namespace greffier::project {
/// Projects, looked at before they go live.
records::Register const& project_register();
}  // namespace greffier::project
