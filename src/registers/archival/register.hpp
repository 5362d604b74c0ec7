#pragma once
#include "records/register.hpp"

namespace greffier::archival {
/// What is kept behind daily use, until it is destroyed or handed over.
records::Register const& archive_register();
}  // namespace greffier::archival
