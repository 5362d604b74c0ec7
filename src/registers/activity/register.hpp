#pragma once
#include "records/register.hpp"

namespace greffier::activity {
records::Register const& activity_register();
}
