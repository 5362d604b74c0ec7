#pragma once
// The dictionary of data, as the machinery sees it.

#include "records/register.hpp"

namespace greffier::data_item {
records::Register const& data_item_register();
}
