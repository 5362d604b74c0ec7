#pragma once
#include "records/register.hpp"

namespace greffier::delegation {
/// Who may decide or sign for whom.
records::Register const& delegation_register();
}  // namespace greffier::delegation
