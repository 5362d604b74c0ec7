#pragma once
#include "records/register.hpp"

namespace greffier::app {
/// THE list of registers; adding one is a folder and a row here.
records::Registers const& registers();
}  // namespace greffier::app
