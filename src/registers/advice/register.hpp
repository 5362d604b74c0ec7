#pragma once
#include "records/register.hpp"

namespace greffier::advice {
records::Register const& advice_register();
}
