#include <gtest/gtest.h>

#include "registers/declaration/declaration.hpp"
#include "schema/test_bodies.hpp"

namespace greffier::declaration {
TEST(DeclarationSchema, bodies_of_released_versions_are_read_for_ever) { schema::expect_old_bodies_read(prior_declaration_schema().info()); }
}  // namespace greffier::declaration
