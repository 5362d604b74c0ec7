#pragma once
#include "records/register.hpp"

namespace greffier::note {
records::Register const& note_register();
}
