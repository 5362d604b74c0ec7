#pragma once
#include "records/register.hpp"

namespace greffier::responsibility {
records::Register const& responsibility_register();
}
