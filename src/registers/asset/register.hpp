#pragma once
#include "records/register.hpp"

namespace greffier::asset {
/// What carries the organisation's data.
records::Register const& asset_register();
}  // namespace greffier::asset
