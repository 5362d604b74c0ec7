#pragma once
#include "records/register.hpp"

namespace greffier::app {
/// THE list of registers; adding one is a folder and a row here.
records::Registers const& registers();
/// The same and the sealed register of the tests: for a directory made with --test-clock, when GREFFIER_TEST_REGISTER is set.
records::Registers const& registers_of_tests();
}  // namespace greffier::app
