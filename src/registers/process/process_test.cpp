#include <gtest/gtest.h>

#include "registers/process/process.hpp"
#include "schema/test_bodies.hpp"

namespace greffier::process {
TEST(ProcessSchema, bodies_of_released_versions_are_read_for_ever) { schema::expect_old_bodies_read(business_process_schema().info()); }
}  // namespace greffier::process
