#pragma once
#include "records/register.hpp"

namespace greffier::complaint {
records::Register const& complaint_register();
}
