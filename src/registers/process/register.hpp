#pragma once
// The catalogue of processes, as the machinery sees it.

#include "records/register.hpp"

namespace greffier::process {
records::Register const& process_register();
}
