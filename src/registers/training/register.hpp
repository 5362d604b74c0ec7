#pragma once
#include "records/register.hpp"

namespace greffier::training {
records::Register const& training_register();
}
